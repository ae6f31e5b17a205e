package org.cartulary.payment;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the test provider tells unasked: written down with what has happened, and sent later, signed as a real provider's.
 * Thread-safe.
 */
final class TestProviderWebhooks {

    private static final int AT_ONCE = 50;
    private static final int MOST_ATTEMPTS = 20;

    private final Database database;
    private final JsonMapper json;
    private final Clock clock;
    private final WebhookSignatures signatures;
    private volatile @Nullable ReceivingWebhook receiver;

    TestProviderWebhooks(Database database, JsonMapper json, Clock clock, WebhookSignatures signatures) {
        this.database = database;
        this.json = json;
        this.clock = clock;
        this.signatures = signatures;
    }

    /** Says who hears of it, which learns of it by asking the provider and so is made after it. */
    void tellTo(ReceivingWebhook receiver) {
        this.receiver = receiver;
    }

    private record Message(String id, UUID account, String chargeKey, String type, int times) {}

    /** Has told, later, what has happened by the request. */
    void tell(Transaction tx, TestProviderBooks.Request request, TestCardHabits.Webhooks webhooks) {
        if (webhooks == TestCardHabits.Webhooks.NONE || request.account() == null) {
            return;
        }
        tx.jdbc()
                .sql("""
                        INSERT INTO test_provider_webhooks (id, account, charge_key, event_type, times, is_newest_first)
                        VALUES (:id, :account, :chargeKey, :type, :times, :isNewestFirst)
                        """)
                .param("id", "msg_" + Ids.next())
                .param("account", request.account())
                .param("chargeKey", request.chargeKey())
                .param("type", "charge." + request.operation().name().toLowerCase(Locale.ROOT))
                .param("times", webhooks.times())
                .param("isNewestFirst", webhooks == TestCardHabits.Webhooks.NEWEST_FIRST)
                .update();
    }

    /** Sends what has not been sent; what is not accepted is sent again the next time. */
    void deliver() {
        for (Message message : unsent()) {
            boolean isAccepted = true;
            for (int time = 1; time <= message.times(); time++) {
                isAccepted &= send(message);
            }
            if (isAccepted) {
                database.asWorker(tx -> tx.jdbc()
                        .sql("UPDATE test_provider_webhooks SET sent_at = clock_timestamp() WHERE id = :id")
                        .param("id", message.id())
                        .update());
            }
        }
    }

    private List<Message> unsent() {
        return database.asWorker(tx -> {
            List<Message> messages = tx.jdbc()
                    .sql("""
                            SELECT id, account, charge_key, event_type, times FROM test_provider_webhooks
                            WHERE sent_at IS NULL AND attempts < :mostAttempts
                            ORDER BY is_newest_first DESC, CASE WHEN is_newest_first THEN created_at END DESC, created_at
                            LIMIT :limit FOR UPDATE SKIP LOCKED
                            """)
                    .param("mostAttempts", MOST_ATTEMPTS)
                    .param("limit", AT_ONCE)
                    .query((row, number) -> new Message(
                            row.getString("id"),
                            row.getObject("account", UUID.class),
                            row.getString("charge_key"),
                            row.getString("event_type"),
                            row.getInt("times")))
                    .list();
            for (Message message : messages) {
                tx.jdbc()
                        .sql("UPDATE test_provider_webhooks SET attempts = attempts + 1 WHERE id = :id")
                        .param("id", message.id())
                        .update();
            }
            return messages;
        });
    }

    private boolean send(Message message) {
        String body = json.writeValueAsString(Map.of(
                "type", message.type(),
                "timestamp", clock.instant().toString(),
                "data", Map.of("key", message.chargeKey())));
        long timestamp = clock.instant().getEpochSecond();
        String signature = signatures.sign(TestPaymentProvider.NAME, message.account(), message.id(), timestamp, body);
        ReceivingWebhook heard = Objects.requireNonNull(receiver, "nobody hears the test provider's webhooks");
        ReceivingWebhook.Receipt receipt = RequestContext.ofSystem(message.account())
                .supply(() -> heard.receive(
                        TestPaymentProvider.NAME,
                        new ReceivingWebhook.Message(message.id(), String.valueOf(timestamp), signature, body)));
        return receipt == ReceivingWebhook.Receipt.HANDLED || receipt == ReceivingWebhook.Receipt.REPEATED;
    }
}
