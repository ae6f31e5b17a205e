package org.cartulary.platform.coalescing;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.SqlUse;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches. A batch that fails is rolled back and run once more, with a savepoint for each call, so that those that made it
 * fail are told from the others, which are committed. A call that had to wait for a row that somebody else holds is then run
 * by itself, beside the batches, so that those who want other rows do not wait for it. If it is the database that fails,
 * everybody is told so, and nothing is run again: nobody knows whether it was committed. Thread-safe.
 */
final class BatchRunner {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Classes of SQL states: connection, resources, operator and time-out, system. */
    private static final Set<String> STATES_OF_A_FAILING_DATABASE = Set.of("08", "53", "57", "58");

    private final Database database;
    private final CoalescingLimits limits;
    private final Semaphore alone;

    BatchRunner(Database database, CoalescingLimits limits) {
        this.database = database;
        this.limits = limits;
        this.alone = new Semaphore(limits.callsAlone(), true);
    }

    /** Runs the calls and answers each of them, some of them perhaps after this method has returned. */
    void run(List<PendingCall<?, ?>> calls) {
        List<Part<?, ?>> parts = parts(calls);
        try {
            commit(parts, limits.longestLockWaitInBatch());
        } catch (Throwable failure) {
            if (failure instanceof Error || isOfTheDatabase(failure)) {
                calls.forEach(call -> call.fail(causeFor(failure)));
            } else if (calls.size() == 1) {
                refuse(calls.getFirst(), causeFor(failure));
            } else {
                runCarefully(calls);
            }
            return;
        }
        parts.forEach(Part::answer);
    }

    private void runCarefully(List<PendingCall<?, ?>> calls) {
        List<Part<?, ?>> parts = parts(calls);
        Map<PendingCall<?, ?>, Throwable> refused = new LinkedHashMap<>();
        try {
            transaction(parts, limits.longestLockWaitOfSuspects(), transaction -> {
                refused.clear();
                parts.forEach(part -> part.runCarefully(transaction, refused));
            });
        } catch (Throwable failure) {
            calls.forEach(call -> call.fail(causeFor(failure)));
            return;
        }
        refused.forEach(this::refuse);
        parts.forEach(Part::answer);
    }

    /** Fails the call, unless it only has to wait for a row for longer than others should wait for it. */
    private void refuse(PendingCall<?, ?> call, Throwable failure) {
        if (hasWaitedForALock(failure)) {
            runBeside(call);
        } else {
            call.fail(failure);
        }
    }

    private void commit(List<Part<?, ?>> parts, Duration longestLockWait) {
        transaction(parts, longestLockWait, transaction -> parts.forEach(part -> part.run(transaction)));
    }

    /**
     * Has the work done in one transaction, and each caller that gets an answer charged with its part of the statements of its
     * kind, which are no more than its call costs by itself, whomever it shares them with. A call that is refused may be run
     * again, and is charged then.
     */
    private void transaction(List<Part<?, ?>> parts, Duration longestLockWait, Consumer<Transaction> work) {
        SqlUse use = SqlUse.begin(parts.stream().anyMatch(Part::keepsTexts));
        use.count(() -> database.inBatch(longestLockWait, transaction -> {
            work.accept(transaction);
            return parts;
        }));
        int calls = parts.stream().mapToInt(part -> part.calls.size()).sum();
        parts.forEach(part -> part.charge(use, calls));
    }

    /** Runs a call by itself on a thread of its own, so that the next batches need not wait for it. */
    private void runBeside(PendingCall<?, ?> call) {
        RequestContext context = RequestContext.current();
        Thread.ofVirtual().name("alone-" + database.service()).start(() -> context.run(() -> runAlone(call)));
    }

