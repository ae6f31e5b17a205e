package org.cartulary.order;

import jakarta.validation.Valid;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Those who run a shop cancel any of its orders. */
@RestController
@RequestMapping("/api/v1/admin/orders")
@RequirePermission(Permissions.ORDERS_CANCEL)
final class CancellationsAdminController {

    private final RequestingCancellation cancelling;

    CancellationsAdminController(RequestingCancellation cancelling) {
        this.cancelling = cancelling;
    }

    @PostMapping("/{id}/cancellations")
    @Audited("order.cancelled")
    @SqlBudget(statements = 49, transactions = 18)
    ResponseEntity<CancelledOrder> cancel(
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody CancelOrderByShop request) {
        return CancellationsController.answer(cancelling.ofShop(id, request, key), "/api/v1/admin/orders/");
    }
}
