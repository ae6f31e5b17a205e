package org.cartulary.checkout;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.SealingKey;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How this service seals to whom checkouts belong and with what they are paid: under the key of the customer, or of the guest's
 * e-mail address. Both ways are gone outside of transactions. Thread-safe.
 */
final class SealingCheckouts {

    static final Place CONTACT = new Place("checkout.checkout_sessions.contact_sealed");
    static final Place TOKEN = new Place("checkout.checkout_sessions.payment_token");
    static final Place ANSWER = new Place("checkout.idempotency_keys.body");

    private final PersonalData personalData;
    private final JsonMapper json;

    SealingCheckouts(PersonalData personalData, JsonMapper json) {
        this.personalData = personalData;
        this.json = json;
    }

    CheckoutContact.Opened seal(UUID checkoutId, @Nullable UUID customerId, CheckoutContact.Details details) {
        Subject subject = personalData.buyer(customerId, details.email());
        return new CheckoutContact.Opened(
                subject.id(),
                personalData.seal(personalData.keyOf(subject), CONTACT, checkoutId, json.writeValueAsString(details)),
                details);
    }

    /**
     * The checkout with what can be read of its buyer.
     *
     * @throws org.cartulary.platform.http.ProblemException 404 {@code checkout-not-found} if the buyer was forgotten
     */
    CheckoutSession open(CheckoutSession session) {
        return switch (session.contact()) {
            case CheckoutContact.Opened opened -> session;
            case CheckoutContact.Sealed(UUID subjectId, String text) ->
                session.withContact(new CheckoutContact.Opened(
                        subjectId,
                        text,
                        personalData
                                .open(CONTACT, session.id(), text)
                                .map(details -> json.readValue(details, CheckoutContact.Details.class))
                                .orElseThrow(CheckoutProblems::notFound)));
        };
    }

    /** The token as it is kept for a recovery. */
    String sealToken(CheckoutSession session, String token) {
        return personalData.seal(keyOf(session), TOKEN, session.id(), token);
    }

    /** The token that was kept, unless the buyer was forgotten. */
    Optional<String> openToken(UUID checkoutId, String tokenSealed) {
        return personalData.open(TOKEN, checkoutId, tokenSealed);
    }

    SealedAnswer sealAnswer(CheckoutSession session) {
        return new SealedAnswer(
                session.id(),
                personalData.seal(
                        keyOf(session), ANSWER, session.id(), json.writeValueAsString(CheckoutView.of(session))));
    }

    /**
     * The answer that was given first.
     *
     * @throws org.cartulary.platform.http.ProblemException 404 {@code checkout-not-found} if the buyer was forgotten
     */
    CheckoutView openAnswer(SealedAnswer answer) {
        return personalData
                .open(ANSWER, answer.checkoutId(), answer.viewSealed())
                .map(view -> json.readValue(view, CheckoutView.class))
                .orElseThrow(CheckoutProblems::notFound);
    }

    private SealingKey keyOf(CheckoutSession session) {
        return personalData.keyOf(personalData.buyer(session.customerId(), session.email()));
    }
}
