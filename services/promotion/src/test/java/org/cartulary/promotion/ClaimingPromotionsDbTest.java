package org.cartulary.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.promotion.DraftForTests.off;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.ClaimPromotionsResult.RefusedUse;
import org.cartulary.contracts.promotion.PromotionFact;
import org.cartulary.contracts.promotion.PromotionUse;
import org.cartulary.contracts.promotion.ReleasePromotionsResult;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PRO-01")
class ClaimingPromotionsDbTest {

    private static PromotionsForTests service;
    private final PromotionsForTests.Shop shop = service.newShop();

    @BeforeAll
    static void open() {
        service = new PromotionsForTests();
    }

    @AfterAll
    static void close() {
        assertThat(service.broken()).isEmpty();
        service.close();
    }

    private static ClaimPromotionsResult refused(UUID promotion, String reason) {
        return new ClaimPromotionsResult.Refused(List.of(new RefusedUse(promotion, "CODE", reason)));
    }

    @Test
    void aLimitedPromotionIsClaimedSoOftenAndNotOnceMore() {
        UUID promotion = shop.active(off("5.00").code("TWICE").totalLimit(2));

        assertThat(shop.claim(Ids.next(), null, promotion)).isEqualTo(new ClaimPromotionsResult.Claimed());
        assertThat(shop.claim(Ids.next(), null, promotion)).isEqualTo(new ClaimPromotionsResult.Claimed());
        assertThat(shop.claim(Ids.next(), null, promotion)).isEqualTo(refused(promotion, "coupon-used-up"));
        assertThat(shop.uses(promotion)).isEqualTo(2);
    }

