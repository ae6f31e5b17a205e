package org.cartulary.payment;

import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The payments of a shop, for those who run it. */
@RestController
@RequestMapping("/api/v1/admin/payments")
@RequirePermission(Permissions.ORDERS_READ)
final class PaymentsAdminController {

    private final PaymentList payments;

    PaymentsAdminController(PaymentList payments) {
        this.payments = payments;
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    Page<PaymentList.Row> list(
            @RequestParam(required = false) @Nullable UUID orderId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return payments.list(orderId, limit, cursor);
    }
}
