package org.cartulary.platform.coalescing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.platform.database.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchPlacesTest {

    private static final Duration FOR_EVER = Duration.ofMinutes(5);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void openTheGate() {
        gate.countDown();
        threads.close();
    }

    @Test
    void whoFindsAllPlacesTakenWaits() throws Exception {
        BatchPlaces places = new BatchPlaces(2, FOR_EVER);
        holdOne(places);
        holdOne(places);

        AtomicInteger done = new AtomicInteger();
        Future<?> third = threads.submit(() -> places.run(done::incrementAndGet));
        Shop.await(() -> places.waiting() == 1);

        assertThat(done).hasValue(0);
        gate.countDown();
        third.get(60, TimeUnit.SECONDS);
        assertThat(done).hasValue(1);
    }

    @Test
    void oneThatFindsNoPlaceInTimeGoesToWorkWithout() throws Exception {
        BatchPlaces places = new BatchPlaces(1, Duration.ofMillis(1));
        holdOne(places);

        AtomicInteger done = new AtomicInteger();
        threads.submit(() -> places.run(done::incrementAndGet)).get(60, TimeUnit.SECONDS);

        assertThat(done).hasValue(1);
    }

    @Test
    void workWithoutAPlaceGivesNoneBack() throws Exception {
        BatchPlaces places = new BatchPlaces(1, Duration.ofMillis(1));
        holdOne(places);
        threads.submit(() -> places.run(() -> {})).get(60, TimeUnit.SECONDS);

        assertThat(places.free()).isZero();
    }

    @Test
    void aPlaceIsGivenBackByWorkThatFails() {
        BatchPlaces places = new BatchPlaces(1, FOR_EVER);

        assertThatIllegalStateException()
                .isThrownBy(() -> places.run(() -> {
                    throw new IllegalStateException("no");
                }));

        assertThat(places.free()).isEqualTo(1);
    }

    private void holdOne(BatchPlaces places) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        threads.execute(() -> places.run(() -> {
            held.countDown();
            awaitGate();
        }));
        held.await();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
