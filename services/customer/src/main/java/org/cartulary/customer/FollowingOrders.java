package org.cartulary.customer;

import java.util.Optional;
import org.cartulary.contracts.order.OrderEventsApi;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.eventstore.EventPage;
import org.cartulary.platform.eventstore.EventPosition;
import org.cartulary.platform.eventstore.EventsAfter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what happens to orders and reckons the statistics from it, each event once: how far it has read is stored together
 * with what it read. The generation that is shown and the one that is built go the same way. Thread-safe.
 */
final class FollowingOrders {

    private static final int EVENTS_A_PAGE = 200;

    /** So that a rebuild of a large shop does not keep one run of the job going for hours. */
    private static final int MAX_PAGES_A_RUN = 500;

    private final Database database;
    private final OrderEventsApi orders;
    private final StatisticsStore store;
    private final RebuildingStatistics rebuilding;
    private final JsonMapper json;
    private final int eventsAPage;
    private final int maxPagesARun;

    FollowingOrders(
            Database database,
            OrderEventsApi orders,
            StatisticsStore store,
            RebuildingStatistics rebuilding,
            JsonMapper json) {
        this(database, orders, store, rebuilding, json, EVENTS_A_PAGE, MAX_PAGES_A_RUN);
    }

    FollowingOrders(
            Database database,
            OrderEventsApi orders,
            StatisticsStore store,
            RebuildingStatistics rebuilding,
            JsonMapper json,
            int eventsAPage,
            int maxPagesARun) {
        this.database = database;
        this.orders = orders;
        this.store = store;
        this.rebuilding = rebuilding;
        this.json = json;
        this.eventsAPage = eventsAPage;
        this.maxPagesARun = maxPagesARun;
    }

    /** Reads on until there is nothing new, and finishes a rebuild that has caught up. */
    void run() {
        int pages = 0;
        boolean moved = true;
        while (moved && pages < maxPagesARun) {
            moved = advanceLive();
            moved |= advanceBuilding();
            pages++;
        }
        if (generation(Generation.State.BUILDING).isPresent()) {
            rebuilding.finish();
        }
        rebuilding.deleteReplaced();
    }

    private boolean advanceLive() {
        return generation(Generation.State.LIVE)
                .map(live -> advance(live, null))
                .orElse(false);
    }

    /** Reads as far as the generation that is shown and not beyond it, so that the two can be compared. */
    private boolean advanceBuilding() {
        Optional<Generation> building = generation(Generation.State.BUILDING);
        if (building.isEmpty()) {
            return false;
        }
        EventPosition goal = generation(Generation.State.LIVE).orElseThrow().checkpoint();
        return building.get().checkpoint().compareTo(goal) < 0 && advance(building.get(), goal);
    }

    private boolean advance(Generation generation, @Nullable EventPosition until) {
        EventPage page = orders.eventsAfter(new EventsAfter(generation.checkpoint(), until, eventsAPage));
        if (page.events().isEmpty()) {
            return false;
        }
        OrderChanges changes = OrderChanges.of(page.events(), json);
        return database.asWorker(tx -> {
            boolean isMine =
                    store.move(tx, generation, page.next(), page.events().size());
            if (isMine) {
                store.apply(tx, generation.number(), changes);
            }
            return isMine;
        });
    }

    private Optional<Generation> generation(Generation.State state) {
        return database.asWorker(tx -> store.generation(tx, state));
    }
}
