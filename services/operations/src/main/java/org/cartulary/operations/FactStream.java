package org.cartulary.operations;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.jspecify.annotations.Nullable;

/** The facts of one service, read page by page in the order of their keys. For one thread. */
final class FactStream<T> {

    private final Function<FactsAfter, FactPage<T>> source;
    private final Function<T, OrderKey> keys;
    private final int pageLength;
    private final Deque<T> ahead = new ArrayDeque<>();
    private @Nullable OrderKey lastRead;
    private boolean exhausted;

    FactStream(Function<FactsAfter, FactPage<T>> source, Function<T, OrderKey> keys, int pageLength) {
        this.source = source;
        this.keys = keys;
        this.pageLength = pageLength;
    }

    /** The key of the next fact, {@code null} at the end. */
    @Nullable OrderKey peek() {
        if (ahead.isEmpty() && !exhausted) {
            readPage();
        }
        T next = ahead.peek();
        return next == null ? null : keys.apply(next);
    }

    /** Takes the facts of this key, which is not greater than {@link #peek()}; none if the service knows none. */
    List<T> take(OrderKey key) {
        List<T> facts = new ArrayList<>(1);
        while (key.equals(peek())) {
            facts.add(ahead.remove());
        }
        return facts;
    }

    private void readPage() {
        OrderKey after = lastRead;
        List<T> page = source.apply(new FactsAfter(
                        after == null ? null : after.tenantId(), after == null ? null : after.orderId(), pageLength))
                .facts();
        for (T fact : page) {
            OrderKey key = keys.apply(fact);
            if (after != null && key.compareTo(after) < 0) {
                throw new IllegalStateException(
                        "facts come in the order of their keys, but " + key + " comes after " + after);
            }
            after = key;
            ahead.add(fact);
        }
        lastRead = after;
        exhausted = page.size() < pageLength;
    }
}
