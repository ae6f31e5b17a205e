package org.cartulary.payment;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.payment.TestCardHabits.Operation;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The books of the test provider. They stand for the outside world: they live in tables of their own, which survive our
 * process, and are never written in a transaction that records what they say. Thread-safe.
 */
final class TestProviderBooks {

    /** What the provider is asked for. */
    record Request(
            Operation operation,
            String key,
            String chargeKey,
            @Nullable UUID account,
            String habits,
            @Nullable Money amount) {

        static Request of(ResultSet row, int number) throws SQLException {
            return new Request(
                    Operation.valueOf(row.getString("operation")),
                    row.getString("key"),
                    row.getString("charge_key"),
                    row.getObject("account", UUID.class),
                    row.getString("habits"),
                    money(row.getBigDecimal("amount"), row.getString("currency")));
        }

        /** The same for a card with these habits. */
        Request of(String habits) {
            return new Request(operation, key, chargeKey, account, habits, amount);
        }

        @Nullable BigDecimal value() {
            return amount == null ? null : amount.amount();
        }

        @Nullable String currency() {
            return amount == null ? null : amount.currencyCode();
        }
    }

    /** How often it was asked for, and whether it is time to do what was to be done late. */
    record Asked(int times, boolean isDue) {}

    /** A charge, and the habits of its card. */
    record Charge(ProviderCharge charge, String habits) {}

    private static @Nullable Money money(@Nullable BigDecimal amount, @Nullable String currency) {
        return amount == null || currency == null ? null : Money.of(amount, Money.currencyOf(currency));
    }

