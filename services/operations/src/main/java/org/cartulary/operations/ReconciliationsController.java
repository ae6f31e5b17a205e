package org.cartulary.operations;

import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.UnboundedSql;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reconciliations on demand, for the platform's operators. */
@RestController
final class ReconciliationsController {

    private final Reconciler reconciler;

    ReconciliationsController(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    @PostMapping("/api/v1/admin/reconciliations")
    @NotCritical("it only reads")
    @UnboundedSql("it reads all records of all services, a page at a time")
    @IdempotentByNature("it reads, and changes nothing")
    @PlatformWide
    @RequirePermission(Permissions.RECONCILIATION_RUN)
    Reconciliation run() {
        return reconciler.reconcile();
    }
}
