package org.cartulary.payment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.payment.TestCardHabits.Kind;
import org.cartulary.payment.TestCardHabits.Operation;
import org.cartulary.payment.TestProviderBooks.Request;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A provider for development and tests with every bad habit that a real one may have; the token says which. It stands for
 * the outside world: it keeps books of its own, written apart from what we record of its answers. Thread-safe.
 */
final class TestPaymentProvider implements PaymentProvider {

    static final String NAME = "TEST";

    private static final BigDecimal TOO_MUCH = new BigDecimal("1.00");
    private static final int DUE_AT_ONCE = 100;

    private final Database database;
    private final TestProviderBooks books;
    private final TestProviderWebhooks webhooks;
    private final Coalescer<Request, Optional<TestProviderBooks.Charge>> plainly;

    TestPaymentProvider(Database database, TestProviderBooks books, TestProviderWebhooks webhooks) {
        this.database = database;
        this.books = books;
        this.webhooks = webhooks;
        this.plainly = Coalescing.of(database)
                .together(
                        "ask-test-provider",
                        (tx, calls) -> books.askPlainly(
                                tx, calls.stream().map(Call::command).toList()));
    }

    /** What was done, what the answer of that is, and how it is given. */
    private record Done(
            TestCardHabits.Step step, boolean isDone, ProviderAnswer answer, TestCardHabits.Webhooks told) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ProviderAnswer authorize(String key, Money amount, String token) {
        String habits =
                TestCardHabits.ofToken(token).map(TestCardHabits::text).orElse("authorize=declined(invalid_token)");
        Request request = new Request(Operation.AUTHORIZE, key, key, account(), habits, amount);
        return habits.isEmpty()
                ? askedPlainly(request).orElseGet(() -> answer(request, amount))
                : answer(request, amount);
    }

    @Override
    public ProviderAnswer capture(String chargeKey, String key, Money amount) {
        return ofCharge(new Request(Operation.CAPTURE, key, chargeKey, account(), "", amount));
    }

    @Override
    public ProviderAnswer cancel(String chargeKey, String key) {
        return ofCharge(new Request(Operation.VOID, key, chargeKey, account(), "", null));
    }

    @Override
    public ProviderAnswer refund(String chargeKey, String key, Money amount) {
        return ofCharge(new Request(Operation.REFUND, key, chargeKey, account(), "", amount));
    }

    /** Most cards have no habits, which the books know of the charge. */
    private ProviderAnswer ofCharge(Request request) {
        return askedPlainly(request).orElseGet(() -> answer(request.of(habits(request.chargeKey())), request.amount()));
    }

    /** The answer to what a card without habits is asked for; nothing, and nothing is done, if it has some. */
    private Optional<ProviderAnswer> askedPlainly(Request request) {
        return request.account() == null
                ? Optional.empty()
                : plainly.call(request).map(charge -> outcome(request, Optional.of(charge.charge())));
    }

    private static @Nullable UUID account() {
        RequestContext context = RequestContext.currentOrNull();
        return context == null ? null : context.tenantId();
    }

    private String habits(String chargeKey) {
        return database.asWorker(tx -> books.find(tx, chargeKey)
                .map(TestProviderBooks.Charge::habits)
                // What was asked for may not have become a charge yet.
                .or(() -> books.habitsAskedWith(tx, chargeKey))
                .orElse(""));
    }

    private ProviderAnswer answer(Request request, @Nullable Money amount) {
        Done done = database.asWorker(tx -> ask(tx, request));
        if (done.told() == TestCardHabits.Webhooks.EARLY) {
            webhooks.deliver();
        }
        TestCardHabits.Step step = done.step();
        return switch (step.kind()) {
            case OK -> done.answer();
            case DECLINED -> declined(step.code());
            case CAPTURED -> declined(ProviderAnswer.CAPTURED);
            case ERROR_BUT_DONE -> declined("processing_error");
            case TIMEOUT, LOST -> new ProviderAnswer.Unknown("the provider did not answer in time");
            case FAIL -> new ProviderAnswer.Unknown("the provider is out of order");
            case HANG -> {
                pause(step.time());
                yield new ProviderAnswer.Unknown("the provider did not answer in time");
            }
            case SLOW -> {
                pause(step.time());
                yield done.answer();
            }
            case UNKNOWN_CHARGE -> done.isDone() ? done.answer() : declined("no_such_charge");
            case PROCESSING, LATE ->
                done.isDone() ? done.answer() : new ProviderAnswer.Unknown("the provider is still at it");
            case WRONG_AMOUNT ->
                done.answer() instanceof ProviderAnswer.Approved approved && amount != null
                        ? TestProviderBooks.approved(approved.reference(), tooMuch(amount))
                        : done.answer();
        };
    }

