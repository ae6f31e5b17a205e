package org.cartulary.payment;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.EvenWhileSuspended;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where providers tell what has happened. The host name says for which shop a message is meant, and the signature proves it:
 * each shop has a secret of its own with each provider, so that a message to one shop is worth nothing to another.
 */
@RestController
@RequestMapping("/api/v1/webhooks/payments")
final class PaymentWebhooksController {

    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final int MAX_ID_LENGTH = 200;

    private final ReceivingWebhook receiving;

    PaymentWebhooksController(ReceivingWebhook receiving) {
        this.receiving = receiving;
    }

    @PostMapping("/{provider}")
    @SqlBudget(statements = 12, transactions = 6)
    @AllowAnyone
    @EvenWhileSuspended("what a provider says of a payment that was begun")
    @IdempotentByNature("each message is handled once by its id, and only makes us ask the provider")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void receive(
            @PathVariable String provider,
            @RequestHeader("webhook-id") String id,
            @RequestHeader("webhook-timestamp") String timestamp,
            @RequestHeader("webhook-signature") String signatures,
            @RequestBody byte[] body) {
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw ProblemException.badRequest(
                    "invalid-webhook-id", "webhook-id has 1 to " + MAX_ID_LENGTH + " characters");
        }
        var message = new ReceivingWebhook.Message(id, timestamp, signatures, new String(body, StandardCharsets.UTF_8));
        switch (receiving.receive(provider, message)) {
            case HANDLED, REPEATED -> {}
            case BUSY -> throw ProblemException.conflict("webhook-in-progress", "the message is being handled");
            case UNDECIDED ->
                throw ProblemException.unavailable(
                        "payment-undecided", "the provider does not say what happened to the payment", AGAIN);
            case NOT_SIGNED ->
                throw ProblemException.unauthorized(
                        "invalid-webhook-signature", "the message is not signed for this shop, or too old");
        }
    }
}
