package org.cartulary.tests.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.cartulary.app.DataDirectory;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.jspecify.annotations.Nullable;

/**
 * Runs random operations in several districts at once, kills the platform now and then, and compares it with the model
 * after each batch. The same seed gives the same operations; when the platform is killed depends on how fast it is.
 */
public final class Simulation implements AutoCloseable {

    /** How many districts live at once: so many that somebody always works while others wait for jobs of the platform. */
    public static final int DISTRICTS = 16;

    private static final Duration SHRINK_LIMIT = Duration.ofMinutes(5);
    /** A crash may have to be recovered from before anything is as it should be. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Nobody kills the platform while a list is shortened, and each list that fails takes so long. */
    private static final Duration PATIENCE_WHILE_SHRINKING = Duration.ofSeconds(25);

    private static final Duration CRASH_LIMIT = Duration.ofMinutes(20);

    private static final double NANOS_IN_A_MILLISECOND = 1e6;

    private final Settings settings;
    private final Consumer<String> log;
    private final DatabaseOwner owner;
    private final AtomicLong done = new AtomicLong();
    private final Map<Kind, LongSummaryStatistics> nanos = new ConcurrentHashMap<>();
    private @Nullable ForkedPlatform platform;
    private boolean closed;

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
     * @param kinds how many operations there were of each kind, and how many milliseconds one took on average
     */
    public record Result(long operations, long orders, int crashes, Map<String, String> kinds) {}

    /** A simulation on a platform that is not started yet. */
    public Simulation(Settings settings, Consumer<String> log) {
        this.settings = settings;
        this.log = log;
        this.owner = new DatabaseOwner(settings.dataDirectory());
    }

    /** Operations that happen one after the other; the seed is that of the district. */
    private record Part(long seed, District district, List<Operation> operations) {}

