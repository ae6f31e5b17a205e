package org.cartulary.platform.http;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items what is on this page
 * @param page where the list goes on
 */
public record Page<T>(List<T> items, PageInfo page) {

    public Page {
        items = List.copyOf(items);
    }

    /** The same page with its items turned into something else. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
        return new Page<>(items.stream().<R>map(mapping).toList(), page);
    }
}
