package org.cartulary.auth;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.auth.ApiKeyOwner;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.auth.CreateStaff;
import org.cartulary.contracts.auth.FindApiKey;
import org.cartulary.contracts.auth.PublicKeys;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.contracts.secrets.SecretUses;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask about identities. */
@RestController
final class AuthEndpoint implements AuthApi {

    private static final Set<String> STAFF_ROLES = Set.of(Roles.VENDOR, Roles.SUPPORT, Roles.ADMIN);

    private final Database database;
    private final SigningKeys signingKeys;
    private final ApiKeys apiKeys;
    private final Passwords passwords;
    private final SealingPersons persons;
    private final EncryptingAnew encrypting;
    private final UserStore users = new UserStore();
    private final StaffStore staff = new StaffStore();

    AuthEndpoint(
            Database database,
            SigningKeys signingKeys,
            ApiKeys apiKeys,
            Passwords passwords,
            SealingPersons persons,
            EncryptingAnew encrypting) {
        this.database = database;
        this.signingKeys = signingKeys;
        this.apiKeys = apiKeys;
        this.passwords = passwords;
        this.persons = persons;
        this.encrypting = encrypting;
    }

    @Override
    public PublicKeys publicKeys() {
        return new PublicKeys(signingKeys.publicKeys());
    }

    @Override
    public @Nullable ApiKeyOwner findApiKey(FindApiKey query) {
        return apiKeys.find(query.sha256()).orElse(null);
    }

    @Override
    public StaffMember ensureStaff(CreateStaff command) {
        requireValid(command);
        UUID tenantId = RequestContext.currentTenant();
        String emailIndex = persons.emailIndex(command.email());
        // Whoever was dismissed does not come back when a process starts.
        Optional<StaffMember> present =
                database.inReadTransaction(tx -> users.findByEmail(tx, tenantId, command.email(), emailIndex)
                        .or(() -> staff.findEnded(tx, tenantId, command.email(), emailIndex, command.role())));
        if (present.isPresent()) {
            return requireStaff(present.get());
        }
        Person person = new Person(Ids.next(), command.email(), command.firstName(), command.lastName());
        NewUser user = new NewUser(
                tenantId,
                person.userId(),
                emailIndex,
                persons.seal(persons.keyOf(person.userId()), person),
                passwords.hash(command.password()),
                command.role());
        Optional<StaffMember> member = database.inTransaction(tx -> {
            users.withdrawPending(tx, tenantId, emailIndex);
            if (!users.insert(tx, user)) {
                return users.findByEmail(tx, tenantId, command.email(), emailIndex);
            }
            AuditLog.record(
                    tx, AuditedAct.of("staff.created", "user", user.id()).with("role", user.role()));
            return Optional.of(new StaffMember(user.id(), command.email(), user.role(), true));
        });
        // Somebody has registered with the address in this instant, which is withdrawn as well.
        return member.map(AuthEndpoint::requireStaff).orElseGet(() -> ensureStaff(command));
    }

    private static void requireValid(CreateStaff command) {
        ProblemException problem = ProblemException.unprocessable("invalid-request", "the request is not valid");
        if (!command.email().matches(EmailAddresses.PATTERN)
                || command.email().length() > EmailAddresses.MAX_CHARACTERS) {
            problem.with("/email", "invalid", "use an e-mail address");
        }
        PasswordRules.refusal(
                        command.password(),
                        new Person(Ids.next(), command.email(), command.firstName(), command.lastName()))
                .ifPresent(refusal -> problem.with("/password", refusal.code(), refusal.advice()));
        if (!STAFF_ROLES.contains(command.role())) {
            problem.with("/role", "invalid", "use VENDOR, SUPPORT or ADMIN");
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    private static StaffMember requireStaff(StaffMember member) {
        if (!STAFF_ROLES.contains(member.role())) {
            throw ProblemException.conflict("email-taken", "a customer has this e-mail address")
                    .with("/email", "taken", "use another address");
        }
        return member;
    }

    @Override
    public SecretUses secretUses() {
        return encrypting.uses();
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return AuthInvariants.check(database, encrypting.secretIds());
    }
}
