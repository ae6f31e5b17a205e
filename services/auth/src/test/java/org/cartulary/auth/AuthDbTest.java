package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.cartulary.contracts.auth.ApiKeyOwner;
import org.cartulary.contracts.auth.CreateStaff;
import org.cartulary.contracts.auth.FindApiKey;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

class AuthDbTest {

    private static final String PASSWORD = Shop.PASSWORD;
    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);
    private final SettableClock clock = shop.clock;
    private final UUID tenant = shop.tenant;
    private final RequestContext visitor = shop.visitor;
    private final Registering registering = shop.registering;
    private final SigningIn signingIn = shop.signingIn;
    private final Sessions sessions = shop.sessions;
    private final ApiKeys apiKeys = new ApiKeys(test.database(), clock);
    private final AuthEndpoint endpoint = new AuthEndpoint(
            test.database(),
            new SigningKeys(
                    test.database(),
                    clock,
                    new KeyEncryption(InstallationSecrets.of("a secret that is at least 32 characters long"))),
            apiKeys,
            passwords,
            shop.persons,
            new EncryptingAnew(test.database(), InstallationSecrets.of(Shop.SECRET)));

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private UUID customer(String email) {
        return shop.customer(email);
    }

    private SignInResult signIn(String email, String password) {
        return shop.signIn(email, password);
    }

    private SignedInUser signedIn(String email) {
        return shop.signedIn(email);
    }

    private RefreshResult refresh(String token) {
        return shop.refresh(token);
    }

    private static int count(String sql, UUID id) {
        return test.admin().sql(sql).param("id", id).query(Integer.class).single();
    }

    @Test
    @Tag("AUT-02")
    void aCustomerIsAnnouncedOnceAndSealed() {
        UUID id = customer("event@example.org");
        String event = test.admin()
                .sql("SELECT event_type || ' ' || data FROM outbox_events WHERE aggregate_id = :id")
                .param("id", id)
                .query(String.class)
                .single();
        assertThat(event)
                .startsWith("auth.user-registered.v1 ")
                .contains("\"personSealed\"")
                .doesNotContain("event@example.org", "Ann");
        assertThat(count("SELECT count(*) FROM outbox_events WHERE tenant_id = :id", tenant))
                .isEqualTo(1);
    }

    @Test
    @Tag("AUT-01")
    void anEmailAddressHasOneAccountHoweverItIsWrittenAndHoweverManyRegisterAtOnce() throws Exception {
        List<RegisterResult> results = visitor.call(() -> Concurrently.run(
                        6,
                        index -> registering.register(
                                index % 2 == 0 ? "Case@Example.org" : "case@example.ORG", PASSWORD, "A", "D"))
                .valuesOrThrow());
        assertThat(results).containsOnly(new RegisterResult.Accepted());
        assertThat(count("SELECT count(*) FROM users WHERE tenant_id = :id", tenant))
                .isEqualTo(1);
    }

    @Test
    @Tag("AUT-01")
    @Tag("PLT-04")
    void aDeletedAccountKeepsItsRowFreesItsAddressAndCannotLogIn() {
        UUID first = customer("deleted@example.org");
        test.admin()
                .sql("UPDATE users SET deleted_at = now() WHERE id = :id")
                .param("id", first)
                .update();
        assertThat(signIn("deleted@example.org", PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
        UUID second = customer("deleted@example.org");
        assertThat(signedIn("deleted@example.org").userId()).isEqualTo(second);
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> test.admin()
                        .sql("UPDATE users SET deleted_at = NULL WHERE id = :id")
                        .param("id", first)
                        .update());
    }

    @Test
    @Tag("AUT-01")
    void theDatabaseRefusesWhatIsNoAccount() {
        UUID id = customer("checks@example.org");
        for (String change : List.of(
                "email_index = 'nobody'",
                "person_sealed = 'Ann'",
                "person_sealed = NULL",
                "role = 'ROOT'",
                "password_hash = 'plain text'")) {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .as(change)
                    .isThrownBy(() -> test.admin()
                            .sql("UPDATE users SET " + change + " WHERE id = :id")
                            .param("id", id)
                            .update());
        }
    }

    @Test
    @Tag("AUT-02")
    void tokensAndPasswordsAreKeptAsHashesOnly() {
        UUID id = customer("hashed@example.org");
        SignedInUser user = signedIn("hashed@example.org");
        assertThat(test.admin()
                        .sql("SELECT password_hash FROM users WHERE id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(test.admin()
                        .sql("SELECT token_hash FROM refresh_tokens WHERE user_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly(SecretTexts.sha256(user.refreshToken()));
    }

    @Test
    @Tag("AUT-02")
    void theDatabaseRefusesASecondTokenThatASessionCanUse() {
        customer("second@example.org");
        SignedInUser user = signedIn("second@example.org");
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() ->
                        test.admin().sql("""
                                INSERT INTO refresh_tokens (tenant_id, id, session_id, user_id, token_hash, expires_at, created_at)
                                SELECT tenant_id, gen_random_uuid(), session_id, user_id, repeat('0', 64), expires_at, created_at
                                FROM refresh_tokens WHERE session_id = :session
                                """).param("session", user.sessionId()).update());
        assertThat(refresh(user.refreshToken())).isInstanceOf(RefreshResult.Refreshed.class);
    }

    @Test
    @Tag("AUT-02")
    void aRefreshTokenExpiresAndIsRefusedOnceTheAccountIsInactive() {
        UUID id = customer("expire@example.org");
        SignedInUser expired = signedIn("expire@example.org");
        clock.advance(SessionStore.TOKEN_LIFE);
        assertThat(refresh(expired.refreshToken())).isEqualTo(new RefreshResult.Refused());
        SignedInUser user = signedIn("expire@example.org");
        test.admin()
                .sql("UPDATE users SET is_active = false WHERE id = :id")
                .param("id", id)
                .update();
        assertThat(refresh(user.refreshToken())).isEqualTo(new RefreshResult.Refused());
        assertThat(signIn("expire@example.org", PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
    }

    @Test
    @Tag("AUT-03")
    void theSixthPasswordInARowIsNotLookedAtUntilTheLockHasPassed() {
        UUID id = customer("locked@example.org");
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS; i++) {
            assertThat(signIn("locked@example.org", "wrong password")).isEqualTo(new SignInResult.WrongCredentials());
        }
        assertThat(signIn("Locked@example.org", PASSWORD))
                .isEqualTo(new SignInResult.TooManyAttempts(LoginAttemptStore.LOCK));
        clock.advance(LoginAttemptStore.LOCK.minusSeconds(1));
        assertThat(signIn("locked@example.org", PASSWORD))
                .isEqualTo(new SignInResult.TooManyAttempts(Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(signIn("locked@example.org", PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(count("SELECT count(*) FROM login_attempts WHERE tenant_id = :id", tenant))
                .isZero();
        assertThat(count("SELECT failed_login_count FROM users WHERE id = :id", id))
                .isZero();
    }

    @Test
    @Tag("AUT-03")
    void anAddressWithoutAnAccountIsAnsweredAndLockedAlike() {
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS; i++) {
            assertThat(signIn("nobody@example.org", PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
        }
        assertThat(signIn("nobody@example.org", PASSWORD))
                .isEqualTo(new SignInResult.TooManyAttempts(LoginAttemptStore.LOCK));
    }

    @Test
    @Tag("AUT-03")
    void noMoreThanFivePasswordsAreTriedHoweverManyArriveAtOnce() throws Exception {
        customer("flood@example.org");
        List<SignInResult> results = visitor.call(() -> Concurrently.run(
                        20, () -> signingIn.signIn(new LogIn("flood@example.org", "wrong password", null, null)))
                .valuesOrThrow());
        assertThat(results)
                .filteredOn(result -> result instanceof SignInResult.WrongCredentials)
                .hasSize(LoginAttemptStore.MAX_ATTEMPTS);
        assertThat(results)
                .filteredOn(result -> result instanceof SignInResult.TooManyAttempts)
                .hasSize(15);
    }

    @Test
    @Tag("AUT-03")
    void theRightPasswordForgetsTheFailuresBeforeIt() {
        UUID id = customer("forget@example.org");
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS - 1; i++) {
            signIn("forget@example.org", "wrong password");
        }
        signedIn("forget@example.org");
        assertThat(count("SELECT failed_login_count FROM users WHERE id = :id", id))
                .isEqualTo(LoginAttemptStore.MAX_ATTEMPTS - 1);
        assertThat(signIn("forget@example.org", "wrong password")).isEqualTo(new SignInResult.WrongCredentials());
    }

    @Test
    @Tag("AUT-03")
    void aWeakerHashIsReplacedWhenThePasswordIsShown() {
        UUID id = customer("upgrade@example.org");
        String weak = weakHash(PASSWORD);
        test.admin()
                .sql("UPDATE users SET password_hash = :hash WHERE id = :id")
                .param("hash", weak)
                .param("id", id)
                .update();
        assertThat(signIn("upgrade@example.org", "wrong password")).isEqualTo(new SignInResult.WrongCredentials());
        assertThat(hashOf(id)).isEqualTo(weak);
        signedIn("upgrade@example.org");
        String upgraded = hashOf(id);
        assertThat(upgraded).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        signedIn("upgrade@example.org");
        assertThat(hashOf(id)).isEqualTo(upgraded);
    }

    private static String hashOf(UUID id) {
        return test.admin()
                .sql("SELECT password_hash FROM users WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** As an older version of this service might have made it: a pass less. */
    private static String weakHash(String password) {
        byte[] salt = "a salt of 16 byt".getBytes(StandardCharsets.US_ASCII);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(19456)
                .withIterations(1)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[32];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=19456,t=1,p=1$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }

    @Test
    void anApiKeyIsFoundUntilItExpiresOrIsRevoked() {
        RequestContext admin = Contexts.staff(tenant);
        ApiKeys.NewKey key =
                admin.supply(() -> apiKeys.create("importer", Set.of("catalog:write"), Duration.ofHours(1)));
        assertThat(key.key()).startsWith("ck_").hasSize(46);
        FindApiKey query = new FindApiKey(SecretTexts.sha256(key.key()));
        assertThat(endpoint.findApiKey(query))
                .isEqualTo(new ApiKeyOwner(
                        key.id(),
                        tenant,
                        "importer",
                        Set.of("catalog:write"),
                        clock.instant().plusSeconds(3600)));
        clock.advance(Duration.ofHours(1));
        assertThat(endpoint.findApiKey(query)).isNull();
        ApiKeys.NewKey other = admin.supply(() -> apiKeys.create("other", Set.of("catalog:write"), null));
        assertThat(Contexts.staff(Contexts.newTenant()).<Boolean>supply(() -> apiKeys.revoke(other.id())))
                .isFalse();
        assertThat(admin.<Boolean>supply(() -> apiKeys.revoke(other.id()))).isTrue();
        assertThat(endpoint.findApiKey(new FindApiKey(SecretTexts.sha256(other.key()))))
                .isNull();
    }

    @Test
    void theDatabaseRefusesAKeyThatReachesBeyondItsShop() {
        for (String permission : List.of("tenants:write", "reconciliation:run")) {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> Contexts.staff(tenant)
                            .run(() -> apiKeys.create("greedy", Set.of("catalog:write", permission), null)));
        }
    }

    @Test
    void staffIsCreatedOnceAndACustomerIsNotMadeStaff() {
        RequestContext system = Contexts.system(tenant);
        CreateStaff command = new CreateStaff("admin@example.org", "twelve letters", "Ada", "Min", "ADMIN");
        StaffMember first = system.supply(() -> endpoint.ensureStaff(command));
        assertThat(first.created()).isTrue();
        assertThat(system.supply(() -> endpoint.ensureStaff(command)))
                .isEqualTo(new StaffMember(first.id(), "admin@example.org", "ADMIN", false));
        customer("buyer@example.org");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> system.supply(() -> endpoint.ensureStaff(
                        new CreateStaff("buyer@example.org", "twelve letters", "B", "C", "ADMIN"))))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("email-taken"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> system.supply(
                        () -> endpoint.ensureStaff(new CreateStaff("nobody", "short", "B", "C", "CUSTOMER"))))
                .satisfies(problem -> assertThat(problem.errors()).hasSize(3));
        assertThat(count("SELECT count(*) FROM outbox_events WHERE tenant_id = :id", tenant))
                .isEqualTo(1);
    }

    @Test
    @Tag("PLT-17")
    void anotherShopSeesNothingAndItsTokensBuyNothing() {
        customer("mine@example.org");
        SignedInUser user = signedIn("mine@example.org");
        Contexts.staff(tenant).supply(() -> apiKeys.create("key", Set.of("stock:read"), null));
        RequestContext other = Contexts.visitor(Contexts.newTenant());
        assertThat(other.supply(() -> signingIn.signIn(new LogIn("mine@example.org", PASSWORD, null, null))))
                .isEqualTo(new SignInResult.WrongCredentials());
        assertThat(other.supply(() -> sessions.refresh(user.refreshToken()))).isEqualTo(new RefreshResult.Refused());
        for (String table : List.of("users", "user_sessions", "refresh_tokens", "api_keys")) {
            assertThat(other.<Integer>supply(() -> test.database()
                            .inTransaction(tx -> tx.jdbc()
                                    .sql("DELETE FROM " + table + " WHERE tenant_id = :tenantId")
                                    .param("tenantId", tenant)
                                    .update())))
                    .as(table)
                    .isZero();
        }
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> other.run(() -> test.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("INSERT INTO login_attempts VALUES (:tenantId, repeat('0', 64), 1, NULL, now())")
                                .param("tenantId", tenant)
                                .update())))
                .havingRootCause()
                .withMessageContaining("row-level security");
        assertThat(refresh(user.refreshToken())).isInstanceOf(RefreshResult.Refreshed.class);
    }

    @Test
    void whatHasExpiredIsForgotten() {
        customer("cleanup@example.org");
        signedIn("cleanup@example.org");
        signIn("cleanup@example.org", "wrong password");
        for (String change : List.of(
                "UPDATE user_sessions SET created_at = now() - interval '99 days', expires_at = now() - interval '2 days'"
                        + " WHERE tenant_id = :id",
                "UPDATE login_attempts SET last_attempt_at = now() - interval '2 days' WHERE tenant_id = :id")) {
            test.admin().sql(change).param("id", tenant).update();
        }
        Shop.forgetExpired(test);
        assertThat(count("SELECT count(*) FROM refresh_tokens WHERE tenant_id = :id", tenant))
                .isZero();
        assertThat(count("SELECT count(*) FROM login_attempts WHERE tenant_id = :id", tenant))
                .isZero();
        assertThat(count("SELECT count(*) FROM users WHERE tenant_id = :id", tenant))
                .isEqualTo(1);
    }

    @Test
    void theInvariantsHold() {
        customer("invariants@example.org");
        signedIn("invariants@example.org");
        assertThat(endpoint.checkInvariants())
                .hasSizeGreaterThanOrEqualTo(6)
                // Nobody delivers events in these tests.
                .filteredOn(result -> !result.name().equals("no-event-left"))
                .allMatch(InvariantResult::holds);
    }

    /** The database takes a dotted capital I for an i, and Java does not: each spelling would have a counter of its own. */
    @Test
    @Tag("AUT-03")
    void anotherSpellingOfAnAddressIsNoWayAroundTheLock() {
        customer("ivi@example.org");
        assertThat(signIn("\u0130vi@example.org", PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
        assertThat(signIn("ivi\0@example.org", PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
        assertThat(signIn(" IVI@example.org", PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
    }
}
