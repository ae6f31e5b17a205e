package org.cartulary.contracts.order;

/**
 * Orders that need to know whose they are.
 *
 * @param underWay that are being placed or paid
 * @param undelivered that are confirmed and not delivered
 */
public record UnfinishedOrders(int underWay, int undelivered) {}
