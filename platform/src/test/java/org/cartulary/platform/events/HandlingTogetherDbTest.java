package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events of many aggregates that arrive while others are handled. */
@Tag("PLT-10")
class HandlingTogetherDbTest {

    @EventType(name = "parcel.arrived.v1", aggregate = "parcel")
    record ParcelArrived(String label) {}

    private final Shop shop = new Shop();
    private final Consumers consumers = new Consumers(shop.json);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        shop.close();
    }

    /** Is held up by the first parcel, and cannot do with a poisoned one. */
    private final class Receiving implements EventHandler<ParcelArrived> {
        @Override
        public String consumer() {
            return "receiving";
        }

        @Override
        public Class<ParcelArrived> eventType() {
            return ParcelArrived.class;
        }

        @Override
        public Database database() {
            return shop.database;
        }

        @Override
        public void handleAll(Transaction tx, List<Arrival<ParcelArrived>> arrivals) {
            batchSizes.add(arrivals.size());
            EventHandler.super.handleAll(tx, arrivals);
        }

        @Override
        public void handle(Transaction tx, ParcelArrived event, Event envelope) {
            if (event.label().equals("first")) {
                begun.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            if (event.label().equals("poisoned")) {
                throw new IllegalArgumentException("poisoned");
            }
            Shop.note(tx, event.label());
        }
    }

    private Event arrived(UUID id, String label) {
        return new Event(
                id,
                Objects.requireNonNull(shop.context().tenantId()),
                "parcel.arrived.v1",
                1,
                "parcel",
                Ids.next(),
                1,
                Instant.EPOCH,
                "a".repeat(32),
                5,
                shop.json.writeValueAsString(new ParcelArrived(label)));
    }

    @Test
    void aTwinOfTheSameBatchAndOneThatFailsHaveNoEffectAndHoldUpNobody() throws InterruptedException {
        consumers.add(new Receiving());
        UUID twin = Ids.next();
        List<Future<?>> deliveries = new ArrayList<>();
        try (ExecutorService relay = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = relay.submit(() -> consumers.dispatch(arrived(Ids.next(), "first")));
            begun.await();
            for (Event event : List.of(
                    arrived(twin, "twin"),
                    arrived(Ids.next(), "poisoned"),
                    arrived(twin, "twin"),
                    arrived(Ids.next(), "last"))) {
                deliveries.add(relay.submit(() -> consumers.dispatch(event)));
                Shop.await(() -> Coalescing.of(shop.database).waitingCalls() == deliveries.size());
            }
            gate.countDown();
            assertThat(first).succeedsWithin(Duration.ofMinutes(1));
        }
        assertThat(batchSizes).startsWith(1, 3);
        assertThat(shop.effects()).containsExactly("first", "twin", "last");
        assertThat(deliveries.get(1)).failsWithin(Duration.ofMinutes(1));
        assertThat(List.of(deliveries.get(0), deliveries.get(2), deliveries.get(3)))
                .allSatisfy(delivery -> assertThat(delivery).succeedsWithin(Duration.ofMinutes(1)));
        assertThat(shop.count("SELECT count(*) FROM inbox_events")).isEqualTo(3);
    }
}
