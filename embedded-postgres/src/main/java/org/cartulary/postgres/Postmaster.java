package org.cartulary.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main process of the server of one data directory, whether this program started it or found it. */
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration FAST_SHUTDOWN_LIMIT = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE_SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    private final ProcessHandle process;
    private final Path directory;
    private final PostgresBinaries binaries;
    private final ServerUser user;

    Postmaster(ProcessHandle process, Path directory, PostgresBinaries binaries, ServerUser user) {
        this.process = process;
        this.directory = directory;
        this.binaries = binaries;
        this.user = user;
    }

    long processId() {
        return process.pid();
    }

    /**
     * Whether the process lives and still is a server of this directory. The number alone proves nothing: it may have
     * been given to another process, or belong to an ended one which nobody has taken note of.
     */
    boolean isRunning() {
        if (!process.isAlive()) {
            return false;
        }
        List<String> command = commandLine();
        return !command.isEmpty()
                && Path.of(command.getFirst()).endsWith("postgres")
                && command.contains(directory.toString());
    }

    private List<String> commandLine() {
        return BinaryArchive.isLinux() ? linuxCommandLine() : portableCommandLine();
    }

    /** Also readable where containers hide the executable of another user's process, on which Java's own view rests. */
    private List<String> linuxCommandLine() {
        try {
            byte[] text = Files.readAllBytes(Path.of("/proc", Long.toString(processId()), "cmdline"));
            return text.length == 0 ? List.of() : List.of(new String(text, UTF_8).split("\0", -1));
        } catch (IOException ended) {
            return List.of();
        }
    }

    private List<String> portableCommandLine() {
        ProcessHandle.Info info = process.info();
        return Stream.concat(info.command().stream(), info.arguments().stream().flatMap(Stream::of))
                .toList();
    }

    /** Ends all sessions and waits for a clean shutdown; when that takes too long, ends the server as a crash would. */
    void stop() {
        signal("INT");
        if (hasEndedWithin(FAST_SHUTDOWN_LIMIT)) {
            return;
        }
        LOG.warn(
                "PostgreSQL (process {}) did not shut down within {}; stopping it at once",
                processId(),
                FAST_SHUTDOWN_LIMIT);
        signal("QUIT");
        if (!hasEndedWithin(IMMEDIATE_SHUTDOWN_LIMIT)) {
            throw new EmbeddedPostgresException("PostgreSQL (process " + processId() + ") of " + directory
                    + " could not be stopped. Look into its log, and end that process by hand.");
        }
    }

    private boolean hasEndedWithin(Duration limit) {
        return Polling.until(() -> !isRunning(), limit);
    }

    private void signal(String name) {
        if (!isRunning()) {
            return;
        }
        // Java itself can send only TERM, which would wait for every client to leave on its own.
        List<String> command = List.of(binaries.program("pg_ctl"), "kill", name, Long.toString(processId()));
        try {
            Command.Result result = Command.run(user.command(command));
            if (!result.succeeded() && isRunning()) {
                throw new EmbeddedPostgresException("Cannot send the signal " + name + " to PostgreSQL (process "
                        + processId() + "): " + result.output());
            }
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("Cannot run " + command.getFirst(), failure);
        }
    }
}
