package org.cartulary.tests.architecture.samples.order;

import org.cartulary.tests.architecture.samples.inventory.InventoryConfiguration;

/** Wrong: it knows another service. */
class LooksIntoInventory {

    int count(InventoryConfiguration[] inventories) {
        return inventories.length;
    }
}
