package org.cartulary.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.promotion.DraftForTests.off;

import java.util.UUID;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** What the database refuses even to a superuser, and what the reconciler finds when it was made to accept it. */
@Tag("PRO-01")
class PromotionGuardsDbTest {

    private PromotionsForTests service;
    private PromotionsForTests.Shop shop;

    @BeforeEach
    void claimSomething() {
        service = new PromotionsForTests();
        shop = service.newShop();
        UUID promotion = shop.active(
                off("5.00").code("guarded").totalLimit(2).customerLimit(1).firstOrderOnly());
        shop.claim(Ids.next(), Ids.next(), promotion);
        assertThat(service.broken()).isEmpty();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void noStatementUsesAPromotionMoreOftenThanItMay() {
        assertRefused("UPDATE promotion_counters SET uses = 3", "chk_promotion_counters_uses");
        assertRefused("UPDATE promotion_counters SET uses = -1", "chk_promotion_counters_uses");
        assertRefused("UPDATE promotion_counters SET total_limit = 0", "chk_promotion_counters");
    }

    @Test
    void noStatementMakesAPromotionThatMakesNoSense() {
        assertRefused("UPDATE promotions SET basis_points = 100", "chk_promotions_kind");
        assertRefused("UPDATE promotions SET amount = NULL", "chk_promotions_kind");
        assertRefused("UPDATE promotions SET kind = 'OTHER'", "chk_promotions_kind");
        assertRefused("UPDATE promotions SET amount = 0", "chk_promotions_amounts");
        assertRefused("UPDATE promotions SET currency = NULL", "chk_promotions_currency");
        assertRefused("UPDATE promotions SET starts_at = now(), ends_at = now()", "chk_promotions_period");
        assertRefused("UPDATE promotions SET code = 'lower'", "chk_promotions_code");
        assertRefused("UPDATE promotions SET customer_limit = 0", "chk_promotions_customer_limit");
    }

    @Test
    void noClaimIsBothUsedAndGivenBack() {
        assertRefused("UPDATE promotion_claims SET status = 'RELEASED'", "chk_promotion_claims_ended");
        assertRefused("UPDATE promotion_claims SET use_count = 0", "chk_promotion_claims_use_count");
    }

    private void assertRefused(String statement, String guard) {
        assertThatThrownBy(() -> service.admin().sql(statement).update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining(guard);
    }

    @Test
    void usesThatNobodyHasClaimedAreSeen() {
        assertBroken("promotion-uses-equal-claims", "UPDATE promotion_counters SET uses = 2");
    }

    @Test
    void aLimitThatIsExceededIsSeen() {
        service.admin()
                .sql("ALTER TABLE promotion_counters DROP CONSTRAINT chk_promotion_counters_uses")
                .update();
        assertBroken("promotion-limits-hold", "UPDATE promotion_counters SET uses = 3");
    }

    @Test
    void aClaimWithoutItsUsesIsSeen() {
        assertBroken("promotion-claims-have-their-uses", "UPDATE promotion_claims SET use_count = 2");
    }

    @Test
    void aCustomerWhoHasUsedAPromotionTooOftenIsSeen() {
        String again = """
                WITH again AS (
                    INSERT INTO promotion_claims (tenant_id, order_id, customer_id, status, use_count)
                    SELECT tenant_id, gen_random_uuid(), customer_id, status, use_count FROM promotion_claims
                    RETURNING tenant_id, order_id
                )
                INSERT INTO coupon_usage (tenant_id, order_id, promotion_id, amount, currency, first_order, customer_limit)
                SELECT u.tenant_id, again.order_id, u.promotion_id, u.amount, u.currency, true, u.customer_limit
                FROM coupon_usage u, again
                """;
        assertBroken("promotion-customer-limits-hold", again);
        assertThat(service.broken()).extracting(InvariantResult::name).contains("promotion-first-orders-are-one");
    }

    private void assertBroken(String invariant, String statement) {
        service.admin().sql(statement).update();
        assertThat(service.broken()).extracting(InvariantResult::name).contains(invariant);
    }
}
