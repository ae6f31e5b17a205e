package org.cartulary.checkout;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Checkouts for buyers and for those who act for them. Guests show their token; a foreign checkout is not there. */
@RestController
@RequestMapping("/api/v1/store/checkouts")
@AllowAnyone
final class CheckoutsController {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final OpeningCheckout opening;
    private final ReadingCheckouts reading;
    private final ChoosingShipping choosing;
    private final PlacingOrder placing;

    CheckoutsController(
            OpeningCheckout opening, ReadingCheckouts reading, ChoosingShipping choosing, PlacingOrder placing) {
        this.opening = opening;
        this.reading = reading;
        this.choosing = choosing;
        this.placing = placing;
    }

    @PostMapping
    @SqlBudget(statements = 33, transactions = 16)
    @DisclosesPersonalData
    ResponseEntity<CheckoutView> open(
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @Valid @RequestBody OpenCheckout request) {
        StoredAnswer<CheckoutView> answer = opening.open(request, key);
        CheckoutView view = Objects.requireNonNull(answer.body());
        return ResponseEntity.created(URI.create("/api/v1/store/checkouts/" + view.id()))
                .eTag(ETags.of(view.version()))
                .body(view);
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 4, transactions = 2)
    @DisclosesPersonalData
    ResponseEntity<CheckoutView> find(@PathVariable UUID id) {
        return answer(reading.find(id));
    }

    @PutMapping("/{id}/shipping-method")
    @SqlBudget(statements = 11, transactions = 5)
    @DisclosesPersonalData
    @IdempotentByNature("it says which method shall be chosen")
    ResponseEntity<CheckoutView> chooseShipping(
            @PathVariable UUID id, @Valid @RequestBody ChooseShippingMethod request) {
        return answer(choosing.choose(id, request.shippingMethodId()));
    }

    @PostMapping("/{id}/completions")
    @SqlBudget(statements = 64, transactions = 27)
    ResponseEntity<PlacedOrder> complete(
            @PathVariable UUID id,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @Valid @RequestBody CompleteCheckout request) {
        PlacedOrder order = placing.complete(id, request, key);
        if (order.orderNumber() == null) {
            return ResponseEntity.status(HttpStatus.ACCEPTED)
                    .location(URI.create("/api/v1/store/checkouts/" + id))
                    .body(order);
        }
        return ResponseEntity.created(URI.create("/api/v1/store/orders/" + order.orderId()))
                .body(order);
    }

    private static ResponseEntity<CheckoutView> answer(CheckoutSession session) {
        return ResponseEntity.ok().eTag(ETags.of(session.version())).body(CheckoutView.of(session));
    }
}
