package org.cartulary.postgres;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts the server of a data directory which this process has locked, and makes sure that it is the right one. */
record ServerStart(
        PostgresBinaries binaries, ServerUser user, DataDirectory directory, ServerSettings settings, Duration limit) {
    private static final Duration LIMIT_FOR_LEFT_BACKENDS = Duration.ofSeconds(30);
    private static final Duration PAUSE_FOR_LEFT_BACKENDS = Duration.ofMillis(100);
    private static final String LEFT_BACKENDS = "pre-existing shared memory block";

    /**
     * Returns when the server accepts connections.
     *
     * @throws PortInUseException when another program listens on the port
     */
    ServerProcess on(int port) throws IOException {
        new OrphanedServer(directory, binaries, user).stop();
        requireFree(port);
        directory.writeSettings(settings.file(binaries));
        long deadline = System.nanoTime() + LIMIT_FOR_LEFT_BACKENDS.toNanos();
        while (true) {
            ServerProcess server = spawn(port);
            if (isReady(server)) {
                return verified(server, port);
            }
            requireFree(port);
            String log = directory.latestLogLines();
            // The sessions of a killed server end by themselves, but not all at the same moment.
            if (!log.contains(LEFT_BACKENDS) || System.nanoTime() - deadline >= 0) {
                throw new EmbeddedPostgresException(
                        "PostgreSQL ended while it started in " + directory.path() + ". Its last words were:\n" + log);
            }
            Polling.pause(PAUSE_FOR_LEFT_BACKENDS);
        }
    }

    private static void requireFree(int port) {
        if (!Port.isFree(port)) {
            throw new PortInUseException(port);
        }
    }

    private ServerProcess spawn(int port) throws IOException {
        List<String> postgres = new ArrayList<>(
                List.of(binaries.program("postgres"), "-D", directory.path().toString()));
        postgres.addAll(settings.commandLine(port));
        List<String> command = new ArrayList<>();
        // In a session of its own, so that Ctrl+C in a terminal reaches only this program, which then stops in order.
        Command.find("setsid").ifPresent(command::add);
        command.addAll(user.command(postgres));
        File log = directory.emptyStartupLog().toFile();
        Process process = Command.prepare(command)
                .directory(directory.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        return new ServerProcess(process, new Postmaster(process.toHandle(), directory.path(), binaries, user));
    }

    /** False when the process ended. */
    private boolean isReady(ServerProcess server) {
        boolean inTime = Polling.until(() -> !server.isAlive() || acceptsConnections(server), limit);
        if (!inTime) {
            server.stop();
            throw new EmbeddedPostgresException("PostgreSQL did not accept connections within " + limit.toSeconds()
                    + " seconds. After a crash it may need longer to recover: see the log in "
                    + directory.path().resolve("log") + ", and allow it more time.");
        }
        return server.isAlive();
    }

    private boolean acceptsConnections(ServerProcess server) {
        Optional<PostmasterFile> file = directory.postmasterFile();
        return file.isPresent()
                && file.get().processId() == server.processId()
                && file.get().acceptsConnections();
    }

    private ServerProcess verified(ServerProcess server, int port) throws IOException {
        try {
            new ServerIdentity(directory.path().toString(), directory.systemIdentifier())
                    .requireOn(port, directory.password());
            return server;
        } catch (RuntimeException | IOException failure) {
            server.stop();
            throw failure;
        }
    }
}
