package org.cartulary.cart;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.GuestTokens;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.Idempotency;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Carts over HTTP. Whoever is not the owner of a cart is told that there is none. */
@RestController
@RequestMapping("/api/v1/store/carts")
@AllowAnyone
class CartsController {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final FillingCart filling;

    CartsController(FillingCart filling) {
        this.filling = filling;
    }

    /** A product and how many of it. */
    record ItemRequest(
            @NotNull UUID productId,
            @NotNull @Min(1) @Max(Cart.MAX_QUANTITY) Integer quantity) {

        FillingCart.Wanted wanted() {
            return new FillingCart.Wanted(productId, quantity);
        }
    }

    /** What a new cart holds. */
    record CartRequest(@NotNull @Size(max = Cart.MAX_LINES) List<@NotNull @Valid ItemRequest> items) {}

    /** How many. */
    record QuantityRequest(
            @NotNull @Min(1) @Max(Cart.MAX_QUANTITY) Integer quantity) {}

    /** A coupon, by its code in any case. */
    record CouponRequest(
            @NotNull @Size(max = 60) @Pattern(regexp = CouponRequest.CODE) String code) {

        /** A code as promotions have them, with what was typed around it. */
        static final String CODE = "\\s*[A-Za-z0-9][A-Za-z0-9_-]{0,39}\\s*";
    }

    /**
     * The token of a guest who has signed in.
     *
     * @param guestToken a secret
     */
    record MergeRequest(@NotNull @Size(min = 20, max = 200) String guestToken) {

        @Override
        public String toString() {
            return "MergeRequest[]";
        }
    }

    /**
     * Puts products into the caller's cart. A visitor without a token gets a new cart and a token, which is kept nowhere: so
     * there is nothing to answer a repetition with, and a stranger who guesses a key must not be given the token. A visitor
     * who wants to repeat the call safely chooses a {@code Guest-Token} itself, and is refused a key without one.
     */
    @PostMapping
    @SqlBudget(statements = 26, transactions = 12)
    ResponseEntity<CartView> create(
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @Valid @RequestBody CartRequest request) {
        CartOwner owner = CartOwner.of(RequestContext.current().principal());
        String guestToken = null;
        if (owner == null) {
            if (key != null) {
                throw guestTokenRequired();
            }
            guestToken = GuestTokens.next();
            owner = CartOwner.ofGuest(guestToken);
        }
        CartView view = filling.fill(
                owner,
                request.items().stream().map(ItemRequest::wanted).toList(),
                guestToken,
                new Idempotency.Request("POST /api/v1/store/carts", key, request));
        return ResponseEntity.created(URI.create("/api/v1/store/carts/" + view.id()))
                .eTag(ETags.of(view.version()))
                .body(view);
    }

    private static ProblemException guestTokenRequired() {
        String detail = "with an " + IDEMPOTENCY_KEY + ", a visitor chooses a " + GuestTokens.HEADER
                + " of its own: 20 to 200 random characters";
        return ProblemException.badRequest("guest-token-required", detail)
                .with(GuestTokens.HEADER + ":", "required", detail);
    }

    /** Puts what is in a guest's cart into the cart of the customer who has signed in. */
    @PostMapping("/merges")
    @SqlBudget(statements = 31, transactions = 10)
    @AllowSignedIn
    @IdempotentByNature("a guest's cart is merged once; a repetition finds it merged and answers the same cart")
    ResponseEntity<CartView> merge(@Valid @RequestBody MergeRequest request) {
        CartOwner owner = owner();
        UUID customer = owner.customerId();
        if (customer == null) {
            throw CartRefusals.notFound();
        }
        return answer(filling.merge(customer, request.guestToken()), owner);
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 16, transactions = 8)
    ResponseEntity<CartView> get(@PathVariable UUID id) {
        return answer(id, owner());
    }

    @PostMapping("/{id}/items")
    @SqlBudget(statements = 28, transactions = 12)
    ResponseEntity<CartView> add(
            @PathVariable UUID id,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @Valid @RequestBody ItemRequest request) {
        CartOwner owner = owner();
        filling.add(
                id,
                owner,
                request.wanted(),
                new Idempotency.Request("POST /api/v1/store/carts/" + id + "/items", key, request));
        return answer(id, owner);
    }

    @PutMapping("/{id}/items/{productId}")
    @SqlBudget(statements = 26, transactions = 12)
    @IdempotentByNature("it says how many there shall be")
    ResponseEntity<CartView> set(
            @PathVariable UUID id,
            @PathVariable UUID productId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody QuantityRequest request) {
        CartOwner owner = owner();
        filling.set(id, owner, version(ifMatch), new FillingCart.Wanted(productId, request.quantity()));
        return answer(id, owner);
    }

    @DeleteMapping("/{id}/items/{productId}")
    @SqlBudget(statements = 21, transactions = 10)
    @IdempotentByNature("what is not in the cart is out of it already")
    ResponseEntity<CartView> remove(
            @PathVariable UUID id,
            @PathVariable UUID productId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        CartOwner owner = owner();
        filling.remove(id, owner, version(ifMatch), productId);
        return answer(id, owner);
    }

    /** Whether the coupon takes something off, the answer says. */
    @PutMapping("/{id}/coupon")
    @SqlBudget(statements = 26, transactions = 12)
    @IdempotentByNature("it says which coupon it shall be")
    ResponseEntity<CartView> useCoupon(@PathVariable UUID id, @Valid @RequestBody CouponRequest request) {
        CartOwner owner = owner();
        filling.useCoupon(id, owner, request.code());
        return answer(id, owner);
    }

    @DeleteMapping("/{id}/coupon")
    @SqlBudget(statements = 22, transactions = 10)
    @IdempotentByNature("a cart without a coupon has none")
    ResponseEntity<CartView> removeCoupon(@PathVariable UUID id) {
        CartOwner owner = owner();
        filling.useCoupon(id, owner, null);
        return answer(id, owner);
    }

    private ResponseEntity<CartView> answer(UUID id, CartOwner owner) {
        CartView view = filling.view(id, owner, null);
        return ResponseEntity.ok().eTag(ETags.of(view.version())).body(view);
    }

    private static CartOwner owner() {
        CartOwner owner = CartOwner.of(RequestContext.current().principal());
        if (owner == null) {
            throw CartRefusals.notFound();
        }
        return owner;
    }

    private static @Nullable Long version(@Nullable String ifMatch) {
        return ifMatch == null ? null : ETags.requireMatch(ifMatch);
    }
}
