package org.cartulary.auth;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.privacy.Subject;

/**
 * Registrations that nobody has verified in time, or that had to make way. Such a row is marked first, which frees its address and
 * makes its tokens worthless; then the key that sealed it is destroyed, which another service does and no transaction may wait for;
 * then it is deleted. Whatever stops in between is taken up by the next run, since destroying a key twice changes nothing.
 */
final class WithdrawnRegistrations {

    private static final int AT_ONCE = 100;
    private static final String BY = "SYSTEM:" + new UUID(0, 0);
    private static final String REASON = "address-never-verified";

    /** Whoever was erased has no sealed person any more, and a key that was destroyed by the erasure. */
    private static final String WITHDRAWN =
            "role = 'CUSTOMER' AND NOT email_verified AND deleted_at IS NOT NULL AND person_sealed IS NOT NULL";

    private final Database database;
    private final Consumer<DestroySubjectKeys> destroyingKeys;

    /**
     * The withdrawn registrations of all shops.
     *
     * @param destroyingKeys destroys keys in the current tenant
     */
    WithdrawnRegistrations(Database database, Consumer<DestroySubjectKeys> destroyingKeys) {
        this.database = database;
        this.destroyingKeys = destroyingKeys;
    }

    private record Withdrawn(UUID tenantId, UUID userId) {}

    /** Withdraws what nobody has verified for a week since it was registered last; whoever it was may register again. */
    void withdrawExpired() {
        database.asWorker(tx -> tx.jdbc()
                .sql("UPDATE users SET is_active = false, deleted_at = now(), version = version + 1, updated_at = now()"
                        + " WHERE role = 'CUSTOMER' AND NOT email_verified AND last_login_at IS NULL"
                        + " AND deleted_at IS NULL AND updated_at < now() - interval '7 days'")
                .update());
    }

    /** Removes what is withdrawn, with the keys, so that nothing is left of who it was, not even in backups of this database. */
    void remove() {
        List<Withdrawn> page;
        do {
            page = database.asWorker(tx -> tx.jdbc()
                    .sql("SELECT tenant_id, id FROM users WHERE " + WITHDRAWN + " ORDER BY tenant_id, id LIMIT :most")
                    .param("most", AT_ONCE)
                    .query((row, number) ->
                            new Withdrawn(row.getObject("tenant_id", UUID.class), row.getObject("id", UUID.class)))
                    .list());
            Map<UUID, List<UUID>> ofTenants = page.stream()
                    .collect(Collectors.groupingBy(
                            Withdrawn::tenantId, Collectors.mapping(Withdrawn::userId, Collectors.toList())));
            ofTenants.forEach(this::remove);
        } while (page.size() == AT_ONCE);
    }

    private void remove(UUID tenantId, List<UUID> userIds) {
        List<Subject> subjects = userIds.stream().map(Subject::account).toList();
        RequestContext.ofSystem(tenantId)
                .run(() -> destroyingKeys.accept(new DestroySubjectKeys(subjects, null, BY, REASON)));
        database.asWorker(tx -> tx.jdbc()
                .sql("DELETE FROM users WHERE tenant_id = :tenantId AND id IN (:userIds) AND " + WITHDRAWN)
                .param("tenantId", tenantId)
                .param("userIds", userIds)
                .update());
    }
}
