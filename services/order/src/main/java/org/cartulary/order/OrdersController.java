package org.cartulary.order;

import java.util.UUID;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A buyer's own orders. Guests show their Guest-Token, so that nobody has to be signed in. */
@RestController
@RequestMapping("/api/v1/store/orders")
@AllowAnyone
final class OrdersController {

    private final OrderDetails details;
    private final OrderLists lists;

    OrdersController(OrderDetails details, OrderLists lists) {
        this.details = details;
        this.lists = lists;
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    Page<OwnOrderRow> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return lists.own(limit, cursor);
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 6, transactions = 3)
    @DisclosesPersonalData
    OrderView find(@PathVariable UUID id) {
        return details.find(id)
                .orElseThrow(() -> ProblemException.notFound("order-not-found", "there is no such order"));
    }
}
