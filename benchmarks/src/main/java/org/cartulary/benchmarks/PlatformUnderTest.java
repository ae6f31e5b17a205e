package org.cartulary.benchmarks;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.client.ApiClient;
import org.cartulary.platform.database.DatabaseSettings;
import org.cartulary.platform.database.Databases;

/**
 * The platform as {@code ./cartulary up} starts it: a Java machine of its own, with the options of the script, on a scratch
 * PostgreSQL that commits as durably as in production. Thread-safe.
 */
final class PlatformUnderTest implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 100;

    private final Path script;
    private final Path data;
    private final int port;
    private final Process process;
    private final Cluster cluster;
    private final ApiClient operator;

    private PlatformUnderTest(Path script, Path data, int port, Process process, Cluster cluster, ApiClient operator) {
        this.script = script;
        this.data = data;
        this.port = port;
        this.process = process;
        this.cluster = cluster;
        this.operator = operator;
    }

    /**
     * Starts the platform and waits until it answers.
     *
     * @param home the folder with the script {@code cartulary}
     * @param data where the platform keeps everything
     * @param javaOptions further options of its Java machine
     */
    static PlatformUnderTest start(Path home, Path data, List<String> javaOptions) {
        Path script = home.resolve("cartulary");
        int port = freePort();
        Path output = data.resolveSibling("platform.out");
        try {
            ProcessBuilder up = new ProcessBuilder(script.toString(), "up", "--data-dir=" + data, "--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            up.environment().put("CARTULARY_JAVA_OPTIONS", String.join(" ", javaOptions));
            Process process = up.start();
            // Whoever interrupts a benchmark does not want the platform to stay.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop the platform"));
            awaitReady(process, output);
            DataDirectory.Connection connection = DataDirectory.connection(data).orElseThrow();
            return new PlatformUnderTest(
                    script,
                    data,
                    port,
                    process,
                    Cluster.in(data.resolve("postgres")),
                    ApiClient.of(connection.url(), connection.apiKey()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReady(Process process, Path output) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (Stream<String> lines = Files.lines(output)) {
                if (lines.anyMatch(line -> line.startsWith("Cartulary is ready"))) {
                    return;
                }
            }
            if (ended(process, POLL_MILLIS) || System.nanoTime() > end) {
                process.destroy();
                throw new BenchmarkException("the platform does not start:\n" + Files.readString(output));
            }
        }
    }

    private static boolean ended(Process process, long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The Java machine: the script becomes it. */
    long pid() {
        return process.pid();
    }

    Path data() {
        return data;
    }

    Cluster cluster() {
        return cluster;
    }

    /** A client that shows the operator's key. */
    ApiClient operator() {
        return operator;
    }

    /** The id of the shop {@code default}. */
    UUID shop() {
        return UUID.fromString(operator.get("/api/v1/admin/tenants?name=default")
                .at("/items/0/id")
                .asString());
    }

    /** The secret of the installation. */
    String secret() {
        try {
            return Files.readString(data.resolve("secret")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The databases of the platform's services as the services themselves see them, for use in this process. */
    Databases databases(MeterRegistry meters) {
        return new Databases(databaseSettings(), meters);
    }

    /** As {@link #databases}, and databases that are missing are created. */
    Databases databasesAsAdmin(MeterRegistry meters) {
        return new Databases(databaseSettings().withAdmin(cluster.user(), cluster.password()), meters);
    }

    private DatabaseSettings databaseSettings() {
        return DatabaseSettings.at(
                "jdbc:postgresql://127.0.0.1:" + cluster.port() + "/", DatabaseSettings.derivedPasswords(secret()));
    }

    /**
     * Runs another command of the script against this platform.
     *
     * @return what it printed
     * @throws BenchmarkException if it fails
     */
    String command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        command.add("--data-dir=" + data);
        File output = data.resolveSibling("command.out").toFile();
        try {
            Process run = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            int status = run.waitFor();
            String text = Files.readString(output.toPath());
            if (status != 0) {
                throw new BenchmarkException(String.join(" ", arguments) + " failed:\n" + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean stop(Process process) {
        process.destroy();
        return ended(process, STOP_LIMIT.toMillis());
    }

    /** Stops it as Ctrl-C does. */
    @Override
    public void close() {
        if (!stop(process)) {
            process.destroyForcibly();
            throw new BenchmarkException("the platform did not stop in time and was killed");
        }
    }
}
