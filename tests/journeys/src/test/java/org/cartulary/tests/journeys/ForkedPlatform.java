package org.cartulary.tests.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.cartulary.app.Cartulary;
import org.cartulary.app.DataDirectory;

/** A platform in a Java machine of its own, which can be killed with everything that it started. */
final class ForkedPlatform implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path dataDirectory;
    private final Process process;

    private ForkedPlatform(Path dataDirectory, Process process) {
        this.dataDirectory = dataDirectory;
        this.process = process;
    }

    /** Starts it as a newcomer would, and waits until it answers. */
    static ForkedPlatform up(Path dataDirectory, int port) {
        try {
            Path output = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".out");
            long before = Files.exists(output) ? ready(output) : 0;
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Cartulary.class.getName(),
                            "up",
                            "--data-dir=" + dataDirectory,
                            "--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            ForkedPlatform platform = new ForkedPlatform(dataDirectory, process);
            Eventually.holds("the platform is ready, see " + output, START_LIMIT, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("the platform ended by itself, see " + output);
                }
                return ready(output) > before;
            });
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long ready(Path output) {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> line.startsWith("Cartulary is ready")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DataDirectory.Connection connection() {
        return DataDirectory.connection(dataDirectory).orElseThrow();
    }

    /** {@code kill -9} of the Java machine and of PostgreSQL with all its processes, as nearly at once as it goes. */
    void kill() {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(process.toHandle());
        process.descendants().forEach(all::add);
        postmaster().ifPresent(postmaster -> {
            all.add(postmaster);
            postmaster.descendants().forEach(all::add);
        });
        all.forEach(ProcessHandle::destroyForcibly);
        Eventually.holds(
                "all processes are dead",
                Duration.ofSeconds(20),
                () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private Optional<ProcessHandle> postmaster() {
        try (Stream<Path> files = Files.walk(dataDirectory, 4)) {
            Path file = files.filter(path -> Objects.equals(path.getFileName().toString(), "postmaster.pid"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("PostgreSQL does not run in " + dataDirectory));
            return ProcessHandle.of(
                    Long.parseLong(Files.readAllLines(file).getFirst().strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as Ctrl-C does. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            Eventually.holds("the platform has stopped", Duration.ofSeconds(30), () -> !process.isAlive());
        }
    }
}
