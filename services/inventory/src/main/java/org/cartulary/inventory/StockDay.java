package org.cartulary.inventory;

import java.time.LocalDate;

/**
 * What happened to a product on a day, over all warehouses.
 *
 * @param day in UTC
 * @param received units that were received
 * @param returned sold units that were made available again
 * @param reserved units that were reserved for orders
 * @param released reserved units that were made available again
 * @param sold reserved units that were sold
 * @param adjusted units that adjustments brought, less those that they took away
 */
record StockDay(LocalDate day, long received, long returned, long reserved, long released, long sold, long adjusted) {}
