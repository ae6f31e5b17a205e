package org.cartulary.order;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Those who run a shop say what of its orders will not be sent. */
@RestController
@RequestMapping("/api/v1/admin/orders/{id}/withdrawals")
@RequirePermission(Permissions.ORDERS_SEND)
final class WithdrawalsAdminController {

    private final WithdrawingUnits withdrawing;

    WithdrawalsAdminController(WithdrawingUnits withdrawing) {
        this.withdrawing = withdrawing;
    }

    @PostMapping
    @NotCritical(
            "who withdrew what is kept with the order, and cannot be changed; money moves by a refund, which is audited")
    @SqlBudget(statements = 10, transactions = 2)
    ResponseEntity<WithdrawnUnits> withdraw(
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody WithdrawUnits request) {
        StoredAnswer<WithdrawnUnits> answer = withdrawing.withdraw(id, request, key);
        return ResponseEntity.status(answer.status())
                .location(URI.create("/api/v1/admin/orders/" + id))
                .body(answer.body());
    }
}
