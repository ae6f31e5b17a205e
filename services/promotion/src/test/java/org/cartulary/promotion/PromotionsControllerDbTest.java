package org.cartulary.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.promotion.DraftForTests.buyGet;
import static org.cartulary.promotion.DraftForTests.off;
import static org.cartulary.promotion.DraftForTests.percent;
import static org.cartulary.promotion.PromotionsForTests.NOW;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

@Tag("PRO-01")
class PromotionsControllerDbTest {

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

    private ResponseEntity<PromotionView> create(DraftForTests draft) {
        return shop.staff(() -> service.controller.create(null, draft.draft()));
    }

    private String refusal(Supplier<?> call) {
        return catchThrowableOfType(ProblemException.class, () -> shop.staff(call))
                .code();
    }

    private static PromotionView body(ResponseEntity<PromotionView> answer) {
        PromotionView body = answer.getBody();
        assertThat(body).isNotNull();
        return body;
    }

    @Test
    void aPromotionIsADraftThenActiveThenEnded() {
        ResponseEntity<PromotionView> created = create(percent(1000).code("ten").maximum("50.00"));
        UUID id = body(created).id();

        assertThat(created.getStatusCode().value()).isEqualTo(201);
        assertThat(created.getHeaders().getETag()).isEqualTo("\"1\"");
        assertThat(created.getHeaders().getLocation()).hasPath("/api/v1/admin/promotions/" + id);
        assertThat(body(created).status()).isEqualTo("DRAFT");
        assertThat(body(created).code()).isEqualTo("TEN");
        assertThat(body(shop.staff(() -> service.controller.activate(id))).status())
                .isEqualTo("ACTIVE");
        assertThat(body(shop.staff(() -> service.controller.activate(id))).version())
                .isEqualTo(2);
        assertThat(body(shop.staff(() -> service.controller.end(id))).status()).isEqualTo("ENDED");
        assertThat(body(shop.staff(() -> service.controller.end(id))).version()).isEqualTo(3);
        assertThat(refusal(() -> service.controller.activate(id))).isEqualTo("promotion-ended");
        assertThat(refusal(() -> service.controller.change(
                        id, "\"3\"", percent(500).code("ten").draft())))
                .isEqualTo("promotion-ended");
        assertThat(audited(id)).containsExactly("promotion.created", "promotion.activated", "promotion.ended");
    }

    private static List<String> audited(UUID id) {
        return service.admin()
                .sql("SELECT action FROM audit_log WHERE subject_id = ? ORDER BY number")
                .param(id)
                .query(String.class)
                .list();
    }

    @Test
    void aChangeNamesTheVersionThatItChanges() {
        UUID id = body(create(off("5.00").totalLimit(10))).id();
        PromotionDraft change = off("6.00").totalLimit(20).draft();

        assertThat(refusal(() -> service.controller.change(id, null, change))).isEqualTo("precondition-required");
        PromotionView changed = body(shop.staff(() -> service.controller.change(id, "\"1\"", change)));
        assertThat(changed.amount()).isEqualTo(Money.parse("6.00", "EUR"));
        assertThat(changed.totalLimit()).isEqualTo(20);
        assertThat(refusal(() -> service.controller.change(id, "\"1\"", change)))
                .isEqualTo("precondition-failed");
        assertThat(refusal(() -> service.controller.change(Ids.next(), "\"1\"", change)))
                .isEqualTo("promotion-not-found");
    }

    @Test
    void ofChangesOfTheSameVersionOneIsMade() throws InterruptedException {
        UUID id = body(create(off("5.00"))).id();

        Concurrently.Results<Object> results = Concurrently.run(
                8,
                thread -> shop.staff(() -> service.controller.change(
                        id, "\"1\"", off("6.0" + thread).draft())));

        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .allMatch(failure -> failure instanceof ProblemException problem
                        && problem.code().equals("precondition-failed"));
    }

