package org.cartulary.platform.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.PassingFaults;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

/** One run of one saga, by the holder of its lease. Used once, by one thread, outside any transaction. */
final class SagaRunner<S> {

    private static final Logger LOG = LoggerFactory.getLogger(SagaRunner.class);
    private static final int MAX_COMPENSATIONS_IN_LINE = 3;

    private final Environment<S> environment;
    private final HeldLease lease;
    private final SagaStore.Lease held;
    private final List<SagaStep<S>> steps;
    private final List<StepNote> notes = new ArrayList<>();
    private long storedAtNanos;

    /** What all runs of one kind of saga share. */
    record Environment<S>(
            Database database,
            Coalescer<EndingSagas.Ending<S>, SagaEndStatus> ends,
            SagaDefinition<S> definition,
            JsonMapper json,
            SagaStore store,
            SagaMeters meters,
            SagaHeartbeat heartbeat,
            SagaListeners listeners) {}

    /** Runs a saga by the steps of its form. */
    SagaRunner(Environment<S> environment, List<SagaStep<S>> steps, HeldLease lease, long takenAtNanos) {
        this.steps = steps;
        this.environment = environment;
        this.lease = lease;
        this.held = lease.lease();
        this.storedAtNanos = takenAtNanos;
    }

    /** Runs a new saga. */
    SagaOutcome<S> run(S state) {
        return underLease(() -> forward(state, 0, 0));
    }

    /** Goes on with a saga where it was stored. */
    SagaOutcome<S> resume(SagaStore.Leased saga) {
        return underLease(() -> {
            reached("resumed");
            S state;
            Refusal refusal;
            try {
                state = environment.json().readValue(saga.state(), definition().stateType());
                refusal = saga.compensating() ? Refusal.read(environment.json(), saga.refusal()) : null;
            } catch (Throwable e) {
                LOG.warn("the saga {} cannot be read", held.sagaId(), e);
                return suspend(saga.step(), null, e);
            }
            // An operator's decision may lead past the last step.
            int step = Math.min(saga.step(), steps.size());
            return refusal == null
                    ? forward(state, step, saga.attempts())
                    : backward(state, step - 1, saga.attempts(), refusal);
        });
    }

    private SagaDefinition<S> definition() {
        return environment.definition();
    }

    private void reached(String point) {
        environment.listeners().reached(held.sagaId(), point);
    }

    private void reached(SagaStep<S> step, String point) {
        environment.listeners().reached(held.sagaId(), step, point);
    }

    private SagaOutcome<S> underLease(Supplier<SagaOutcome<S>> work) {
        Database.requireNoTransaction("a saga");
        environment.heartbeat().begin(environment.database(), lease);
        try {
            return work.get();
        } catch (LostLeaseException e) {
            environment.meters().lostLease();
            LOG.info("another node runs the saga {} now", held.sagaId());
            return new SagaOutcome.Pending<>(held.sagaId());
        } catch (DataAccessException e) {
            LOG.warn("how far the saga {} came could not be written; it is recovered", held.sagaId(), e);
            return new SagaOutcome.Pending<>(held.sagaId());
        } finally {
            environment.heartbeat().end(lease);
        }
    }

    private SagaOutcome<S> forward(S initial, int first, int attempts) {
        S state = initial;
        for (int number = first; number < steps.size(); number++) {
            SagaStep<S> step = steps.get(number);
            if (!step.isNeeded(state)) {
                continue;
            }
            keepHold(number, state, null);
            Instant began = Instant.now();
            reached(step, "before");
            StepResult<S> result;
            try {
                result = step.run(state, new SagaRun(held.sagaId(), number, number == first ? attempts : 0));
            } catch (Throwable e) {
                // An Error too: uncaught it would come to each node that takes the saga up, and be counted by none.
                LOG.warn("the step {} of the saga {} failed", step.name(), held.sagaId(), e);
                note(number, step, "pending", began, String.valueOf(e));
                return suspend(number, state, e);
            }
            switch (result) {
                case StepResult.Done<S>(S next) -> {
                    reached(step, "done");
                    state = next;
                    note(number, step, "completed", began, null);
                }
                case StepResult.Retry<S>(String why) -> {
                    note(number, step, "pending", began, why);
                    return suspend(number, state, new UnknownOutcomeException(why));
                }
                case StepResult.Refused<S>(S last, String code, String detail) -> {
                    note(number, step, "failed", began, code + ": " + detail);
                    return definition().forwardOnly() && number > 0
                            ? suspend(
                                    number,
                                    last,
                                    new IllegalStateException(
                                            "refused, though only the first step may be: " + code + ": " + detail))
                            : refuse(last, new Refusal(number, code, detail));
                }
            }
        }
        return end(state, steps.size(), SagaEndStatus.COMPLETED, null);
    }

