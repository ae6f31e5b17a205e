package org.cartulary.contracts.catalog;

/**
 * What a variant is of one of its product's options.
 *
 * @param name the option, such as size
 * @param value the choice, such as M
 */
public record ChosenOption(String name, String value) {}
