package org.cartulary.contracts.order;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A step from the subtotal of an order to its total, and why it is taken. The subtotal and the amounts of all adjustments add up
 * to the total. Immutable.
 *
 * @param kind what it is
 * @param label what customers read: what the promotion, the way to send the goods or the tax is called
 * @param sourceId the promotion, shipping method or rate of tax
 * @param code the coupon's code that led to it; {@code null} where none did
 * @param percent the rate of a tax; {@code null} of others
 * @param included whether it is a tax that the prices contain
 * @param amount by how much it changes the total: negative for a discount, zero for a tax that the prices contain
 * @param contained how much of the prices is this tax; zero for everything else
 * @param lines what falls on each line, in the order of the lines, with the sign of the amount; empty where nothing falls on any.
 *     What falls on no line falls on the shipping
 */
public record Adjustment(
        Kind kind,
        String label,
        UUID sourceId,
        @Nullable String code,
        @Nullable BigDecimal percent,
        boolean included,
        Money amount,
        Money contained,
        List<Money> lines) {

    /** What can change a total. */
    public enum Kind {
        /** A promotion takes something off. */
        DISCOUNT,
        /** What it costs to send the goods, before discounts. */
        SHIPPING,
        /** A tax, on top of the prices or contained in them. */
        TAX
    }

    public Adjustment {
        lines = List.copyOf(lines);
    }

    /** What is spread over lines and shipping. */
    public Money whole() {
        return included ? contained : amount;
    }

    /** What falls on the shipping. */
    public Money ofShipping() {
        return whole().minus(Money.sum(lines, amount.currency()));
    }
}
