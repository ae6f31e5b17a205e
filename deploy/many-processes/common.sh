# What start and stop agree on. Sourced, not run.
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
home="$(cd "$here/../.." && pwd)"
run="${CARTULARY_RUN:-$home/data/many-processes}"
front="${CARTULARY_FRONT_PORT:-8080}"
first="${CARTULARY_FIRST_PORT:-8081}"

fail() {
  printf 'many-processes: %s\n' "$1" >&2
  exit 1
}

# The lines of processes.conf: what each process hosts.
processes() {
  grep -Ev '^[[:space:]]*(#|$)' "$here/processes.conf"
}

# Whether the process that a pid file names still runs and is one of ours: a number may have been given to another since.
runs() {
  local pid
  [ -s "$run/$1.pid" ] || return 1
  pid="$(cat "$run/$1.pid")"
  ps -o args= -p "$pid" 2>/dev/null | grep -qF -- "$run"
}
