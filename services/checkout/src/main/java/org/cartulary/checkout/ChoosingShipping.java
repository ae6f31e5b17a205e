package org.cartulary.checkout;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.shipping.QuoteShipping;
import org.cartulary.contracts.shipping.ShippingApi;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Chooses how the goods are sent. Thread-safe. */
record ChoosingShipping(
        Database database,
        ReadingCheckouts checkouts,
        CheckoutStore store,
        CheckoutsInPlacement placements,
        CostingCheckouts costs,
        ShippingApi shipping,
        Clock clock) {

    /** Chooses one of the methods that are on offer now. */
    CheckoutSession choose(UUID id, UUID methodId) {
        CheckoutSession read = checkouts.find(id);
        if (read.status() != CheckoutStatus.OPEN) {
            throw CheckoutProblems.notOpen(read);
        }
        CostingCheckouts.Goods goods = CostingCheckouts.Goods.of(read, read.lines());
        List<ShippingOption> options = quote(goods);
        ShippingOption option = chosen(options, methodId);
        CheckoutSession quoted = read.withShippingOptions(options);
        Totals totals = costs.totals(goods, option, placements.settings());
        return database.inTransaction(tx -> {
            boolean done = store.chooseShipping(tx, quoted, option, totals, clock.instant());
            CheckoutSession now = store.find(tx, id);
            if (now == null) {
                throw CheckoutProblems.notFound();
            }
            if (!done) {
                throw clock.instant().isBefore(now.expiresAt())
                        ? CheckoutProblems.notOpen(now)
                        : CheckoutProblems.expired();
            }
            return now.withContact(read.contact());
        });
    }

    /** The ways to send the goods, cheapest first. */
    List<ShippingOption> quote(CostingCheckouts.Goods goods) {
        return shipping.quote(
                new QuoteShipping(goods.to().country(), goods.to().state(), goods.worth(), goods.weightKg()));
    }

    /**
     * The method with which a checkout begins: the one that is asked for, else the cheapest.
     *
     * @return {@code null} where the shop does not send there and the caller, who acts for a buyer, has seen to that
     */
    @Nullable ShippingOption initial(List<ShippingOption> options, @Nullable UUID methodId, Principal caller) {
        if (methodId != null) {
            return chosen(options, methodId);
        }
        if (!options.isEmpty()) {
            return options.getFirst();
        }
        if (caller.may(Permissions.CHECKOUT_ON_BEHALF)) {
            return null;
        }
        throw ProblemException.unprocessable("destination-not-served", "the shop does not send to this address")
                .with("/shippingAddress/country", "destination-not-served", "the shop does not send there");
    }

    /**
     * Why the checkout cannot be ordered with the way to send the goods that was chosen; {@code null} if it can. The problem says
     * what is on offer now.
     */
    @Nullable ProblemException recheck(CheckoutSession session) {
        UUID methodId = session.shippingMethodId();
        if (methodId == null) {
            return null;
        }
        List<ShippingOption> options = quote(CostingCheckouts.Goods.of(session, session.lines()));
        ShippingOption option = offered(options, methodId).orElse(null);
        if (option != null && option.price().equals(session.totals().shipping())) {
            return null;
        }
        ProblemException problem = option == null ? unavailable() : priceChanged(option.price());
        return problem.withProperty("shippingOptions", CheckoutView.Option.of(options));
    }

    private static ProblemException unavailable() {
        return ProblemException.conflict(
                        "shipping-method-unavailable",
                        "this shipping method is not on offer for this address any more: choose another one")
                .with("/shippingMethodId", "shipping-method-unavailable", "choose one of shippingOptions");
    }

    private static ProblemException priceChanged(Money now) {
        return ProblemException.conflict(
                        "shipping-price-changed",
                        "the price of this shipping method has changed: choose it again, or another one")
                .with("/shipping", "shipping-price-changed", "now " + now);
    }

    private static Optional<ShippingOption> offered(List<ShippingOption> options, UUID methodId) {
        return options.stream()
                .filter(option -> option.methodId().equals(methodId))
                .findFirst();
    }

    private static ShippingOption chosen(List<ShippingOption> options, UUID methodId) {
        return offered(options, methodId)
                .orElseThrow(() -> ProblemException.unprocessable(
                                "unknown-shipping-method", "this shipping method is not on offer for this address")
                        .with("/shippingMethodId", "unknown-shipping-method", "choose one of shippingOptions"));
    }
}
