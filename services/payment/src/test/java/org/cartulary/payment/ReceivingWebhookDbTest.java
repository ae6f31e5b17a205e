package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.contracts.payment.AuthorizePaymentResult.AlreadyCancelled;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Authorized;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Unknown;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.payment.ReceivingWebhook.Message;
import org.cartulary.payment.ReceivingWebhook.Receipt;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReceivingWebhookDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static String body(UUID order) {
        return "{\"type\":\"charge.authorize\",\"data\":{\"key\":\"" + order + ":authorize\"}}";
    }

    private static Message signed(UUID tenant, String id, String body) {
        long now = FIXTURE.clock.instant().getEpochSecond();
        return new Message(id, String.valueOf(now), FIXTURE.signatures.sign("TEST", tenant, id, now, body), body);
    }

    private static Receipt receive(UUID tenant, Message message) {
        return Contexts.visitor(tenant).supply(() -> FIXTURE.webhooks.receive("TEST", message));
    }

    private static Receipt receive(UUID order) {
        return receive(FIXTURE.tenant, signed(FIXTURE.tenant, "msg_" + Ids.next(), body(order)));
    }

    @Test
    @Tag("PAY-04")
    void aMessageMakesUsRecordWhatTheProvidersBooksSay() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok:authorize=lost,capture=lost");
        assertThat(FIXTURE.status(order)).isEqualTo("PENDING");
        assertThat(receive(order)).isEqualTo(Receipt.HANDLED);
        assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
        // Whoever waited for the answer finds it in the row.
        assertThat(FIXTURE.authorize(order, "tok_declined")).isInstanceOf(Authorized.class);
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-04")
    void whatAMessageSaysIsNotBelieved() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok:authorize=timeout");
        assertThat(receive(order)).isEqualTo(Receipt.HANDLED);
        assertThat(FIXTURE.status(order)).isEqualTo("PENDING");
        assertThat(receive(Ids.next())).isEqualTo(Receipt.HANDLED);
        assertThat(receive(FIXTURE.tenant, signed(FIXTURE.tenant, "msg_odd", "[1]")))
                .isEqualTo(Receipt.HANDLED);
        assertThat(receive(FIXTURE.tenant, signed(FIXTURE.tenant, "msg_no_json", "{")))
                .isEqualTo(Receipt.HANDLED);
    }

    @Test
    @Tag("PAY-04")
    void aMessageThatIsNotSignedForTheShopIsRefused() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_timeout");
        Message good = signed(FIXTURE.tenant, "msg_good", body(order));
        UUID other = Contexts.newTenant();
        for (Message bad : List.of(
                new Message("msg_other_id", good.timestamp(), good.signatures(), good.body()),
                new Message(good.id(), "1", good.signatures(), good.body()),
                new Message(good.id(), "soon", good.signatures(), good.body()),
                new Message(good.id(), good.timestamp(), "v1,AAAA", good.body()),
                new Message(good.id(), good.timestamp(), "", good.body()),
                new Message(good.id(), good.timestamp(), good.signatures(), good.body() + " "),
                signed(other, good.id(), good.body()))) {
            assertThat(receive(FIXTURE.tenant, bad)).as(bad.toString()).isEqualTo(Receipt.NOT_SIGNED);
        }
        assertThat(receive(other, good)).as("another shop's secret").isEqualTo(Receipt.NOT_SIGNED);
        assertThat(FIXTURE.status(order)).isEqualTo("PENDING");
        Message rotated = new Message(good.id(), good.timestamp(), "v1,AAAA " + good.signatures(), good.body());
        assertThat(receive(FIXTURE.tenant, rotated)).isEqualTo(Receipt.HANDLED);
    }

    @Test
    @Tag("PLT-28")
    void aProviderThatHasNotBeenToldTheNewSecretIsHeardUntilTheOldOneIsForgotten() {
        String old = "an old secret of at least 32 characters";
        String next = "a new secret of at least 32 characters";
        long now = FIXTURE.clock.instant().getEpochSecond();
        WebhookSignatures before = new WebhookSignatures(InstallationSecrets.of(old), FIXTURE.clock);
        WebhookSignatures changed = new WebhookSignatures(InstallationSecrets.of(next, List.of(old)), FIXTURE.clock);
        WebhookSignatures forgotten = new WebhookSignatures(InstallationSecrets.of(next), FIXTURE.clock);
        String signature = before.sign("TEST", FIXTURE.tenant, "msg_1", now, "{}");

        assertThat(changed.verify("TEST", FIXTURE.tenant, "msg_1", String.valueOf(now), signature, "{}"))
                .isTrue();
        assertThat(forgotten.verify("TEST", FIXTURE.tenant, "msg_1", String.valueOf(now), signature, "{}"))
                .isFalse();
        assertThat(changed.secret("TEST", FIXTURE.tenant))
                .isEqualTo(forgotten.secret("TEST", FIXTURE.tenant))
                .isNotEqualTo(before.secret("TEST", FIXTURE.tenant));
    }

    @Test
    @Tag("PAY-04")
    void aMessageIsRefusedFiveMinutesAfterItWasSigned() {
        try (PaymentFixture fixture = new PaymentFixture()) {
            long now = fixture.clock.instant().getEpochSecond();
            String body = body(Ids.next());
            Message message = new Message(
                    "msg_old",
                    String.valueOf(now),
                    fixture.signatures.sign("TEST", fixture.tenant, "msg_old", now, body),
                    body);
            fixture.clock.advance(Duration.ofSeconds(301));
            assertThat(fixture.asSystem(() -> fixture.webhooks.receive("TEST", message)))
                    .isEqualTo(Receipt.NOT_SIGNED);
            fixture.clock.advance(Duration.ofSeconds(-1));
            assertThat(fixture.asSystem(() -> fixture.webhooks.receive("TEST", message)))
                    .isEqualTo(Receipt.HANDLED);
        }
    }

    @Test
    @Tag("PAY-04")
    void aMessageThatComesManyTimesAsksTheProviderOnce() throws InterruptedException {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_timeout");
        AtomicInteger looks = new AtomicInteger();
        PaymentWork work = FIXTURE.workWith(new Counting(FIXTURE.testProvider.payments(), looks));
        ReceivingWebhook receiving = new PaymentConfiguration()
                .paymentWebhookReceiver(work, FIXTURE.signatures, FIXTURE.json, FIXTURE.testProvider);
        FIXTURE.testProvider.webhooks().tellTo(FIXTURE.webhooks);
        Message message = signed(FIXTURE.tenant, "msg_many", body(order));
        List<Receipt> receipts = Concurrently.run(8, () -> FIXTURE.asSystem(() -> receiving.receive("TEST", message)))
                .valuesOrThrow();
        assertThat(receipts).filteredOn(Receipt.HANDLED::equals).hasSize(1);
        assertThat(receipts).isSubsetOf(Receipt.HANDLED, Receipt.REPEATED, Receipt.BUSY);
        assertThat(FIXTURE.asSystem(() -> receiving.receive("TEST", message))).isEqualTo(Receipt.REPEATED);
        assertThat(looks).hasValue(1);
    }

    @Test
    @Tag("PAY-04")
    void aMessageThatCouldNotBeHandledIsHandledWhenItComesAgain() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok:authorize=late(2)");
        Message message = signed(FIXTURE.tenant, "msg_again", body(order));
        assertThat(receive(FIXTURE.tenant, message)).isEqualTo(Receipt.UNDECIDED);
        assertThat(receive(FIXTURE.tenant, message)).isEqualTo(Receipt.HANDLED);
        assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
    }

    @Test
    @Tag("PAY-04")
    @Tag("PAY-06")
    void aMessageBeforeTheAnswerAndTheAnswerBeforeTheMessageRecordTheSame() {
        for (String webhook : List.of("early", "once", "twice", "newest-first")) {
            UUID order = Ids.next();
            String token = "tok:webhook=" + webhook;
            assertThat(FIXTURE.authorize(order, token)).as(webhook).isInstanceOf(Authorized.class);
            FIXTURE.capture(order);
            FIXTURE.refund(order, Ids.next(), "1.00");
            FIXTURE.testProvider.live();
            assertThat(FIXTURE.status(order)).isEqualTo("PARTIALLY_REFUNDED");
            assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 1.00");
            assertThat(FIXTURE.events(order)).isEqualTo("payment.captured.v1 3, payment.refunded.v1 5");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
        assertThat(FIXTURE.testDatabase
                        .admin()
                        .sql("SELECT count(*) FROM test_provider_webhooks WHERE sent_at IS NULL")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    @Tag("PAY-04")
    @Tag("PAY-06")
    void aMessageWhileTheCallIsUnderWayChargesOnce() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            UUID order = Ids.next();
            FIXTURE.authorize(order, "tok_timeout");
            Concurrently.<Object>run(3, index -> index == 0 ? FIXTURE.authorize(order, "tok_timeout") : receive(order))
                    .valuesOrThrow();
            assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
            assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-04")
    @Tag("PAY-06")
    void anApprovalThatComesAfterTheEndIsGivenUp() {
        UUID order = Ids.next();
        PaymentProvider forgetful = new Forgetting(FIXTURE.testProvider.payments());
        assertThat(FIXTURE.authorize(order, "tok:authorize=timeout-then-ok")).isInstanceOf(Unknown.class);
        FIXTURE.asSystem(() -> FIXTURE.workWith(forgetful).cancelling().cancel(new CancelPayment(order, "too-late")));
        // The provider approves nevertheless, without being asked again.
        FIXTURE.testProvider.payments().authorize(ProviderKeys.authorize(order), PaymentFixture.gbp("12.34"), "tok_ok");
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        assertThat(receive(order)).isEqualTo(Receipt.HANDLED);
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        assertThat(FIXTURE.authorize(order, "tok_ok")).isInstanceOf(AlreadyCancelled.class);
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    /** Counts how often the books are looked at. */
    private static final class Counting extends DelegatingProvider {

        private final AtomicInteger looks;

        Counting(PaymentProvider provider, AtomicInteger looks) {
            super(provider);
            this.looks = looks;
        }

        @Override
        public ProviderLookup find(String chargeKey) {
            looks.incrementAndGet();
            return super.find(chargeKey);
        }
    }

    /** Keeps no note of the cancellation of a charge that it has not heard of. */
    private static final class Forgetting extends DelegatingProvider {

        Forgetting(PaymentProvider provider) {
            super(provider);
        }

        @Override
        public ProviderAnswer cancel(String chargeKey, String key) {
            return new ProviderAnswer.Approved("unheard of", "CARD", null, null, null);
        }
    }
}
