package org.cartulary.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.promotion.DraftForTests.freeShipping;
import static org.cartulary.promotion.DraftForTests.off;
import static org.cartulary.promotion.DraftForTests.percent;
import static org.cartulary.promotion.PromotionsForTests.NOW;
import static org.cartulary.promotion.PromotionsForTests.eur;
import static org.cartulary.promotion.PromotionsForTests.line;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.contracts.promotion.RefusedCoupon;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Contexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PRO-01")
class QuotingPromotionsDbTest {

    private static PromotionsForTests service;
    private final PromotionsForTests.Shop shop = service.newShop();

    @BeforeAll
    static void open() {
        service = new PromotionsForTests();
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private @Nullable String reason(String code, PromotedLine... lines) {
        return reason(null, code, lines);
    }

    private @Nullable String reason(@Nullable UUID customer, String code, PromotedLine... lines) {
        PromotionQuote quote = shop.quote(customer, true, List.of(code), lines);
        assertThat(quote.discounts()).isEmpty();
        assertThat(quote.refused()).extracting(RefusedCoupon::code).containsExactly(code);
        return quote.refused().getFirst().reason();
    }

    @Test
    void aShopWithoutPromotionsTakesNothingOff() {
        assertThat(shop.quote(List.of(), line("10.00", 1))).isEqualTo(new PromotionQuote(List.of(), List.of(), false));
    }

    @Test
    void anOrderOfAnotherTimeIsQuotedItsCouponsOnly() {
        shop.active(percent(5000).exclusive().priority(9));
        UUID coupon = shop.active(percent(1000).code("SUMMER-10"));
        var query = new QuotePromotions(List.of(line("10.00", 2)), null, List.of("SUMMER-10"), true, null);

        PromotionQuote quote = Contexts.visitor(shop.tenant).supply(() -> service.endpoint.quote(query));

        assertThat(quote.discounts()).extracting(Discount::promotionId).containsExactly(coupon);
        assertThat(quote.refused()).isEmpty();
    }

    @Test
    void aCodeThatNoPromotionCanHaveIsUnknown() {
        for (String code : List.of("", " ", "A\u0000B", "ß".repeat(40), "-A", "A B", "A".repeat(41))) {
            assertThat(reason(code, line("10.00", 1))).isEqualTo("coupon-unknown");
        }
    }

    @Test
    void aCouponIsKnownHoweverItsCodeIsTyped() {
        UUID promotion = shop.active(percent(1000).code("Summer-10"));

        PromotionQuote quote = shop.quote(List.of(" sUmmER-10 ", "SUMMER-10"), line("10.00", 2));

        assertThat(quote.discounts())
                .containsExactly(new Discount(promotion, "SUMMER-10", "A promotion", List.of(eur("2.00")), false));
        assertThat(quote.refused()).isEmpty();
    }

    @Test
    void whatNeedsNoCouponIsTakenOffForEverybodyTogetherWithCoupons() {
        UUID forAll = shop.active(freeShipping());
        UUID coupon = shop.active(off("3.00").code("THREE").priority(1));

        PromotionQuote quote = shop.quote(List.of("three"), line("10.00", 1));

        assertThat(quote.discounts())
                .containsExactly(
                        new Discount(coupon, "THREE", "A promotion", List.of(eur("3.00")), false),
                        new Discount(forAll, null, "A promotion", List.of(eur("0.00")), true));
    }

    @Test
    void eachCodeThatTakesNothingOffIsToldWhy() {
        PromotedLine goods = line("10.00", 1);
        shop.created(off("1.00").code("draft"));
        shop.active(off("1.00").code("soon").between(NOW.plusSeconds(1), null));
        shop.active(off("1.00").code("over").between(null, NOW));
        UUID ended = shop.active(off("1.00").code("ended"));
        shop.staff(() -> service.promotions.end(ended));
        shop.active(off("1.00").code("more").minimum("10.01"));
        shop.active(off("1.00").code("other").products(Ids.next()));
        UUID gone = shop.active(off("1.00").code("gone").totalLimit(1));
        shop.claim(Ids.next(), null, gone);
        shop.active(off("1.00").code("known").customerLimit(1));

        assertThat(reason("nothing", goods)).isEqualTo("coupon-unknown");
        assertThat(reason("", goods)).isEqualTo("coupon-unknown");
        assertThat(reason("draft", goods)).isEqualTo("coupon-unknown");
        assertThat(reason("soon", goods)).isEqualTo("coupon-not-started");
        assertThat(reason("over", goods)).isEqualTo("coupon-expired");
        assertThat(reason("ended", goods)).isEqualTo("coupon-expired");
        assertThat(reason("more", goods)).isEqualTo("coupon-minimum-not-reached");
        assertThat(reason("other", goods)).isEqualTo("coupon-not-applicable");
        assertThat(reason("gone", goods)).isEqualTo("coupon-used-up");
        assertThat(reason("known", goods)).isEqualTo("coupon-needs-account");
    }

    @Test
    void aPromotionWithAmountsIsForGoodsInItsCurrency() {
        shop.active(off("1.00").code("euros"));
        PromotedLine goods = new PromotedLine(List.of(Ids.next()), List.of(), 1, Money.parse("10.00", "GBP"));

        assertThat(reason("euros", goods)).isEqualTo("coupon-not-applicable");
    }

    @Test
    void aCustomerReadsThatTheirUsesAreUsedUp() {
        UUID promotion = shop.active(off("1.00").code("each").customerLimit(1));
        UUID customer = Ids.next();
        shop.claim(Ids.next(), customer, promotion);

        assertThat(reason(customer, "each", line("10.00", 1))).isEqualTo("coupon-customer-limit-reached");
        assertThat(shop.quote(Ids.next(), true, List.of("each"), line("10.00", 1))
                        .discounts())
                .hasSize(1);
    }

    @Test
    void whetherItIsAFirstOrderIsAskedOnlyWhereItMatters() {
        shop.active(off("1.00").code("first").firstOrderOnly());
        UUID customer = Ids.next();

        assertThat(shop.quote(customer, null, List.of("first"), line("10.00", 1))
                        .dependsOnFirstOrder())
                .isTrue();
        assertThat(shop.quote(customer, true, List.of("first"), line("10.00", 1)))
                .satisfies(quote -> assertThat(quote.dependsOnFirstOrder()).isFalse())
                .satisfies(quote -> assertThat(quote.discounts()).hasSize(1));
        assertThat(shop.quote(customer, false, List.of("first"), line("10.00", 1))
                        .refused())
                .containsExactly(new RefusedCoupon("first", "coupon-first-order-only"));
        assertThat(shop.quote(customer, null, List.of(), line("10.00", 1)).dependsOnFirstOrder())
                .isFalse();
        assertThat(reason("first", line("10.00", 1))).isEqualTo("coupon-needs-account");
    }

    @Test
    void aCouponThatDoesNotGoWithWhatComesBeforeItIsToldSo() {
        UUID alone = shop.active(off("1.00").exclusive().priority(1));
        shop.active(off("2.00").code("too"));

        PromotionQuote quote = shop.quote(List.of("too"), line("10.00", 1));

        assertThat(quote.discounts()).extracting(Discount::promotionId).containsExactly(alone);
        assertThat(quote.refused()).containsExactly(new RefusedCoupon("too", "coupon-not-combinable"));
    }

    @Test
    void oneThatIsUsedUpStandsInNobodysWay() {
        UUID alone = shop.active(off("1.00").exclusive().priority(1).totalLimit(1));
        UUID other = shop.active(off("2.00").code("too"));
        shop.claim(Ids.next(), null, alone);

        assertThat(shop.quote(List.of("too"), line("10.00", 1)).discounts())
                .extracting(Discount::promotionId)
                .containsExactly(other);
    }

    @Test
    void aChangeIsSeenAtOnceAndTimeByItself() {
        UUID promotion = shop.active(off("1.00").code("change").between(null, NOW.plus(Duration.ofDays(2_000))));
        assertThat(shop.quote(List.of("change"), line("10.00", 1)).discounts()).hasSize(1);

        shop.changed(promotion, off("4.00").code("changed"));

        assertThat(reason("change", line("10.00", 1))).isEqualTo("coupon-unknown");
        assertThat(shop.quote(List.of("changed"), line("10.00", 1))
                        .discounts()
                        .getFirst()
                        .lines())
                .containsExactly(eur("4.00"));
    }

    @Test
    void usesDoNotMakeKeptPromotionsOld() {
        UUID promotion = shop.active(off("1.00").code("kept").totalLimit(1_000));
        long version = version();

        shop.claim(Ids.next(), null, promotion);

        assertThat(version()).isEqualTo(version);
    }

    private long version() {
        return service.admin()
                .sql("SELECT version FROM promotion_versions WHERE tenant_id = ?")
                .param(shop.tenant)
                .query(Long.class)
                .single();
    }

    @Test
    void aPurchaseHasLinesAndFewCoupons() {
        assertThat(catchThrowableOfType(ProblemException.class, () -> shop.quote(List.of()))
                        .code())
                .isEqualTo("invalid-request");
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> shop.quote(List.of("a", "b", "c", "d", "e", "f"), line("1.00", 1)))
                        .code())
                .isEqualTo("invalid-request");
    }

    @Test
    void oneThatIsForGroupsIsForTheirMembersOnlyAndForThemAsSoonAsTheyAreIn() {
        UUID wholesale = Ids.next();
        UUID coupon = shop.active(off("1.00").code("trade").groups(Ids.next(), wholesale));
        UUID forMembers = shop.active(off("2.00").groups(wholesale));
        UUID customer = Ids.next();

        assertThat(reason("trade", line("10.00", 1))).isEqualTo("coupon-needs-account");
        assertThat(reason(customer, "trade", line("10.00", 1))).isEqualTo("coupon-not-in-group");
        service.customers.put(customer, Ids.next(), wholesale);
        assertThat(shop.quote(customer, true, List.of("trade"), line("10.00", 1))
                        .discounts())
                .extracting(Discount::promotionId)
                .containsExactly(coupon, forMembers);
        service.customers.put(customer);
        assertThat(reason(customer, "trade", line("10.00", 1))).isEqualTo("coupon-not-in-group");
    }

    @Test
    void inWhichGroupsSomebodyIsIsAskedOnceAndOnlyWhereItMatters() {
        UUID group = Ids.next();
        UUID customer = Ids.next();
        shop.active(off("1.00"));
        shop.active(off("1.00").code("plain"));
        shop.active(off("1.00").groups(group).between(null, NOW));
        shop.active(off("1.00").groups(group).minimum("100.00"));
        shop.active(off("1.00").code("trade").groups(group));
        int before = service.customers.asked.get();

        shop.quote(customer, true, List.of("plain"), line("10.00", 1));
        shop.quote(List.of("trade"), line("10.00", 1));
        assertThat(service.customers.asked).hasValue(before);

        shop.quote(customer, true, List.of("trade"), line("100.00", 1));
        assertThat(service.customers.asked).hasValue(before + 1);
    }
}
