package org.cartulary.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.promotion.DraftForTests.off;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PRO-01")
class ClaimingPromotionsConcurrencyTest {

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

    private static long claimed(List<?> results) {
        return results.stream()
                .filter(ClaimPromotionsResult.Claimed.class::isInstance)
                .count();
    }

    @Test
    void ofTwoHundredWhoWantOneOfFiftyUsesFiftyGetOne() throws InterruptedException {
        UUID promotion = shop.active(off("5.00").code("FIFTY").totalLimit(50));

        List<ClaimPromotionsResult> results = Concurrently.run(200, () -> shop.claim(Ids.next(), null, promotion))
                .valuesOrThrow();

        assertThat(claimed(results)).isEqualTo(50);
        assertThat(results)
                .filteredOn(result -> result.toString().contains("coupon-used-up"))
                .hasSize(150);
        assertThat(shop.uses(promotion)).isEqualTo(50);
    }

    @Test
    void claimsThatComeAtTheSameTimeShareTransactions() throws InterruptedException {
        UUID promotion = shop.active(off("5.00").code("HOT"));

        Concurrently.run(400, () -> shop.claim(Ids.next(), null, promotion)).valuesOrThrow();

        assertThat(shop.uses(promotion)).isEqualTo(400);
        assertThat(transactionsThatClaimed()).as("changes of the counter").isLessThan(400);
    }

    /** Each changes the counter of the promotion once. */
    private int transactionsThatClaimed() {
        return service.admin()
                .sql("SELECT count(DISTINCT xmin::text) FROM promotion_claims WHERE tenant_id = ?")
                .param(shop.tenant)
                .query(Integer.class)
                .single();
    }

    @Test
    void theSameOrderClaimedManyTimesAtOnceIsClaimedOnce() throws InterruptedException {
        UUID promotion = shop.active(off("5.00").code("SAME").totalLimit(1));
        UUID order = Ids.next();

        List<ClaimPromotionsResult> results =
                Concurrently.run(20, () -> shop.claim(order, null, promotion)).valuesOrThrow();

        assertThat(results).containsOnly(new ClaimPromotionsResult.Claimed());
        assertThat(shop.uses(promotion)).isEqualTo(1);
    }

    @Test
    void whateverAClaimAndItsReleaseMeetNothingStaysClaimed() throws InterruptedException {
        UUID promotion = shop.active(off("5.00").code("MEET").totalLimit(3));
        for (int round = 0; round < 20; round++) {
            UUID order = Ids.next();
            Concurrently.<Object>run(
                            4, thread -> thread % 2 == 0 ? shop.claim(order, null, promotion) : shop.release(order))
                    .valuesOrThrow();
        }

        assertThat(shop.uses(promotion)).isZero();
    }
}
