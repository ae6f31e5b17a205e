package org.cartulary.payment;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears what providers tell unasked. A message is a hint only: it makes us ask the provider by key what became of the payment,
 * so that it does not matter whether it comes twice, late, out of order or before the answer. The shop is told by the secret that
 * has signed it. Thread-safe.
 */
final class ReceivingWebhook {

    private static final String CHARGE_SUFFIX =
            ProviderKeys.authorize(new UUID(0, 0)).substring(36);

    /** What became of a message. */
    enum Receipt {
        HANDLED,
        /** It was handled before. */
        REPEATED,
        /** It is being handled. */
        BUSY,
        /** The provider does not say what happened; it is to send the message again. */
        UNDECIDED,
        /** It is not signed with this shop's secret, or too old. */
        NOT_SIGNED
    }

    /** A message as it came. */
    record Message(String id, String timestamp, String signatures, String body) {}

    private final Database database;
    private final WebhookStore store;
    private final WebhookSignatures signatures;
    private final PaymentProviders providers;
    private final LearningOutcome learning;
    private final JsonMapper json;

    ReceivingWebhook(
            Database database,
            WebhookStore store,
            WebhookSignatures signatures,
            PaymentProviders providers,
            LearningOutcome learning,
            JsonMapper json) {
        this.database = database;
        this.store = store;
        this.signatures = signatures;
        this.providers = providers;
        this.learning = learning;
        this.json = json;
    }

    /** Handles a message to the shop of this thread's context, whoever brings it. */
    Receipt receive(String provider, Message message) {
        providers.named(provider);
        UUID tenantId = RequestContext.currentTenant();
        if (!signatures.verify(
                provider, tenantId, message.id(), message.timestamp(), message.signatures(), message.body())) {
            return Receipt.NOT_SIGNED;
        }
        return RequestContext.current().asSystem().supply(() -> handle(provider, message));
    }

    private Receipt handle(String provider, Message message) {
        UUID orderId = orderOf(message.body()).orElse(null);
        WebhookStore.Claim claim = database.inTransaction(tx -> store.claim(tx, provider, message.id(), orderId));
        return switch (claim) {
            case HANDLED -> Receipt.REPEATED;
            case BUSY -> Receipt.BUSY;
            case CLAIMED -> learn(provider, message, orderId);
        };
    }

    private Receipt learn(String provider, Message message, @Nullable UUID orderId) {
        boolean isHandled = false;
        try {
            isHandled = orderId == null || learning.learn(orderId) != LearningOutcome.Learned.UNKNOWN;
        } finally {
            boolean isDone = isHandled;
            database.inTransaction(tx -> {
                store.release(tx, provider, message.id(), isDone);
                return isDone;
            });
        }
        return isHandled ? Receipt.HANDLED : Receipt.UNDECIDED;
    }

    /** The order whose charge the message names; empty for a message about something else. */
    private Optional<UUID> orderOf(String body) {
        try {
            String key = json.readTree(body).path("data").path("key").asString("");
            return key.endsWith(CHARGE_SUFFIX)
                    ? Optional.of(UUID.fromString(key.substring(0, key.length() - CHARGE_SUFFIX.length())))
                    : Optional.empty();
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
