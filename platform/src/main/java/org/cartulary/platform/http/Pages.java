package org.cartulary.platform.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How long a page is. Thread-safe. */
public final class Pages {

    /** The length of a page where the caller names none. */
    public static final int DEFAULT_LIMIT = 20;

    /** The length of the longest page. */
    public static final int MAX_LIMIT = 100;

    private Pages() {}

    /**
     * The length of the page that the caller wants, {@value #DEFAULT_LIMIT} where it names none.
     *
     * @throws ProblemException 422 {@code invalid-limit} unless it is from 1 to {@value #MAX_LIMIT}
     */
    public static int limit(@Nullable Integer limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            String detail = "limit is from 1 to " + MAX_LIMIT + ", not " + limit;
            throw ProblemException.unprocessable("invalid-limit", detail).with("?limit", "out-of-range", detail);
        }
        return limit;
    }

    /**
     * The page made of rows that were read with {@code LIMIT limit + 1}: the row too many only shows that there is a next
     * page.
     *
     * @param cursor the cursor that continues after the row
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<? super T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, new PageInfo(null, false));
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(items, new PageInfo(cursor.apply(items.getLast()), true));
    }
}
