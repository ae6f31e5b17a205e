package org.cartulary.catalog;

/**
 * Why a line of an import was refused.
 *
 * @param line the line of the file on which the product begins, from 1
 * @param field such as {@code price} or {@code variants/0/sku}; empty where the line as a whole is refused
 * @param code a stable code
 * @param detail what is wrong, and what would be right
 */
record LineError(long line, String field, String code, String detail) {}
