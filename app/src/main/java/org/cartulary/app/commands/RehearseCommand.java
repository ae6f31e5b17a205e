package org.cartulary.app.commands;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cartulary.app.FirstStart;
import org.cartulary.app.InstallationException;
import org.cartulary.app.PlatformProcess;
import org.cartulary.app.Rehearsal;
import org.cartulary.app.ServiceName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts the platform in a folder of its own on any free port, buys a few things, and ends. The script {@code cartulary}
 * runs it once after a build, so that the Java machine can make the cache from which later starts take their classes.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Start the platform in an empty folder, buy from its sample shop, and end.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {

    /** A rehearsal takes seconds, on a busy machine a minute or two; one that hangs shall not hold up the first start. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Option(names = "--data-dir", required = true, description = "An empty folder, for the rehearsal only.")
    private Path dataDirectory = Path.of("data");

    @Override
    public Integer call() throws InterruptedException {
        CompletableFuture<Void> rehearsal = CompletableFuture.runAsync(
                this::rehearse,
                work -> Thread.ofPlatform().daemon().name("rehearsal").start(work));
        try {
            rehearsal.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return CommandLine.ExitCode.OK;
        } catch (TimeoutException late) {
            throw new InstallationException("the rehearsal was not over after " + LIMIT.toMinutes() + " minutes", late);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("the rehearsal failed", e.getCause());
        }
    }

    private void rehearse() {
        PlatformProcess process = PlatformProcess.start(new PlatformProcess.Options(
                dataDirectory, 0, Set.of(ServiceName.values()), null, Map.of(), null, Map.of()));
        // Also whoever interrupts the rehearsal leaves no PostgreSQL behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
        try (process) {
            String operatorKey = FirstStart.prepare(process).apiKey();
            new Rehearsal(process.url(), operatorKey).run();
        }
    }
}
