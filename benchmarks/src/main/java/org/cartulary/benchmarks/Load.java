package org.cartulary.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Clients that work without thinking, each on a virtual thread of its own: first to warm up, then while it is measured.
 * What is done within the measured time counts.
 */
final class Load {

    private static final long HIGHEST_MICROS = 120_000_000;
    private static final int DIGITS = 3;

    private enum Phase {
        WARM_UP,
        MEASURED,
        OVER
    }

    private final Histogram latencies = new ConcurrentHistogram(HIGHEST_MICROS, DIGITS);
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final CountDownLatch looked = new CountDownLatch(1);
    private volatile Phase phase = Phase.WARM_UP;

    private Load() {}

    /** Somebody who does the same thing again and again. Used by one thread. */
    interface Client extends AutoCloseable {

        /**
         * Does it once.
         *
         * @return an empty text if it worked, else what went wrong in a word or two
         */
        String once() throws IOException;

        @Override
        void close();
    }

    /**
     * What was measured.
     *
     * @param done how often it worked
     * @param latencies of what worked, in microseconds
     * @param errors how often what went wrong
     */
    record Outcome(long done, double seconds, Histogram latencies, Map<String, Long> errors) {

        double perSecond() {
            return done / seconds;
        }

        long failed() {
            return errors.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Told when the measured time begins and ends. */
    interface Watcher {

        Watcher NOBODY = new Watcher() {
            @Override
            public void begins() {}

            @Override
            public void ends() {}
        };

        void begins();

        void ends();
    }

    /** Runs so many clients, and returns when all of them have stopped. */
    static Outcome run(
            int clients, Duration warmUp, Duration measured, Watcher watcher, IntFunction<? extends Client> factory) {
        Load load = new Load();
        double seconds;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < clients; number++) {
                Client client = factory.apply(number);
                threads.execute(() -> load.work(client));
            }
            pause(warmUp);
            watcher.begins();
            long begun = System.nanoTime();
            load.phase = Phase.MEASURED;
            pause(measured);
            load.phase = Phase.OVER;
            seconds = (System.nanoTime() - begun) / 1e9;
            watcher.ends();
            load.looked.countDown();
        }
        return load.outcome(seconds);
    }

    /** Has each of so many clients do it so often, and returns when all have ended. */
    static Outcome times(int clients, int times, IntFunction<? extends Client> factory) {
        Load load = new Load();
        load.phase = Phase.MEASURED;
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < clients; number++) {
                Client client = factory.apply(number);
                threads.execute(() -> {
                    try (client) {
                        for (int i = 0; i < times; i++) {
                            load.step(client);
                        }
                    }
                });
            }
        }
        return load.outcome((System.nanoTime() - begun) / 1e9);
    }

    private Outcome outcome(double seconds) {
        Map<String, Long> counts = new TreeMap<>();
        errors.forEach((what, count) -> counts.put(what, count.sum()));
        return new Outcome(latencies.getTotalCount(), seconds, latencies, counts);
    }

    private void work(Client client) {
        try (client) {
            while (phase != Phase.OVER) {
                step(client);
            }
            // What a connection has cost is forgotten with it.
            looked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(Client client) {
        long begun = System.nanoTime();
        String error = attempt(client);
        long micros = (System.nanoTime() - begun) / 1000;
        if (phase == Phase.MEASURED) {
            if (error.isEmpty()) {
                latencies.recordValue(Math.min(micros, HIGHEST_MICROS));
            } else {
                errors.computeIfAbsent(error, any -> new LongAdder()).increment();
            }
        }
    }

    private static String attempt(Client client) {
        try {
            return client.once();
        } catch (IOException e) {
            return "no answer: " + e.getClass().getSimpleName();
        }
    }

    /** Time has to pass here: it is what is measured. */
    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }
}
