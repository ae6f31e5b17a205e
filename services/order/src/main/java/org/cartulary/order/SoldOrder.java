package org.cartulary.order;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.platform.money.Money;

/**
 * What vendors' shares are reckoned from: nothing of it says who bought.
 *
 * @param total what the customer pays for all of it
 * @param paidByLine what the customer pays for each line, in their order; empty where nothing was given back
 */
record SoldOrder(
        UUID id,
        String orderNumber,
        String status,
        Currency currency,
        BigDecimal refunded,
        BigDecimal total,
        List<BigDecimal> paidByLine) {

    /** The states in which the money of an order is there; in the others nothing is due. */
    private static final Set<String> PAID =
            Set.of("CONFIRMED", "PROCESSING", "PARTIALLY_SHIPPED", "SHIPPED", "DELIVERED", "REFUNDED");

    /**
     * What becomes of what a customer pays for a vendor's line.
     *
     * @param refunded the line's part of all that was given back for the order
     * @param commission what the shop keeps, of what was not given back
     * @param due what is left for the vendor, tax included
     */
    record Share(Money refunded, Money commission, Money due) {}

    boolean isPaid() {
        return PAID.contains(status);
    }

    /** The shares of a vendor's line; together with those of all others they add up to the order's money to the cent. */
    Share shareOf(VendorLine line) {
        Money nothing = Money.zero(currency);
        if (!isPaid()) {
            return new Share(nothing, nothing, nothing);
        }
        Money paid = money(line.paid());
        Money back = refundedOf(line.lineNumber());
        Money left = paid.minus(back);
        Money agreed = money(line.commission());
        Money commission =
                left.isZero() ? nothing : agreed.split(units(left), units(back)).getFirst();
        return new Share(back, commission, left.minus(commission));
    }

    /**
     * Refunds are of the order, not of a line: they are spread over all lines and the shipping by what is paid for these, with
     * their discounts and taxes. What is paid for no line is paid for the shipping.
     */
    private Money refundedOf(int lineNumber) {
        Money all = money(refunded);
        if (all.isZero()) {
            return all;
        }
        BigDecimal shipping = total.subtract(paidByLine.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        long[] weights = Stream.concat(paidByLine.stream(), Stream.of(shipping))
                .mapToLong(amount -> units(money(amount)))
                .toArray();
        return all.split(weights).get(lineNumber - 1);
    }

    Money money(BigDecimal amount) {
        return Money.of(amount, currency);
    }

    private static long units(Money amount) {
        return amount.minorUnits();
    }
}
