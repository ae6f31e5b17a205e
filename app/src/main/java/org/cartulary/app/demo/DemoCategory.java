package org.cartulary.app.demo;

/**
 * A category of the demo shop.
 *
 * @param slug its name in addresses
 * @param name what it is called
 * @param parent the slug of the category above it, empty at the top
 * @param sortOrder those with the least number come first
 * @param description a sentence for its page
 */
public record DemoCategory(String slug, String name, String parent, int sortOrder, String description) {}
