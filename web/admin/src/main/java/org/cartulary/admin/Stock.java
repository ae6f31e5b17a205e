package org.cartulary.admin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.pages.PageInfo;
import org.jspecify.annotations.Nullable;

/** What the API answers about stock, as far as pages show it. */
final class Stock {

    /** Why stock may be said to have changed. */
    static final List<String> REASONS = List.of("COUNTED", "FOUND", "RETURNED", "DAMAGED", "LOST", "OTHER");

    private Stock() {}

    record Row(
            UUID productId,
            String warehouse,
            int available,
            int reserved,
            int total,
            @Nullable Integer reorderPoint) {

        public boolean isLow() {
            return reorderPoint != null && available <= reorderPoint;
        }
    }

    record Rows(List<Row> items, PageInfo page) {}

    record Movement(
            long id,
            String warehouse,
            String type,
            int availableChange,
            int reservedChange,
            @Nullable UUID orderId,
            @Nullable String reasonCode,
            @Nullable String reason,
            @Nullable String actorKind,
            @Nullable UUID actorId,
            Instant createdAt) {

        public Orders.@Nullable Actor by() {
            return actorKind == null ? null : new Orders.Actor(actorKind, actorId);
        }
    }

    record Movements(List<Movement> items, PageInfo page) {}

    record Alert(
            UUID id,
            UUID productId,
            String warehouse,
            int available,
            int reorderPoint,
            int reorderQuantity,
            Instant openedAt,
            @Nullable Instant acknowledgedAt) {}

    record Alerts(List<Alert> items, PageInfo page) {

        List<UUID> productIds() {
            return items.stream().map(Alert::productId).toList();
        }
    }

    record Warehouse(
            UUID id,
            String name,
            int priority,
            boolean active,
            @Nullable String country,
            boolean isDefault,
            long version) {}

    record Warehouses(List<Warehouse> items, PageInfo page) {}
}
