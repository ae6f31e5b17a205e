package org.cartulary.inventory;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The alerts of low stock. */
@RestController
@RequestMapping("/api/v1/admin/stock-alerts")
final class StockAlertsController {

    private final StockAlerts alerts;
    private final Cursors cursors;

    StockAlertsController(StockAlerts alerts, Cursors cursors) {
        this.alerts = alerts;
        this.cursors = cursors;
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<StockAlerts.Alert> list(
            @RequestParam(name = "closed", defaultValue = "false") boolean closed,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = "stock-alerts?closed=" + closed;
        UUID before = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                alerts.list(closed, before, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.id().toString())));
    }

    @PostMapping("/{id}/acknowledgements")
    @NotCritical("who took it on, and when, is kept with the alert")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("whoever took it on first stays named")
    @RequirePermission(Permissions.STOCK_WRITE)
    StockAlerts.Alert acknowledge(@PathVariable("id") UUID id) {
        return alerts.acknowledge(id);
    }
}
