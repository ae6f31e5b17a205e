package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The state machine as the database holds it against any statement, whoever writes it and however many orders it changes. */
@Tag("ORD-02")
class OrderTransitionsDbTest {

    private static final OrderFixture FIXTURE = new OrderFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static int byHand(String sql) {
        return FIXTURE.testDatabase.admin().sql(sql).update();
    }

    private static String paid(String orders) {
        return "UPDATE orders SET status = 'PAID', payment_id = id, paid_at = now(), version = version + 1 WHERE id IN ("
                + orders + ")";
    }

    @Test
    void aStatementThatChangesManyOrdersIsRefusedForOneOfThem() {
        UUID good = FIXTURE.placed(null);
        UUID bad = FIXTURE.confirmed(null);
        assertThatThrownBy(() -> byHand(paid("'" + good + "', '" + bad + "'")))
                .hasMessageContaining("order " + bad + " cannot go from CONFIRMED to PAID");
        assertThat(FIXTURE.history(good)).containsExactly("CREATED");

        UUID other = FIXTURE.placed(null);
        assertThat(byHand(paid("'" + good + "', '" + other + "'"))).isEqualTo(2);
        assertThat(FIXTURE.history(good)).containsExactly("CREATED", "PAID");
        assertThat(FIXTURE.history(other)).containsExactly("CREATED", "PAID");
    }

    @Test
    void anOrderBeginsAsCreated() {
        UUID model = FIXTURE.placed(null);
        String copy =
                "INSERT INTO orders (tenant_id, id, order_number, subject_id, email_sealed, status, currency, subtotal, total_amount,"
                        + " line_count, unit_count, payment_id) SELECT tenant_id, gen_random_uuid(), 'COPY-' || s, subject_id, email_sealed, s, currency, 1,"
                        + " 1, line_count, unit_count, id FROM orders, unnest(ARRAY['%s']) AS s WHERE id = '" + model
                        + "'";
        assertThatThrownBy(() -> byHand(copy.formatted("CREATED', 'PAID")))
                .hasMessageContaining("cannot go from nothing to PAID");
        assertThat(byHand(copy.formatted("CREATED"))).isEqualTo(1);
    }

    @Test
    void anOrderPassesThroughPaidOnlyIfItsVersionCountsBothSteps() {
        UUID id = FIXTURE.placed(null);
        String confirmed =
                "UPDATE orders SET status = 'CONFIRMED', payment_id = id, paid_at = now(), confirmed_at = now(),"
                        + " version = version + %d WHERE id = '" + id + "'";
        assertThatThrownBy(() -> byHand(confirmed.formatted(1)))
                .hasMessageContaining("cannot go from CREATED to CONFIRMED");
        assertThat(byHand(confirmed.formatted(2))).isEqualTo(1);
        assertThat(FIXTURE.testDatabase
                        .admin()
                        .sql(
                                "SELECT order_version || coalesce(status_from, '') || '>' || status_to FROM order_status_history"
                                        + " WHERE order_id = :id ORDER BY order_version")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly("1>CREATED", "2CREATED>PAID", "3PAID>CONFIRMED");
        assertThat(FIXTURE.brokenInvariants()).doesNotContain("history-is-legal", "status-matches-history");
    }

    @Test
    void anOrderThatWasPaidByAnOlderVersionIsConfirmedWithItsPaymentOnly() {
        UUID id = FIXTURE.placed(null);
        byHand(paid("'" + id + "'"));
        OrderStore store = new OrderStore(FIXTURE.json);
        List<ConfirmOrder> commands =
                List.of(new ConfirmOrder(id, Ids.next(), "CARD"), new ConfirmOrder(id, id, "INVOICE"));
        List<Optional<OrderStore.Confirmation>> confirmations =
                FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> store.confirm(tx, commands)));
        assertThat(confirmations)
                .extracting(confirmation -> confirmation.orElseThrow().wasChanged())
                .containsExactly(false, true);
        assertThat(FIXTURE.history(id)).containsExactly("CREATED", "PAID", "CONFIRMED");
    }

    @Test
    void theHistorySaysWhoChangedAnOrder() {
        UUID id = FIXTURE.placed(null);
        byHand(paid("'" + id + "'"));
        assertThat(FIXTURE.testDatabase
                        .admin()
                        .sql("SELECT changed_by = session_user FROM order_status_history"
                                + " WHERE order_id = :id ORDER BY order_version")
                        .param("id", id)
                        .query(Boolean.class)
                        .list())
                .containsExactly(false, true);
    }

    /** The second writer finds the order as the first one leaves it, not as it was when it began to wait. */
    @Test
    void whoWaitsForAnotherWriterIsJudgedByWhatThatOneWrote() throws Exception {
        UUID id = FIXTURE.placed(null);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> paying = FIXTURE.database.asWorker(tx -> {
                tx.jdbc()
                        .sql("UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), version = version + 1"
                                + " WHERE id = :id")
                        .param("id", id)
                        .update();
                var other = executor.submit(() -> byHand(
                        "UPDATE orders SET status = 'PAID', payment_id = id, cancelled_at = NULL, version = version + 1"
                                + " WHERE id = '" + id + "'"));
                FIXTURE.testDatabase.awaitLockWaitOr(other::isDone);
                return other;
            });

            assertThatThrownBy(() -> paying.get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("order " + id + " cannot go from CANCELLED to PAID");
        }
        assertThat(FIXTURE.history(id)).containsExactly("CREATED", "CANCELLED");
        assertThat(byHand("UPDATE orders SET notes = 'kept' WHERE id = '" + id + "'"))
                .as("no change of the state")
                .isEqualTo(1);
    }
}
