package org.cartulary.platform.events;

import org.jspecify.annotations.Nullable;

/**
 * How far the events of an aggregate came.
 *
 * @param delivered how many of them, from the first on
 * @param failure why the next one was not delivered; {@code null} if it was not tried
 */
public record Delivery(int delivered, @Nullable Throwable failure) {}
