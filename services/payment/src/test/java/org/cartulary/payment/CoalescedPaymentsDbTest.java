package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.database.TransactionWork;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** What becomes of calls that share one batch, in each of its kinds. */
@Tag("PAY-02")
class CoalescedPaymentsDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();
    private static final CoalescedPayments PAYMENTS =
            new CoalescedPayments(FIXTURE.database, new Outbox(FIXTURE.database, FIXTURE.bus, FIXTURE.json));
    private static final ProviderAnswer.Approved APPROVED = TestProviderBooks.approved("ch_1", null);
    private static final ProviderAnswer.Declined DECLINED = new ProviderAnswer.Declined("card_declined", "no");

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @AfterEach
    void nothingIsBroken() {
        // The provider is not asked here.
        assertThat(FIXTURE.brokenInvariants()).isSubsetOf("provider-books-equal-ours");
    }

    private static <T> T inBatch(TransactionWork<T> work) {
        return FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(work));
    }

    @SafeVarargs
    private static <C> List<Call<C>> calls(C... commands) {
        List<Call<C>> calls = new ArrayList<>();
        for (C command : commands) {
            calls.add(new Call<>(command, "0"));
        }
        return calls;
    }

    private static AuthorizePayment command(UUID order, String amount) {
        return new AuthorizePayment(order, null, PaymentFixture.gbp(amount), "TEST", "tok_ok");
    }

    private static Payment started(UUID order, String amount) {
        return inBatch(tx -> CoalescedPayments.startAll(tx, calls(command(order, amount))))
                .getFirst();
    }

    private static Payment started() {
        return started(Ids.next(), "5.00");
    }

    private static Payment authorized(Payment payment) {
        return inBatch(tx -> CoalescedPayments.recordAll(tx, calls(approval(payment))))
                .getFirst();
    }

    private static Payment declined(Payment payment) {
        return inBatch(tx -> CoalescedPayments.recordAll(tx, calls(refusal(payment))))
                .getFirst();
    }

    private static CoalescedPayments.Answer approval(Payment payment) {
        return new CoalescedPayments.Answer(payment, APPROVED, null);
    }

    private static CoalescedPayments.Answer refusal(Payment payment) {
        return new CoalescedPayments.Answer(payment, null, DECLINED);
    }

    private static List<Payment.Status> statuses(List<Payment> payments) {
        return payments.stream().map(Payment::status).toList();
    }

    /** The states that the payment went through, with their versions. */
    private static String history(Payment payment) {
        return FIXTURE.testDatabase
                .admin()
                .sql("""
                        SELECT string_agg(concat_ws(' ', payment_version, event_data ->> 'from', event_data ->> 'to'), ', '
                                          ORDER BY payment_version)
                        FROM payment_events WHERE payment_id = :payment
                        """)
                .param("payment", payment.id())
                .query(String.class)
                .single();
    }

    @Test
    @Tag("PAY-06")
    void ofABatchEachOrderGetsItsOnePaymentAndTheFirstCommandBeginsIt() {
        UUID known = Ids.next();
        Payment before = started(known, "7.00");
        UUID cancelled = Ids.next();
        FIXTURE.cancel(cancelled);
        UUID fresh = Ids.next();
        UUID free = Ids.next();

        List<Payment> payments = inBatch(tx -> CoalescedPayments.startAll(
                tx,
                calls(
                        command(fresh, "1.00"),
                        command(known, "8.00"),
                        command(free, "0.00"),
                        command(fresh, "2.00"),
                        command(cancelled, "3.00"),
                        command(free, "4.00"))));

        assertThat(payments).extracting(Payment::orderId).containsExactly(fresh, known, free, fresh, cancelled, free);
        assertThat(statuses(payments))
                .containsExactly(
                        Payment.Status.PENDING,
                        Payment.Status.PENDING,
                        Payment.Status.AUTHORIZED,
                        Payment.Status.PENDING,
                        Payment.Status.CANCELLED,
                        Payment.Status.AUTHORIZED);
        assertThat(payments.get(0))
                .isEqualTo(payments.get(3))
                .satisfies(payment -> assertThat(payment.amount()).isEqualByComparingTo("1.00"));
        assertThat(payments.get(1)).isEqualTo(before);
        assertThat(payments.get(2))
                .isEqualTo(payments.get(5))
                .satisfies(payment -> assertThat(payment.method()).isEqualTo("NONE"));
        assertThat(FIXTURE.transactions(fresh)).isEqualTo("AUTHORIZE PENDING 1.00");
        assertThat(FIXTURE.transactions(known)).isEqualTo("AUTHORIZE PENDING 7.00");
        assertThat(FIXTURE.transactions(free)).isNull();
        assertThat(history(payments.get(0))).isEqualTo("1 PENDING");
        assertThat(history(payments.get(2))).isEqualTo("1 PENDING, 2 PENDING AUTHORIZED");
    }

    @Test
    @Tag("PAY-06")
    void ofABatchOfAnswersTheFirstOfAPaymentCountsAndOnlyIfItWaitsForOne() {
        Payment approved = started();
        Payment declined = started();
        Payment ended = started();
        FIXTURE.cancel(ended.orderId());
        Payment twice = started();

        List<Payment> payments = inBatch(tx -> CoalescedPayments.recordAll(
                tx, calls(approval(twice), refusal(declined), approval(ended), approval(approved), refusal(twice))));

        assertThat(payments)
                .extracting(Payment::id)
                .containsExactly(twice.id(), declined.id(), ended.id(), approved.id(), twice.id());
        assertThat(statuses(payments))
                .containsExactly(
                        Payment.Status.AUTHORIZED,
                        Payment.Status.FAILED,
                        Payment.Status.CANCELLED,
                        Payment.Status.AUTHORIZED,
                        Payment.Status.AUTHORIZED);
        assertThat(payments.get(1).errorCode()).isEqualTo("card_declined");
        assertThat(FIXTURE.transactions(twice.orderId())).isEqualTo("AUTHORIZE SUCCEEDED 5.00");
        assertThat(FIXTURE.transactions(declined.orderId())).isEqualTo("AUTHORIZE FAILED 5.00");
        assertThat(history(approved)).isEqualTo("1 PENDING, 2 PENDING AUTHORIZED");
        assertThat(history(twice)).isEqualTo("1 PENDING, 2 PENDING AUTHORIZED");
    }

    @Test
    @Tag("PAY-06")
    void anAnswerToWhatWasNotAskedForFailsTheBatchAndRecordsNothing() {
        Payment good = started();
        Payment unasked = started();
        FIXTURE.testDatabase
                .admin()
                .sql("UPDATE payment_transactions SET status = 'FAILED', finished_at = now() WHERE payment_id = :id")
                .param("id", unasked.id())
                .update();

        assertThatThrownBy(() ->
                        inBatch(tx -> CoalescedPayments.recordAll(tx, calls(approval(good), approval(unasked)))))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("no open transaction " + ProviderKeys.authorize(unasked.orderId()));

        assertThat(FIXTURE.status(good.orderId())).isEqualTo("PENDING");
        assertThat(FIXTURE.status(unasked.orderId())).isEqualTo("PENDING");
    }

    @Test
    void oneAnswerIsRecordedByHand() {
        Payment payment = started();
        String status = inBatch(tx -> tx.jdbc()
                .sql("""
                        SELECT status FROM process_payment_authorization(:tenant, :payment, :key, true, 'ch_1', 'CARD', 'visa',
                            '4242', NULL, NULL)
                        """)
                .param("tenant", FIXTURE.tenant)
                .param("payment", payment.id())
                .param("key", ProviderKeys.authorize(payment.orderId()))
                .query(String.class)
                .single());
        assertThat(status).isEqualTo("AUTHORIZED");
        assertThat(FIXTURE.transactions(payment.orderId())).isEqualTo("AUTHORIZE SUCCEEDED 5.00");
    }

    @Test
    void ofABatchOfCapturesThoseOfAuthorizedPaymentsBeginOnce() {
        Payment authorized = authorized(started());
        Payment pending = started();
        Payment failed = declined(started());
        Payment free = started(Ids.next(), "0.00");
        UUID unknown = Ids.next();

        List<Optional<Payment>> payments = inBatch(tx -> CoalescedPayments.startCaptures(
                tx,
                calls(
                        authorized.orderId(),
                        unknown,
                        pending.orderId(),
                        authorized.orderId(),
                        failed.orderId(),
                        free.orderId())));

        assertThat(payments)
                .containsExactly(
                        Optional.of(authorized),
                        Optional.empty(),
                        Optional.of(pending),
                        Optional.of(authorized),
                        Optional.of(failed),
                        Optional.of(free));
        assertThat(FIXTURE.transactions(authorized.orderId()))
                .isEqualTo("AUTHORIZE SUCCEEDED 5.00, CAPTURE PENDING 5.00");
        assertThat(FIXTURE.transactions(pending.orderId())).isEqualTo("AUTHORIZE PENDING 5.00");
        assertThat(FIXTURE.transactions(failed.orderId())).isEqualTo("AUTHORIZE FAILED 5.00");
        assertThat(FIXTURE.transactions(free.orderId())).isNull();
    }

    @Test
    @Tag("PAY-06")
    void ofABatchOfTakenMoneyEachPaymentIsCapturedAndPublishedOnce() {
        Payment begun = authorized(started());
        inBatch(tx -> CoalescedPayments.startCaptures(tx, calls(begun.orderId())));
        Payment unasked = authorized(started());
        Payment pending = started();
        Payment free = started(Ids.next(), "0.00");

        List<Boolean> captured = inBatch(tx -> PAYMENTS.captureAll(
                tx,
                Stream.of(begun, pending, unasked, begun, free)
                        .map(payment -> new Call<>(new CoalescedPayments.Capture(payment, "ch_1"), "0"))
                        .toList()));

        assertThat(captured).containsExactly(true, false, true, false, true);
        for (Payment payment : List.of(begun, unasked)) {
            assertThat(FIXTURE.transactions(payment.orderId()))
                    .isEqualTo("AUTHORIZE SUCCEEDED 5.00, CAPTURE SUCCEEDED 5.00");
            assertThat(FIXTURE.events(payment.orderId())).isEqualTo("payment.captured.v1 3");
            assertThat(history(payment)).isEqualTo("1 PENDING, 2 PENDING AUTHORIZED, 3 AUTHORIZED CAPTURED");
        }
        assertThat(FIXTURE.transactions(free.orderId())).isNull();
        assertThat(FIXTURE.events(free.orderId())).isEqualTo("payment.captured.v1 3");
        assertThat(FIXTURE.events(pending.orderId())).isNull();
        assertThat(FIXTURE.status(pending.orderId())).isEqualTo("PENDING");
    }

    @Test
    void batchesLockTheirPaymentsInOneOrderWhateverThatOfTheirCalls() throws Exception {
        Payment first = started();
        Payment second = started();
        assertThat(first.id().toString()).isLessThan(second.id().toString());
        List<Payment> authorized = whileLocked(
                first, second, tx -> CoalescedPayments.recordAll(tx, calls(approval(second), approval(first))));
        assertThat(statuses(authorized)).containsExactly(Payment.Status.AUTHORIZED, Payment.Status.AUTHORIZED);

        List<Boolean> captured = whileLocked(
                first,
                second,
                tx -> PAYMENTS.captureAll(
                        tx,
                        calls(
                                new CoalescedPayments.Capture(second, "ch_1"),
                                new CoalescedPayments.Capture(first, "ch_1"))));
        assertThat(captured).containsExactly(true, true);
    }

    /** Runs the batch while the first payment is somebody else's, and looks whether it holds the second one meanwhile. */
    private static <T> T whileLocked(Payment first, Payment second, TransactionWork<T> batch) throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<T> waiting = inBatch(tx -> {
                assertThat(FIXTURE.store.lock(tx, first.orderId())).isPresent();
                Future<T> begun = other.submit(() -> inBatch(batch));
                FIXTURE.testDatabase.awaitLockWaitOr(begun::isDone);
                assertThat(isFree(second))
                        .as("the second is not locked before the first")
                        .isTrue();
                return begun;
            });
            return waiting.get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean isFree(Payment payment) {
        return FIXTURE.testDatabase
                .admin()
                .sql("SELECT id FROM payments WHERE id = :id FOR UPDATE SKIP LOCKED")
                .param("id", payment.id())
                .query(UUID.class)
                .optional()
                .isPresent();
    }
}
