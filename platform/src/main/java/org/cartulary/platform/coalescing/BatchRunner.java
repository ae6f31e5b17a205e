package org.cartulary.platform.coalescing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.SqlUse;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches. A batch that fails is rolled back as a whole: the call that made it fail, where that is known, is run alone, and
 * the others once more together; where it is not known, the batch is halved until it is. If somebody else holds a row for
 * long, all calls are run alone and beside the batches, so that those who want other rows do not wait. Thread-safe.
 */
final class BatchRunner {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Database database;
    private final CoalescingLimits limits;
    private final Semaphore alone;

    BatchRunner(Database database, CoalescingLimits limits) {
        this.database = database;
        this.limits = limits;
        this.alone = new Semaphore(limits.callsAlone());
    }

    /** Runs the calls and answers each of them, some of them perhaps after this method has returned. */
    void run(List<PendingCall<?, ?>> calls) {
        if (calls.size() == 1) {
            runLast(calls.getFirst());
            return;
        }
        List<Part<?, ?>> parts = parts(calls);
        try {
            commit(parts, limits.longestLockWaitInBatch());
        } catch (CallFailedException failure) {
            List<PendingCall<?, ?>> others = new ArrayList<>(calls);
            for (Part<?, ?> part : parts) {
                PendingCall<?, ?> culprit = part.failed();
                if (culprit != null) {
                    others.remove(culprit);
                    runBeside(culprit);
                }
            }
            run(others);
        } catch (Throwable failure) {
            if (hasWaitedForALock(failure)) {
                calls.forEach(this::runBeside);
            } else {
                int half = calls.size() / 2;
                run(calls.subList(0, half));
                run(calls.subList(half, calls.size()));
            }
        }
    }

    private void commit(List<Part<?, ?>> parts, Duration longestLockWait) {
        List<PendingCall<?, ?>> calls = new ArrayList<>();
        parts.forEach(part -> calls.addAll(part.calls));
        SqlUse use = SqlUse.begin(calls.stream().anyMatch(PendingCall::keepsTexts));
        use.count(() -> database.inTransaction(longestLockWait, transaction -> {
            parts.forEach(part -> part.run(transaction));
            return parts;
        }));
        calls.forEach(call -> call.charge(use, calls.size()));
        parts.forEach(Part::answer);
    }

    /** A call that nobody is left to share with, on this thread. */
    private void runLast(PendingCall<?, ?> call) {
        try {
            commit(parts(List.of(call)), limits.longestLockWaitAlone());
        } catch (CallFailedException failure) {
            call.fail(failure.failure());
        } catch (Throwable failure) {
            // An Error too: whoever waits has to hear of it.
            call.fail(failure);
        }
    }

    /** Runs a call alone on a thread of its own, so that the next batches need not wait for it. */
    private void runBeside(PendingCall<?, ?> call) {
        RequestContext context = RequestContext.current();
        Thread.ofVirtual().name("alone-" + database.service()).start(() -> {
            alone.acquireUninterruptibly();
            try {
                context.run(() -> runLast(call));
            } finally {
                alone.release();
            }
        });
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
        private @Nullable List<R> answers;
        private @Nullable PendingCall<C, R> failed;

        Part(Coalescer<C, R> kind) {
            this.kind = kind;
        }

        @SuppressWarnings("unchecked") // a call is of the types of its kind
        void add(PendingCall<?, ?> call) {
            calls.add((PendingCall<C, R>) call);
        }

        void run(Transaction transaction) {
            List<R> results;
            try {
                results = kind.work()
                        .run(transaction, calls.stream().map(PendingCall::call).toList());
            } catch (CallFailedException failure) {
                failed = calls.get(failure.position());
                throw failure;
            }
            if (results.size() != calls.size()) {
                throw new IllegalStateException(
                        kind.name() + " gave " + results.size() + " answers to " + calls.size() + " calls");
            }
            answers = results;
        }

        /** The call that made the batch fail, if it is one of these and known. */
        @Nullable PendingCall<C, R> failed() {
            return failed;
        }

        void answer() {
            if (answers == null) {
                throw new IllegalStateException(kind.name() + " was not run");
            }
            kind.batchSize().record(calls.size());
            for (int i = 0; i < calls.size(); i++) {
                calls.get(i).answer(answers.get(i));
            }
        }
    }
}
