package org.cartulary.inventory;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened to products, day by day. */
@RestController
final class StockDaysController {

    private static final int MAX_YEARS = 2;

    private final StockDays days;

    StockDaysController(StockDays days) {
        this.days = days;
    }

    /** The days on which something happened, in their order; today, and for an hour yesterday, are not among them yet. */
    record StockDayList(List<StockDay> items) {}

    @GetMapping("/api/v1/admin/stock/{productId}/days")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    StockDayList find(
            @PathVariable("productId") UUID productId,
            @RequestParam("since") LocalDate since,
            @RequestParam("until") LocalDate until) {
        if (until.isBefore(since) || !until.isBefore(since.plusYears(MAX_YEARS))) {
            String detail = "the last day is not before the first one, and within " + MAX_YEARS + " years";
            throw ProblemException.unprocessable("invalid-request", detail).with("?until", "out-of-range", detail);
        }
        return new StockDayList(days.find(productId, since, until));
    }
}
