package org.cartulary.order;

import java.time.LocalDate;
import java.util.Locale;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.order.SalesReports.Step;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a shop sold, for those who run it. */
@RestController
@RequestMapping("/api/v1/admin/reports")
@RequirePermission(Permissions.ORDERS_READ)
final class SalesReportsController {

    private final SalesReports reports;

    SalesReportsController(SalesReports reports) {
        this.reports = reports;
    }

    @GetMapping("/sales")
    @SqlBudget(statements = 2, transactions = 1)
    SalesReports.Report sales(
            @RequestParam LocalDate from,
            @RequestParam LocalDate until,
            @RequestParam(defaultValue = "UTC") String timeZone,
            @RequestParam(defaultValue = "day") String by) {
        return reports.sales(from, until, timeZone, step(by));
    }

    @GetMapping("/best-sellers")
    @SqlBudget(statements = 2, transactions = 1)
    SalesReports.BestSellers bestSellers(
            @RequestParam LocalDate from,
            @RequestParam LocalDate until,
            @RequestParam(defaultValue = "UTC") String timeZone,
            @RequestParam(required = false) @Nullable Integer limit) {
        return reports.bestSellers(from, until, timeZone, limit);
    }

    private static Step step(String by) {
        for (Step step : Step.values()) {
            if (step.name().toLowerCase(Locale.ROOT).equals(by)) {
                return step;
            }
        }
        throw ProblemException.unprocessable("invalid-step", "a report is by day, week or month")
                .with("?by", "unknown", "name day, week or month");
    }
}
