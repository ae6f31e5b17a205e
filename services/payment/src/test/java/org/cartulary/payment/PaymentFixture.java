package org.cartulary.payment;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
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
    final PaymentSettings settings = new PaymentSettings(true, Duration.ofSeconds(5));
    final SettableClock clock = SettableClock.at(Instant.parse("2026-03-01T10:00:00Z"));
    final WebhookSignatures signatures = new WebhookSignatures(InstallationSecrets.of("s".repeat(32)), clock);
    final TestProvider testProvider = TestProvider.of(database, json, clock, signatures);
    final PaymentWork work =
            new PaymentConfiguration().paymentWork(testDatabase.databases(), bus, json, settings, testProvider);
    final PaymentEndpoint payments = new PaymentConfiguration().paymentEndpoint(work);
    final ReceivingWebhook webhooks =
            new PaymentConfiguration().paymentWebhookReceiver(work, signatures, json, testProvider);
    final PaymentStore store = work.store();
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
        return asSystem(() -> payments.cancel(new CancelPayment(orderId, "order-not-placed")));
    }

    RefundPaymentResult refund(UUID orderId, UUID refundId, @Nullable String amount) {
        return asSystem(() ->
                payments.refund(new RefundPayment(refundId, orderId, amount == null ? null : gbp(amount), "it-broke")));
    }

    /** An order that was paid, with what is its token's habit later. */
    UUID captured(String token) {
        UUID order = Ids.next();
        authorize(order, token);
        capture(order);
        return order;
    }

    /** The use cases with another provider. */
    PaymentWork workWith(PaymentProvider provider) {
        return workWith(provider, settings.providerTimeout());
    }

    PaymentWork workWith(PaymentProvider provider, Duration timeout) {
        return PaymentWork.of(
                database, new Outbox(database, bus, json), new PaymentProviders(List.of(provider), timeout));
    }

    void capture(UUID orderId) {
        asSystem(() -> {
            work.capturing().capture(orderId);
            return true;
        });
    }

    /** Makes everything of the order as old as if it had happened that long ago. */
    void age(UUID orderId, String interval) {
        for (String sql : List.of(
                "UPDATE payments SET created_at = created_at - :age::interval WHERE order_id = :order",
                "UPDATE payment_transactions SET created_at = created_at - :age::interval,"
                        + " last_asked_at = last_asked_at - :age::interval"
                        + " WHERE payment_id = (SELECT id FROM payments WHERE order_id = :order)")) {
            testDatabase
                    .admin()
                    .sql(sql)
                    .param("age", interval)
                    .param("order", orderId)
                    .update();
        }
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

    /** What was asked of providers: type, status and amount of each. */
    @Nullable String transactions(UUID orderId) {
        return text(
                "SELECT string_agg(concat_ws(' ', transaction_type, t.status, t.amount), ', ' ORDER BY t.created_at, t.id)"
                        + " FROM payment_transactions t JOIN payments p ON p.id = t.payment_id"
                        + " WHERE p.order_id = :orderId",
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
