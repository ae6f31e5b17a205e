package org.cartulary.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.promotion.DraftForTests.buyGet;
import static org.cartulary.promotion.DraftForTests.freeShipping;
import static org.cartulary.promotion.DraftForTests.off;
import static org.cartulary.promotion.DraftForTests.percent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PRO-01")
class ApplyingTest {

    private static final UUID TEA = Ids.next();
    private static final UUID CUP = Ids.next();
    private static final UUID KITCHEN = Ids.next();

    private static PromotedLine line(UUID product, String price, int quantity, UUID... categories) {
        return new PromotedLine(List.of(product), List.of(categories), quantity, PromotionsForTests.eur(price));
    }

    private static Arguments row(String name, List<PromotedLine> lines, List<DraftForTests> offers, String... taken) {
        return Arguments.of(name, lines, offers, List.of(taken));
    }

    static Stream<Arguments> purchases() {
        List<PromotedLine> teaAndCup = List.of(line(TEA, "3.33", 3), line(CUP, "10.00", 1, KITCHEN));
        return Stream.of(
                row("a tenth of each line", teaAndCup, List.of(percent(1000)), "1.00 1.00"),
                row("a half cent rounds up", List.of(line(TEA, "0.05", 1)), List.of(percent(5000)), "0.03"),
                row("a third cent rounds down", List.of(line(TEA, "0.01", 1)), List.of(percent(3333))),
                row("at most so much", teaAndCup, List.of(percent(5000).maximum("2.00")), "1.00 1.00"),
                row("an amount in proportion", teaAndCup, List.of(off("5.00")), "2.50 2.50"),
                row("an amount, but no more than all costs", teaAndCup, List.of(off("99.00")), "9.99 10.00"),
                row("only off a product", teaAndCup, List.of(off("4.00").products(TEA)), "4.00 0.00"),
                row("only off a category", teaAndCup, List.of(percent(1000).categories(KITCHEN)), "0.00 1.00"),
                row(
                        "off a product or a category",
                        teaAndCup,
                        List.of(percent(1000).products(TEA).categories(KITCHEN)),
                        "1.00 1.00"),
                row("the shipping", teaAndCup, List.of(freeShipping()), "0.00 0.00"),
                row("the shipping once", teaAndCup, List.of(freeShipping(), freeShipping()), "0.00 0.00"),
                row("three for two", List.of(line(TEA, "3.33", 3)), List.of(buyGet(2, 1, 10_000)), "3.33"),
                row(
                        "three for two, twice of seven",
                        List.of(line(TEA, "2.00", 7)),
                        List.of(buyGet(2, 1, 10_000)),
                        "4.00"),
                row("no full set", List.of(line(TEA, "2.00", 2)), List.of(buyGet(2, 1, 10_000))),
                row(
                        "the cheapest of all sets",
                        List.of(line(TEA, "2.00", 2), line(CUP, "10.00", 4)),
                        List.of(buyGet(2, 1, 10_000)),
                        "4.00 0.00"),
                row(
                        "the second at half the price, of equals the last",
                        List.of(line(TEA, "3.01", 1), line(CUP, "3.01", 1)),
                        List.of(buyGet(1, 1, 5000)),
                        "0.00 1.51"),
                row(
                        "sets, but at most so much",
                        List.of(line(TEA, "4.00", 6)),
                        List.of(buyGet(1, 1, 10_000).maximum("5.00")),
                        "5.00"),
                row(
                        "one after the other, each from what is left",
                        List.of(line(TEA, "100.00", 1)),
                        List.of(percent(1000), percent(1000)),
                        "10.00",
                        "9.00"),
                row(
                        "the greatest priority first",
                        List.of(line(TEA, "100.00", 1)),
                        List.of(percent(1000), off("50.00").priority(1)),
                        "50.00",
                        "5.00"),
                row(
                        "one that is exclusive alone",
                        List.of(line(TEA, "100.00", 1)),
                        List.of(percent(1000), off("50.00").priority(1).exclusive()),
                        "50.00"),
                row(
                        "one that is exclusive not after another",
                        List.of(line(TEA, "100.00", 1)),
                        List.of(percent(1000), off("50.00").exclusive()),
                        "10.00"),
                row(
                        "one that takes nothing off is in nobody's way",
                        List.of(line(TEA, "100.00", 1)),
                        List.of(
                                percent(1000),
                                off("50.00").products(CUP).priority(1).exclusive()),
                        "10.00"),
                row(
                        "nothing is left to take off",
                        List.of(line(TEA, "5.00", 1)),
                        List.of(off("50.00"), percent(1000)),
                        "5.00"),
                row("what costs nothing", List.of(line(TEA, "0.00", 3)), List.of(percent(1000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("purchases")
    void takesOff(String name, List<PromotedLine> lines, List<DraftForTests> drafts, List<String> taken) {
        List<Offer> offers = drafts.stream().map(DraftForTests::offer).toList();

        Applying applied = Applying.of(offers, lines);

        assertThat(applied.discounts().stream().map(ApplyingTest::amounts).toList())
                .as(name)
                .isEqualTo(taken);
        assertThat(applied.discounts().size() + applied.obstacles().size()).isEqualTo(offers.size());
    }

    private static String amounts(Discount discount) {
        return String.join(
                " ",
                discount.lines().stream()
                        .map(amount -> amount.amount().toPlainString())
                        .toList());
    }

    @Test
    void theOrderInWhichPromotionsAreKnownDecidesNothing() {
        List<Offer> offers = new ArrayList<>(Stream.of(
                        percent(1500),
                        off("3.00").priority(2),
                        buyGet(1, 1, 5000),
                        freeShipping().priority(-1))
                .map(DraftForTests::offer)
                .toList());
        List<PromotedLine> lines = List.of(PromotionsForTests.line("19.99", 3), PromotionsForTests.line("0.99", 7));
        List<Discount> expected = Applying.of(offers, lines).discounts();

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(offers, new Random(seed));
            assertThat(Applying.of(offers, lines).discounts()).isEqualTo(expected);
        }
        assertThat(expected).hasSize(4);
    }

    @Test
    void noMoreApplyThanAnOrderCanClaim() {
        List<PromotedLine> lines = List.of(line(TEA, "100.00", 1));
        List<Offer> offers = IntStream.range(0, Applying.MAX_PROMOTIONS + 2)
                .mapToObj(number -> off("0.01").priority(number).offer())
                .toList();

        Applying applied = Applying.of(offers, lines);

        assertThat(applied.discounts())
                .extracting(Discount::promotionId)
                .containsExactlyElementsOf(offers.reversed().subList(0, Applying.MAX_PROMOTIONS).stream()
                        .map(Offer::id)
                        .toList());
        assertThat(applied.obstacles().values()).containsExactly(Obstacle.NOT_COMBINABLE, Obstacle.NOT_COMBINABLE);
    }

    /** Ten thousand random purchases in all, in currencies with two decimals and without. */
    @ParameterizedTest
    @ValueSource(strings = {"EUR", "GBP", "JPY"})
    void noPromotionTakesMoreThanThereIs(String code) {
        Currency currency = Money.currencyOf(code);
        for (int seed = 0; seed < 3_400; seed++) {
            Random random = new Random(seed);
            List<PromotedLine> lines = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(i -> new PromotedLine(
                            List.of(random.nextBoolean() ? TEA : CUP),
                            random.nextBoolean() ? List.of(KITCHEN) : List.of(),
                            1 + random.nextInt(9),
                            Money.ofMinor(random.nextInt(5_000), currency)))
                    .toList();
            List<Offer> offers = IntStream.range(0, random.nextInt(5))
                    .mapToObj(i -> offer(random, currency))
                    .toList();

            Applying applied = Applying.of(offers, lines);

            assertReckoned(seed, lines, applied);
        }
    }

    private static void assertReckoned(int seed, List<PromotedLine> lines, Applying applied) {
        long[] left = lines.stream().mapToLong(one -> one.total().minorUnits()).toArray();
        for (Discount discount : applied.discounts()) {
            assertThat(discount.lines())
                    .as("seed %s", seed)
                    .hasSameSizeAs(lines)
                    .noneMatch(Money::isNegative);
            Arrays.setAll(left, i -> left[i] - discount.lines().get(i).minorUnits());
            assertThat(Arrays.stream(left)).as("seed %s", seed).allMatch(one -> one >= 0);
            assertThat(discount.freeShipping() || discount.lines().stream().anyMatch(one -> !one.isZero()))
                    .as("seed %s: it takes something off", seed)
                    .isTrue();
        }
    }

    private static Offer offer(Random random, Currency currency) {
        Money maximum = random.nextInt(3) == 0 ? Money.ofMinor(1 + random.nextInt(2_000), currency) : null;
        Benefit benefit = switch (random.nextInt(4)) {
            case 0 -> new Benefit.Percentage(1 + random.nextInt(10_000), maximum);
            case 1 -> new Benefit.FixedAmount(Money.ofMinor(1 + random.nextInt(9_000), currency));
            case 2 ->
                new Benefit.BuyXGetY(1 + random.nextInt(3), 1 + random.nextInt(2), 1 + random.nextInt(10_000), maximum);
            default -> new Benefit.FreeShipping();
        };
        Offer.Conditions conditions = new Offer.Conditions(
                null,
                null,
                random.nextInt(3) == 0 ? Set.of(TEA) : Set.of(),
                random.nextInt(3) == 0 ? Set.of(KITCHEN) : Set.of(),
                false,
                Set.of(),
                null,
                null);
        return new Offer(
                Ids.next(),
                "a promotion",
                null,
                "ACTIVE",
                benefit,
                conditions,
                random.nextInt(6) == 0,
                random.nextInt(3),
                new Offer.Limits(false, null));
    }
}
