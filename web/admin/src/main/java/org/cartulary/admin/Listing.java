package org.cartulary.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.PageInfo;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;

/**
 * The address of a list: where it is, what narrows it, and from where on it is shown. Immutable.
 *
 * @param path of the page
 * @param chosen what narrows it, by the name that page and API have for it
 * @param cursor from where on, empty for the beginning
 */
record Listing(String path, Map<String, List<String>> chosen, String cursor) {

    /** How many rows a page shows. */
    static final int ROWS = 25;

    Listing {
        chosen = Map.copyOf(chosen);
    }

    static Listing of(Visit visit, String path, String... names) {
        Map<String, List<String>> chosen = new LinkedHashMap<>();
        for (String name : names) {
            List<String> values = visit.fields(name);
            if (!values.isEmpty()) {
                chosen.put(name, values);
            }
        }
        return new Listing(path, chosen, visit.field("cursor"));
    }

    /** The same question to the API. */
    ApiPath addTo(ApiPath api) {
        ApiPath asked = api;
        for (Map.Entry<String, List<String>> narrowing : chosen.entrySet()) {
            asked = asked.withAll(narrowing.getKey(), narrowing.getValue());
        }
        return asked.with("limit", ROWS).with("cursor", cursor);
    }

    /** What was chosen under the name; empty if nothing was. */
    public String value(String name) {
        return chosen.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }

    public boolean has(String name, String value) {
        return chosen.getOrDefault(name, List.of()).contains(value);
    }

    public boolean isNarrowed() {
        return !chosen.isEmpty();
    }

    public boolean isFirst() {
        return cursor.isEmpty();
    }

    /** The address of the beginning. */
    public String first() {
        return address("");
    }

    /** The address of what follows, {@code null} where nothing does. */
    public @Nullable String next(PageInfo page) {
        return page.hasMore() && page.next() != null ? address(page.next()) : null;
    }

    private String address(String from) {
        List<String> query = new ArrayList<>();
        chosen.forEach((name, values) -> values.forEach(value -> query.add(name + "=" + Paths.encoded(value))));
        if (!from.isEmpty()) {
            query.add("cursor=" + Paths.encoded(from));
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }
}
