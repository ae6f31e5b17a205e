package org.cartulary.platform.http;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer a JSON pointer into the body ({@code /items/0/quantity}), {@code ?name} for a query parameter,
 *     {@code {name}} for a part of the path, {@code Name:} for a header
 * @param code stable, in kebab-case
 * @param detail a sentence for people
 */
public record ProblemError(String pointer, String code, String detail) {}
