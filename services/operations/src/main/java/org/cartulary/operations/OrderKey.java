package org.cartulary.operations;

import java.util.Comparator;
import java.util.UUID;

/** An order of a tenant. Ordered as PostgreSQL orders uuids: by unsigned bytes, the tenant first. */
record OrderKey(UUID tenantId, UUID orderId) implements Comparable<OrderKey> {

    private static final Comparator<UUID> UNSIGNED = (left, right) -> {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    };

    private static final Comparator<OrderKey> ORDER =
            Comparator.comparing(OrderKey::tenantId, UNSIGNED).thenComparing(OrderKey::orderId, UNSIGNED);

    @Override
    public int compareTo(OrderKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "order " + orderId + " of tenant " + tenantId;
    }
}
