package org.cartulary.payment;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What the test provider's books say of an order, as a bank's statement would. Thread-safe. */
final class TestProviderStatement {

    private final Database database;
    private final PaymentStore store;

    TestProviderStatement(Database database, PaymentStore store) {
        this.database = database;
        this.store = store;
    }

    /**
     * What a customer has been charged for an order.
     *
     * @param liveCharges charges that are reserved or taken; never more than one
     * @param captures charges whose money was taken
     * @param refunds how often money was given back
     */
    record Statement(UUID orderId, int liveCharges, int captures, int refunds, List<Charge> charges) {}

    /** A charge; the amounts are {@code null} where it was given up before it was asked for. */
    record Charge(
            String key,
            String reference,
            String status,
            @Nullable Money amount,
            @Nullable Money captured,
            @Nullable Money refunded,
            List<String> refundKeys,
            List<String> asked) {

        boolean isLive() {
            return status.equals("AUTHORIZED") || status.equals("CAPTURED");
        }
    }

    /** The statement of an order of the current tenant; an empty one where it has no payment. */
    Statement of(UUID orderId) {
        boolean isOurs =
                database.inReadTransaction(tx -> store.find(tx, orderId)).isPresent();
        List<Charge> charges = isOurs ? charges(orderId) : List.of();
        return new Statement(
                orderId,
                (int) charges.stream().filter(Charge::isLive).count(),
                (int) charges.stream()
                        .filter(charge -> charge.status().equals("CAPTURED"))
                        .count(),
                charges.stream().mapToInt(charge -> charge.refundKeys().size()).sum(),
                charges);
    }

    private List<Charge> charges(UUID orderId) {
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT c.*, ARRAY(SELECT format('%s %s: %s', operation, r.key, asked) FROM test_provider_requests r
                                          WHERE r.charge_key = c.key ORDER BY first_asked_at) AS asked
                        FROM test_provider_charges c WHERE starts_with(c.key, :orderId::text)
                        ORDER BY c.key
                        """)
                .param("orderId", orderId)
                .query((row, number) -> {
                    String currency = row.getString("currency");
                    return new Charge(
                            row.getString("key"),
                            row.getString("reference"),
                            row.getString("status"),
                            money(row.getBigDecimal("amount"), currency),
                            money(row.getBigDecimal("captured_amount"), currency),
                            money(row.getBigDecimal("refunded_amount"), currency),
                            List.of((String[]) row.getArray("refund_keys").getArray()),
                            List.of((String[]) row.getArray("asked").getArray()));
                })
                .list());
    }

    private static @Nullable Money money(BigDecimal amount, @Nullable String currency) {
        return currency == null ? null : Money.of(amount, Money.currencyOf(currency));
    }
}
