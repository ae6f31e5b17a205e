package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.cartulary.platform.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CAT-07")
class SoldOrderTest {

    private static final UUID VENDOR = new UUID(7, 7);

    private static VendorLine line(int number, Money paid, int basisPoints) {
        Money commission = paid.split(basisPoints, 10_000 - basisPoints).getFirst();
        return new VendorLine(
                VENDOR,
                new UUID(0, 1),
                number,
                new UUID(0, number),
                "S" + number,
                "Lamp",
                1,
                0,
                0,
                0,
                paid.amount(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                paid.amount(),
                basisPoints,
                commission.amount(),
                Instant.EPOCH);
    }

    private static SoldOrder order(String status, Money refunded, Money shipping, List<Money> lines) {
        return new SoldOrder(
                new UUID(0, 1),
                "O-1",
                status,
                refunded.currency(),
                refunded.amount(),
                Money.sum(lines, refunded.currency()).plus(shipping).amount(),
                lines.stream().map(Money::amount).toList());
    }

    private static Money euros(String amount) {
        return Money.parse(amount, "EUR");
    }

    @Test
    void theShopKeepsItsCommissionAndTheVendorGetsTheRest() {
        VendorLine line = line(1, euros("19.99"), 1_250);

        SoldOrder.Share share =
                order("CONFIRMED", euros("0"), euros("4.90"), List.of()).shareOf(line);

        assertThat(share).isEqualTo(new SoldOrder.Share(euros("0"), euros("2.50"), euros("17.49")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATED", "PAID", "CANCELLED"})
    void nothingIsDueForAnOrderThatIsNotPaidOrWasCancelled(String status) {
        SoldOrder order = order(status, euros("0"), euros("0"), List.of());

        assertThat(order.shareOf(line(1, euros("10.00"), 1_000)))
                .isEqualTo(new SoldOrder.Share(euros("0"), euros("0"), euros("0")));
    }

    @Test
    void whatWasGivenBackIsTakenFromEachLineByWhatItCost() {
        List<Money> paid = List.of(euros("30.00"), euros("10.00"));
        SoldOrder order = order("CONFIRMED", euros("20.00"), euros("0"), paid);

        assertThat(order.shareOf(line(1, paid.getFirst(), 1_000)))
                .isEqualTo(new SoldOrder.Share(euros("15.00"), euros("1.50"), euros("13.50")));
    }

    /** A line for 10.00 and a parcel for 10.00 with 19 % on both, 2.00 off the parcel: 11.90 and 9.52. */
    @Test
    void theShippingBearsItsPartOfARefundWithItsDiscountAndItsTax() {
        SoldOrder order = order("CONFIRMED", euros("10.71"), euros("9.52"), List.of(euros("11.90")));

        assertThat(order.shareOf(line(1, euros("11.90"), 0)).refunded()).isEqualTo(euros("5.95"));
    }

    @Test
    void afterAllWasGivenBackNothingIsKept() {
        List<Money> paid = List.of(euros("0.07"), euros("33.33"));
        SoldOrder order = order("REFUNDED", euros("38.30"), euros("4.90"), paid);

        for (int i = 1; i <= 2; i++) {
            assertThat(order.shareOf(line(i, paid.get(i - 1), 1_111)))
                    .isEqualTo(new SoldOrder.Share(paid.get(i - 1), euros("0"), euros("0")));
        }
    }

    /** In a currency with cents and in one without, whatever was given back. */
    @ParameterizedTest
    @ValueSource(strings = {"EUR", "JPY"})
    void allSharesAddUpToTheMoneyOfTheOrderToTheCent(String code) {
        Currency currency = Money.currencyOf(code);
        Random random = new Random(20);
        for (int trial = 0; trial < 2_000; trial++) {
            List<Money> paid = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                paid.add(amount(random.nextLong(5_000) + (i == 0 ? 1 : 0), currency));
            }
            Money shipping = amount(random.nextLong(600), currency);
            Money total = Money.sum(paid, currency).plus(shipping);
            Money refunded = amount(random.nextLong(total.minorUnits() + 1), currency);
            SoldOrder order = order("SHIPPED", refunded, shipping, paid);

            Money shares = Money.zero(currency);
            Money back = Money.zero(currency);
            for (int i = 0; i < paid.size(); i++) {
                SoldOrder.Share share = order.shareOf(line(i + 1, paid.get(i), random.nextInt(10_001)));
                assertThat(share.due().isNegative() || share.commission().isNegative())
                        .isFalse();
                shares = shares.plus(share.refunded()).plus(share.commission()).plus(share.due());
                back = back.plus(share.refunded());
            }
            assertThat(shares).isEqualTo(Money.sum(paid, currency));
            Money ofShipping = refunded.minus(back);
            assertThat(ofShipping.isNegative() || ofShipping.compareTo(shipping) > 0)
                    .isFalse();
        }
    }

    private static Money amount(long minorUnits, Currency currency) {
        return Money.of(
                LongStream.of(minorUnits)
                        .mapToObj(units -> BigDecimal.valueOf(units, currency.getDefaultFractionDigits()))
                        .findFirst()
                        .orElseThrow(),
                currency);
    }
}
