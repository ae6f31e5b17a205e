package org.cartulary.pages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** The path of a call with its query, each part encoded. Immutable. */
public final class ApiPath {

    private final String path;
    private final List<String> query;

    private ApiPath(String path, List<String> query) {
        this.path = path;
        this.query = query;
    }

    /**
     * A path below {@code /api/v1/}.
     *
     * @param template such as {@code store/products/{slug}}, whose variables are filled in their order
     */
    public static ApiPath of(String template, Object... variables) {
        String path = "/api/v1/" + template;
        for (Object variable : variables) {
            int open = path.indexOf('{');
            int close = path.indexOf('}');
            path = path.substring(0, open)
                    + UriUtils.encode(variable.toString(), StandardCharsets.UTF_8)
                    + path.substring(close + 1);
        }
        return new ApiPath(path, List.of());
    }

    /** With a parameter; without it where there is no value, or an empty one. */
    public ApiPath with(String name, @Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return this;
        }
        List<String> longer = new ArrayList<>(query);
        longer.add(name + "=" + UriUtils.encode(value.toString(), StandardCharsets.UTF_8));
        return new ApiPath(path, List.copyOf(longer));
    }

    /** With a parameter for each of the values. */
    public ApiPath withAll(String name, Iterable<?> values) {
        ApiPath longer = this;
        for (Object value : values) {
            longer = longer.with(name, value);
        }
        return longer;
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }
}
