package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.contracts.payment.RefundPaymentResult.Refunded;
import org.cartulary.contracts.payment.RefundPaymentResult.Refused;
import org.cartulary.contracts.payment.RefundPaymentResult.Unknown;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A refund that one asker hears refused, and another one made. */
@Tag("PAY-06")
@Tag("PAY-02")
class OvertakenRefundDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static RefundPaymentResult refund(PaymentWork work, UUID order, UUID refund, String amount) {
        return FIXTURE.asSystem(() ->
                work.refunding().refund(new RefundPayment(refund, order, PaymentFixture.gbp(amount), "it-broke")));
    }

    /** Before it makes a refund another asker hears it refused, and the same money is set aside for a second refund. */
    private static final class Contradicting extends DelegatingProvider {

        private final PaymentWork work = FIXTURE.workWith(this);
        private final UUID order;
        private final UUID refund = Ids.next();
        private final UUID second = Ids.next();
        private int asked;

        private Contradicting(UUID order) {
            super(FIXTURE.testProvider.payments());
            this.order = order;
        }

        @Override
        public ProviderAnswer refund(String chargeKey, String key, Money amount) {
            if (key.equals(ProviderKeys.refund(second))) {
                return new ProviderAnswer.Unknown("no answer");
            }
            asked++;
            if (asked == 2) {
                return new ProviderAnswer.Declined("busy", "another request of this key is under way");
            }
            assertThat(OvertakenRefundDbTest.refund(work, order, refund, "10.00"))
                    .isInstanceOf(Refused.class);
            assertThat(OvertakenRefundDbTest.refund(work, order, second, "12.34"))
                    .isInstanceOf(Unknown.class);
            return super.refund(chargeKey, key, amount);
        }
    }

    @Test
    void whatWasGivenBackIsRecordedThoughTheMoneyWasSetAsideForAnotherRefund() {
        UUID order = FIXTURE.captured("tok_ok");
        Contradicting provider = new Contradicting(order);
        assertThat(refund(provider.work, order, provider.refund, "10.00"))
                .isEqualTo(
                        new Refunded(PaymentFixture.gbp("10.00"), PaymentFixture.gbp("10.00"), "PARTIALLY_REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 10.00");
        assertThat(FIXTURE.transactions(order)).endsWith("REFUND SUCCEEDED 10.00, REFUND FAILED 12.34");
        assertThat(FIXTURE.refund(order, provider.second, "12.34"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("refund-exceeds-capture"));
        assertThat(FIXTURE.refund(order, Ids.next(), "2.34")).isInstanceOf(Refunded.class);
        assertThat(FIXTURE.status(order)).isEqualTo("REFUNDED");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }
}
