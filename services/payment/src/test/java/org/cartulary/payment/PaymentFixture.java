package org.cartulary.payment;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The payment service on a database of its own. Events are written and not delivered. */
final class PaymentFixture implements AutoCloseable {

    final TestDatabase testDatabase = TestDatabase.create("payment");
    final Database database = testDatabase.database();
    final JsonMapper json = JsonMapper.builder().build();
    final EventBus bus = new EventBus(json, new SimpleMeterRegistry());
    final Cursors cursors = new Cursors(new byte[32]);
    final PaymentEndpoint payments =
            new PaymentConfiguration().paymentEndpoint(testDatabase.databases(), bus, json, true);
    final PaymentStore store = new PaymentStore();
    final UUID tenant = Contexts.newTenant();

    <T extends @Nullable Object> T as(UUID tenantId, Supplier<T> work) {
        return Contexts.system(tenantId).supply(work);
    }

    <T extends @Nullable Object> T asSystem(Supplier<T> work) {
        return as(tenant, work);
    }

    static Money gbp(String amount) {
        return Money.parse(amount, "GBP");
    }

    AuthorizePaymentResult authorize(UUID orderId, String token) {
        return authorize(orderId, "12.34", "TEST", token);
    }

    AuthorizePaymentResult authorize(UUID orderId, String amount, String provider, String token) {
        return asSystem(() -> payments.authorize(new AuthorizePayment(orderId, null, gbp(amount), provider, token)));
    }

    CancelPaymentResult cancel(UUID orderId) {
        return asSystem(() -> payments.cancel(new CancelPayment(orderId, "the order did not come to be")));
    }

    CapturingPayment capturing(PaymentProvider... providers) {
        return new CapturingPayment(
                database, store, new PaymentProviders(List.of(providers)), new Outbox(database, bus, json));
    }

    void capture(UUID orderId) {
        CapturingPayment capturing = capturing(new TestPaymentProvider(database), new ManualPaymentProvider());
        asSystem(() -> {
            capturing.capture(orderId);
            return true;
        });
    }

    @Nullable String status(UUID orderId) {
        return text("SELECT max(status) FROM payments WHERE order_id = :orderId", orderId);
    }

    /** The charge in the books of the test provider: status, amount, captured, refunded. */
    @Nullable String charge(UUID orderId) {
        return text(
                "SELECT string_agg(concat_ws(' ', status, amount, captured_amount, refunded_amount), ', ')"
                        + " FROM test_provider_charges WHERE key LIKE :orderId::text || '%'",
                orderId);
    }

    @Nullable String events(UUID orderId) {
        return text(
                "SELECT string_agg(event_type || ' ' || aggregate_version, ', ' ORDER BY aggregate_version)"
                        + " FROM outbox_events e JOIN payments p ON p.id = e.aggregate_id WHERE p.order_id = :orderId",
                orderId);
    }

    private @Nullable String text(String sql, UUID orderId) {
        List<@Nullable String> texts = testDatabase
                .admin()
                .sql(sql)
                .param("orderId", orderId)
                .query((row, number) -> row.getString(1))
                .list();
        return texts.getFirst();
    }

    List<String> brokenInvariants() {
        return payments.checkInvariants().stream()
                // Nobody delivers events in these tests.
                .filter(result -> !result.holds() && !result.name().equals("no-event-left"))
                .map(InvariantResult::name)
                .toList();
    }

    @Override
    public void close() {
        bus.close();
        testDatabase.close();
    }
}
