package org.cartulary.admin;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.Shop;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;

/** What people type into fields, as the API reads it; what cannot be read is passed on as it is, for the API to say so. */
final class Typed {

    private Typed() {}

    /** An amount in the shop's currency, {@code null} where nothing was typed. A comma may stand before its decimals. */
    static @Nullable Map<String, Object> money(Visit visit, String field) {
        String typed = visit.field(field);
        return typed.isEmpty()
                ? null
                : Map.of("amount", decimal(typed), "currency", Shop.of(visit).currency());
    }

    /** With a point before the decimals, whatever was typed. */
    static String decimal(String typed) {
        return typed.indexOf('.') < 0 ? typed.replace(',', '.') : typed;
    }

    /** A number, or the text as it was typed. */
    static @Nullable Object number(Visit visit, String field) {
        String typed = visit.field(field);
        if (typed.isEmpty()) {
            return null;
        }
        String decimal = decimal(typed);
        return decimal.matches("-?\\d{1,12}(\\.\\d{1,6})?") ? new BigDecimal(decimal) : typed;
    }

    /** Those of the fields that were left empty: the API takes them for left out, and has to be told that they shall be empty. */
    static List<String> emptied(Visit visit, String... fields) {
        return Arrays.stream(fields)
                .filter(field -> visit.has(field) && visit.field(field).isEmpty())
                .toList();
    }

    /** The first moment of a day where the shop is, {@code null} where no day was typed. */
    static @Nullable String beginning(Visit visit, String field) {
        String typed = visit.field(field);
        try {
            return typed.isEmpty()
                    ? null
                    : LocalDate.parse(typed)
                            .atStartOfDay(Shop.of(visit).timeZone())
                            .toInstant()
                            .toString();
        } catch (DateTimeException e) {
            return typed;
        }
    }
}
