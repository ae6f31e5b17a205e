package org.cartulary.platform.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

/** One run of one saga, by the holder of its lease. Used once, by one thread, outside any transaction. */
final class SagaRunner<S> {

    private static final Logger LOG = LoggerFactory.getLogger(SagaRunner.class);
    private static final int MAX_COMPENSATIONS_IN_LINE = 3;

    private final Database database;
    private final SagaDefinition<S> definition;
    private final JsonMapper json;
    private final SagaStore store;
    private final SagaMeters meters;
    private final Duration leaseLength;
    private final List<SagaStore.StepNote> notes = new ArrayList<>();
    private long leaseEndsAtNanos;

    SagaRunner(
            Database database,
            SagaDefinition<S> definition,
            JsonMapper json,
            SagaStore store,
            SagaMeters meters,
            Duration leaseLength) {
        this.database = database;
        this.definition = definition;
        this.json = json;
        this.store = store;
        this.meters = meters;
        this.leaseLength = leaseLength;
    }

    /** Runs a new saga. */
    SagaOutcome<S> run(SagaStore.Lease held, S state, long leaseEnds) {
        return underLease(held, leaseEnds, () -> forward(held, state, 0, 0));
    }

    /** Goes on with a saga where it was stored. */
    SagaOutcome<S> resume(SagaStore.Leased saga, long leaseEnds) {
        S state = json.readValue(saga.state(), definition.stateType());
        return underLease(
                saga.lease(),
                leaseEnds,
                () -> saga.compensating()
                        ? backward(
                                saga.lease(),
                                state,
                                saga.step() - 1,
                                saga.attempts(),
                                Refusal.read(json, saga.refusal()))
                        : forward(saga.lease(), state, saga.step(), saga.attempts()));
    }

    private SagaOutcome<S> underLease(SagaStore.Lease held, long leaseEnds, Supplier<SagaOutcome<S>> work) {
        Database.requireNoTransaction("a saga");
        leaseEndsAtNanos = leaseEnds;
        try {
            return work.get();
        } catch (LostLeaseException e) {
            meters.lostLease();
            LOG.info("another node runs the saga {} now", held.sagaId());
            return new SagaOutcome.Pending<>(held.sagaId());
        } catch (DataAccessException e) {
            LOG.warn("how far the saga {} came could not be written; it is recovered", held.sagaId(), e);
            return new SagaOutcome.Pending<>(held.sagaId());
        }
    }

    private SagaOutcome<S> forward(SagaStore.Lease held, S initial, int first, int attempts) {
        S state = initial;
        List<SagaStep<S>> steps = definition.steps();
        for (int number = first; number < steps.size(); number++) {
            renewIfNeeded(held, number, state, null);
            SagaStep<S> step = steps.get(number);
            Instant began = Instant.now();
            StepResult<S> result =
                    attempt(step, state, new SagaRun(held.sagaId(), number, number == first ? attempts : 0));
            switch (result) {
                case StepResult.Done<S>(S next) -> {
                    state = next;
                    note(number, step, "completed", began, null);
                }
                case StepResult.Retry<S>(String why) -> {
                    note(number, step, "pending", began, why);
                    return suspend(held, number, state, why);
                }
                case StepResult.Refused<S>(S last, String code, String detail) -> {
                    note(number, step, "failed", began, code + ": " + detail);
                    return refuse(held, last, new Refusal(number, code, detail));
                }
            }
        }
        return end(held, state, steps.size(), SagaEndStatus.COMPLETED, null);
    }

    private StepResult<S> attempt(SagaStep<S> step, S state, SagaRun run) {
        try {
            return step.run(state, run);
        } catch (RuntimeException e) {
            LOG.warn("the step {} of the saga {} failed", step.name(), run.sagaId(), e);
            return new StepResult.Retry<>(String.valueOf(e));
        }
    }

    private SagaOutcome<S> refuse(SagaStore.Lease held, S state, Refusal refusal) {
        int last = refusal.step() - 1;
        if (last >= 0) {
            // From here on the saga must not go forward again, even after a crash: what is undone stays undone.
            progress(held, refusal.step(), state, refusal);
        }
        return backward(held, state, last, 0, refusal);
    }

    private SagaOutcome<S> backward(SagaStore.Lease held, S initial, int last, int attempts, Refusal refusal) {
        S state = initial;
        for (int number = last; number >= 0; number--) {
            renewIfNeeded(held, number + 1, state, refusal);
            SagaStep<S> step = definition.steps().get(number);
            Instant began = Instant.now();
            for (int tried = 1; ; tried++) {
                try {
                    state = step.compensate(
                            state, new SagaRun(held.sagaId(), number, (number == last ? attempts : 0) + tried - 1));
                    break;
                } catch (RuntimeException e) {
                    LOG.warn("the step {} of the saga {} was not undone", step.name(), held.sagaId(), e);
                    if (tried == MAX_COMPENSATIONS_IN_LINE) {
                        note(number, step, "running", began, String.valueOf(e));
                        return suspend(held, number + 1, state, String.valueOf(e));
                    }
                }
            }
            note(number, step, "compensated", began, null);
        }
        return end(held, state, 0, SagaEndStatus.COMPENSATED, refusal);
    }

    private SagaOutcome<S> end(
            SagaStore.Lease held, S state, int step, SagaEndStatus status, @Nullable Refusal refusal) {
        try {
            database.inTransaction(tx -> {
                store.end(tx, held, status, step, text(state), refusal == null ? null : text(refusal), latestNotes());
                definition
                        .end()
                        .apply(
                                tx,
                                held.sagaId(),
                                state,
                                status,
                                refusal == null ? null : refusal.code(),
                                refusal == null ? null : refusal.detail());
                return status;
            });
        } catch (LostLeaseException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("the end of the saga {} could not be written", held.sagaId(), e);
            return suspend(held, step, state, String.valueOf(e));
        }
        meters.ended(status);
        return refusal == null
                ? new SagaOutcome.Completed<>(state)
                : new SagaOutcome.Compensated<>(state, refusal.code(), refusal.detail());
    }

    private SagaOutcome<S> suspend(SagaStore.Lease held, int step, S state, String why) {
        store.suspend(held, step, text(state), why, latestNotes());
        meters.suspended();
        return new SagaOutcome.Pending<>(held.sagaId());
    }

    private void renewIfNeeded(SagaStore.Lease held, int step, S state, @Nullable Refusal refusal) {
        if (leaseEndsAtNanos - System.nanoTime() < leaseLength.toNanos() / 2) {
            progress(held, step, state, refusal);
        }
    }

    private void progress(SagaStore.Lease held, int step, S state, @Nullable Refusal refusal) {
        long ends = System.nanoTime() + leaseLength.toNanos();
        store.progress(held, step, text(state), refusal == null ? null : text(refusal), latestNotes());
        leaseEndsAtNanos = ends;
        notes.clear();
    }

    private void note(int number, SagaStep<S> step, String status, Instant began, @Nullable String error) {
        notes.add(new SagaStore.StepNote(number, step.name(), status, began, Instant.now(), error));
    }

    /** One note a step, since one statement cannot write a row twice: the last word on it counts. */
    private List<SagaStore.StepNote> latestNotes() {
        var latest = new LinkedHashMap<Integer, SagaStore.StepNote>();
        notes.forEach(note -> latest.put(note.number(), note));
        return List.copyOf(latest.values());
    }

    private String text(Object value) {
        return json.writeValueAsString(value);
    }
}
