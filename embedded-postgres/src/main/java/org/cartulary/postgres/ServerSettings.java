package org.cartulary.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The server's configuration: what the caller may change goes into a file, where {@code ALTER SYSTEM} can still override
 * it; what our promises rest on goes to the command line, where it cannot.
 */
record ServerSettings(boolean durable, int maxConnections, Map<String, String> chosen) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$.]*");
    private static final Set<String> DURABILITY = Set.of("fsync", "synchronous_commit", "full_page_writes");
    private static final Set<String> FIXED = Set.of(
            "port",
            "listen_addresses",
            "unix_socket_directories",
            "data_directory",
            "config_file",
            "hba_file",
            "max_connections",
            "logging_collector",
            "log_destination");

    static void requireChangeable(String givenName) {
        String name = givenName.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of a PostgreSQL setting: " + name);
        }
        if (DURABILITY.contains(name)) {
            throw new IllegalArgumentException("Use durable(boolean) instead of the setting " + name);
        }
        if (FIXED.contains(name)) {
            throw new IllegalArgumentException("The setting " + name + " is fixed or has a method of its own");
        }
    }

    List<String> commandLine(int port) {
        String onOrOff = durable ? "on" : "off";
        List<String> arguments = new ArrayList<>(List.of(
                "-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        DURABILITY.stream().sorted().forEach(name -> arguments.addAll(List.of("-c", name + "=" + onOrOff)));
        return arguments;
    }

    String file(PostgresBinaries binaries) {
        Map<String, String> settings = defaults(binaries);
        settings.putAll(chosen);
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + quoted(setting.getValue()) + "\n")
                .collect(Collectors.joining(
                        "", "# Written anew at every start; changes here are lost. Use ALTER SYSTEM.\n", ""));
    }

    private Map<String, String> defaults(PostgresBinaries binaries) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("max_connections", Integer.toString(maxConnections));
        settings.put("shared_buffers", "128MB");
        settings.put("wal_level", "replica");
        settings.put("max_wal_size", "2GB");
        settings.put("checkpoint_timeout", "15min");
        settings.put("random_page_cost", "1.1");
        if (BinaryArchive.isLinux()) {
            // Other systems lack the read-ahead call, and older releases refuse to start with it there.
            settings.put("effective_io_concurrency", "64");
        }
        settings.put("password_encryption", "scram-sha-256");
        settings.put("timezone", "UTC");
        settings.put("lc_messages", "C");
        if (binaries.hasLibrary("pg_stat_statements")) {
            settings.put("shared_preload_libraries", "pg_stat_statements");
        }
        putLogging(settings);
        return settings;
    }

    /** One log file for each day of the week, each emptied when its day comes again. */
    private static void putLogging(Map<String, String> settings) {
        settings.put("logging_collector", "on");
        settings.put("log_destination", "stderr");
        settings.put("log_directory", "log");
        settings.put("log_filename", "postgresql-%a.log");
        settings.put("log_file_mode", "0600");
        settings.put("log_rotation_age", "1d");
        settings.put("log_rotation_size", "0");
        settings.put("log_truncate_on_rotation", "on");
        settings.put("log_timezone", "UTC");
        settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
        settings.put("log_min_duration_statement", "200ms");
        settings.put("log_lock_waits", "on");
        // Parameters, and the rows that a DETAIL quotes, are names, addresses and passwords.
        settings.put("log_parameter_max_length", "0");
        settings.put("log_parameter_max_length_on_error", "0");
        settings.put("log_error_verbosity", "terse");
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'";
    }
}