    @Test
    void aRepeatedClaimIsTheSameClaim() {
        UUID promotion = shop.active(off("5.00").code("ONCE").totalLimit(1));
        UUID order = Ids.next();

        assertThat(shop.claim(order, null, promotion)).isEqualTo(new ClaimPromotionsResult.Claimed());
        assertThat(shop.claim(order, null, promotion)).isEqualTo(new ClaimPromotionsResult.Claimed());
        assertThat(shop.uses(promotion)).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackOnceCanBeUsedOnceMore() {
        UUID promotion = shop.active(off("5.00").code("BACK").totalLimit(1));
        UUID order = Ids.next();
        shop.claim(order, null, promotion);

        assertThat(shop.release(order)).isEqualTo(new ReleasePromotionsResult.Released());
        assertThat(shop.release(order)).isEqualTo(new ReleasePromotionsResult.Released());
        assertThat(shop.uses(promotion)).isZero();
        assertThat(shop.claim(order, null, promotion)).isEqualTo(new ClaimPromotionsResult.AlreadyReleased());
        assertThat(shop.claim(Ids.next(), null, promotion)).isEqualTo(new ClaimPromotionsResult.Claimed());
        assertThat(shop.claim(Ids.next(), null, promotion)).isEqualTo(refused(promotion, "coupon-used-up"));
    }

    @Test
    void aReleaseBeforeTheClaimRefusesTheClaim() {
        UUID promotion = shop.active(off("5.00").code("LATE"));
        UUID order = Ids.next();

        assertThat(shop.release(order)).isEqualTo(new ReleasePromotionsResult.NothingClaimed());
        assertThat(shop.claim(order, null, promotion)).isEqualTo(new ClaimPromotionsResult.AlreadyReleased());
        assertThat(shop.release(order)).isEqualTo(new ReleasePromotionsResult.NothingClaimed());
        assertThat(shop.uses(promotion)).isZero();
    }

    @Test
    void anOrderGetsAllOfItsPromotionsOrNone() {
        UUID plenty = shop.active(off("5.00").code("PLENTY"));
        UUID none = shop.active(off("5.00").code("NONE").totalLimit(1));
        shop.claim(Ids.next(), null, none);
        UUID order = Ids.next();

        assertThat(shop.claim(order, null, plenty, none)).isEqualTo(refused(none, "coupon-used-up"));
        assertThat(shop.uses(plenty)).isZero();
        // A refusal is not the end: without that coupon the order may have the others.
        assertThat(shop.claim(order, null, plenty)).isEqualTo(new ClaimPromotionsResult.Claimed());
    }

    @Test
    void aCustomerUsesAPromotionAsOftenAsOneMay() {
        UUID promotion = shop.active(off("5.00").code("EACH").customerLimit(1));
        UUID customer = Ids.next();
        UUID order = Ids.next();

        assertThat(shop.claim(order, customer, promotion)).isEqualTo(new ClaimPromotionsResult.Claimed());
        assertThat(shop.claim(Ids.next(), customer, promotion))
                .isEqualTo(refused(promotion, "coupon-customer-limit-reached"));
        assertThat(shop.claim(Ids.next(), Ids.next(), promotion)).isEqualTo(new ClaimPromotionsResult.Claimed());
        assertThat(shop.claim(Ids.next(), null, promotion)).isEqualTo(refused(promotion, "coupon-needs-account"));
        shop.release(order);
        assertThat(shop.claim(Ids.next(), customer, promotion)).isEqualTo(new ClaimPromotionsResult.Claimed());
    }

    @Test
    void aCustomerHasOneFirstOrderWhateverThePromotions() {
        UUID one = shop.active(off("5.00").code("FIRST").firstOrderOnly());
        UUID other = shop.active(off("6.00").code("WELCOME").firstOrderOnly());
        UUID customer = Ids.next();

        assertThat(shop.claim(Ids.next(), customer, one, other)).isEqualTo(new ClaimPromotionsResult.Claimed());
        assertThat(shop.claim(Ids.next(), customer, other)).isEqualTo(refused(other, "coupon-first-order-only"));
        assertThat(shop.claim(Ids.next(), null, one)).isEqualTo(refused(one, "coupon-needs-account"));
    }

    @Test
    void whatHasEndedIsNotClaimed() {
        UUID ended = shop.active(off("5.00").code("ENDED"));
        UUID draft = shop.created(off("5.00").code("DRAFT")).id();
        shop.staff(() -> service.promotions.end(ended));

        assertThat(shop.claim(Ids.next(), null, ended)).isEqualTo(refused(ended, "coupon-expired"));
        assertThat(shop.claim(Ids.next(), null, draft)).isEqualTo(refused(draft, "coupon-expired"));
        UUID unknown = Ids.next();
        assertThat(shop.claim(Ids.next(), null, unknown)).isEqualTo(refused(unknown, "coupon-expired"));
    }

    @Test
    void aPromotionOfAnotherShopIsNone() {
        UUID promotion = service.newShop().active(off("5.00").code("THEIRS"));

        assertThat(shop.claim(Ids.next(), null, promotion)).isEqualTo(refused(promotion, "coupon-expired"));
    }

    @Test
    void anOrderUsesAPromotionOnce() {
        UUID promotion = shop.active(off("5.00").code("TWO"));

        ProblemException refusal =
                catchThrowableOfType(ProblemException.class, () -> shop.claim(Ids.next(), null, promotion, promotion));

        assertThat(refusal.code()).isEqualTo("invalid-request");
    }

    @Test
    void thoseWithoutACodeAreRefusedByAReasonOfTheirOwn() {
        UUID promotion = shop.active(off("5.00").totalLimit(1));
        ClaimPromotions first = claimWithoutCode(promotion);
        ClaimPromotions second = claimWithoutCode(promotion);

        Contexts.system(shop.tenant).supply(() -> service.endpoint.claim(first));

        assertThat(Contexts.system(shop.tenant).supply(() -> service.endpoint.claim(second)))
                .isEqualTo(new ClaimPromotionsResult.Refused(
                        List.of(new RefusedUse(promotion, null, "promotion-used-up"))));
    }

    private static ClaimPromotions claimWithoutCode(UUID promotion) {
        return new ClaimPromotions(
                Ids.next(), null, List.of(new PromotionUse(promotion, null, PromotionsForTests.eur("5.00"))));
    }

    @Test
    @Tag("PLT-30")
    void anExportTellsWhatACustomerHasUsed() {
        UUID promotion = shop.active(off("5.00").code("MINE"));
        UUID customer = Ids.next();
        UUID asGuest = Ids.next();
        UUID asCustomer = Ids.next();
        shop.claim(asGuest, null, promotion);
        shop.claim(asCustomer, customer, promotion);
        shop.claim(Ids.next(), Ids.next(), promotion);

        String told = Contexts.customer(shop.tenant, customer)
                .supply(() ->
                        service.records.export(new Traces(customer, List.of(asGuest), List.of(), List.of(), List.of())))
                .records()
                .getFirst()
                .json();

        assertThat(told).contains(asGuest.toString(), asCustomer.toString(), "A promotion", "CODE");
        assertThat(told.split("orderId", -1)).hasSize(3);
    }

    @Test
    @Tag("PLT-17")
    void nobodyButTheShopSeesItsCodesAndNoCustomerTheUsesOfOthers() {
        UUID promotion = shop.active(off("5.00").code("SECRET"));
        UUID customer = Ids.next();
        shop.claim(Ids.next(), customer, promotion);
        shop.claim(Ids.next(), Ids.next(), promotion);

        assertThat(Contexts.customer(shop.tenant, customer).supply(() -> seen("promotions")))
                .isZero();
        assertThat(Contexts.visitor(shop.tenant).supply(() -> seen("promotion_counters")))
                .isZero();
        assertThat(Contexts.customer(shop.tenant, customer).supply(() -> seen("promotion_claims")))
                .isEqualTo(1);
        assertThat(Contexts.customer(shop.tenant, customer).supply(() -> seen("coupon_usage")))
                .isEqualTo(1);
        assertThat(Contexts.guest(shop.tenant, Ids.next()).supply(() -> seen("coupon_usage")))
                .isZero();
    }

    private static int seen(String table) {
        return service.test
                .database()
                .inReadTransaction(tx -> tx.jdbc()
                        .sql("SELECT count(*) FROM " + table)
                        .query(Integer.class)
                        .single());
    }

    @Test
    void theReconcilerIsToldWhatIsClaimed() {
        UUID promotion = shop.active(off("5.00").code("FACTS"));
        UUID order = Ids.next();
        shop.claim(order, null, promotion);
        UUID released = Ids.next();
        shop.release(released);

        List<PromotionFact> facts =
                service.endpoint.facts(new FactsAfter(null, null, 10_000)).facts();

        assertThat(facts)
                .contains(
                        new PromotionFact(shop.tenant, order, "CLAIMED", 1, 100),
                        new PromotionFact(shop.tenant, released, "RELEASED", 0, 0));
        assertThat(service.endpoint
                        .facts(new FactsAfter(shop.tenant, order, 10_000))
                        .facts())
                .doesNotContain(new PromotionFact(shop.tenant, order, "CLAIMED", 1, 100));
    }
}
