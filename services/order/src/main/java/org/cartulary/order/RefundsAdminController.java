package org.cartulary.order;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Those who run a shop give money back for its orders. */
@RestController
@RequestMapping("/api/v1/admin/orders")
@RequirePermission(Permissions.ORDERS_REFUND)
final class RefundsAdminController {

    private final RefundingOrder refunding;

    RefundsAdminController(RefundingOrder refunding) {
        this.refunding = refunding;
    }

    @PostMapping("/{id}/refunds")
    @Audited("order.refund-requested")
    @SqlBudget(statements = 31, transactions = 9)
    ResponseEntity<RefundAnswer.RefundedOrder> refund(
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody RefundOrder request) {
        RefundAnswer.RefundedOrder refund = refunding.refund(id, request, key);
        HttpStatus status = refund.status().equals("PENDING") ? HttpStatus.ACCEPTED : HttpStatus.CREATED;
        return ResponseEntity.status(status)
                .location(URI.create("/api/v1/admin/orders/" + id))
                .body(refund);
    }
}
