package org.cartulary.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;

/** Runs the same work on many threads that begin at the same moment. */
public final class Concurrently {

    private static final int LONGEST_RUN_SECONDS = 120;

    private Concurrently() {}

    /**
     * Work that knows which of the threads it runs on.
     *
     * @param <T> its answer
     */
    @FunctionalInterface
    public interface IndexedWork<T extends @Nullable Object> {

        /** Does the work of the thread with this index, from zero. */
        T call(int index) throws Exception;
    }

    /**
     * What came of it, in no order.
     *
     * @param values the answers
     * @param failures what was thrown instead
     */
    public record Results<T extends @Nullable Object>(List<T> values, List<Throwable> failures) {

        /**
         * The answers, where all threads had one.
         *
         * @throws AssertionError with all failures, where some had not
         */
        public List<T> valuesOrThrow() {
            if (failures.isEmpty()) {
                return values;
            }
            AssertionError error = new AssertionError(
                    failures.size() + " of " + (failures.size() + values.size()) + " failed", failures.getFirst());
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    /** Runs the work on that many virtual threads, each in the caller's context, and waits for all. */
    public static <T extends @Nullable Object> Results<T> run(int threads, Callable<T> work)
            throws InterruptedException {
        return run(threads, index -> work.call());
    }

    /** As {@link #run(int, Callable)}, with the index of each thread. */
    public static <T extends @Nullable Object> Results<T> run(int threads, IndexedWork<T> work)
            throws InterruptedException {
        RequestContext context = RequestContext.currentOrNull();
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Callable<T>> calls = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int index = thread;
            calls.add(() -> {
                start.await(LONGEST_RUN_SECONDS, TimeUnit.SECONDS);
                return context == null ? work.call(index) : context.call(() -> work.call(index));
            });
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return collect(executor.invokeAll(calls, LONGEST_RUN_SECONDS, TimeUnit.SECONDS));
        }
    }

    private static <T extends @Nullable Object> Results<T> collect(List<Future<T>> calls) throws InterruptedException {
        List<T> values = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Future<T> call : calls) {
            if (call.isCancelled()) {
                failures.add(new AssertionError("not done after " + LONGEST_RUN_SECONDS + " s"));
                continue;
            }
            try {
                values.add(call.get());
            } catch (ExecutionException failure) {
                Throwable cause = failure.getCause();
                failures.add(cause == null ? failure : cause);
            }
        }
        return new Results<>(values, failures);
    }
}
