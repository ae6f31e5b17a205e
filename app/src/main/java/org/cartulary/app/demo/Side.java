package org.cartulary.app.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.cartulary.app.client.ApiException;

/** Work on many things, a few at a time. */
final class Side {

    private static final int AT_A_TIME = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

    private Side() {}

    /**
     * Does it for all of them and returns when all are done; the first failure is thrown, once the others have ended.
     *
     * @throws RuntimeException what the work threw
     */
    static <T> void bySide(List<T> things, Consumer<T> work) {
        List<Future<?>> begun = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (T thing : things) {
                begun.add(workers.submit(() -> work.accept(thing)));
            }
            for (Future<?> one : begun) {
                await(one, workers);
            }
        }
    }

    private static void await(Future<?> one, ExecutorService workers) {
        try {
            one.get();
        } catch (ExecutionException e) {
            workers.shutdownNow();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
            throw new ApiException(0, "interrupted", "interrupted while the demo shop was filled");
        }
    }

    /** Waits before another attempt. */
    static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(0, "interrupted", "interrupted while the demo shop was filled");
        }
    }
}
