package org.cartulary.app.demo;

/**
 * What somebody says of a product of the demo shop.
 *
 * @param rating stars, from 1 to 5
 * @param title in a few words
 * @param text in a few sentences
 */
public record DemoReview(int rating, String title, String text) {}
