package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.events.EventReceiver.Refused;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReceivedStoreDbTest {

    private final Shop shop = new Shop();
    private final ReceivedStore store = new ReceivedStore(shop.database);
    private final EventBus bus = new EventBus(shop.json, shop.meters);
    private final DeadLetters letters = new DeadLetters(shop.database, bus);

    @AfterEach
    void close() {
        bus.close();
        shop.close();
    }

    private Event event(int priority, String data) {
        return new Event(
                Ids.next(),
                shop.tenant,
                "thing.moved.v1",
                1,
                "thing",
                Ids.next(),
                1,
                Instant.now(),
                TraceIds.next(),
                priority,
                data);
    }

    private List<UUID> kept() {
        return shop.database.asWorker(tx -> tx.jdbc()
                .sql("SELECT id FROM received_events ORDER BY position")
                .query(UUID.class)
                .list());
    }

    @Test
    @Tag("PLT-14")
    void whatTheDatabaseRefusesIsNamedAndTheOthersAreKeptInTheirOrder() {
        Event first = event(5, "{}");
        Event tooUrgent = event(11, "{}");
        Event second = event(5, "{}");
        Event noJson = event(5, "{");
        Event third = event(5, "{}");

        List<Refused> refused = store.keep(List.of(first, tooUrgent, second, noJson, third));

        assertThat(refused).extracting(Refused::event).containsExactly(tooUrgent, noJson);
        assertThat(refused.getFirst().reason()).startsWith("23514").contains("chk_received_events_priority");
        assertThat(refused.getLast().reason()).startsWith("22P02");
        assertThat(kept()).containsExactly(first.id(), second.id(), third.id());
    }

    @Test
    @Tag("PLT-14")
    void aFaultOfTheDatabaseIsNotOneOfTheEvents() {
        shop.admin().sql("ALTER TABLE received_events RENAME TO elsewhere").update();

        assertThatThrownBy(() -> store.keep(List.of(event(5, "{}")))).isInstanceOf(RuntimeException.class);
    }

    @Test
    @Tag("PLT-14")
    @Tag("PLT-09")
    void anEventThatWasDiscardedIsNotKeptAgain() {
        Event event = event(5, "{}");
        store.keep(List.of(event));
        shop.execute("UPDATE received_events SET dead_at = now()");
        assertThat(letters.discard(shop.tenant, event.id())).isPresent();
        Event other = event(5, "{}");

        assertThat(store.keep(List.of(event, other))).isEmpty();

        assertThat(kept()).containsExactly(other.id());
    }

    @Test
    @Tag("PLT-14")
    @Tag("PLT-09")
    void anEventThatIsBroughtAgainWhileItIsDiscardedIsNotKept() throws Exception {
        Event event = event(5, "{}");
        store.keep(List.of(event));
        shop.execute("UPDATE received_events SET dead_at = now()");
        CountDownLatch discarded = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> discard = threads.submit(() -> shop.database.asWorker(tx -> {
                boolean found = letters.discard(tx, shop.tenant, event.id()).isPresent();
                discarded.countDown();
                await(mayCommit);
                return found;
            }));
            discarded.await();
            Future<List<Refused>> keeping = threads.submit(() -> store.keep(List.of(event)));
            Shop.await(() -> waitsForALock() || keeping.isDone());
            mayCommit.countDown();
            assertThat(discard.get()).isTrue();
            assertThat(keeping.get()).isEmpty();
        }
        assertThat(kept()).isEmpty();
    }

    private boolean waitsForALock() {
        return shop.admin()
                        .sql(
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
