package org.cartulary.payment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.NewEvent;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlValue;

/**
 * What every purchase writes of its payment: the changes of one kind that callers make at the same time are one call of a
 * function of the database, which decides them all by one statement for each table. Thread-safe.
 */
final class CoalescedPayments {

    /** A provider's answer to an authorisation: one of both. */
    record Answer(
            Payment payment, ProviderAnswer.@Nullable Approved approved, ProviderAnswer.@Nullable Declined declined) {

        UUID paymentId() {
            return payment.id();
        }

        String key() {
            return ProviderKeys.authorize(payment.orderId());
        }
    }

    /** Money that a provider has taken. */
    record Capture(Payment payment, String reference) {}

    private final Outbox outbox;
    private final Coalescer<AuthorizePayment, Payment> starting;
    private final Coalescer<Answer, Payment> authorizing;
    private final Coalescer<UUID, Optional<Payment>> startingCapture;
    private final Coalescer<Capture, Boolean> capturing;

    CoalescedPayments(Database database, Outbox outbox) {
        this.outbox = outbox;
        Coalescing coalescing = Coalescing.of(database);
        this.starting = coalescing.together("start-payment", CoalescedPayments::startAll);
        this.authorizing = coalescing.together("record-authorization", CoalescedPayments::recordAll);
        this.startingCapture = coalescing.together("start-capture", CoalescedPayments::startCaptures);
        this.capturing = coalescing.together("record-capture", this::captureAll);
    }

    /** The payment of the order, begun now if there was none. */
    Payment start(AuthorizePayment command) {
        return starting.call(command);
    }

    /** Records an approval, if the payment waits for one. */
    Payment authorized(Payment payment, ProviderAnswer.Approved answer) {
        return authorizing.call(new Answer(payment, answer, null));
    }

    /** Records a refusal, if the payment waits for an answer. */
    Payment declined(Payment payment, ProviderAnswer.Declined answer) {
        return authorizing.call(new Answer(payment, null, answer));
    }

    /** The payment of the order, if there is one; writes down that its money is to be taken, if it is AUTHORIZED. */
    Optional<Payment> startCapture(UUID orderId) {
        return startingCapture.call(orderId);
    }

    /** Records and publishes that the money was taken, if the payment is still AUTHORIZED; says whether it was. */
    boolean captured(Payment payment, String reference) {
        return capturing.call(new Capture(payment, reference));
    }

