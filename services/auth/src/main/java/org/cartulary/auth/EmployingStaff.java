package org.cartulary.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.SealingKey;
import org.jspecify.annotations.Nullable;

/**
 * Invites people to work for the shop, says in which role they do, and ends their accounts. Nobody deals with roles that may do what
 * they may not themselves, and a shop never loses its last administrator. Thread-safe.
 */
final class EmployingStaff {

    private static final String KIND = "user";

    private final Database database;
    private final Passwords passwords;
    private final MailingTokens mailing;
    private final SealingPersons persons;
    private final Clock clock;
    private final StaffStore store = new StaffStore();
    private final UserStore users = new UserStore();
    private final SessionStore sessions = new SessionStore();
    private final SecondFactorStore factors = new SecondFactorStore();
    private final MailedTokenStore tokens = new MailedTokenStore();

    EmployingStaff(Database database, Passwords passwords, MailingTokens mailing, SealingPersons persons, Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.mailing = mailing;
        this.persons = persons;
        this.clock = clock;
    }

    /** Who is invited, as what. */
    record Invitation(String email, String firstName, String lastName, String role) {

        @Override
        public String toString() {
            return "Invitation[role=" + role + "]";
        }
    }

    /** The roles that the caller may give and take: those that may do nothing which the caller may not. */
    private static Set<String> rolesOfTheCaller() {
        Principal caller = RequestContext.current().principal();
        return Stream.of(Roles.SUPPORT, Roles.ADMIN)
                .filter(role -> Roles.permissionsOf(role).stream().allMatch(caller::may))
                .collect(Collectors.toSet());
    }

    /**
     * Opens an account that nobody knows the password of, and mails a token with which it is set. A registration with the address
     * that nobody has verified gives way.
     *
     * @return nothing if the address has an account
     */
    Optional<StaffResult> invite(Invitation invitation) {
        if (!rolesOfTheCaller().contains(invitation.role())) {
            return Optional.of(new StaffResult.BeyondCaller());
        }
        UUID tenantId = RequestContext.currentTenant();
        UUID id = Ids.next();
        Person person = new Person(id, invitation.email(), invitation.firstName(), invitation.lastName());
        String emailIndex = persons.emailIndex(invitation.email());
        SealingKey key = persons.keyOf(id);
        NewUser user = new NewUser(
                tenantId,
                id,
                emailIndex,
                persons.seal(key, person),
                passwords.hash(SecretTexts.next("")),
                invitation.role());
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            users.withdrawPending(tx, tenantId, emailIndex);
            if (!store.invite(tx, user, now)) {
                return Optional.empty();
            }
            mailing.mail(tx, tenantId, MailedToken.INVITATION, new Account(id, invitation.email(), key), now);
            StoredStaff member = store.find(tx, tenantId, id, now).orElseThrow();
            AuditLog.record(tx, AuditedAct.of("staff.invited", KIND, id).with("role", invitation.role()));
            return Optional.of(new StaffResult.Done(member));
        });
    }

    List<StoredStaff> list(@Nullable UUID after, int limit) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> store.list(tx, tenantId, after, limit, clock.instant()));
    }

    Optional<StoredStaff> find(UUID id) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> store.find(tx, tenantId, id, clock.instant()));
    }

    /** Gives a member another role, which holds from the next access token on: at pages at the next request, else within 15 minutes. */
    StaffResult changeRole(UUID id, long version, String role) {
        UUID tenantId = RequestContext.currentTenant();
        Set<String> within = rolesOfTheCaller();
        if (!within.contains(role)) {
            return new StaffResult.BeyondCaller();
        }
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            store.lockAdministrators(tx, tenantId);
            if (!store.changeRole(tx, tenantId, id, version, role, within, now)) {
                return whyNot(tx, tenantId, id, version, within, now);
            }
            StoredStaff member = store.find(tx, tenantId, id, now).orElseThrow();
            AuditLog.record(tx, AuditedAct.of("staff.role-changed", KIND, id).with("role", role));
            return new StaffResult.Done(member);
        });
    }

    /** Ends the account and all its sessions; its address is free again. What ended before stays so, and counts as done. */
    StaffResult end(UUID id) {
        UUID tenantId = RequestContext.currentTenant();
        Set<String> within = rolesOfTheCaller();
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            store.lockAdministrators(tx, tenantId);
            // First the account, at which whoever logs in meanwhile waits: then no session is opened any more.
            if (!store.end(tx, tenantId, id, within, now)) {
                return store.find(tx, tenantId, id, now)
                        .filter(member -> member.endedAt() != null)
                        .<StaffResult>map(StaffResult.Done::new)
                        .orElseGet(() -> whyNot(tx, tenantId, id, null, within, now));
            }
            sessions.revokeAll(tx, tenantId, id, "ACCOUNT_ENDED", now);
            tokens.forget(tx, tenantId, MailedToken.PASSWORD_RESET, id);
            factors.remove(tx, tenantId, id);
            StoredStaff member = store.find(tx, tenantId, id, now).orElseThrow();
            AuditLog.record(tx, AuditedAct.of("staff.ended", KIND, id).with("role", member.role()));
            return new StaffResult.Done(member);
        });
    }

    /** Why a change was refused; it was before this looks. */
    private StaffResult whyNot(
            Transaction tx, UUID tenantId, UUID id, @Nullable Long version, Set<String> within, Instant now) {
        Optional<StoredStaff> member = store.find(tx, tenantId, id, now).filter(found -> found.endedAt() == null);
        if (member.isEmpty()) {
            return new StaffResult.Unknown();
        }
        if (version != null && member.get().version() != version) {
            return new StaffResult.Stale();
        }
        return within.contains(member.get().role())
                ? new StaffResult.LastAdministrator()
                : new StaffResult.BeyondCaller();
    }
}
