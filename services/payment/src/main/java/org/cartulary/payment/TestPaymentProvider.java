package org.cartulary.payment;

import java.util.Optional;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A provider for development and tests that stands for the outside world: it keeps books of its own, in transactions of
 * its own, and makes each charge once for its key. What it does is decided by the token: {@code tok_ok} is approved,
 * {@code tok_declined} and {@code tok_insufficient_funds} are declined, {@code tok_timeout} is charged while the answer
 * gets lost the first time.
 */
final class TestPaymentProvider implements PaymentProvider {

    private static final String TIMEOUT_TOKEN = "tok_timeout";

    private final Database database;

    TestPaymentProvider(Database database) {
        this.database = database;
    }

    private record Charge(
            boolean isNew,
            String status,
            String reference,
            @Nullable String declineCode) {}

    @Override
    public String name() {
        return "TEST";
    }

    @Override
    public ProviderAnswer authorize(String key, Money amount, String token) {
        Charge charge = charge(key, amount, declineCode(token));
        if (charge.isNew() && token.equals(TIMEOUT_TOKEN)) {
            return new ProviderAnswer.Unknown("the provider did not answer in time");
        }
        return switch (charge.status()) {
            case "AUTHORIZED", "CAPTURED" -> approved(charge.reference());
            case "DECLINED" -> declined(charge.declineCode() == null ? "card_declined" : charge.declineCode());
            case "VOIDED" -> new ProviderAnswer.Declined("voided", "the charge was cancelled before");
            default -> throw new IllegalStateException("unknown state of a charge: " + charge.status());
        };
    }

    private static @Nullable String declineCode(String token) {
        return switch (token) {
            case "tok_ok", TIMEOUT_TOKEN -> null;
            case "tok_declined" -> "card_declined";
            case "tok_insufficient_funds" -> "insufficient_funds";
            default -> "invalid_token";
        };
    }

    private Charge charge(String key, Money amount, @Nullable String declineCode) {
        return database.asWorker(tx -> {
            int inserted = tx.jdbc()
                    .sql("""
                            INSERT INTO test_provider_charges (key, reference, status, amount, currency, decline_code)
                            VALUES (:key, :reference, :status, :amount, :currency, :declineCode)
                            ON CONFLICT (key) DO NOTHING
                            """)
                    .param("key", key)
                    .param("reference", "ch_" + Ids.next())
                    .param("status", declineCode == null ? "AUTHORIZED" : "DECLINED")
                    .param("amount", amount.amount())
                    .param("currency", amount.currencyCode())
                    .param("declineCode", declineCode)
                    .update();
            return tx.jdbc()
                    .sql("SELECT status, reference, decline_code FROM test_provider_charges WHERE key = :key")
                    .param("key", key)
                    .query((row, number) -> new Charge(
                            inserted == 1,
                            row.getString("status"),
                            row.getString("reference"),
                            row.getString("decline_code")))
                    .single();
        });
    }

    @Override
    public ProviderAnswer capture(String chargeKey, String key, Money amount) {
        return change(
                chargeKey,
                key,
                amount,
                """
                UPDATE test_provider_charges
                SET status = 'CAPTURED', captured_amount = amount, updated_at = now()
                WHERE key = :chargeKey AND status = 'AUTHORIZED' AND amount = :amount
                """,
                "SELECT reference FROM test_provider_charges WHERE key = :chargeKey AND status = 'CAPTURED'",
                "not_authorized");
    }

    @Override
    public ProviderAnswer cancel(String chargeKey, String key) {
        return change(chargeKey, key, null, """
                INSERT INTO test_provider_charges AS c (key, reference, status, amount)
                VALUES (:chargeKey, :key, 'VOIDED', 0)
                ON CONFLICT (key) DO UPDATE SET status = 'VOIDED', updated_at = now() WHERE c.status = 'AUTHORIZED'
                """, """
                SELECT reference FROM test_provider_charges
                WHERE key = :chargeKey AND status IN ('VOIDED', 'DECLINED')
                """, ProviderAnswer.CAPTURED);
    }

    @Override
    public ProviderAnswer refund(String chargeKey, String key, Money amount) {
        return change(
                chargeKey,
                key,
                amount,
                """
                UPDATE test_provider_charges
                SET refunded_amount = refunded_amount + :amount, refund_keys = refund_keys || :key::text,
                    updated_at = now()
                WHERE key = :chargeKey AND status = 'CAPTURED' AND NOT :key = ANY (refund_keys)
                  AND refunded_amount + :amount <= captured_amount
                """,
                "SELECT reference FROM test_provider_charges WHERE key = :chargeKey AND :key = ANY (refund_keys)",
                "not_refundable");
    }

    @Override
    public @Nullable ProviderCharge find(String chargeKey) {
        return database.asWorker(tx -> tx.jdbc()
                        .sql("SELECT reference, status FROM test_provider_charges WHERE key = :key")
                        .param("key", chargeKey)
                        .query((row, number) -> new ProviderCharge(
                                row.getString("reference"), ProviderCharge.State.valueOf(row.getString("status"))))
                        .optional())
                .orElse(null);
    }

    /** Makes the change, and then looks whether it is made, now or by an earlier call. */
    private ProviderAnswer change(
            String chargeKey, String key, @Nullable Money amount, String change, String proof, String declineCode) {
        Optional<String> reference = database.asWorker(tx -> {
            tx.jdbc()
                    .sql(change)
                    .param("chargeKey", chargeKey)
                    .param("key", key)
                    .param("amount", amount == null ? null : amount.amount())
                    .update();
            return tx.jdbc()
                    .sql(proof)
                    .param("chargeKey", chargeKey)
                    .param("key", key)
                    .query(String.class)
                    .optional();
        });
        return reference.map(TestPaymentProvider::approved).orElseGet(() -> declined(declineCode));
    }

    private static ProviderAnswer approved(String reference) {
        return new ProviderAnswer.Approved(reference, "CARD", "visa", "4242");
    }

    private static ProviderAnswer declined(String code) {
        return new ProviderAnswer.Declined(code, "the provider declined: " + code.replace('_', ' '));
    }
}
