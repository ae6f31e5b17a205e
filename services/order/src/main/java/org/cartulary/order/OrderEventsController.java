package org.cartulary.order;

import java.time.Instant;
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

/** The past of a shop's orders, told from their events. Times are those of ISO 8601 in UTC, such as 2026-11-21T05:00:00Z. */
@RestController
@RequestMapping("/api/v1/admin")
@RequirePermission(Permissions.ORDERS_READ)
final class OrderEventsController {

    private final ReadingOrderEvents past;

    OrderEventsController(ReadingOrderEvents past) {
        this.past = past;
    }

    @GetMapping("/orders/{id}/as-of/{time}")
    @SqlBudget(statements = 2, transactions = 1)
    OrderAsOf asOf(@PathVariable UUID id, @PathVariable Instant time) {
        return past.asOf(id, time)
                .orElseThrow(() -> ProblemException.notFound("order-not-found", "there was no such order at " + time));
    }

    @GetMapping("/orders/{id}/history")
    @SqlBudget(statements = 2, transactions = 1)
    Page<OrderEventView> history(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return past.history(id, limit, cursor);
    }

    @GetMapping("/events")
    @SqlBudget(statements = 2, transactions = 1)
    Page<OrderEventView> events(
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return past.between(from, to, limit, cursor);
    }
}
