package org.cartulary.privacy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.contracts.privacy.DestroyedSubjectKeys;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.FindSubjectKeys;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.ObtainSubjectKeys;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.privacy.WrappedSubjectKey;
import org.cartulary.platform.privacy.WrappedSubjectKeys;

/**
 * Makes, finds and destroys the keys of people. Those who ask at the same time share transactions; a key that many ask for at
 * once is made once. Thread-safe.
 */
final class KeepingSubjectKeys {

    private final Database database;
    private final MasterKey master;
    private final Coalescer<ObtainSubjectKeys, WrappedSubjectKeys> obtaining;
    private final Coalescer<FindSubjectKeys, WrappedSubjectKeys> finding;
    /** What the shops' current keys were when they were last read; whether they still are is decided by the statement. */
    private final Map<UUID, TenantKey> currentKeys = new ConcurrentHashMap<>();

    private final TenantKeyStore tenantKeys = new TenantKeyStore();
    private final SubjectKeyStore subjectKeys = new SubjectKeyStore();

    KeepingSubjectKeys(Database database, MasterKey master) {
        this.database = database;
        this.master = master;
        Coalescing coalescing = Coalescing.of(database);
        this.obtaining = coalescing.together("obtain-subject-keys", this::obtainAll);
        this.finding = coalescing.together("find-subject-keys", this::findAll);
    }

    WrappedSubjectKeys obtain(ObtainSubjectKeys command) {
        return obtaining.call(command);
    }

    WrappedSubjectKeys find(FindSubjectKeys query) {
        return finding.call(query);
    }

    /** By the clock of the database, which also says when keys are made. */
    Instant moment() {
        return database.inReadTransaction(subjectKeys::moment);
    }

    DestroyedSubjectKeys destroy(DestroySubjectKeys command) {
        UUID tenantId = RequestContext.currentTenant();
        List<Subject> subjects = command.subjects();
        List<UUID> freshIds = subjects.stream().map(subject -> Ids.next()).toList();
        return database.inTransaction(tx -> {
            subjectKeys.lock(tx, tenantId, subjects.stream().map(Subject::id).toList());
            return subjectKeys.destroy(tx, tenantId, command, freshIds);
        });
    }

    private List<WrappedSubjectKeys> findAll(Transaction tx, List<Call<FindSubjectKeys>> calls) {
        Set<UUID> ids = calls.stream()
                .flatMap(call -> call.command().keyIds().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<UUID, WrappedSubjectKey> found = subjectKeys.ofIds(tx, RequestContext.currentTenant(), ids).stream()
                .collect(Collectors.toMap(WrappedSubjectKey::id, Function.identity()));
        return calls.stream()
                .map(call -> chosen(found, call.command().keyIds()))
                .toList();
    }

    private List<WrappedSubjectKeys> obtainAll(Transaction tx, List<Call<ObtainSubjectKeys>> calls) {
        UUID tenantId = RequestContext.currentTenant();
        Map<UUID, Subject> subjects = new LinkedHashMap<>();
        calls.forEach(call -> call.command().subjects().forEach(subject -> subjects.put(subject.id(), subject)));
        Map<UUID, WrappedSubjectKey> keys = present(tx, tenantId, List.copyOf(subjects.values()));
        List<Subject> without = subjects.values().stream()
                .filter(subject -> !keys.containsKey(subject.id()))
                .toList();
        if (!without.isEmpty()) {
            make(tx, tenantId, without);
            keys.putAll(
                    bySubject(tx, tenantId, without.stream().map(Subject::id).toList()));
        }
        return calls.stream()
                .map(call -> chosen(
                        keys,
                        call.command().subjects().stream().map(Subject::id).toList()))
                .toList();
    }

    /**
     * Those who have keys already, and guests, who mostly come for the first time and in the middle of a purchase: they get theirs by
     * the same statement. Who is left is looked after by those that follow.
     */
    private Map<UUID, WrappedSubjectKey> present(Transaction tx, UUID tenantId, List<Subject> subjects) {
        TenantKey current = currentKeys.get(tenantId);
        if (current == null || subjects.stream().anyMatch(subject -> subject.kind() != Subject.Kind.GUEST)) {
            return bySubject(tx, tenantId, subjects.stream().map(Subject::id).toList());
        }
        Map<UUID, WrappedSubjectKey> keys = new LinkedHashMap<>();
        subjectKeys
                .ofGuests(tx, tenantId, current, newKeys(tenantId, current, subjects))
                .forEach(key -> keys.put(key.subjectId(), key));
        return keys;
    }

    private Map<UUID, WrappedSubjectKey> bySubject(Transaction tx, UUID tenantId, Collection<UUID> subjectIds) {
        Map<UUID, WrappedSubjectKey> keys = new LinkedHashMap<>();
        subjectKeys.ofSubjects(tx, tenantId, subjectIds).forEach(key -> keys.put(key.subjectId(), key));
        return keys;
    }

    private void make(Transaction tx, UUID tenantId, List<Subject> subjects) {
        subjectKeys.lock(tx, tenantId, subjects.stream().map(Subject::id).toList());
        TenantKey current = currentKey(tx, tenantId);
        currentKeys.put(tenantId, current);
        subjectKeys.insert(tx, tenantId, newKeys(tenantId, current, subjects));
    }

    private List<SubjectKeyStore.NewKey> newKeys(UUID tenantId, TenantKey current, List<Subject> subjects) {
        List<SubjectKeyStore.NewKey> keys = new ArrayList<>();
        for (Subject subject : subjects) {
            UUID id = Ids.next();
            keys.add(new SubjectKeyStore.NewKey(
                    id,
                    subject,
                    current.version(),
                    master.newSubjectKey(tenantId, current.version(), current.wrappedKey(), subject.id(), id)));
        }
        return keys;
    }

    private TenantKey currentKey(Transaction tx, UUID tenantId) {
        return tenantKeys.lockCurrent(tx, tenantId).orElseGet(() -> {
            // Whoever makes a shop's first key at the same time waits at the primary key, and then finds it.
            tenantKeys.insertCurrent(
                    tx, tenantId, new TenantKey(1, master.newTenantKey(tenantId, 1)), master.secretId());
            return tenantKeys
                    .lockCurrent(tx, tenantId)
                    .orElseThrow(() -> new IllegalStateException("the shop " + tenantId + " has no current key"));
        });
    }

    private static WrappedSubjectKeys chosen(Map<UUID, WrappedSubjectKey> keys, List<UUID> ids) {
        return new WrappedSubjectKeys(ids.stream()
                .filter(keys::containsKey)
                .map(id -> Objects.requireNonNull(keys.get(id)))
                .toList());
    }
}
