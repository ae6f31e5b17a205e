package org.cartulary.tests.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import tools.jackson.databind.JsonNode;

/**
 * Runs random operations in several districts at once, kills the platform now and then, and compares it with the model
 * after each batch. The same seed gives the same operations; when the platform is killed depends on how fast it is.
 */
public final class Simulation implements AutoCloseable {

    private static final Duration SHRINK_LIMIT = Duration.ofMinutes(2);
    private static final Duration CRASH_LIMIT = Duration.ofMinutes(5);

    private final Settings settings;
    private final Consumer<String> log;
    private final int port;
    private final AtomicLong done = new AtomicLong();
    private ForkedPlatform platform;

    /**
     * What is run.
     *
     * @param seed of the random numbers
     * @param operations in all districts together
     * @param districts how many live at the same time
     * @param batches after how many parts the platform is compared with the model
     * @param crashes how often the platform is killed with its PostgreSQL
     * @param dataDirectory of the platform, empty at first
     */
    public record Settings(
            long seed, int operations, int districts, int batches, int crashes, Path dataDirectory, int port) {}

    /**
     * What was run.
     *
     * @param kinds how many operations there were of each kind
     */
    public record Result(long operations, long orders, int crashes, Map<String, Long> kinds) {}

    private Simulation(Settings settings, Consumer<String> log) {
        this.settings = settings;
        this.log = log;
        this.port = settings.port();
        this.platform = ForkedPlatform.up(settings.dataDirectory(), port);
    }

    /** Starts the platform. */
    public static Simulation start(Settings settings, Consumer<String> log) {
        return new Simulation(settings, log);
    }

    private record Part(District district, List<Operation> operations) {}

    /**
     * Runs all operations.
     *
     * @throws AssertionError with the shortest list of operations that was found, if the platform is not as it should be
     */
    public Result run() {
        Set<Kind> kinds = Kind.offeredBy(visitor().get("/openapi.json").expect(200));
        Merchant merchant = platform.merchant();
        merchant.sendEverywhere();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < settings.districts(); i++) {
            long seed = settings.seed() * 1_000 + i;
            parts.add(new Part(
                    District.open(visitor(), merchant, new SplittableRandom(seed)),
                    Operation.random(seed, settings.operations() / settings.districts(), kinds)));
        }
        for (int batch = 0; batch < settings.batches(); batch++) {
            runBatch(parts, batch);
            log.accept("batch %d of %d: %d operations, %d orders, model and platform agree"
                    .formatted(batch + 1, settings.batches(), done.get(), orders(parts)));
        }
        Map<String, Long> counts = parts.stream()
                .flatMap(part -> part.operations().stream())
                .collect(java.util.stream.Collectors.groupingBy(
                        operation -> operation.kind().name(),
                        java.util.TreeMap::new,
                        java.util.stream.Collectors.counting()));
        return new Result(done.get(), orders(parts), settings.crashes(), counts);
    }

    private static long orders(List<Part> parts) {
        return parts.stream()
                .mapToLong(part -> part.district().truth().orders().size())
                .sum();
    }

    private HttpShop visitor() {
        return platform.visitor();
    }

    private void runBatch(List<Part> parts, int batch) {
        Merchant merchant = platform.merchant();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            for (Part part : parts) {
                part.district().renew(visitor(), merchant);
                int size = part.operations().size();
                int from = (int) ((long) size * batch / settings.batches());
                int to = (int) ((long) size * (batch + 1) / settings.batches());
                runs.add(threads.submit(() -> runPart(part, from, to)));
            }
            if (batch % Math.max(1, settings.batches() / Math.max(1, settings.crashes())) == 0
                    && batch < settings.crashes() * Math.max(1, settings.batches() / Math.max(1, settings.crashes()))) {
                crashInTheMiddleOf(batch);
            }
            for (int i = 0; i < runs.size(); i++) {
                await(runs.get(i));
            }
        }
        requireInvariants();
    }

    private void runPart(Part part, int from, int to) {
        List<Operation> operations = part.operations();
        for (int i = from; i < to; i++) {
            try {
                operations.get(i).kind().happen(part.district(), operations.get(i));
            } catch (Discrepancy | AssertionError e) {
                throw failure(operations.subList(0, i + 1), e);
            }
            done.incrementAndGet();
        }
        try {
            DistrictCheck.check(part.district());
        } catch (Discrepancy e) {
            throw failure(operations.subList(0, to), e);
        }
    }

    private void crashInTheMiddleOf(int batch) {
        long middle = settings.operations() * (2L * batch + 1) / (2L * settings.batches());
        Eventually.holds("half of the batch is done", CRASH_LIMIT, () -> done.get() >= middle);
        log.accept("killed after " + done.get() + " operations");
        platform.kill();
        platform = ForkedPlatform.up(settings.dataDirectory(), port);
    }

    private void requireInvariants() {
        JsonNode report = Patience.answer(() -> platform.operator().post("/api/v1/admin/reconciliations", Map.of()))
                .expect(200);
        if (!report.path("ok").asBoolean()) {
            throw new AssertionError("invariants do not hold: " + report.toPrettyString() + repeat());
        }
    }

    private AssertionError failure(List<Operation> failing, Throwable cause) {
        List<Operation> shortest = Shrinking.shortest(List.copyOf(failing), this::fails, SHRINK_LIMIT);
        return new AssertionError(
                "%s%n%s%nThe shortest list of operations that was found has %d of %d:%n%s%s"
                        .formatted(
                                cause.getMessage(),
                                fails(shortest)
                                        ? "It happens again in a new district."
                                        : "It does not happen again by itself; a crash or other districts may be needed.",
                                shortest.size(),
                                failing.size(),
                                String.join(
                                        "\n",
                                        shortest.stream()
                                                .map(Operation::toString)
                                                .toList()),
                                repeat()),
                cause);
    }

    private boolean fails(List<Operation> operations) {
        District district = District.open(visitor(), platform.merchant(), new SplittableRandom(settings.seed()));
        try {
            operations.forEach(operation -> operation.kind().happen(district, operation));
            DistrictCheck.check(district);
            return false;
        } catch (Discrepancy e) {
            return true;
        }
    }

    private String repeat() {
        return "%n%nRepeat it with: ./cartulary bench simulate --seed %d --operations %d --districts %d --crashes %d"
                .formatted(settings.seed(), settings.operations(), settings.districts(), settings.crashes());
    }

    private static void await(Future<?> run) {
        try {
            run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("the simulation failed by itself", e.getCause());
        }
    }

    /** Stops the platform. */
    @Override
    public void close() {
        platform.close();
    }
}
