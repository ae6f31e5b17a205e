package org.cartulary.checkout;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.promotion.Discount;
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
        Database database, ReadingCheckouts checkouts, CheckoutStore store, ShippingApi shipping, Clock clock) {

    /** Chooses one of the methods that are on offer now. */
    CheckoutSession choose(UUID id, UUID methodId) {
        CheckoutSession read = checkouts.find(id);
        if (read.status() != CheckoutStatus.OPEN) {
            throw CheckoutProblems.notOpen(read);
        }
        List<ShippingOption> options =
                quote(read.shippingAddress(), read.totals().subtotal());
        ShippingOption option = chosen(options, methodId);
        CheckoutSession quoted = read.withShippingOptions(options);
        return database.inTransaction(tx -> {
            boolean done = store.chooseShipping(tx, quoted, option, totals(read.totals().subtotal(), option, read.discounts()), clock.instant());
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

    /** The ways to send goods of this value, cheapest first. */
    List<ShippingOption> quote(Address address, Money subtotal) {
        return shipping.quote(new QuoteShipping(address.country(), address.state(), subtotal));
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

    /** The totals of the goods with what the method costs and what promotions take off. */
    static Totals totals(Money subtotal, @Nullable ShippingOption option, List<Discount> discounts) {
        try {
            return Totals.of(subtotal, option == null ? Money.zero(subtotal.currency()) : option.price(), discounts);
        } catch (ArithmeticException e) {
            throw ProblemException.unprocessable(
                    "total-too-large", "goods and shipping together exceed the greatest amount, 99,999,999.99");
        }
    }

    private static ShippingOption chosen(List<ShippingOption> options, UUID methodId) {
        return options.stream()
                .filter(option -> option.methodId().equals(methodId))
                .findFirst()
                .orElseThrow(() -> ProblemException.unprocessable(
                                "unknown-shipping-method", "this shipping method is not on offer for this address")
                        .with("/shippingMethodId", "unknown-shipping-method", "choose one of shippingOptions"));
    }
}
