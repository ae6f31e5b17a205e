package org.cartulary.cart;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Carts as those see them who run the shop. */
@RestController
final class CartsAdminController {

    private static final String SCOPE = "abandoned-carts";

    private final Carts carts;
    private final Cursors cursors;

    CartsAdminController(Carts carts, Cursors cursors) {
        this.carts = carts;
        this.cursors = cursors;
    }

    /** The carts that were abandoned and are not deleted yet, the latest made first. They name their owners by ids only. */
    @GetMapping("/api/v1/admin/abandoned-carts")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.CARTS_READ)
    Page<AbandonedCart> abandoned(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        UUID before = cursor == null
                ? null
                : UUID.fromString(cursors.decode(SCOPE, cursor).getFirst());
        return Pages.of(
                carts.abandoned(before, length + 1),
                length,
                cart -> cursors.encode(SCOPE, List.of(cart.id().toString())));
    }
}
