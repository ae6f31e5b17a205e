package org.cartulary.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cartulary.app.DataDirectory;

/** A platform in a Java machine of its own, which can be killed with everything that it started. Thread-safe. */
public final class ForkedPlatform implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

    private final Path dataDirectory;
    private final Path output;
    private final Process process;

    private ForkedPlatform(Path dataDirectory, Path output, Process process) {
        this.dataDirectory = dataDirectory;
        this.output = output;
        this.process = process;
    }

    /** Starts it as a newcomer would, who has nothing yet, and waits until it answers. */
    public static ForkedPlatform up(Path dataDirectory, int port) {
        return in(dataDirectory).port(port).start();
    }

    /** Begins the description of a platform that keeps everything in this folder. */
    public static Builder in(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** Describes a platform before its start; may start several one after the other. Not thread-safe. */
    public static final class Builder {

        private final Path dataDirectory;
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> properties = new LinkedHashMap<>();

        private Builder(Path dataDirectory) {
            this.dataDirectory = dataDirectory;
        }

        /** The port for HTTP. */
        public Builder port(int port) {
            return argument("--port=" + port);
        }

        /** One more argument of the command {@code up}. */
        public Builder argument(String argument) {
            arguments.add(argument);
            return this;
        }

        /** A system property of the Java machine, which is a property of the platform, too. */
        public Builder property(String name, Object value) {
            properties.put(name, value.toString());
            return this;
        }

        /**
         * Starts the platform and waits until it answers.
         *
         * @throws AssertionError if it ends before that, or is not ready in time
         */
        public ForkedPlatform start() {
            ForkedPlatform platform = launch();
            platform.awaitReady();
            return platform;
        }

        /** Lets the first start find its databases {@linkplain MigratedCluster migrated}: for tests of something else. */
        public Builder onMigratedDatabases() {
            MigratedCluster.prepareDataDirectory(dataDirectory);
            return this;
        }

        /** Starts the platform and does not wait; see {@link ForkedPlatform#awaitReady()}. */
        public ForkedPlatform launch() {
            try {
                Path output = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".out");
                // Each start writes a file of its own, so that the line that says "ready" is that of this start.
                if (Files.exists(output)) {
                    Files.writeString(
                            dataDirectory.resolveSibling(dataDirectory.getFileName() + ".earlier.out"),
                            Files.readString(output),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
                Process process = new ProcessBuilder(command())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                return new ForkedPlatform(dataDirectory, output, process);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private List<String> command() {
            List<String> command = new ArrayList<>(ForkedJava.command(512, properties));
            command.add("up");
            command.add("--data-dir=" + dataDirectory);
            command.addAll(arguments);
            return command;
        }
    }

    /**
     * Returns when the platform answers.
     *
     * @throws AssertionError if it ends before that, or is not ready in time
     */
    public void awaitReady() {
        Eventually.holds("the platform is ready, see " + output, START_LIMIT, () -> {
            if (ready()) {
                return true;
            }
            if (!process.isAlive() && !ready()) {
                throw new AssertionError("the platform ended by itself, see " + output);
            }
            return false;
        });
    }

    private boolean ready() {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.anyMatch(line -> line.startsWith("Cartulary is ready"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the platform is reached, and by whom. */
    public DataDirectory.Connection connection() {
        return DataDirectory.connection(dataDirectory).orElseThrow();
    }

    /** A caller who shows nothing; the shop is the default one. */
    public HttpShop visitor() {
        DataDirectory.Connection connection = connection();
        return HttpShop.visitor(connection.url()).withMailsReadBy(connection.apiKey());
    }

    /** The operator of the platform. */
    public HttpShop operator() {
        return visitor().bearing(connection().apiKey());
    }

    /** The default shop's first administrator. */
    public Merchant merchant() {
        DataDirectory.Administrator administrator =
                Objects.requireNonNull(connection().administrator());
        return Merchant.signedIn(visitor(), administrator.email(), administrator.password());
    }

    /** Where the Java machine's standard output and error go. */
    public Path output() {
        return output;
    }

    /** Whether the Java machine lives; one that is suspended does. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the Java machine has ended by itself.
     *
     * @return its exit status
     */
    public int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("after " + limit.toSeconds() + " s the platform still lives, see " + output);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** {@code kill -9} of the Java machine and of PostgreSQL with all its processes, as nearly at once as it goes. */
    public void kill() {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(process.toHandle());
        process.descendants().forEach(all::add);
        postmaster().ifPresent(postmaster -> {
            all.add(postmaster);
            postmaster.descendants().forEach(all::add);
        });
        all.forEach(ProcessHandle::destroyForcibly);
        Eventually.holds(
                "all processes are dead", STOP_LIMIT, () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** {@code kill -9} of the Java machine; PostgreSQL, if it has its own, goes on. */
    public void killJavaOnly() {
        process.destroyForcibly();
        Eventually.holds("the Java machine is dead", STOP_LIMIT, () -> !process.isAlive());
    }

    /** {@code kill -STOP} of the Java machine: it does nothing more until it is {@linkplain #wake() woken}. */
    public void suspend() {
        signal("STOP");
    }

    /** {@code kill -CONT} of the Java machine: it goes on in the middle of whatever it did, as if no time had passed. */
    public void wake() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("the process " + process.pid() + " takes no signal");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Optional<ProcessHandle> postmaster() {
        try (Stream<Path> files = Files.walk(dataDirectory, 4)) {
            Optional<Path> file = files.filter(
                            path -> Objects.equals(Objects.toString(path.getFileName()), "postmaster.pid"))
                    .findFirst();
            return file.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(
                            Files.readAllLines(file.get()).getFirst().strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as Ctrl-C does. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            Eventually.holds("the platform has stopped", STOP_LIMIT, () -> !process.isAlive());
        }
    }
}
