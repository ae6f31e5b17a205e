package org.cartulary.contracts.order;

/**
 * What a customer has ordered before.
 *
 * @param any whether there is an order that is not cancelled
 */
public record EarlierOrders(boolean any) {}
