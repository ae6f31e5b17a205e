package org.cartulary.tests.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.cartulary.tests.support.Installation;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cartulary bench simulate}: the simulation for as long as one likes, on platforms of its own. */
@Command(
        name = "cartulary bench simulate",
        description =
                "Run random operations against a model of the truth, on platforms of its own that are killed now and"
                        + " then. The exit status is 0 when platform and model agree.",
        mixinStandardHelpOptions = true)
public final class Simulate implements Callable<Integer> {

    private static final long NANOS_IN_A_MINUTE = 60_000_000_000L;
    private static final int OPERATIONS_IN_A_BATCH = 2_500;

    @Option(names = "--seed", description = "Seed of the random numbers (default: another one each time).")
    private @Nullable Long seed;

    @Option(names = "--operations", description = "Operations of a run (default: 10000, with --minutes 2500).")
    private @Nullable Integer operations;

    @Option(names = "--districts", description = "Parts of the shop that live at once (default: ${DEFAULT-VALUE}).")
    private int districts = Simulation.DISTRICTS;

    @Option(names = "--crashes", description = "How often each run is killed (default: ${DEFAULT-VALUE}).")
    private int crashes = 2;

    @Option(
            names = "--minutes",
            description = "Begin runs with seeds that follow each other for so long (default: one run).")
    private int minutes;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Runs the command and ends the Java machine with its exit status. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Simulate()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        long end = System.nanoTime() + minutes * NANOS_IN_A_MINUTE;
        long next = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        do {
            out.println("seed " + next);
            out.flush();
            if (!agree(next, folder(), out)) {
                return CommandLine.ExitCode.SOFTWARE;
            }
            next++;
        } while (System.nanoTime() < end);
        out.println("Platform and model agree.");
        return CommandLine.ExitCode.OK;
    }

    /** One run; whatever ends it, also Ctrl-C, nothing of it is left but the data that show a difference. */
    private boolean agree(long runSeed, Path folder, PrintWriter out) throws IOException {
        Simulation simulation = new Simulation(settings(runSeed, folder), line -> {
            out.println("  " + line);
            out.flush();
        });
        Thread onSignal = new Thread(() -> endAndDelete(simulation, folder), "end-of-simulation");
        Runtime.getRuntime().addShutdownHook(onSignal);
        AssertionError difference = null;
        boolean goesOn = true;
        try (simulation) {
            out.println("  " + simulation.run());
            out.flush();
        } catch (AssertionError e) {
            difference = e;
        } finally {
            goesOn = unhook(onSignal);
            if (goesOn && difference == null) {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
        if (goesOn && difference != null) {
            spec.commandLine().getErr().println(difference.getMessage());
            spec.commandLine().getErr().println("The data of the platform is in " + folder);
        }
        return difference == null;
    }

    private static void endAndDelete(Simulation simulation, Path folder) {
        simulation.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " is left", e);
        }
    }

    /** Says whether this program goes on: the hook is under way where it was told to end. */
    private static boolean unhook(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** A temporary folder that others may enter: PostgreSQL is run as another user where this program is run by root. */
    private static Path folder() throws IOException {
        return Files.createDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), "cartulary-simulation-" + UUID.randomUUID()));
    }

    private Simulation.Settings settings(long runSeed, Path folder) {
        int all = Objects.requireNonNullElse(operations, minutes > 0 ? OPERATIONS_IN_A_BATCH : 10_000);
        int batches = Math.max(1, all / OPERATIONS_IN_A_BATCH);
        return new Simulation.Settings(
                runSeed,
                all,
                districts,
                batches,
                Math.min(crashes, batches),
                folder.resolve("data"),
                Installation.freePort());
    }
}