    private void startPlatform() {
        ForkedPlatform starting;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the simulation was stopped");
            }
            starting = ForkedPlatform.in(settings.dataDirectory())
                    .port(settings.port())
                    .launch();
            platform = starting;
        }
        starting.awaitReady();
    }

    private synchronized ForkedPlatform platform() {
        return Objects.requireNonNull(platform);
    }

    private District.Founders founders(Session administrator, Duration limit) {
        return new District.Founders(platform().visitor(), administrator, owner, limit);
    }

    private Session administrator() {
        DataDirectory.Administrator first =
                Objects.requireNonNull(platform().connection().administrator());
        return Session.of(platform().visitor(), first.email(), first.password());
    }

    /**
     * Starts the platform and runs all operations, once.
     *
     * @throws AssertionError with the shortest list of operations that was found, if the platform is not as it should be
     */
    public Result run() {
        startPlatform();
        Set<Kind> kinds =
                Kind.offeredBy(platform().visitor().get("/openapi.json").expect(200));
        Session administrator = administrator();
        new Merchant(administrator.shop()).sendEverywhere();
        List<Part> parts = open(founders(administrator, PATIENCE), kinds);
        for (int batch = 0; batch < settings.batches(); batch++) {
            runBatch(parts, batch);
            log.accept("batch %d of %d: %d operations, %d orders, model and platform agree"
                    .formatted(batch + 1, settings.batches(), done.get(), orders(parts)));
        }
        return new Result(done.get(), orders(parts), settings.crashes(), kinds());
    }

    private List<Part> open(District.Founders founders, Set<Kind> kinds) {
        List<Future<Part>> opening = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < settings.districts(); i++) {
                long seed = settings.seed() * 1_000 + i;
                List<Operation> operations = Operation.random(seed, operationsOf(i), kinds);
                opening.add(threads.submit(
                        () -> new Part(seed, District.open(founders, new SplittableRandom(seed)), operations)));
            }
        }
        return opening.stream().map(Simulation::await).toList();
    }

    /** The districts share out the operations; the first ones get what is left over. */
    private int operationsOf(int district) {
        int leftOver = settings.operations() % settings.districts();
        return settings.operations() / settings.districts() + (district < leftOver ? 1 : 0);
    }

    private Map<String, String> kinds() {
        Map<String, String> kinds = new TreeMap<>();
        nanos.forEach((kind, times) -> kinds.put(
                kind.name(), "%d at %.0f ms".formatted(times.getCount(), times.getAverage() / NANOS_IN_A_MILLISECOND)));
        return kinds;
    }

    private static long orders(List<Part> parts) {
        return parts.stream()
                .mapToLong(part -> part.district().truth().orders().size())
                .sum();
    }

    private void runBatch(List<Part> parts, int batch) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            for (Part part : parts) {
                int size = part.operations().size();
                int from = (int) ((long) size * batch / settings.batches());
                int to = (int) ((long) size * (batch + 1) / settings.batches());
                runs.add(threads.submit(() -> runPart(part, from, to)));
            }
            if (isCrashed(batch)) {
                crashInTheMiddleOf(batch);
            }
            runs.forEach(Simulation::await);
        }
        requireInvariants();
    }

    /** The crashes are spread over the batches, from the first one on. */
    private boolean isCrashed(int batch) {
        int every = Math.max(1, settings.batches() / Math.max(1, settings.crashes()));
        return batch % every == 0 && batch < settings.crashes() * every;
    }

    private void runPart(Part part, int from, int to) {
        List<Operation> operations = part.operations();
        for (int i = from; i < to; i++) {
            try {
                happen(part.district(), operations.get(i));
            } catch (Discrepancy | AssertionError e) {
                throw failure(part.seed(), operations.subList(0, i + 1), e);
            }
            done.incrementAndGet();
        }
        try {
            DistrictCheck.check(part.district());
        } catch (Discrepancy | AssertionError e) {
            throw failure(part.seed(), operations.subList(0, to), e);
        }
    }

    private void happen(District district, Operation operation) {
        long began = System.nanoTime();
        operation.kind().happen(district, operation);
        long took = System.nanoTime() - began;
        nanos.compute(operation.kind(), (kind, before) -> {
            LongSummaryStatistics times = before == null ? new LongSummaryStatistics() : before;
            times.accept(took);
            return times;
        });
    }

    private void crashInTheMiddleOf(int batch) {
        long middle = settings.operations() * (2L * batch + 1) / (2L * settings.batches());
        Eventually.holds("half of the batch is done", CRASH_LIMIT, () -> done.get() >= middle);
        log.accept("killed after " + done.get() + " operations");
        platform().kill();
        startPlatform();
    }

    private void requireInvariants() {
        Reconciled reconciled = Reconciled.by(platform().operator());
        if (!reconciled.holds()) {
            throw new AssertionError("invariants do not hold: " + reconciled.breaches() + repeat());
        }
    }

    private AssertionError failure(long seed, List<Operation> failing, Throwable cause) {
        log.accept("platform and model differ; the shortest list of operations is looked for: " + cause.getMessage());
        List<Operation> shortest =
                Shrinking.shortest(List.copyOf(failing), operations -> fails(seed, operations), SHRINK_LIMIT);
        return new AssertionError(
                "%s%n%s%nThe shortest list of operations that was found has %d of %d:%n%s%s"
                        .formatted(
                                cause.getMessage(),
                                fails(seed, shortest)
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

    private boolean fails(long seed, List<Operation> operations) {
        District district =
                District.open(founders(administrator(), PATIENCE_WHILE_SHRINKING), new SplittableRandom(seed));
        try {
            operations.forEach(operation -> operation.kind().happen(district, operation));
            DistrictCheck.check(district);
            return false;
        } catch (Discrepancy | AssertionError e) {
            return true;
        }
    }

    private String repeat() {
        return "%n%nRepeat it with: ./cartulary bench simulate --seed %d --operations %d --districts %d --crashes %d"
                .formatted(settings.seed(), settings.operations(), settings.districts(), settings.crashes());
    }

    private static <T> T await(Future<T> run) {
        try {
            return run.get();
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

    /** Stops the platform, also while it starts. The operations that are under way end in errors. */
    @Override
    public void close() {
        ForkedPlatform running;
        synchronized (this) {
            closed = true;
            running = platform;
        }
        owner.close();
        if (running != null) {
            running.close();
        }
    }
}