    private void runAlone(PendingCall<?, ?> call) {
        try {
            if (!alone.tryAcquire(limits.longestWait().toNanos(), TimeUnit.NANOSECONDS)) {
                call.fail(rowIsHeld(call));
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.fail(rowIsHeld(call));
            return;
        }
        List<Part<?, ?>> parts = parts(List.of(call));
        try {
            commit(parts, limits.longestLockWaitAlone());
        } catch (Throwable failure) {
            Throwable cause = causeFor(failure);
            call.fail(hasWaitedForALock(cause) ? rowIsHeld(call) : cause);
            return;
        } finally {
            alone.release();
        }
        parts.forEach(Part::answer);
    }

    private static ProblemException rowIsHeld(PendingCall<?, ?> call) {
        return PendingCall.overloaded(call.kind().name(), "somebody else has held what it needs for too long");
    }

    private static Throwable causeFor(Throwable failure) {
        return failure instanceof CallFailedException known ? known.failure() : failure;
    }

    private static boolean isOfTheDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                String state = refused.getSQLState();
                return state.length() == 5 && STATES_OF_A_FAILING_DATABASE.contains(state.substring(0, 2));
            }
        }
        return false;
    }

    private static boolean hasWaitedForALock(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static List<Part<?, ?>> parts(List<PendingCall<?, ?>> calls) {
        Map<Coalescer<?, ?>, Part<?, ?>> parts = new LinkedHashMap<>();
        for (PendingCall<?, ?> call : calls) {
            parts.computeIfAbsent(call.kind(), kind -> new Part<>(kind)).add(call);
        }
        return List.copyOf(parts.values());
    }

    /** The calls of one kind in a batch. */
    private static final class Part<C, R extends @Nullable Object> {

        private final Coalescer<C, R> kind;
        private final List<PendingCall<C, R>> calls = new ArrayList<>();
        private final Map<PendingCall<C, R>, R> answers = new LinkedHashMap<>();

        /** What the calls have cost, without the beginning of the transaction. */
        private SqlUse use = SqlUse.begin(false);

        Part(Coalescer<C, R> kind) {
            this.kind = kind;
        }

        @SuppressWarnings("unchecked") // a call is of the types of its kind
        void add(PendingCall<?, ?> call) {
            calls.add((PendingCall<C, R>) call);
        }

        boolean keepsTexts() {
            return calls.stream().anyMatch(PendingCall::keepsTexts);
        }

        void run(Transaction transaction) {
            begin();
            use.count(() -> run(transaction, calls));
        }

        /** Forgets a pass that was rolled back. */
        private void begin() {
            answers.clear();
            use = SqlUse.begin(keepsTexts());
        }

        void charge(SqlUse transaction, int callsOfAllKinds) {
            answers.keySet().forEach(call -> {
                call.charge(transaction, callsOfAllKinds);
                call.charge(use, calls.size());
            });
        }

        private List<PendingCall<C, R>> run(Transaction transaction, List<PendingCall<C, R>> some) {
            List<R> results = kind.work()
                    .run(transaction, some.stream().map(PendingCall::call).toList());
            if (results.size() != some.size()) {
                throw new IllegalStateException(
                        kind.name() + " gave " + results.size() + " answers to " + some.size() + " calls");
            }
            for (int i = 0; i < some.size(); i++) {
                answers.put(some.get(i), results.get(i));
            }
            return some;
        }

        /** Runs each call under a savepoint of its own, and says which are refused. */
        void runCarefully(Transaction transaction, Map<PendingCall<?, ?>, Throwable> refused) {
            begin();
            for (PendingCall<C, R> call : calls) {
                try {
                    use.count(() -> transaction.nested(nested -> run(nested, List.of(call))));
                } catch (RuntimeException failure) {
                    answers.remove(call);
                    if (isOfTheDatabase(failure)) {
                        throw failure;
                    }
                    refused.put(call, causeFor(failure));
                }
            }
        }

        /** Tells the callers, except those that were refused. */
        void answer() {
            kind.batchSize().record(answers.size());
            answers.forEach(PendingCall::answer);
        }
    }
}
