package org.cartulary.checkout;

import static org.cartulary.platform.audit.PersonalDataCategory.EMAIL;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A checkout as its buyer sees it.
 *
 * @param tax on top of the prices
 * @param includedTax what of the prices is tax
 * @param adjustments the steps from the subtotal to the total: what each falls on, and why
 * @param orderId the order that is being placed or was placed
 * @param lastRefusal the code with which the last completion was refused
 */
record CheckoutView(
        UUID id,
        String status,
        @Nullable UUID customerId,
        @Personal(EMAIL) String email,
        List<Line> lines,
        Address shippingAddress,
        Address billingAddress,
        Money subtotal,
        Money tax,
        Money includedTax,
        Money shipping,
        Money discount,
        Money total,
        List<Adjustment> adjustments,
        List<Option> shippingOptions,
        @Nullable UUID shippingMethodId,
        @Nullable Instant placedAt,
        @Nullable String externalReference,
        @Nullable UUID orderId,
        @Nullable String orderNumber,
        @Nullable String lastRefusal,
        Instant expiresAt,
        long version)
        implements AboutPerson {

    /** Answers that were kept by an earlier version say nothing of taxes that prices contain, and explain nothing. */
    CheckoutView {
        includedTax = Objects.requireNonNullElseGet(includedTax, () -> Money.zero(total.currency()));
        adjustments = Objects.requireNonNullElse(adjustments, List.of());
    }

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("checkout", id, customerId);
    }

    /** A line of the checkout. */
    record Line(
            UUID productId,
            String sku,
            String name,
            @Nullable String imageUrl,
            int quantity,
            Money unitPrice,
            Money lineTotal) {}

    /** A way to send the goods; days are working days. */
    record Option(UUID id, String name, @Nullable String carrier, Money price, int estimatedDays) {

        static List<Option> of(List<ShippingOption> options) {
            return options.stream()
                    .map(option -> new Option(
                            option.methodId(), option.name(), option.carrier(), option.price(), option.estimatedDays()))
                    .toList();
        }
    }

    static CheckoutView of(CheckoutSession session) {
        Totals totals = session.totals();
        Currency currency = totals.currency();
        return new CheckoutView(
                session.id(),
                session.status().name(),
                session.customerId(),
                session.email(),
                session.lines().stream().map(line -> line(line, currency)).toList(),
                session.shippingAddress(),
                session.billingAddress(),
                totals.subtotal(),
                totals.tax(),
                totals.includedTax(),
                totals.shipping(),
                totals.discount(),
                totals.total(),
                totals.adjustments(),
                Option.of(session.shippingOptions()),
                session.shippingMethodId(),
                session.placedAt(),
                session.externalReference(),
                session.orderId(),
                session.orderNumber(),
                session.lastRefusal(),
                session.expiresAt(),
                session.version());
    }

    private static Line line(CheckoutLine line, Currency currency) {
        return new Line(
                line.productId(),
                line.sku(),
                line.name(),
                line.imageUrl(),
                line.quantity(),
                line.price(currency),
                line.total(currency));
    }
}
