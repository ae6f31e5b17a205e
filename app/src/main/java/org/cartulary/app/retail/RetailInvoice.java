package org.cartulary.app.retail;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sales of one invoice: an order. Its date, customer and country are those of its first line. */
record RetailInvoice(String number, List<RetailLine> lines) {

    /** The retailer's time zone. */
    static final ZoneId ZONE = ZoneId.of("Europe/London");

    RetailInvoice {
        lines = List.copyOf(lines);
    }

    Instant placedAt() {
        return lines.getFirst().at().atZone(ZONE).toInstant();
    }

    YearMonth month() {
        return YearMonth.from(lines.getFirst().at());
    }

    String country() {
        return lines.getFirst().country();
    }

    @Nullable String customer() {
        return lines.getFirst().customer();
    }
}