    @Test
    void aCodeIsThatOfOnePromotionUntilItEnds() throws InterruptedException {
        Concurrently.Results<PromotionView> results =
                Concurrently.run(8, () -> body(create(off("5.00").code("shared"))));

        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .allMatch(failure -> failure instanceof ProblemException problem
                        && problem.code().equals("coupon-code-taken"));
        UUID other = body(create(off("5.00").code("other"))).id();
        assertThat(refusal(() -> service.controller.change(
                        other, "\"1\"", off("5.00").code("SHARED").draft())))
                .isEqualTo("coupon-code-taken");

        shop.staff(() -> service.controller.end(results.values().getFirst().id()));

        assertThat(body(create(off("5.00").code("shared"))).code()).isEqualTo("SHARED");
    }

    @Test
    void aRepeatedCreationIsAnsweredAsBefore() {
        PromotionDraft draft = off("5.00").code("repeated").draft();

        PromotionView first = body(shop.staff(() -> service.controller.create("a-key", draft)));

        assertThat(first.status()).isEqualTo("DRAFT");
        assertThat(shop.staff(() -> service.controller.list(null, null)).items())
                .hasSize(1);
    }

    @Test
    void aLimitDoesNotFallBelowTheUsesThereAre() {
        UUID id = shop.active(off("5.00").code("below").totalLimit(5));
        shop.claim(Ids.next(), null, id);
        shop.claim(Ids.next(), null, id);

        assertThat(refusal(() -> service.controller.change(
                        id, "\"2\"", off("5.00").code("below").totalLimit(1).draft())))
                .isEqualTo("limit-below-uses");
        shop.staff(() -> service.controller.change(
                id, "\"2\"", off("5.00").code("below").totalLimit(2).draft()));
        assertThat(shop.claim(Ids.next(), null, id)).isInstanceOf(ClaimPromotionsResult.Refused.class);
    }

    @Test
    void aDraftThatMakesNoSenseIsRefused() {
        assertThat(refusal(() -> service.controller.create(
                        null, off("5.00").maximum("1.00").draft())))
                .isEqualTo("invalid-promotion");
        assertThat(refusal(() -> service.controller.create(
                        null, off("5.00").between(NOW, NOW).draft())))
                .isEqualTo("invalid-promotion");
        assertThat(refusal(() -> service.controller.create(null, off("0.00").draft())))
                .isEqualTo("invalid-money");
        PromotionDraft pounds = percent(1000).draft();
        PromotionDraft inPounds = new PromotionDraft(
                pounds.name(),
                null,
                PromotionDraft.Kind.FIXED_AMOUNT,
                null,
                Money.parse("5.00", "GBP"),
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                false,
                null,
                null,
                null);
        assertThat(refusal(() -> service.controller.create(null, inPounds))).isEqualTo("unsupported-currency");
        PromotionDraft empty = new PromotionDraft(
                "x",
                null,
                PromotionDraft.Kind.PERCENTAGE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                false,
                null,
                null,
                null);
        assertThat(refusal(() -> service.controller.create(null, empty))).isEqualTo("invalid-promotion");
    }

    @Test
    @Tag("PLT-15")
    void aListIsReadPageByPageTheNewestFirst() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(body(create(buyGet(2, 1, 10_000))).id());
        }
        List<UUID> read = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<PromotionView> page = shop.staff(() -> service.controller.list(2, from));
            page.items().forEach(item -> read.add(item.id()));
            cursor = page.page().next();
        } while (cursor != null);

        assertThat(read).isEqualTo(ids);
    }

    @Test
    void theReportSaysHowAPromotionIsUsed() {
        UUID id = shop.active(off("5.00").code("report").totalLimit(9));
        UUID cancelled = Ids.next();
        shop.claim(Ids.next(), null, id);
        shop.claim(Ids.next(), null, id);
        shop.claim(cancelled, null, id);
        shop.release(cancelled);

        assertThat(shop.staff(() -> service.controller.usage(id)))
                .isEqualTo(new PromotionUsage(id, 2, 9, List.of(new PromotionUsage.Amount("EUR", 2, 1, "2.00"))));
        assertThat(refusal(() -> service.controller.usage(Ids.next()))).isEqualTo("promotion-not-found");
    }
}
