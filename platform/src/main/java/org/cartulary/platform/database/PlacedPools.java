package org.cartulary.platform.database;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The pools that lead to where a tenant's rows are, in the database of one service. Asked at each transaction: it answers from
 * memory. Thread-safe.
 */
interface PlacedPools extends AutoCloseable {

    /** The pools of the place where this tenant's rows are; without a tenant, of the shared place. */
    Pools of(@Nullable UUID tenantId);

    /** The pools of every place, those of the shared one first. */
    List<Pools> everywhere();

    @Override
    void close();

    /** All tenants are in one place. */
    static PlacedPools shared(Pools pools) {
        return new Shared(pools);
    }

    /** All tenants are in one place. */
    record Shared(Pools pools) implements PlacedPools {

        @Override
        public Pools of(@Nullable UUID tenantId) {
            return pools;
        }

        @Override
        public List<Pools> everywhere() {
            return List.of(pools);
        }

        @Override
        public void close() {
            pools.close();
        }
    }
}
