# What start, stop and test agree on. Sourced, not run.
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
home="$(cd "$here/../.." && pwd)"
run="${CARTULARY_RUN:-$home/data/many-processes}"
front="${CARTULARY_FRONT_PORT:-8080}"
first="${CARTULARY_FIRST_PORT:-8081}"
kafka_port="${CARTULARY_KAFKA_PORT:-9092}"

fail() {
  printf 'many-processes: %s\n' "$1" >&2
  exit 1
}

# The lines of processes.conf: what each process hosts.
processes() {
  grep -Ev '^[[:space:]]*(#|$)' "$here/processes.conf"
}

# The port of the process that hosts the service; of several the first.
port_of() {
  local services port="$first"
  while read -r services; do
    case ",$services," in
      *",$1,"*)
        echo "$port"
        return
        ;;
    esac
    port=$((port + 1))
  done < <(processes)
  fail "processes.conf has no line with the service $1"
}

# Whether the process that a pid file names still runs and is one of ours: a number may have been given to another since.
runs() {
  local pid
  [ -s "$run/$1.pid" ] || return 1
  pid="$(cat "$run/$1.pid")"
  ps -ww -o args= -p "$pid" 2>/dev/null | grep -qF -- "$run/"
}
