package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.FindPayment;
import org.cartulary.contracts.payment.PaymentFact;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.TransactionWork;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class PaymentGuardsDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    /** Somebody's way to run a transaction. */
    private interface Writer {
        Integer write(TransactionWork<Integer> work);
    }

    private static int write(Writer writer, UUID order, String change) {
        return FIXTURE.asSystem(() -> writer.write(tx -> tx.jdbc()
                .sql("UPDATE payments SET " + change + ", version = version + 1 WHERE order_id = :order")
                .param("order", order)
                .update()));
    }

    @Test
    @Tag("PAY-02")
    void theDatabaseRefusesAnIllegalTransitionWhoeverWrites() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_ok");
        List<Writer> writers = List.of(FIXTURE.database::inTransaction, FIXTURE.database::asWorker);
        for (Writer writer : writers) {
            assertThatThrownBy(() -> write(writer, order, "status = 'SETTLED', captured_amount = amount"))
                    .hasMessageContaining("cannot go from AUTHORIZED to SETTLED");
            assertThatThrownBy(() -> write(writer, order, "status = 'PENDING', authorized_amount = 0"))
                    .hasMessageContaining("cannot go from AUTHORIZED to PENDING");
        }
        assertThatThrownBy(() -> FIXTURE.database.asWorker(tx -> tx.jdbc()
                        .sql(
                                "INSERT INTO payment_state_transitions (from_state, to_state) VALUES ('PENDING', 'SETTLED')")
                        .update()))
                .isInstanceOf(DataAccessException.class);
        assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
    }

    @Test
    @Tag("PAY-02")
    void oneIllegalTransitionAmongManyRowsRefusesTheWholeStatement() {
        UUID authorized = Ids.next();
        FIXTURE.authorize(authorized, "tok_ok");
        UUID declined = Ids.next();
        FIXTURE.authorize(declined, "tok_declined");
        List<UUID> orders = List.of(authorized, declined);

        assertThatThrownBy(() -> writeAll(orders, "status = 'CANCELLED', authorized_amount = 0"))
                .hasMessageContaining("cannot go from FAILED to CANCELLED");
        assertThat(orders).extracting(FIXTURE::status).containsExactly("AUTHORIZED", "FAILED");
        assertThat(events(orders)).isEqualTo(4);

        assertThat(writeAll(orders, "status = 'CAPTURED', authorized_amount = amount, captured_amount = amount"))
                .isEqualTo(2);
        assertThat(events(orders)).isEqualTo(6);
        assertThat(writeAll(orders, "status_reason = 'looked at'")).isEqualTo(2);
        assertThat(events(orders)).as("nothing has changed its state").isEqualTo(6);
    }

    @Test
    @Tag("PAY-02")
    void aPaymentBeginsInAStateToBeginWith() {
        assertThatThrownBy(() -> FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                        .sql("""
                                INSERT INTO payments (tenant_id, id, order_id, provider, currency, amount, authorized_amount,
                                    status)
                                SELECT :tenant, o, o, 'TEST', 'GBP', 5, CASE WHEN n = 2 THEN 5 ELSE 0 END,
                                    CASE WHEN n = 2 THEN 'AUTHORIZED' ELSE 'PENDING' END
                                FROM unnest(ARRAY[:first, :second]::uuid[]) WITH ORDINALITY AS orders (o, n)
                                """)
                        .param("tenant", FIXTURE.tenant)
                        .param("first", Ids.next())
                        .param("second", Ids.next())
                        .update())))
                .hasMessageContaining("cannot go from nothing to AUTHORIZED");
    }

    private static int writeAll(List<UUID> orders, String change) {
        return FIXTURE.<Integer>asSystem(() -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                .sql("UPDATE payments SET " + change + ", version = version + 1 WHERE order_id = ANY (:orders)")
                .param("orders", Sql.uuidArray(orders))
                .update()));
    }

    private static int events(List<UUID> orders) {
        return FIXTURE.testDatabase
                .admin()
                .sql("""
                        SELECT count(*) FROM payment_events e
                        JOIN payments p ON p.tenant_id = e.tenant_id AND p.id = e.payment_id
                        WHERE p.order_id = ANY (:orders)
                        """)
                .param("orders", Sql.uuidArray(orders))
                .query(Integer.class)
                .single();
    }

    @Test
    @Tag("PAY-02")
    void theDatabaseRefusesToRefundMoreThanWasCaptured() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_ok");
        List<Writer> writers = List.of(FIXTURE.database::inTransaction, FIXTURE.database::asWorker);
        for (Writer writer : writers) {
            assertThatThrownBy(() -> write(writer, order, "refunded_amount = 0.01"))
                    .isInstanceOf(DataAccessException.class);
        }
        FIXTURE.capture(order);
        for (Writer writer : writers) {
            assertThatThrownBy(() -> write(writer, order, "status = 'REFUNDED', refunded_amount = 12.35"))
                    .isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> write(writer, order, "captured_amount = 12.35"))
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    @Tag("PAY-01")
    void noTokenIsKeptOrPrinted() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_timeout");
        for (String table : List.of("payments", "payment_transactions", "payment_events", "test_provider_charges")) {
            assertThat(FIXTURE.testDatabase
                            .admin()
                            .sql("SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%tok\\_%'")
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(new AuthorizePayment(order, null, PaymentFixture.gbp("1.00"), "TEST", "tok_secret").toString())
                .doesNotContain("tok_secret");
    }

    @Test
    @Tag("PLT-17")
    void aShopNeitherSeesNorWritesThePaymentsOfAnother() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_ok");
        UUID other = Contexts.newTenant();
        assertThat(FIXTURE.as(other, () -> FIXTURE.payments.find(new FindPayment(order))))
                .isNull();
        assertThat(FIXTURE.<Integer>as(
                        other,
                        () -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                                .sql("UPDATE payments SET updated_at = now() WHERE order_id = :order")
                                .param("order", order)
                                .update())))
                .isZero();
        assertThatThrownBy(() -> FIXTURE.as(
                        other,
                        () -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                                .sql("INSERT INTO payments (tenant_id, id, order_id, amount, status)"
                                        + " VALUES (:tenant, :order, :order, 0, 'CANCELLED')")
                                .param("tenant", FIXTURE.tenant)
                                .param("order", Ids.next())
                                .update())))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    @Tag("PLT-15")
    void paymentsAreListedPageByPageAndFactsInOrder() {
        UUID shop = Contexts.newTenant();
        List<UUID> orders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            UUID order = Ids.next();
            orders.add(order);
            FIXTURE.as(
                    shop,
                    () -> FIXTURE.payments.authorize(
                            new AuthorizePayment(order, null, PaymentFixture.gbp("3.00"), "MANUAL", "")));
        }
        PaymentList list = new PaymentList(FIXTURE.database, FIXTURE.cursors);
        List<UUID> listed = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<PaymentList.Row> page = FIXTURE.as(shop, () -> list.list(null, 2, from));
            page.items().forEach(row -> listed.add(row.orderId()));
            cursor = page.page().next();
        } while (cursor != null);
        assertThat(listed).isEqualTo(orders.reversed());
        assertThat(FIXTURE.as(shop, () -> list.list(orders.get(2), null, null)).items())
                .hasSize(1);

        List<PaymentFact> facts = new ArrayList<>();
        FactsAfter after = new FactsAfter(null, null, 2);
        while (true) {
            List<PaymentFact> page = FIXTURE.payments.facts(after).facts();
            facts.addAll(page);
            if (page.size() < 2) {
                break;
            }
            after = new FactsAfter(page.getLast().tenantId(), page.getLast().orderId(), 2);
        }
        assertThat(new HashSet<>(facts)).hasSize(facts.size());
        assertThat(facts).extracting(PaymentFact::orderId).containsAll(orders);
    }

    @Test
    @Tag("PAY-06")
    void theInvariantsFindWhatIsBroken() {
        try (PaymentFixture broken = new PaymentFixture()) {
            UUID order = Ids.next();
            broken.authorize(order, "tok_ok");
            broken.capture(order);
            UUID pending = Ids.next();
            broken.authorize(pending, "tok_timeout");
            assertThat(broken.brokenInvariants()).isEmpty();
            var admin = broken.testDatabase.admin();
            admin.sql("INSERT INTO test_provider_charges (key, reference, status, amount, currency)"
                            + " VALUES ('nobody:authorize', 'ch_x', 'AUTHORIZED', 5, 'GBP')")
                    .update();
            assertThat(broken.brokenInvariants()).containsExactly("provider-books-equal-ours");
            admin.sql("UPDATE payments SET created_at = now() - interval '2 hours' WHERE order_id = :order")
                    .param("order", pending)
                    .update();
            admin.sql("UPDATE payment_transactions SET amount = 1 WHERE transaction_type = 'CAPTURE'")
                    .update();
            admin.sql("ALTER TABLE payments DISABLE TRIGGER USER").update();
            admin.sql("ALTER TABLE payments DROP CONSTRAINT chk_payments_status_amounts")
                    .update();
            admin.sql("UPDATE payments SET status = 'PENDING' WHERE order_id = :order")
                    .param("order", order)
                    .update();
            assertThat(broken.brokenInvariants())
                    .containsExactlyInAnyOrder(
                            "amounts-equal-transactions",
                            "status-matches-amounts",
                            "status-matches-history",
                            "no-stale-pending",
                            "provider-books-equal-ours");
        }
    }
}