    /** Notes that it is asked for once more. Who asks for the same at the same time waits for the end of the transaction. */
    Asked ask(Transaction tx, Request request) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO test_provider_requests AS r
                            (operation, key, charge_key, account, habits, amount, currency)
                        VALUES (:operation, :key, :chargeKey, :account::uuid, :habits, :amount::numeric, :currency)
                        ON CONFLICT (operation, key) DO UPDATE SET asked = r.asked + 1
                        RETURNING asked, coalesce(due_at <= clock_timestamp(), false) AS is_due
                        """)
                .param("operation", request.operation().name())
                .param("key", request.key())
                .param("chargeKey", request.chargeKey())
                .param("account", request.account())
                .param("habits", request.habits())
                .param("amount", request.value())
                .param("currency", request.currency())
                .query((row, number) -> new Asked(row.getInt("asked"), row.getBoolean("is_due")))
                .single();
    }

    /** Takes it on, to be done when it is asked for again, or unasked after the time. */
    void takeOn(Transaction tx, Request request, @Nullable Duration time) {
        tx.jdbc()
                .sql("""
                        UPDATE test_provider_requests
                        SET is_under_way = true,
                            due_at = coalesce(due_at, clock_timestamp() + make_interval(secs => :seconds::double precision))
                        WHERE operation = :operation AND key = :key
                        """)
                .param("seconds", time == null ? null : time.toMillis() / 1000.0)
                .param("operation", request.operation().name())
                .param("key", request.key())
                .update();
    }

    void finish(Transaction tx, Request request) {
        tx.jdbc()
                .sql("""
                        UPDATE test_provider_requests SET is_under_way = false
                        WHERE operation = :operation AND key = :key AND is_under_way
                        """)
                .param("operation", request.operation().name())
                .param("key", request.key())
                .update();
    }

    /**
     * Does what cards without habits are asked for, each once for its key.
     *
     * @return the charge of each request; nothing where its card has habits or the charge is not known, and nothing is done then
     */
    List<Optional<Charge>> askPlainly(Transaction tx, List<Request> requests) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM ask_test_provider(:operations, :keys, :chargeKeys, :accounts, :references,
                            CAST(:amounts AS numeric[]), :currencies)
                        ORDER BY command
                        """)
                .param(
                        "operations",
                        Sql.textArray(requests, request -> request.operation().name()))
                .param("keys", Sql.textArray(requests, Request::key))
                .param("chargeKeys", Sql.textArray(requests, Request::chargeKey))
                .param("accounts", Sql.uuidArray(requests, Request::account))
                .param("references", Sql.textArray(requests, request -> newReference()))
                .param("amounts", Sql.textArray(requests, request -> text(request.value())))
                .param("currencies", Sql.textArray(requests, Request::currency))
                .query((row, number) ->
                        row.getString("key") == null ? Optional.<Charge>empty() : Optional.of(charge(row, number)))
                .list();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String newReference() {
        return "ch_" + Ids.next();
    }

    /** What the provider has taken on of a charge and not done. */
    List<Request> underWay(Transaction tx, String chargeKey) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM test_provider_requests WHERE charge_key = :chargeKey AND is_under_way
                        ORDER BY first_asked_at FOR UPDATE
                        """)
                .param("chargeKey", chargeKey)
                .query(Request::of)
                .list();
    }

    /** What the provider has taken on and is to do unasked now. */
    List<Request> due(Transaction tx, int limit) {
        return tx.jdbc().sql("""
                        SELECT * FROM test_provider_requests
                        WHERE is_under_way AND due_at <= clock_timestamp()
                        ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED
                        """).param("limit", limit).query(Request::of).list();
    }

    /** The habits of the card that an authorisation was asked for with, whatever became of it. */
    Optional<String> habitsAskedWith(Transaction tx, String chargeKey) {
        return tx.jdbc()
                .sql("SELECT habits FROM test_provider_requests WHERE operation = 'AUTHORIZE' AND key = :key")
                .param("key", chargeKey)
                .query(String.class)
                .optional();
    }

    Optional<Charge> find(Transaction tx, String chargeKey) {
        return tx.jdbc()
                .sql("SELECT * FROM test_provider_charges WHERE key = :key")
                .param("key", chargeKey)
                .query(TestProviderBooks::charge)
                .optional();
    }

    private static Charge charge(ResultSet row, int number) throws SQLException {
        Money amount = money(row.getBigDecimal("amount"), row.getString("currency"));
        Array keys = row.getArray("refund_keys");
        ProviderCharge charge = new ProviderCharge(
                ProviderCharge.State.valueOf(row.getString("status")),
                amount,
                Set.of((String[]) keys.getArray()),
                approved(row.getString("reference"), amount),
                row.getString("decline_code"));
        return new Charge(charge, row.getString("habits"));
    }

    static ProviderAnswer.Approved approved(String reference, @Nullable Money amount) {
        return new ProviderAnswer.Approved(reference, "CARD", "visa", "4242", amount);
    }

    /** Makes the charge, once for its key; says whether it is made now. */
    boolean authorize(Transaction tx, Request request, Money amount, @Nullable String declineCode) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO test_provider_charges
                                    (key, reference, status, amount, currency, decline_code, habits)
                                VALUES (:key, :reference, :status, :amount, :currency, :declineCode, :habits)
                                ON CONFLICT (key) DO NOTHING
                                """)
                        .param("key", request.chargeKey())
                        .param("reference", newReference())
                        .param("status", declineCode == null ? "AUTHORIZED" : "DECLINED")
                        .param("amount", amount.amount())
                        .param("currency", amount.currencyCode())
                        .param("declineCode", declineCode)
                        .param("habits", request.habits())
                        .update()
                == 1;
    }

    /** Takes all that is reserved, if anything is; says whether it is taken now. */
    boolean capture(Transaction tx, String chargeKey) {
        return tx.jdbc().sql("""
                                UPDATE test_provider_charges
                                SET status = 'CAPTURED', captured_amount = amount, updated_at = now()
                                WHERE key = :chargeKey AND status = 'AUTHORIZED'
                                """).param("chargeKey", chargeKey).update() == 1;
    }

    /** Gives up what is reserved, now and for ever; says whether it is given up now. */
    boolean cancel(Transaction tx, Request request) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO test_provider_charges AS c (key, reference, status, amount, habits)
                                VALUES (:chargeKey, :key, 'VOIDED', 0, :habits)
                                ON CONFLICT (key) DO UPDATE SET status = 'VOIDED', updated_at = now()
                                WHERE c.status = 'AUTHORIZED'
                                """)
                        .param("chargeKey", request.chargeKey())
                        .param("key", request.key())
                        .param("habits", request.habits())
                        .update()
                == 1;
    }

    /** Gives back an amount of what was taken, once for its key; says whether it is given back now. */
    boolean refund(Transaction tx, Request request, Money amount) {
        return tx.jdbc()
                        .sql("""
                                UPDATE test_provider_charges
                                SET refunded_amount = refunded_amount + :amount,
                                    refund_keys = refund_keys || :key::text, updated_at = now()
                                WHERE key = :chargeKey AND status = 'CAPTURED' AND NOT :key = ANY (refund_keys)
                                  AND refunded_amount + :amount <= captured_amount
                                """)
                        .param("chargeKey", request.chargeKey())
                        .param("key", request.key())
                        .param("amount", amount.amount())
                        .update()
                == 1;
    }
}
