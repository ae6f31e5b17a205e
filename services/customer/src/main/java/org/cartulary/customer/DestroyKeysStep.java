package org.cartulary.customer;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is left of the person anywhere, events and backups included, unreadable, and notes up to when. However often it is repeated,
 * a guest's keys go only as far as they were made before the erasure was asked for; and where the guest has bought something since,
 * which the old key may have sealed, that key stays, and the erasure says so.
 */
record DestroyKeysStep(Database database, ErasureStore store, ErasingCustomers.Neighbours neighbours)
        implements SagaStep<EraseCustomer> {

    @Override
    public String name() {
        return "destroy-keys";
    }

    @Override
    public StepResult<EraseCustomer> run(EraseCustomer state, SagaRun run) {
        UUID tenantId = RequestContext.currentTenant();
        Instant before = madeBefore(state, tenantId, run);
        boolean keptOfGuest = boughtSince(state.guestSubjectId());
        List<Subject> subjects = state.subjects().stream()
                .filter(subject -> !keptOfGuest || subject.kind() != Subject.Kind.GUEST)
                .toList();
        Instant at = subjects.isEmpty() ? neighbours.keys().moment() : destroy(state, subjects, before);
        database.inTransaction(tx ->
                store.noteDestruction(tx, tenantId, run.sagaId(), Objects.requireNonNullElse(before, at), keptOfGuest));
        return new StepResult.Done<>(state);
    }

    /** Known before anything is destroyed; of an erasure that an older version began, only afterwards. */
    private @Nullable Instant madeBefore(EraseCustomer state, UUID tenantId, SagaRun run) {
        return state.requestedAt() != null
                ? state.requestedAt()
                : database.inReadTransaction(tx -> store.keysDestroyedAt(tx, tenantId, run.sagaId()))
                        .orElse(null);
    }

    /** What was there when the erasure was asked for is forgotten by now: whatever is left is newer. */
    private boolean boughtSince(@Nullable UUID guestSubjectId) {
        if (guestSubjectId == null) {
            return false;
        }
        Traces left = neighbours.trace(Person.guest(guestSubjectId));
        return !left.orderIds().isEmpty() || !left.checkoutIds().isEmpty();
    }

    private Instant destroy(EraseCustomer state, List<Subject> subjects, @Nullable Instant before) {
        return neighbours
                .keys()
                .destroy(new DestroySubjectKeys(subjects, before, state.by(), state.reason()))
                .at();
    }

    @Override
    public EraseCustomer compensate(EraseCustomer state, SagaRun run) {
        throw EraseCustomerEnd.onlyForward(state);
    }
}
