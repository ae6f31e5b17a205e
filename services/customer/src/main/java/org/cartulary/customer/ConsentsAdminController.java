package org.cartulary.customer;

import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.http.Cursors;
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

/** What customers consent to, as the shop sees it. Only they can say it. */
@RestController
@RequestMapping("/api/v1/admin/customers/{id}/consents")
@RequirePermission(Permissions.CUSTOMERS_READ)
final class ConsentsAdminController {

    private final Consenting consents;
    private final Cursors cursors;

    ConsentsAdminController(Consenting consents, Cursors cursors) {
        this.consents = consents;
        this.cursors = cursors;
    }

    @GetMapping
    @SqlBudget(statements = 4, transactions = 2)
    @DisclosesPersonalData
    CustomerConsents find(@PathVariable UUID id) {
        return consents.find(id)
                .orElseThrow(() -> ProblemException.notFound("customer-not-found", "there is no such customer"));
    }

    @GetMapping("/history")
    @SqlBudget(statements = 4, transactions = 2)
    @DisclosesPersonalData
    Page<ConsentRecord> history(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return ConsentsController.history(consents, cursors, id, limit, cursor);
    }
}
