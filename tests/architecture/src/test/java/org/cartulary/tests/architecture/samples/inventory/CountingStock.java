package org.cartulary.tests.architecture.samples.inventory;

import org.cartulary.tests.architecture.samples.contracts.StockApi;

/** Right: a use case in plain Java. */
class CountingStock implements StockApi {

    /** Right: seen by nobody outside, because its class is not. */
    public record Count(int units) {}

    @Override
    public int count(String sku) {
        return new Count(sku.length()).units();
    }
}
