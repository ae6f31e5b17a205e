package org.cartulary.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
 * What every purchase writes of its payment: the changes of one kind that callers make at the same time are one statement of
 * one transaction, which calls the function of the database that decides each of them. Thread-safe.
 */
final class CoalescedPayments {

    /** A provider's answer to an authorisation: one of both. */
    private record Answer(
            Payment payment, ProviderAnswer.@Nullable Approved approved, ProviderAnswer.@Nullable Declined declined) {}

    private record Capture(Payment payment, String reference) {}

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

    private static List<Payment> startAll(Transaction tx, List<Call<AuthorizePayment>> calls) {
        List<AuthorizePayment> commands = calls.stream().map(Call::command).toList();
        return tx.jdbc()
                .sql("""
                        SELECT p.*
                        FROM unnest(:paymentIds, :transactionIds, :orderIds, :customerIds, :providers, :amounts, :currencies,
                                    :keys)
                             WITH ORDINALITY AS c(payment_id, transaction_id, order_id, customer_id, provider, amount,
                                                  currency, key, position)
                        CROSS JOIN LATERAL start_payment(:tenantId, c.payment_id, c.transaction_id, c.order_id,
                            c.customer_id::uuid, c.provider, c.amount, c.currency, c.key) AS p
                        ORDER BY c.position
                        """)
                .param("paymentIds", Sql.uuidArray(commands, command -> Ids.next()))
                .param("transactionIds", Sql.uuidArray(commands, command -> Ids.next()))
                .param("orderIds", Sql.uuidArray(commands, AuthorizePayment::orderId))
                .param("customerIds", Sql.textArray(commands, CoalescedPayments::customer))
                .param("providers", Sql.textArray(commands, AuthorizePayment::provider))
                .param(
                        "amounts",
                        Sql.numericArray(commands, command -> command.amount().amount()))
                .param(
                        "currencies",
                        Sql.textArray(commands, command -> command.amount().currencyCode()))
                .param("keys", Sql.textArray(commands, command -> ProviderKeys.authorize(command.orderId())))
                .param("tenantId", RequestContext.currentTenant())
                .query(Payment::of)
                .list();
    }

    private static @Nullable String customer(AuthorizePayment command) {
        UUID customer = command.customerId();
        return customer == null ? null : customer.toString();
    }

    private static List<Payment> recordAll(Transaction tx, List<Call<Answer>> calls) {
        List<Answer> answers = calls.stream().map(Call::command).toList();
        return tx.jdbc()
                .sql("""
                        SELECT p.*
                        FROM unnest(:paymentIds, :keys, :approvals, :references, :methods, :cardBrands, :cardLastFours,
                                    :errorCodes, :errorMessages)
                             WITH ORDINALITY AS c(payment_id, key, is_approved, reference, method, card_brand,
                                                  card_last_four, error_code, error_message, position)
                        CROSS JOIN LATERAL process_payment_authorization(:tenantId, c.payment_id, c.key, c.is_approved,
                            c.reference, c.method, c.card_brand, c.card_last_four, c.error_code, c.error_message) AS p
                        ORDER BY c.position
                        """)
                .param(
                        "paymentIds",
                        Sql.uuidArray(answers, answer -> answer.payment().id()))
                .param(
                        "keys",
                        Sql.textArray(
                                answers,
                                answer ->
                                        ProviderKeys.authorize(answer.payment().orderId())))
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
                .param("tenantId", RequestContext.currentTenant())
                .query(Payment::of)
                .list();
    }

    private static SqlValue approvals(
            List<Answer> answers, Function<ProviderAnswer.Approved, ? extends @Nullable String> part) {
        return Sql.textArray(answers, answer -> answer.approved() == null ? null : part.apply(answer.approved()));
    }

    private static SqlValue refusals(List<Answer> answers, Function<ProviderAnswer.Declined, String> part) {
        return Sql.textArray(answers, answer -> answer.declined() == null ? null : part.apply(answer.declined()));
    }

    private static List<Optional<Payment>> startCaptures(Transaction tx, List<Call<UUID>> calls) {
        List<UUID> orderIds = calls.stream().map(Call::command).toList();
        return tx.jdbc()
                .sql("""
                        SELECT p.*
                        FROM unnest(:orderIds, :transactionIds, :keys)
                             WITH ORDINALITY AS c(order_id, transaction_id, key, position)
                        LEFT JOIN LATERAL start_capture(:tenantId, c.order_id, c.transaction_id, c.key) AS p ON true
                        ORDER BY c.position
                        """)
                .param("orderIds", Sql.uuidArray(orderIds))
                .param("transactionIds", Sql.uuidArray(orderIds, order -> Ids.next()))
                .param("keys", Sql.textArray(orderIds, ProviderKeys::capture))
                .param("tenantId", RequestContext.currentTenant())
                .query((row, number) ->
                        row.getObject("id") == null ? Optional.<Payment>empty() : Optional.of(Payment.of(row, number)))
                .list();
    }

    private List<Boolean> captureAll(Transaction tx, List<Call<Capture>> calls) {
        List<Optional<Long>> versions =
                versionsOfCaptured(tx, calls.stream().map(Call::command).toList());
        if (versions.size() != calls.size()) {
            throw new IllegalStateException(
                    "capture_payment answered " + versions.size() + " times to " + calls.size() + " calls");
        }
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Call<Capture> call = calls.get(i);
            Payment payment = call.command().payment();
            versions.get(i)
                    .ifPresent(version -> events.add(new NewEvent(
                            new PaymentCaptured(payment.id(), payment.orderId(), payment.money(payment.amount())),
                            payment.id(),
                            version,
                            call.traceId())));
        }
        outbox.appendAll(tx, events);
        return versions.stream().map(Optional::isPresent).toList();
    }

    /** The new versions of those that were still AUTHORIZED. */
    private static List<Optional<Long>> versionsOfCaptured(Transaction tx, List<Capture> captures) {
        return tx.jdbc()
                .sql("""
                        SELECT p.version
                        FROM unnest(:paymentIds, :keys, :references)
                             WITH ORDINALITY AS c(payment_id, key, reference, position)
                        LEFT JOIN LATERAL capture_payment(:tenantId, c.payment_id, c.key, c.reference) AS p ON p.was_changed
                        ORDER BY c.position
                        """)
                .param(
                        "paymentIds",
                        Sql.uuidArray(captures, capture -> capture.payment().id()))
                .param(
                        "keys",
                        Sql.textArray(
                                captures,
                                capture ->
                                        ProviderKeys.capture(capture.payment().orderId())))
                .param("references", Sql.textArray(captures, Capture::reference))
                .param("tenantId", RequestContext.currentTenant())
                .query((row, number) -> Optional.ofNullable(row.getObject("version", Long.class)))
                .list();
    }
}
