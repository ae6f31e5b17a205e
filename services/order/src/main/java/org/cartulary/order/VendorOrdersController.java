package org.cartulary.order;

import java.time.LocalDate;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
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

/** What a vendor sold, for those who work for it. */
@RestController
@RequestMapping("/api/v1/vendor")
@RequirePermission(Permissions.VENDOR_ORDERS_READ)
final class VendorOrdersController {

    private final ActingForVendor acting;
    private final VendorOrders orders;
    private final CommissionStatements statements;

    VendorOrdersController(ActingForVendor acting, VendorOrders orders, CommissionStatements statements) {
        this.acting = acting;
        this.orders = orders;
        this.statements = statements;
    }

    @GetMapping("/orders")
    @SqlBudget(statements = 6, transactions = 3)
    Page<VendorOrderView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return acting.apply(vendorId -> orders.list(vendorId, limit, cursor));
    }

    @GetMapping("/orders/{id}")
    @SqlBudget(statements = 6, transactions = 3)
    VendorOrderView find(@PathVariable UUID id) {
        return acting.apply(vendorId -> orders.find(vendorId, id))
                .orElseThrow(() -> ProblemException.notFound("order-not-found", "there is no such order"));
    }

    @GetMapping("/commission-statement")
    @SqlBudget(statements = 6, transactions = 3)
    CommissionStatements.Statements statement(
            @RequestParam LocalDate from,
            @RequestParam LocalDate until,
            @RequestParam(defaultValue = "UTC") String timeZone) {
        return acting.apply(
                vendorId -> statements.of(vendorId, new CommissionStatements.Period(from, until, timeZone)));
    }
}
