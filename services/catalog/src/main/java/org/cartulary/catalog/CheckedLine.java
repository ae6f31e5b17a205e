package org.cartulary.catalog;

/**
 * A product of a file that only the database can refuse now.
 *
 * @param number the line on which it begins
 * @param sku by which it is told
 * @param content what the SQL function {@code import_products} takes, but for the ordinal: members of a JSON object
 */
record CheckedLine(long number, String sku, String content) {}
