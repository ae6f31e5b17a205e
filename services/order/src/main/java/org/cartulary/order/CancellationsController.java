package org.cartulary.order;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.cartulary.platform.http.AllowAnyone;
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

/** Buyers cancel their own orders. Guests show their Guest-Token, so that nobody has to be signed in. */
@RestController
@RequestMapping("/api/v1/store/orders")
@AllowAnyone
final class CancellationsController {

    private final RequestingCancellation cancelling;

    CancellationsController(RequestingCancellation cancelling) {
        this.cancelling = cancelling;
    }

    @PostMapping("/{id}/cancellations")
    @SqlBudget(statements = 54, transactions = 21)
    ResponseEntity<CancelledOrder> cancel(
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody(required = false) @Nullable CancelOrderRequest request) {
        return answer(
                cancelling.ofBuyer(id, request == null ? CancelOrderRequest.WITHOUT_REASON : request, key),
                "/api/v1/store/orders/");
    }

    /** 201 when everything is undone, 202 when it will be. */
    static ResponseEntity<CancelledOrder> answer(CancelledOrder order, String path) {
        HttpStatus status = order.status().equals("PENDING") ? HttpStatus.ACCEPTED : HttpStatus.CREATED;
        return ResponseEntity.status(status)
                .location(URI.create(path + order.orderId()))
                .body(order);
    }
}
