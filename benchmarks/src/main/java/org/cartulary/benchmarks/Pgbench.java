package org.cartulary.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's own load generator, where it is installed: Debian's package {@code postgresql-contrib} has it. */
final class Pgbench {

    private static final int THREADS = 2;
    private static final long MICROS_IN_A_SECOND = 1_000_000;
    private static final int LATENCY = 2;
    private static final int EPOCH_SECOND = 4;
    private static final int EPOCH_MICROS = 5;

    private final Workbench bench;
    private final Path folder;

    private Pgbench(Workbench bench, Path folder) {
        this.bench = bench;
        this.folder = folder;
    }

    static boolean isInstalled() {
        return program() != null;
    }

    private static @Nullable Path program() {
        Stream<Path> onPath = Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1))
                .map(Path::of);
        return Stream.concat(onPath, versions())
                .map(directory -> directory.resolve("pgbench"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Path> versions() {
        Path installed = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(installed)) {
            return Stream.of();
        }
        try (Stream<Path> versions = Files.list(installed)) {
            return versions.map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Measures purchases with prepared statements. */
    static Measurement measure(Workbench bench, String script, int clients) {
        try {
            Path folder = Files.createTempDirectory(bench.settings().scratch(), "pgbench-");
            return new Pgbench(bench, folder).run(script, clients);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Measurement run(String script, int clients) throws IOException {
        Path file = Files.writeString(folder.resolve("script.sql"), script);
        Duration warmUp = bench.settings().warmUp();
        Duration measured = bench.settings().measured();
        Process process = start(file, clients, warmUp.plus(measured));
        Usage usage = new Usage(bench.platform());
        awaitEnd(process, warmUp.toMillis());
        double before = Processes.seconds(process.pid());
        usage.begins();
        long begun = micros();
        awaitEnd(process, measured.toMillis() - 100);
        double generator = Processes.seconds(process.pid()) - before;
        long ended = micros();
        usage.ends();
        awaitEnd(process, measured.toMillis() + 30_000);
        String output = Files.readString(folder.resolve("output"));
        if (process.isAlive() || process.exitValue() != 0) {
            process.destroy();
            throw new BenchmarkException("pgbench failed:\n" + output);
        }
        Load.Outcome outcome = outcome(begun, ended);
        return Measurement.of(BaselinePart.NAME, BaselinePart.PURCHASE, clients, PurchasePart.UNIT, outcome)
                .with("done", outcome.done())
                .with("driver", version())
                .with(usage.cost(generator));
    }

    private Process start(Path file, int clients, Duration duration) throws IOException {
        Cluster cluster = bench.platform().cluster();
        ProcessBuilder pgbench = new ProcessBuilder(
                        Objects.requireNonNull(program()).toString(),
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + clients,
                        "--jobs=" + Math.min(clients, THREADS),
                        "--time=" + duration.toSeconds(),
                        // Another one for each run: from it the ids of the orders are drawn, too.
                        "--random-seed=" + (bench.settings().seed() + clients),
                        "--log",
                        "--file=" + file,
                        "--host=127.0.0.1",
                        "--port=" + cluster.port(),
                        "--username=" + cluster.user(),
                        BaselineDatabase.NAME)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        pgbench.environment().put("PGPASSWORD", cluster.password());
        return pgbench.start();
    }

    private static void awaitEnd(Process process, long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private static long micros() {
        return System.currentTimeMillis() * 1000;
    }

    private static String version() {
        return Objects.requireNonNull(program()).toString();
    }

    private Load.Outcome outcome(long begun, long ended) throws IOException {
        Histogram latencies = new Histogram(3);
        for (Map.Entry<Long, Long> purchase : purchases()) {
            if (purchase.getKey() >= begun && purchase.getKey() < ended) {
                latencies.recordValue(purchase.getValue());
            }
        }
        return new Load.Outcome(
                latencies.getTotalCount(), (ended - begun) / (double) MICROS_IN_A_SECOND, latencies, Map.of());
    }

    /** When each ended and how long it took, both in microseconds, from the logs that pgbench writes for each thread. */
    private List<Map.Entry<Long, Long>> purchases() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Objects.toString(file.getFileName()).startsWith("pgbench_log"))
                    .flatMap(Pgbench::lines)
                    .map(line -> line.split(" ", -1))
                    .map(fields -> Map.entry(
                            Long.parseLong(fields[EPOCH_SECOND]) * MICROS_IN_A_SECOND
                                    + Long.parseLong(fields[EPOCH_MICROS]),
                            Long.parseLong(fields[LATENCY])))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