    private SagaOutcome<S> refuse(S state, Refusal refusal) {
        int last = refusal.step() - 1;
        if (last >= 0) {
            // From here on the saga must not go forward again, even after a crash: what is undone stays undone.
            reached("refused/before");
            progress(refusal.step(), state, refusal);
            reached("refused");
        }
        return backward(state, last, 0, refusal);
    }

    private SagaOutcome<S> backward(S initial, int last, int attempts, Refusal refusal) {
        S state = initial;
        for (int number = last; number >= 0; number--) {
            SagaStep<S> step = steps.get(number);
            if (!step.isNeeded(state)) {
                continue;
            }
            keepHold(number + 1, state, refusal);
            Instant began = Instant.now();
            for (int tried = 1; ; tried++) {
                reached(step, "undoing");
                try {
                    state = step.compensate(
                            state, new SagaRun(held.sagaId(), number, (number == last ? attempts : 0) + tried - 1));
                    break;
                } catch (Throwable e) {
                    LOG.warn("the step {} of the saga {} was not undone", step.name(), held.sagaId(), e);
                    if (tried == MAX_COMPENSATIONS_IN_LINE) {
                        note(number, step, "running", began, String.valueOf(e));
                        return suspend(number + 1, state, e);
                    }
                }
            }
            reached(step, "undone");
            note(number, step, "compensated", began, null);
        }
        return end(state, 0, SagaEndStatus.COMPENSATED, refusal);
    }

    private SagaOutcome<S> end(S state, int step, SagaEndStatus status, @Nullable Refusal refusal) {
        reached("end/before");
        try {
            environment
                    .ends()
                    .call(new EndingSagas.Ending<>(
                            new EndedSaga<>(
                                    held.sagaId(),
                                    state,
                                    status,
                                    refusal == null ? null : refusal.code(),
                                    refusal == null ? null : refusal.detail()),
                            new SagaStore.End(
                                    held,
                                    status,
                                    step,
                                    text(state),
                                    refusal == null ? null : text(refusal),
                                    latestNotes())));
        } catch (LostLeaseException e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn("the end of the saga {} could not be written", held.sagaId(), e);
            return suspend(step, state, e);
        }
        reached("end/written");
        environment.meters().ended(status);
        return refusal == null
                ? new SagaOutcome.Completed<>(state)
                : new SagaOutcome.Compensated<>(state, refusal.code(), refusal.detail());
    }

    private SagaOutcome<S> suspend(int step, @Nullable S state, Throwable fault) {
        String why = fault instanceof UnknownOutcomeException ? fault.getMessage() : String.valueOf(fault);
        reached("suspended/before");
        boolean setAside = environment
                .store()
                .suspend(
                        held,
                        step,
                        state == null ? null : text(state),
                        String.valueOf(why),
                        PassingFaults.isPassing(fault),
                        latestNotes());
        reached("suspended");
        environment.meters().suspended();
        if (setAside) {
            environment.meters().failed();
            LOG.error(
                    "the saga {} {} is set aside at step {} and waits for an operator: {}",
                    definition().type(),
                    held.sagaId(),
                    step,
                    why);
        }
        return new SagaOutcome.Pending<>(held.sagaId());
    }

    /** Goes on only with the lease, and stores the progress of a saga that takes long, so that nobody repeats it all. */
    private void keepHold(int step, S state, @Nullable Refusal refusal) {
        lease.requireHeld();
        if (System.nanoTime() - storedAtNanos > lease.length().toNanos() / 2) {
            reached("progress/before");
            progress(step, state, refusal);
            reached("progress/written");
        }
    }

    private void progress(int step, S state, @Nullable Refusal refusal) {
        long now = System.nanoTime();
        environment.store().progress(held, step, text(state), refusal == null ? null : text(refusal), latestNotes());
        storedAtNanos = now;
        lease.renewed(now);
        notes.clear();
    }

    private void note(int number, SagaStep<S> step, String status, Instant began, @Nullable String error) {
        notes.add(new StepNote(number, step.name(), status, began, Instant.now(), error));
    }

    /** One note a step, since one statement cannot write a row twice: the last word on it counts. */
    private List<StepNote> latestNotes() {
        var latest = new LinkedHashMap<Integer, StepNote>();
        notes.forEach(note -> latest.put(note.number(), note));
        return List.copyOf(latest.values());
    }

    private String text(Object value) {
        return environment.json().writeValueAsString(value);
    }
}
