package org.cartulary.contracts.order;

/**
 * Whether something was bought.
 *
 * @param paid whether there is an order with it that is paid, and neither cancelled nor wholly given back
 */
public record Purchase(boolean paid) {}
