package org.cartulary.order;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The orders of a shop, for those who run it. */
@RestController
@RequestMapping("/api/v1/admin")
@RequirePermission(Permissions.ORDERS_READ)
final class OrdersAdminController {

    private final OrderDetails details;
    private final OrderLists lists;
    private final FindingBuyers buyers;
    private final OrderReports reports;
    private final CommissionStatements statements;

    OrdersAdminController(
            OrderDetails details,
            OrderLists lists,
            FindingBuyers buyers,
            OrderReports reports,
            CommissionStatements statements) {
        this.details = details;
        this.lists = lists;
        this.buyers = buyers;
        this.reports = reports;
        this.statements = statements;
    }

    @GetMapping("/orders")
    @SqlBudget(statements = 6, transactions = 3)
    Page<OrderRow> list(
            @RequestParam(required = false) String @Nullable [] status,
            @RequestParam(required = false) @Nullable UUID customerId,
            @RequestParam(required = false) @Nullable String email,
            @RequestParam(required = false) @Nullable String orderNumber,
            @RequestParam(required = false) @Nullable String externalReference,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate until,
            @RequestParam(defaultValue = "UTC") String timeZone,
            @RequestParam(required = false) @Nullable BigDecimal minimumTotal,
            @RequestParam(defaultValue = "false") boolean toBeSent,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        OrderFilter filter = new OrderFilter(
                status == null ? Set.of() : Set.copyOf(List.of(status)),
                toBeSent,
                customerId,
                externalReference,
                new ReportPeriod(from, until, timeZone),
                orderNumber,
                email == null ? null : buyers.of(email),
                minimumTotal);
        return lists.all(filter, limit, cursor);
    }

    @GetMapping("/orders/{id}")
    @SqlBudget(statements = 6, transactions = 3)
    @DisclosesPersonalData
    OrderView find(@PathVariable UUID id) {
        return details.find(id)
                .orElseThrow(() -> ProblemException.notFound("order-not-found", "there is no such order"));
    }

    @GetMapping("/reports/orders-by-month")
    @SqlBudget(statements = 2, transactions = 1)
    OrderReports.Months byMonth(
            @RequestParam(defaultValue = "UTC") String timeZone,
            @RequestParam(required = false) @Nullable LocalDate until) {
        return reports.byMonth(timeZone, until);
    }

    @GetMapping("/reports/vendor-commissions")
    @SqlBudget(statements = 4, transactions = 2)
    CommissionStatements.Statements vendorCommissions(
            @RequestParam LocalDate from,
            @RequestParam LocalDate until,
            @RequestParam(defaultValue = "UTC") String timeZone,
            @RequestParam(required = false) @Nullable UUID vendorId) {
        return statements.of(vendorId, new CommissionStatements.Period(from, until, timeZone));
    }
}
