package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PAY-05")
@Tag("PAY-06")
class FinishingPaymentsConcurrencyTest {

    private static final int AT_ONCE = 8;

    private final PaymentFixture fixture = new PaymentFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Captures nothing before so many captures are under way. */
    private static final class Gathering extends DelegatingProvider {

        private final CountDownLatch expected;
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Gathering(PaymentProvider provider, int expected) {
            super(provider);
            this.expected = new CountDownLatch(expected);
        }

        @Override
        public ProviderAnswer capture(String chargeKey, String key, Money amount) {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            expected.countDown();
            try {
                if (!expected.await(50, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the captures come one after the other");
                }
                return super.capture(chargeKey, key, amount);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                underWay.decrementAndGet();
            }
        }
    }

    private List<UUID> uncaptured(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> {
                    UUID order = Ids.next();
                    fixture.authorize(order, "tok:capture=lost-then-ok");
                    assertThatThrownBy(() -> fixture.capture(order)).isInstanceOf(IllegalStateException.class);
                    fixture.age(order, "61 seconds");
                    return order;
                })
                .toList();
    }

    @Test
    void aProviderThatHangsIsAskedForSomePaymentsAtOnceAndNotForAll() {
        List<UUID> orders = uncaptured(20);
        Gathering provider = new Gathering(fixture.testProvider.payments(), AT_ONCE);
        PaymentWork work = fixture.workWith(provider, Duration.ofMinutes(1));

        new FinishingPayments(work, new ExpiringPayment(work, new PlacedOrders())).run();

        assertThat(orders).allSatisfy(order -> assertThat(fixture.status(order)).isEqualTo("CAPTURED"));
        assertThat(provider.most).hasValue(AT_ONCE);
        assertThat(fixture.brokenInvariants()).isEmpty();
    }
}
