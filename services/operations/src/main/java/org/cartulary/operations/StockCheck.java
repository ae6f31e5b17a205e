package org.cartulary.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cartulary.contracts.catalog.ListedStockApi;
import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.inventory.StockPresencesApi;
import org.cartulary.contracts.reconciliation.FactPage;
import org.jspecify.annotations.Nullable;

/** Compares what inventory has with what the catalogue shows as in stock. Events may be under way: what persists is wrong. */
final class StockCheck {

    private StockCheck() {}

    /** Reads what both say once, side by side. */
    static CrossCheck.Found look(StockPresencesApi inventory, ListedStockApi catalog, int pageLength) {
        FactStream<StockPresence> present = stream(inventory::presences, pageLength);
        FactStream<StockPresence> listed = stream(catalog::listed, pageLength);
        Map<String, String> breaches = new LinkedHashMap<>();
        long rows = 0;
        for (OrderKey key; (key = least(present.peek(), listed.peek())) != null; ) {
            StockPresence has = only(present.take(key));
            StockPresence shows = only(listed.take(key));
            rows++;
            if (isInStock(has) != isInStock(shows)) {
                breaches.put(
                        key.orderId() + " of tenant " + key.tenantId(),
                        "inventory says %s, the catalogue %s".formatted(words(has), words(shows)));
            }
        }
        return new CrossCheck.Found(
                "inventory, catalog",
                "listed-stock-is-stock",
                "What the catalogue shows as in stock is in stock, and nothing else is.",
                rows,
                breaches);
    }

    private static FactStream<StockPresence> stream(
            Function<PresencesAfter, FactPage<StockPresence>> source, int pageLength) {
        return new FactStream<>(
                after -> source.apply(new PresencesAfter(after.tenantId(), after.orderId(), after.limit())),
                presence -> new OrderKey(presence.tenantId(), presence.soldId()),
                pageLength);
    }

    private static @Nullable OrderKey least(@Nullable OrderKey one, @Nullable OrderKey other) {
        return Stream.<@Nullable OrderKey>of(one, other)
                .filter(Objects::nonNull)
                .min(OrderKey::compareTo)
                .orElse(null);
    }

    private static @Nullable StockPresence only(List<StockPresence> presences) {
        return presences.isEmpty() ? null : presences.getFirst();
    }

    /** What nobody was told of is in stock nowhere. */
    private static boolean isInStock(@Nullable StockPresence presence) {
        return presence != null && presence.inStock();
    }

    private static String words(@Nullable StockPresence presence) {
        return presence == null
                ? "nothing"
                : (presence.inStock() ? "in stock" : "out of stock") + " in version " + presence.version();
    }
}
