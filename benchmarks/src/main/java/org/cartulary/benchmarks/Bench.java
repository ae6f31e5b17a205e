package org.cartulary.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cartulary bench}: everything is measured on a platform of its own, side by side with its baseline. */
@Command(
        name = "cartulary bench",
        description = "Measure the platform side by side with bare SQL, on a scratch PostgreSQL that commits durably.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

    /** In the order in which they run: what is compared with something runs after it. */
    private static final List<BenchmarkPart> PARTS = List.of(
            new BaselinePart(),
            new PurchasePart(),
            new FlashSalePart(),
            new ReadsPart(),
            new SearchPart(),
            new CataloguePart(),
            new OutboxPart(),
            new ScalePart(),
            new ReplayPart());

    @Option(names = "--home", required = true, hidden = true)
    private Path home = Path.of("");

    @Option(
            names = "--only",
            split = ",",
            description = "Run these parts (default: all): baseline, purchase, flash-sale,"
                    + " reads, search, catalogue, outbox, scale, replay.")
    private List<String> only = List.of();

    @Option(names = "--clients", split = ",", description = "Clients at once (default: 1,8,32,128).")
    private List<Integer> clients = List.of(1, 8, 32, 128);

    @Option(names = "--seconds", description = "Seconds that are measured of each (default: ${DEFAULT-VALUE}).")
    private int seconds = 15;

    @Option(names = "--warm-up", description = "Seconds before each (default: ${DEFAULT-VALUE}).")
    private int warmUp = 3;

    @Option(names = "--products", description = "Products that are bought (default: ${DEFAULT-VALUE}).")
    private int products = 10_000;

    @Option(names = "--seed", description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--smoke", description = "All parts in under a minute, to see that they work.")
    private boolean smoke;

    @Option(names = "--full", description = "Also what takes long: five million stored orders.")
    private boolean full;

    @Option(names = "--dataset", description = "The file online_retail.csv.gz, for the replay.")
    private @Nullable Path dataset;

    @Option(names = "--scratch", description = "A folder on the disk to measure (default: the temporary one).")
    private Path scratch = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--keep", description = "Keep the data of the platform.")
    private boolean keep;

    @Option(names = "--java-option", description = "A further option of the platform's Java machine; may be repeated.")
    private List<String> javaOptions = List.of();

    @Option(names = "--flame-graph", description = "Write a flame graph of the purchase into this file (HTML).")
    private @Nullable Path flameGraph;

    @Option(names = "--results", description = "Where the results go (default: RESULTS.md of the benchmarks).")
    private @Nullable Path results;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Runs the command and ends the Java machine with its exit status. */
    public static void main(String[] arguments) {
        LoggingSystem.get(Bench.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<BenchmarkPart> chosen = chosen();
        Report report = new Report(spec.commandLine().getOut());
        Path folder = Files.createDirectory(scratch.toAbsolutePath().resolve("cartulary-bench-" + UUID.randomUUID()));
        boolean complete = true;
        try {
            report.say("Machine:");
            report.machine(MachineFacts.of(folder));
            report.say("Starting the platform in " + folder + " …");
            try (PlatformUnderTest platform = PlatformUnderTest.start(home, folder.resolve("data"), javaOptions)) {
                report.say("PostgreSQL:");
                report.settings(platform.cluster().settings());
                Workbench bench = new Workbench(settings(folder), platform, report);
                for (BenchmarkPart part : chosen) {
                    complete &= run(part, bench);
                    platform.cluster().settle();
                }
                bench.awaitEvents();
                verify(platform, report);
            }
        } finally {
            if (!keep) {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
        report.write(resultsFolder(), "RESULTS", command());
        return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** A part that fails does not take the results of the others with it. */
    private static boolean run(BenchmarkPart part, Workbench bench) throws Exception {
        bench.report().say(part.name() + ":");
        try {
            part.run(bench);
            return true;
        } catch (BenchmarkException e) {
            bench.report().remark(part.name() + " failed: " + e.getMessage());
            return false;
        }
    }

    /** Whatever was measured counts only if all records agree afterwards. */
    private static void verify(PlatformUnderTest platform, Report report) {
        report.say("verify:");
        String text = platform.command("verify");
        text.lines().forEach(line -> report.say("  " + line));
        report.attach("verify, after all parts", text);
    }

    private List<BenchmarkPart> chosen() {
        List<BenchmarkPart> chosen = new ArrayList<>();
        for (String word : only) {
            if (PARTS.stream().noneMatch(part -> part.name().equals(word))) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "there is no part \"" + word + "\"; there are "
                                + String.join(
                                        ", ",
                                        PARTS.stream().map(BenchmarkPart::name).toList()));
            }
        }
        PARTS.stream()
                .filter(part -> only.isEmpty() || only.contains(part.name()))
                .forEach(chosen::add);
        return chosen;
    }

    private Workbench.Settings settings(Path folder) {
        return new Workbench.Settings(
                smoke ? List.of(8) : clients,
                Duration.ofSeconds(smoke ? 1 : warmUp),
                Duration.ofSeconds(smoke ? 1 : seconds),
                smoke ? 1_000 : products,
                storedOrders(),
                seed,
                dataset,
                folder,
                smoke,
                flameGraph);
    }

    private List<Integer> storedOrders() {
        if (smoke) {
            return List.of(1_000);
        }
        return Stream.of(10_000, 100_000, 1_000_000, 5_000_000)
                .filter(orders -> full || orders <= 1_000_000)
                .toList();
    }

    private Path resultsFolder() {
        Path given = results;
        if (given != null) {
            return given;
        }
        Path benchmarks = home.resolve("benchmarks");
        return smoke ? benchmarks.resolve("target") : benchmarks;
    }

    private String command() {
        return "./cartulary bench"
                + String.join(
                        "",
                        spec.commandLine().getParseResult().originalArgs().stream()
                                .filter(argument -> !argument.startsWith("--home"))
                                .map(argument -> " " + argument)
                                .toList());
    }
}
