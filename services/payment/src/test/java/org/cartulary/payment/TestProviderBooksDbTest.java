package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.payment.TestCardHabits.Operation;
import org.cartulary.payment.TestProviderBooks.Request;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the test provider is asked for in one batch. */
@Tag("PAY-03")
class TestProviderBooksDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();
    private static final Money PRICE = PaymentFixture.gbp("9.00");
    private final TestProviderBooks books = new TestProviderBooks();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static Request request(Operation operation, String key, String charge, @Nullable Money amount) {
        return new Request(operation, key, charge, FIXTURE.tenant, "", amount);
    }

    private static Request authorize(String charge) {
        return request(Operation.AUTHORIZE, charge, charge, PRICE);
    }

    private static Request capture(String charge) {
        return request(Operation.CAPTURE, charge + ":capture", charge, PRICE);
    }

    private static Request cancel(String charge) {
        return request(Operation.VOID, charge + ":void", charge, null);
    }

    private static Request refund(String charge, String name, String amount) {
        return request(Operation.REFUND, charge + name, charge, PaymentFixture.gbp(amount));
    }

    /** The states of the charges that are answered, as each request has left them. */
    private List<String> asked(Request... requests) {
        return FIXTURE
                .asSystem(() -> FIXTURE.database.inTransaction(tx -> books.askPlainly(tx, List.of(requests))))
                .stream()
                .map(charge -> charge.map(known -> known.charge().state().name()
                                + known.charge().refundKeys().size())
                        .orElse("nothing"))
                .toList();
    }

    private static String newCharge() {
        return Ids.next() + ":authorize";
    }

    private static int timesAsked(Request request) {
        return FIXTURE.testDatabase
                .admin()
                .sql(
                        "SELECT coalesce(max(asked), 0) FROM test_provider_requests WHERE operation = :operation AND key = :key")
                .param("operation", request.operation().name())
                .param("key", request.key())
                .query(Integer.class)
                .single();
    }

    private static @Nullable String charge(String key) {
        return FIXTURE.charge(UUID.fromString(key.substring(0, 36)));
    }

    @Test
    void eachRequestOfABatchIsAnsweredWithItsOwnCharge() {
        String reserved = newCharge();
        String taken = newCharge();
        String givenUp = newCharge();
        asked(authorize(reserved), authorize(taken), authorize(givenUp));
        asked(capture(taken));
        String fresh = newCharge();

        assertThat(asked(
                        capture(reserved),
                        authorize(fresh),
                        cancel(givenUp),
                        refund(taken, "a", "2.00"),
                        cancel(newCharge())))
                .containsExactly("CAPTURED0", "AUTHORIZED0", "VOIDED0", "CAPTURED1", "nothing");

        assertThat(charge(reserved)).isEqualTo("CAPTURED 9.00 9.00 0.00");
        assertThat(charge(fresh)).isEqualTo("AUTHORIZED 9.00 0.00 0.00");
        assertThat(charge(givenUp)).isEqualTo("VOIDED 9.00 0.00 0.00");
        assertThat(charge(taken)).isEqualTo("CAPTURED 9.00 9.00 2.00");
    }

    @Test
    @Tag("PAY-06")
    void whatIsAskedOfOneChargeInABatchIsDoneOneAfterAnother() {
        String charge = newCharge();
        String other = newCharge();

        assertThat(asked(
                        authorize(charge),
                        authorize(other),
                        authorize(charge),
                        capture(charge),
                        cancel(charge),
                        refund(charge, "a", "4.00"),
                        refund(charge, "a", "4.00"),
                        refund(charge, "b", "6.00")))
                .containsExactly(
                        "AUTHORIZED0",
                        "AUTHORIZED0",
                        "AUTHORIZED0",
                        "CAPTURED0",
                        "CAPTURED0",
                        "CAPTURED1",
                        "CAPTURED1",
                        "CAPTURED1");

        assertThat(charge(charge)).isEqualTo("CAPTURED 9.00 9.00 4.00");
        assertThat(charge(other)).isEqualTo("AUTHORIZED 9.00 0.00 0.00");
        assertThat(Stream.of(authorize(charge), authorize(other), capture(charge), refund(charge, "a", "4.00")))
                .extracting(TestProviderBooksDbTest::timesAsked)
                .containsExactly(2, 1, 1, 2);
    }

    @Test
    void cardsWithHabitsAndUnknownChargesAreLeftAloneBesideOthers() {
        String habit = newCharge();
        FIXTURE.asSystem(() -> FIXTURE.testProvider.payments().authorize(habit, PRICE, "tok:capture=flaky(0)"));
        String plain = newCharge();
        asked(authorize(plain));

        assertThat(asked(capture(habit), capture(newCharge()), capture(plain)))
                .containsExactly("nothing", "nothing", "CAPTURED0");

        assertThat(charge(habit)).isEqualTo("AUTHORIZED 9.00 0.00 0.00");
        assertThat(timesAsked(capture(habit))).isZero();
        assertThat(asked()).isEmpty();
    }
}
