package org.cartulary.checkout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.order.Countries;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Opens checkouts of carts and of lines. Thread-safe. */
record OpeningCheckout(
        Coalescer<OpeningCheckouts.Opening, StoredAnswer<SealedAnswer>> openings,
        Idempotency idempotency,
        CheckoutsInPlacement placements,
        PricingLines pricing,
        PromotingLines promoting,
        ChoosingShipping shipping,
        CostingCheckouts costs,
        SealingCheckouts sealing,
        CartApi carts,
        CustomerApi customers,
        Clock clock) {

    /** The route under which keys are unique. */
    static final String ROUTE = "POST /api/v1/store/checkouts";

    /** Earlier ones are slips, and the earliest that Java knows can be neither stored nor listed. */
    private static final Instant EARLIEST_PLACING_DATE = Instant.parse("1900-01-01T00:00:00Z");

    /** What was found out before the transaction: a checkout, or why there is none. */
    private record Prepared(
            @Nullable CheckoutSession session,
            @Nullable SealedAnswer answer,
            @Nullable ProblemException problem) {}

    /** Opens the checkout; a repeated request is given the first answer. */
    StoredAnswer<CheckoutView> open(OpenCheckout request, @Nullable String key) {
        Principal caller = RequestContext.current().principal();
        requirePermissions(request, caller);
        Idempotency.Request idempotent = new Idempotency.Request(ROUTE, key, request);
        Idempotency.RequestKey requestKey = idempotency.keyOf(idempotent);
        Prepared prepared = prepare(request, caller);
        if (prepared.problem() != null) {
            // Only here, so that a repeated request is given its first answer, whatever has changed meanwhile.
            return opened(idempotency.once(idempotent, SealedAnswer.class, tx -> {
                throw prepared.problem();
            }));
        }
        return opened(openings.call(new OpeningCheckouts.Opening(
                requestKey, Objects.requireNonNull(prepared.session()), Objects.requireNonNull(prepared.answer()))));
    }

    private StoredAnswer<CheckoutView> opened(StoredAnswer<SealedAnswer> answer) {
        return new StoredAnswer<>(
                answer.status(),
                sealing.openAnswer(Objects.requireNonNull(answer.body())),
                answer.location(),
                answer.replayed());
    }

    private Prepared prepare(OpenCheckout request, Principal caller) {
        try {
            CheckoutSession session = session(request, caller);
            return new Prepared(session, sealing.sealAnswer(session), null);
        } catch (ProblemException problem) {
            return new Prepared(null, null, problem);
        }
    }

    private static void requirePermissions(OpenCheckout request, Principal caller) {
        if (request.lines() != null) {
            require(caller, Permissions.CHECKOUT_ON_BEHALF, "on-behalf-forbidden", "check out lines without a cart");
        }
        if (request.customerId() != null && !caller.isCustomer(request.customerId())) {
            require(caller, Permissions.CHECKOUT_ON_BEHALF, "on-behalf-forbidden", "check out for another customer");
        }
        if (request.externalReference() != null) {
            require(
                    caller,
                    Permissions.CHECKOUT_ON_BEHALF,
                    "on-behalf-forbidden",
                    "say what another system calls the order");
        }
        if (request.placedAt() != null) {
            require(caller, Permissions.CHECKOUT_SET_PLACING_DATE, "placing-date-forbidden", "set the placing date");
        }
        if (request.lines() != null && request.lines().stream().anyMatch(line -> line.unitPrice() != null)) {
            require(caller, Permissions.CHECKOUT_SET_PRICES, "price-override-forbidden", "set prices");
        }
    }

    private static void require(Principal caller, String permission, String code, String what) {
        if (!caller.may(permission)) {
            throw ProblemException.forbidden(code, "you may not " + what + ": it needs " + permission);
        }
    }

    private CheckoutSession session(OpenCheckout request, Principal caller) {
        if ((request.cartId() == null) == (request.lines() == null)) {
            throw ProblemException.unprocessable("cart-or-lines", "a checkout has either a cart or lines");
        }
        requireCountry("/shippingAddress", request.shippingAddress(), caller);
        requireCountry("/billingAddress", request.billingAddress(), caller);
        Instant now = clock.instant();
        if (request.placedAt() != null && request.placedAt().isAfter(now)) {
            throw ProblemException.unprocessable("placed-in-future", "an order is not placed in the future")
                    .with("/placedAt", "in-future", "must not be in the future");
        }
        if (request.placedAt() != null && request.placedAt().isBefore(EARLIEST_PLACING_DATE)) {
            throw ProblemException.unprocessable("invalid-request", "the request is not valid")
                    .with("/placedAt", "too-early", "must not be before " + EARLIEST_PLACING_DATE);
        }
        TenantSettings settings = placements.settings();
        Currency currency = Money.currencyOf(settings.currency());
        CheckoutBuyer buyer = CheckoutBuyer.of(request, caller, carts, customers);
        List<OpenCheckoutLine> asked = asked(request, buyer);
        List<CheckoutLine> lines =
                buyer.cart() == null ? pricing.price(asked, currency) : pricing.priceCart(asked, currency);
        PricingLines.requireReckonable(lines, currency);
        List<Discount> discounts = promoting.discounts(
                lines, currency, buyer.customerId(), couponCodes(request, buyer), request.placedAt() != null);
        var goods =
                new CostingCheckouts.Goods(lines, discounts, request.shippingAddress(), request.placedAt(), currency);
        List<ShippingOption> options = shipping.quote(goods);
        ShippingOption option = shipping.initial(options, request.shippingMethodId(), caller);
        CartSnapshot cart = buyer.cart();
        UUID id = Ids.next();
        return new CheckoutSession(
                id,
                buyer.customerId(),
                buyer.guestId(),
                sealing.seal(id, buyer.customerId(), contact(request, buyer)),
                cart == null ? null : new CheckoutSession.CartVersion(cart.id(), cart.version()),
                CheckoutStatus.OPEN,
                lines,
                options,
                option == null ? null : option.methodId(),
                option == null ? null : option.name(),
                discounts,
                costs.totals(goods, option, settings),
                request.placedAt(),
                request.externalReference(),
                null,
                null,
                null,
                now.plus(Duration.ofMinutes(settings.checkoutMinutes())),
                1);
    }

    private static List<String> couponCodes(OpenCheckout request, CheckoutBuyer buyer) {
        CartSnapshot cart = buyer.cart();
        if (request.couponCodes() != null) {
            return request.couponCodes();
        }
        return cart == null || cart.couponCode() == null ? List.of() : List.of(cart.couponCode());
    }

    private static CheckoutContact.Details contact(OpenCheckout request, CheckoutBuyer buyer) {
        Address billing = request.billingAddress();
        return new CheckoutContact.Details(
                buyer.email(), request.shippingAddress(), billing == null ? request.shippingAddress() : billing);
    }

    /** Only who orders for others, from records of an order elsewhere, may not know the country. */
    private static void requireCountry(String pointer, @Nullable Address address, Principal caller) {
        if (address != null && Countries.isUnknown(address.country()) && !caller.may(Permissions.CHECKOUT_ON_BEHALF)) {
            throw ProblemException.unprocessable("invalid-request", "the request is not valid")
                    .with(pointer + "/country", "country-code", "must be the code of a country in ISO 3166-1");
        }
    }

    private static List<OpenCheckoutLine> asked(OpenCheckout request, CheckoutBuyer buyer) {
        CartSnapshot cart = buyer.cart();
        return cart == null
                ? Objects.requireNonNull(request.lines())
                : cart.lines().stream()
                        .map(line -> new OpenCheckoutLine(line.productId(), line.quantity(), null))
                        .toList();
    }
}
