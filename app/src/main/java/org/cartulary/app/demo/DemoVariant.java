package org.cartulary.app.demo;

/**
 * A variant of a product of the demo shop.
 *
 * @param product the sku of its product
 * @param option in what the variants differ
 * @param sku its own
 * @param choice which it is
 * @param price in the demo shop's currency, with two places
 * @param stock units
 */
public record DemoVariant(String product, String option, String sku, String choice, String price, int stock) {}