    private static Money tooMuch(Money amount) {
        return Money.of(amount.amount().add(TOO_MUCH), Money.currencyOf(amount.currencyCode()));
    }

    /** The habit is to keep whoever asks waiting; whoever asks ends it by an interrupt. */
    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Done ask(Transaction tx, Request request) {
        TestCardHabits habits = TestCardHabits.parse(request.habits()).orElseThrow();
        TestProviderBooks.Asked asked = books.ask(tx, request);
        TestCardHabits.Step step = habits.step(request.operation(), asked.times());
        boolean isDone = step.kind().isDone()
                || (step.kind() == Kind.LATE && asked.isDue())
                || (step.kind() == Kind.UNKNOWN_CHARGE
                        && books.find(tx, request.chargeKey()).isPresent());
        boolean isChanged = false;
        if (isDone) {
            isChanged = perform(tx, request, step.kind());
        } else if (step.kind() == Kind.DECLINED && request.operation() == Operation.AUTHORIZE) {
            isChanged = books.authorize(tx, request, Objects.requireNonNull(request.amount()), step.code());
        } else if (step.kind() == Kind.CAPTURED) {
            isChanged = books.capture(tx, request.chargeKey());
        } else if (step.kind() == Kind.PROCESSING || step.kind() == Kind.LATE) {
            books.takeOn(tx, request, step.kind() == Kind.LATE ? step.time() : null);
        }
        if (isChanged) {
            webhooks.tell(tx, request, habits.webhooks());
        }
        return new Done(step, isDone, answer(tx, request, isDone), habits.webhooks());
    }

    private ProviderAnswer answer(Transaction tx, Request request, boolean isDone) {
        return isDone
                ? outcome(request, books.find(tx, request.chargeKey()).map(TestProviderBooks.Charge::charge))
                : declined("not_done");
    }

    private boolean perform(Transaction tx, Request request, Kind kind) {
        Money amount = request.amount();
        boolean isChanged = switch (request.operation()) {
            case AUTHORIZE ->
                books.authorize(
                        tx,
                        request,
                        kind == Kind.WRONG_AMOUNT
                                ? tooMuch(Objects.requireNonNull(amount))
                                : Objects.requireNonNull(amount),
                        null);
            case CAPTURE -> books.capture(tx, request.chargeKey());
            case VOID -> books.cancel(tx, request);
            case REFUND -> books.refund(tx, request, Objects.requireNonNull(amount));
        };
        books.finish(tx, request);
        return isChanged;
    }

    /** Whether what was asked for is so, now or since an earlier call. */
    private static ProviderAnswer outcome(Request request, Optional<ProviderCharge> found) {
        if (found.isEmpty()) {
            return declined("no_such_charge");
        }
        ProviderCharge charge = found.get();
        ProviderAnswer.Approved approved = charge.approval();
        return switch (request.operation()) {
            case AUTHORIZE ->
                switch (charge.state()) {
                    case AUTHORIZED, CAPTURED -> approved;
                    case VOIDED -> declined("voided");
                    case DECLINED -> declined(Objects.requireNonNullElse(charge.declineCode(), "card_declined"));
                };
            case CAPTURE -> charge.state() == ProviderCharge.State.CAPTURED ? approved : declined("not_authorized");
            case VOID -> charge.isLive() ? declined(ProviderAnswer.CAPTURED) : approved;
            case REFUND ->
                charge.refundKeys().contains(request.key())
                        ? TestProviderBooks.approved(approved.reference(), request.amount())
                        : declined("not_refundable");
        };
    }

    /** Whoever looks also asks for what is still under way. */
    @Override
    public ProviderLookup find(String chargeKey) {
        return database.asWorker(tx -> {
            boolean isAuthorizing = false;
            for (Request request : books.underWay(tx, chargeKey)) {
                Done done = ask(tx, request);
                isAuthorizing |= request.operation() == Operation.AUTHORIZE && !done.isDone();
            }
            Optional<ProviderCharge> charge = books.find(tx, chargeKey).map(TestProviderBooks.Charge::charge);
            if (charge.isEmpty() && isAuthorizing) {
                return new ProviderLookup.Unknown("the provider is still at it");
            }
            return charge.<ProviderLookup>map(ProviderLookup.Found::new).orElseGet(ProviderLookup.NotFound::new);
        });
    }

    /** Does unasked what was to be done late, as a provider does behind its customers' backs. */
    void doWhatIsDue() {
        database.asWorker(tx -> {
            var due = books.due(tx, DUE_AT_ONCE);
            due.forEach(request -> ask(tx, request));
            return due.size();
        });
    }

    private static ProviderAnswer declined(String code) {
        return new ProviderAnswer.Declined(code, "the provider declined: " + code.replace('_', ' '));
    }
}