    /** The payments of the orders, in the order of the calls; begun now where there were none. */
    static List<Payment> startAll(Transaction tx, List<Call<AuthorizePayment>> calls) {
        List<AuthorizePayment> commands = commands(calls);
        List<Payment> payments = tx.jdbc()
                .sql("""
                        SELECT * FROM start_payments(:tenantId, :paymentIds, :transactionIds, :orderIds, :customerIds,
                            :providers, :amounts, :currencies, :keys)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentIds", Sql.uuidArray(commands, command -> Ids.next()))
                .param("transactionIds", Sql.uuidArray(commands, command -> Ids.next()))
                .param("orderIds", Sql.uuidArray(commands, AuthorizePayment::orderId))
                .param("customerIds", Sql.uuidArray(commands, AuthorizePayment::customerId))
                .param("providers", Sql.textArray(commands, AuthorizePayment::provider))
                .param(
                        "amounts",
                        Sql.numericArray(commands, command -> command.amount().amount()))
                .param(
                        "currencies",
                        Sql.textArray(commands, command -> command.amount().currencyCode()))
                .param("keys", Sql.textArray(commands, command -> ProviderKeys.authorize(command.orderId())))
                .query(Payment::of)
                .list();
        return ofEach(commands, AuthorizePayment::orderId, payments, Payment::orderId);
    }

    /** The payments after the answers, in the order of the calls; of those that waited for one it is recorded. */
    static List<Payment> recordAll(Transaction tx, List<Call<Answer>> calls) {
        List<Answer> answers = commands(calls);
        List<Payment> payments = tx.jdbc()
                .sql("""
                        SELECT * FROM process_payment_authorizations(:tenantId, :paymentIds, :keys, :approvals, :references,
                            :methods, :cardBrands, :cardLastFours, :errorCodes, :errorMessages)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentIds", Sql.uuidArray(answers, Answer::paymentId))
                .param("keys", Sql.textArray(answers, Answer::key))
                .param(
                        "approvals",
                        Sql.booleanArray(answers.stream()
                                .map(answer -> answer.approved() != null)
                                .toList()))
                .param("references", approvals(answers, ProviderAnswer.Approved::reference))
                .param("methods", approvals(answers, ProviderAnswer.Approved::method))
                .param("cardBrands", approvals(answers, ProviderAnswer.Approved::cardBrand))
                .param("cardLastFours", approvals(answers, ProviderAnswer.Approved::cardLastFour))
                .param("errorCodes", refusals(answers, ProviderAnswer.Declined::code))
                .param("errorMessages", refusals(answers, ProviderAnswer.Declined::detail))
                .query(Payment::of)
                .list();
        return ofEach(answers, Answer::paymentId, payments, Payment::id);
    }

    private static SqlValue approvals(
            List<Answer> answers, Function<ProviderAnswer.Approved, ? extends @Nullable String> part) {
        return Sql.textArray(answers, answer -> answer.approved() == null ? null : part.apply(answer.approved()));
    }

    private static SqlValue refusals(List<Answer> answers, Function<ProviderAnswer.Declined, String> part) {
        return Sql.textArray(answers, answer -> answer.declined() == null ? null : part.apply(answer.declined()));
    }

    /** The payments of the orders, in the order of the calls, as far as there are some. */
    static List<Optional<Payment>> startCaptures(Transaction tx, List<Call<UUID>> calls) {
        List<UUID> orderIds = commands(calls);
        Map<UUID, Payment> payments = byKey(
                tx.jdbc()
                        .sql("SELECT * FROM start_captures(:tenantId, :orderIds, :transactionIds, :keys)")
                        .param("tenantId", RequestContext.currentTenant())
                        .param("orderIds", Sql.uuidArray(orderIds))
                        .param("transactionIds", Sql.uuidArray(orderIds, order -> Ids.next()))
                        .param("keys", Sql.textArray(orderIds, ProviderKeys::capture))
                        .query(Payment::of)
                        .list(),
                Payment::orderId);
        return orderIds.stream()
                .map(order -> Optional.ofNullable(payments.get(order)))
                .toList();
    }

    /** Whether each call was the one that captured its payment. */
    List<Boolean> captureAll(Transaction tx, List<Call<Capture>> calls) {
        Map<UUID, Long> versions = versionsOfCaptured(tx, commands(calls));
        List<Boolean> answers = new ArrayList<>();
        List<NewEvent> events = new ArrayList<>();
        for (Call<Capture> call : calls) {
            Payment payment = call.command().payment();
            // Whoever has the same payment captured later in the batch is told that it was captured before.
            Long version = versions.remove(payment.id());
            answers.add(version != null);
            if (version != null) {
                events.add(new NewEvent(
                        new PaymentCaptured(payment.id(), payment.orderId(), payment.money(payment.amount())),
                        payment.id(),
                        version,
                        call.traceId()));
            }
        }
        outbox.appendAll(tx, events);
        return answers;
    }

    /** The new versions of the payments that were still AUTHORIZED. */
    private static Map<UUID, Long> versionsOfCaptured(Transaction tx, List<Capture> captures) {
        Map<UUID, Long> versions = new HashMap<>();
        tx.jdbc()
                .sql("SELECT * FROM capture_payments(:tenantId, :paymentIds, :transactionIds, :keys, :references)")
                .param("tenantId", RequestContext.currentTenant())
                .param(
                        "paymentIds",
                        Sql.uuidArray(captures, capture -> capture.payment().id()))
                .param("transactionIds", Sql.uuidArray(captures, capture -> Ids.next()))
                .param(
                        "keys",
                        Sql.textArray(
                                captures,
                                capture ->
                                        ProviderKeys.capture(capture.payment().orderId())))
                .param("references", Sql.textArray(captures, Capture::reference))
                .query(row -> {
                    versions.put(row.getObject("payment_id", UUID.class), row.getLong("version"));
                });
        return versions;
    }

    private static <C> List<C> commands(List<Call<C>> calls) {
        return calls.stream().map(Call::command).toList();
    }

    private static Map<UUID, Payment> byKey(List<Payment> payments, Function<Payment, UUID> key) {
        return payments.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    /** The payment of each command; several commands may be of the same one. */
    private static <C> List<Payment> ofEach(
            List<C> commands, Function<C, UUID> wanted, List<Payment> payments, Function<Payment, UUID> key) {
        Map<UUID, Payment> found = byKey(payments, key);
        return commands.stream()
                .map(command -> {
                    Payment payment = found.get(wanted.apply(command));
                    if (payment == null) {
                        throw new IllegalStateException("there is no payment of " + wanted.apply(command));
                    }
                    return payment;
                })
                .toList();
    }
}
