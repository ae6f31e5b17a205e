package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What people write when they cancel an order or give money back can name anybody. */
@Tag("PLT-28")
@Tag("PLT-30")
class WrittenReasonsDbTest {

    private static final String WORDS = "Ada Lovelace of 12 St James's Square has died";

    private final UndoingFixture shop = new UndoingFixture();
    private final OrderDetails details = new OrderDetails(shop.orders.database, shop.orders.sealing);
    private final OrderRecordsEndpoint records =
            new OrderRecordsEndpoint(shop.orders.database, details, shop.orders.json);

    @AfterEach
    void close() {
        shop.orders.testDatabase.close();
    }

    private void cancelWithWords(UUID order) {
        shop.buyer().run(() -> shop.undoing.requesting().ofBuyer(order, new CancelOrderRequest(WORDS), "cancel"));
        shop.deliver();
    }

    private void refundWithWords(UUID order) {
        shop.shop().run(() -> shop.undoing.refunding().refund(order, new RefundOrder(null, WORDS, null), "refund"));
        shop.deliver();
    }

    private OrderView find(UUID order) {
        return Contexts.staff(shop.orders.tenant, Permissions.ORDERS_READ)
                .supply(() -> details.find(order).orElseThrow());
    }

    private List<String> tablesWithWords() {
        return shop
                .orders
                .testDatabase
                .admin()
                .sql("SELECT quote_ident(relname) FROM pg_class"
                        + " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> shop.orders
                                .testDatabase
                                .admin()
                                .sql("SELECT count(*) FROM " + table
                                        + " t WHERE t::text ~ 'Lovelace|St James|has died'")
                                .query(Integer.class)
                                .single()
                        > 0)
                .toList();
    }

    @Test
    void theWordsAreReadWithTheOrderAndStandNowhereInClear() {
        UUID cancelled = shop.confirmed();
        UUID refunded = shop.delivered();

        cancelWithWords(cancelled);
        refundWithWords(refunded);

        assertThat(find(cancelled).history())
                .filteredOn(change -> change.to().equals("CANCELLED"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.reasonCode()).isEqualTo("cancelled-by-buyer");
                    assertThat(change.reason()).isEqualTo(WORDS);
                });
        assertThat(find(refunded).refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.reasonCode()).isEqualTo("refunded-by-shop");
            assertThat(refund.reason()).isEqualTo(WORDS);
        });
        assertThat(tablesWithWords()).isEmpty();
        assertThat(shop.payments.events)
                .as("told to payments")
                .noneMatch(event -> event.toString().contains("Ada"));
    }

    @Test
    void theWordsGoWithTheBuyer() {
        UUID cancelled = shop.confirmed();
        UUID refunded = shop.delivered();
        cancelWithWords(cancelled);
        refundWithWords(refunded);

        shop.orders.asSystem(() -> records.erase(new Person(shop.customer, null)));

        assertThat(find(cancelled).history())
                .allSatisfy(change -> assertThat(change.reason()).isNull());
        assertThat(find(refunded).refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.reason()).isNull();
            assertThat(refund.reasonCode()).isEqualTo("refunded-by-shop");
        });
    }

    @Test
    void wordsThatWereSealedBeforeTheBuyerWasForgottenAreNotKeptAfterIt() {
        UUID cancelled = shop.confirmed();
        UUID refunded = shop.confirmed();
        String words = shop.orders.asSystem(
                () -> new SealingWords(shop.orders.database, shop.orders.sealing).sealCancellation(cancelled, WORDS));
        shop.orders.asSystem(() -> records.erase(new Person(shop.customer, null)));

        shop.orders.asSystem(() -> shop.orders.database.inTransaction(tx ->
                new OrderStore(shop.orders.json).cancel(tx, new CancelOrder(cancelled, "cancelled-by-shop"), words)));
        shop.orders.asSystem(() -> shop.orders.database.inTransaction(tx -> new RefundStore()
                .start(
                        tx,
                        new RefundStore.NewRefund(
                                UUID.randomUUID(), refunded, null, "refunded-by-shop", words, List.of()))));

        assertThat(shop.orders.status(cancelled)).isEqualTo("CANCELLED");
        for (String sealed : List.of("cancellation_words_sealed FROM orders", "words_sealed FROM order_refunds")) {
            assertThat(shop.orders
                            .testDatabase
                            .admin()
                            .sql("SELECT count(*) FROM (SELECT " + sealed + ") w (words) WHERE words IS NOT NULL")
                            .query(Integer.class)
                            .single())
                    .as(sealed)
                    .isZero();
        }
        assertThat(shop.orders.<String>asSystem(() ->
                        new SealingWords(shop.orders.database, shop.orders.sealing).sealCancellation(refunded, WORDS)))
                .as("nor is anything sealed by a key of nobody")
                .isNull();
    }

    @Test
    void theDatabaseKeepsCodesOnly() {
        UUID order = shop.confirmed();

        for (String sql : List.of(
                "UPDATE orders SET status_reason = 'Ada has died'",
                "UPDATE orders SET cancellation_words_sealed = 'Ada has died'",
                "INSERT INTO order_tombstones (tenant_id, id, reason) VALUES (uuidv7(), uuidv7(), 'Ada has died')")) {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .as(sql)
                    .isThrownBy(() -> shop.orders.testDatabase.admin().sql(sql).update());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CancelOrder(order, "Ada has died"))
                .withMessageNotContaining("Ada");
    }
}
