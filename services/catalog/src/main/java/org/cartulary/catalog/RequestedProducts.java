package org.cartulary.catalog;

import java.beans.PropertyEditorSupport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads the filter of products from the parameters of a request, and says what is wrong with them. */
final class RequestedProducts {

    private static final int MAX_QUERY_CHARACTERS = 200;
    private static final int MAX_VALUES = 20;
    private static final int MAX_VALUE_CHARACTERS = 200;
    private static final BigDecimal MAX_PRICE = new BigDecimal("99999999.99");
    private static final BigDecimal MAX_RATING = BigDecimal.valueOf(5);
    private static final int MAX_SCALE = 10;

    private RequestedProducts() {}

    /** Takes the values of a parameter as they are: one may hold a comma, which would else make two of it. */
    static final class WholeValues extends PropertyEditorSupport {

        @Override
        public void setAsText(String text) {
            setValue(new String[] {text});
        }
    }

    /** The filter; each attribute is written as name and value with a colon between them. */
    static ProductFilter filter(
            @Nullable String query,
            @Nullable String category,
            String @Nullable [] brands,
            String @Nullable [] tags,
            String @Nullable [] attributes,
            @Nullable BigDecimal minPrice,
            @Nullable BigDecimal maxPrice,
            @Nullable Boolean inStock,
            @Nullable BigDecimal minRating) {
        return new ProductFilter(
                words(query),
                Spelling.AS_TYPED,
                category,
                values("?brand", brands),
                values("?tag", tags),
                attributes(values("?attribute", attributes)),
                price("?minPrice", minPrice),
                price("?maxPrice", maxPrice),
                inStock,
                rating(minRating),
                SearchLanguages.ENGLISH);
    }

    /** The words that are looked for; {@code null} where there are none. */
    static @Nullable String words(@Nullable String query) {
        if (query == null || query.isBlank()) {
            return null;
        }
        if (query.length() > MAX_QUERY_CHARACTERS) {
            String detail = "a query has at most " + MAX_QUERY_CHARACTERS + " characters";
            throw ProblemException.unprocessable("invalid-query", detail).with("?query", "too-long", detail);
        }
        return query.strip();
    }

    private static List<String> values(String pointer, String @Nullable [] values) {
        if (values == null) {
            return List.of();
        }
        List<String> given = Arrays.stream(values)
                .filter(Objects::nonNull)
                .filter(value -> !value.isBlank())
                .distinct()
                .toList();
        if (given.size() > MAX_VALUES || given.stream().anyMatch(value -> value.length() > MAX_VALUE_CHARACTERS)) {
            String detail =
                    "at most " + MAX_VALUES + " values, of at most " + MAX_VALUE_CHARACTERS + " characters each";
            throw invalid(pointer, "too-long", detail);
        }
        return given;
    }

    private static Map<String, List<String>> attributes(List<String> pairs) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (String pair : pairs) {
            int colon = pair.indexOf(':');
            if (colon < 1 || colon == pair.length() - 1) {
                throw invalid("?attribute", "not-a-pair", "an attribute is asked for as name:value");
            }
            attributes
                    .computeIfAbsent(pair.substring(0, colon), name -> new ArrayList<>())
                    .add(pair.substring(colon + 1));
        }
        return attributes;
    }

    private static @Nullable BigDecimal price(String pointer, @Nullable BigDecimal amount) {
        // A number such as 1e999999999 is short to send and would be long to write out.
        if (amount != null
                && (amount.signum() < 0 || amount.compareTo(MAX_PRICE) > 0 || Math.abs(amount.scale()) > MAX_SCALE)) {
            String detail = "a price is from 0 to " + MAX_PRICE;
            throw ProblemException.unprocessable("invalid-price", detail).with(pointer, "out-of-range", detail);
        }
        return amount;
    }

    private static @Nullable BigDecimal rating(@Nullable BigDecimal average) {
        if (average != null
                && (average.signum() < 0
                        || average.compareTo(MAX_RATING) > 0
                        || Math.abs(average.scale()) > MAX_SCALE)) {
            throw invalid("?minRating", "out-of-range", "a rating is from 0 to " + MAX_RATING);
        }
        return average;
    }

    private static ProblemException invalid(String pointer, String code, String detail) {
        return ProblemException.unprocessable("invalid-filter", detail).with(pointer, code, detail);
    }
}
