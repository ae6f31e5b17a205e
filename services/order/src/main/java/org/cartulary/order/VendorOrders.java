package org.cartulary.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.jspecify.annotations.Nullable;

/** The orders in which a vendor sold something, page by page along an index. For whoever acts for the vendor. Thread-safe. */
final class VendorOrders {

    private final VendorLineStore store;
    private final Cursors cursors;

    VendorOrders(VendorLineStore store, Cursors cursors) {
        this.store = store;
        this.cursors = cursors;
    }

    Page<VendorOrderView> list(UUID vendorId, @Nullable Integer wantedLimit, @Nullable String cursor) {
        int limit = Pages.limit(wantedLimit);
        String scope = "vendor/orders?vendor=" + vendorId;
        List<VendorOrderView> orders = views(store.page(vendorId, position(scope, cursor), limit + 1));
        return Pages.of(orders, limit, last -> after(scope, last.placedAt(), last.orderId()));
    }

    Optional<VendorOrderView> find(UUID vendorId, UUID orderId) {
        return views(store.ofOrder(vendorId, orderId)).stream().findFirst();
    }

    private List<VendorOrderView> views(List<VendorLine> lines) {
        Map<UUID, List<VendorLine>> byOrder = new LinkedHashMap<>();
        lines.forEach(line ->
                byOrder.computeIfAbsent(line.orderId(), _ -> new ArrayList<>()).add(line));
        Map<UUID, SoldOrder> orders = store.ordersOf(lines);
        return byOrder.entrySet().stream()
                .map(order -> VendorOrderView.of(Objects.requireNonNull(orders.get(order.getKey())), order.getValue()))
                .toList();
    }

    private VendorLineStore.Position position(String scope, @Nullable String cursor) {
        if (cursor == null) {
            return VendorLineStore.Position.START;
        }
        List<String> keys = cursors.decode(scope, cursor);
        return new VendorLineStore.Position(keys.get(0), UUID.fromString(keys.get(1)));
    }

    private String after(String scope, Instant soldAt, UUID orderId) {
        return cursors.encode(scope, List.of(soldAt.toString(), orderId.toString()));
    }
}
