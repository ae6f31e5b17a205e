package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

@Tag("AUT-02")
class SecondFactorsDbTest {

    private static final String EMAIL = "ann@example.org";
    private static final UUID OPERATOR = UUID.randomUUID();
    private static final SecondFactorController.PasswordRequest PASSWORD =
            new SecondFactorController.PasswordRequest(Shop.PASSWORD);
    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);
    private final UUID userId = shop.customer(EMAIL);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private SecondFactorResult begin(String password) {
        return shop.as(userId).supply(() -> shop.secondFactors.begin(userId, password));
    }

    private byte[] begun() {
        return ((SecondFactorResult.Begun) begin(Shop.PASSWORD)).secret();
    }

    private SecondFactorResult confirm(String code) {
        return shop.as(userId).supply(() -> shop.secondFactors.confirm(userId, code));
    }

    private SecondFactorResult remove(String code) {
        return shop.as(userId).supply(() -> shop.secondFactors.remove(userId, Shop.PASSWORD, code));
    }

    /** The secret of a factor that is asked from now on; the code that confirmed it is of the step before. */
    private byte[] active() {
        byte[] secret = begun();
        assertThat(confirm(code(secret))).isInstanceOf(SecondFactorResult.Confirmed.class);
        shop.clock.advance(Totp.STEP);
        return secret;
    }

    private String code(byte[] secret) {
        return Totp.code(secret, Totp.step(shop.clock.instant()));
    }

    private SignInResult signIn(@Nullable String code) {
        return shop.visitor.supply(() -> shop.signingIn.signIn(new LogIn(EMAIL, Shop.PASSWORD, code, null)));
    }

    @Test
    void aFactorIsAskedOnceACodeOfItWasShown() {
        byte[] secret = begun();
        assertThat(signIn(null)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(confirm("000000".equals(code(secret)) ? "000001" : "000000"))
                .isEqualTo(new SecondFactorResult.WrongCode());
        assertThat(signIn(null)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(confirm(code(secret))).isInstanceOf(SecondFactorResult.Confirmed.class);
        assertThat(signIn(null)).isEqualTo(new SignInResult.SecondFactorRequired());
        shop.clock.advance(Totp.STEP);
        assertThat(signIn(code(secret))).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void aCodeCountsOnce() {
        byte[] secret = active();
        String code = code(secret);
        assertThat(signIn(code)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(signIn(code)).isEqualTo(new SignInResult.WrongSecondFactor());
        String earlier = Totp.code(secret, Totp.step(shop.clock.instant()) - 1);
        assertThat(signIn(earlier)).isEqualTo(new SignInResult.WrongSecondFactor());
        shop.clock.advance(Totp.STEP);
        assertThat(signIn(code(secret))).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void ofManyWhoShowACodeAtOnceOneGetsIn() throws Exception {
        String code = code(active());
        List<SignInResult> results = shop.visitor.call(() -> Concurrently.run(
                        4, () -> shop.signingIn.signIn(new LogIn(EMAIL, Shop.PASSWORD, code, null)))
                .valuesOrThrow());
        assertThat(results).filteredOn(SignInResult.SignedIn.class::isInstance).hasSize(1);
    }

    @Test
    @Tag("AUT-03")
    void wrongCodesLockTheAddressAsWrongPasswordsDo() {
        byte[] secret = active();
        String wrong = code(secret).equals("000000") ? "000001" : "000000";
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS; i++) {
            assertThat(signIn(wrong)).isEqualTo(new SignInResult.WrongSecondFactor());
        }
        assertThat(signIn(code(secret))).isInstanceOf(SignInResult.TooManyAttempts.class);
    }

    @Test
    @Tag("AUT-03")
    void codesThatWouldRemoveTheFactorAreNotGuessed() {
        byte[] secret = active();
        String wrong = code(secret).equals("000000") ? "000001" : "000000";
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS; i++) {
            assertThat(remove(wrong)).isEqualTo(new SecondFactorResult.WrongCode());
        }
        assertThat(remove(code(secret))).isEqualTo(new SecondFactorResult.TooManyAttempts(LoginAttemptStore.LOCK));
        shop.clock.advance(LoginAttemptStore.LOCK.plus(Duration.ofSeconds(1)));
        assertThat(remove(code(secret))).isEqualTo(new SecondFactorResult.Removed());
        assertThat(signIn(null)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void eachRecoveryCodeCountsOnceHoweverItIsTyped() {
        byte[] secret = begun();
        List<String> codes = ((SecondFactorResult.Confirmed) confirm(code(secret))).recoveryCodes();
        assertThat(codes).hasSize(SecondFactors.RECOVERY_CODES).doesNotHaveDuplicates();
        assertThat(codes).allMatch(code -> code.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
        String typed = codes.getFirst().replace("-", " ").toLowerCase(Locale.ROOT);
        assertThat(signIn(typed)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(signIn(codes.getFirst())).isEqualTo(new SignInResult.WrongSecondFactor());
        assertThat(signIn(codes.getLast())).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(shop.as(userId).supply(() -> shop.secondFactors.status(userId)))
                .isEqualTo(new SecondFactors.Status(true, SecondFactors.RECOVERY_CODES - 2));
    }

    @Test
    void anActiveFactorIsNotReplacedByWhoHasNoCodeOfIt() {
        byte[] secret = active();
        assertThat(begin(Shop.PASSWORD)).isEqualTo(new SecondFactorResult.AlreadyActive());
        assertThat(confirm(code(secret))).isEqualTo(new SecondFactorResult.NoFactor());
        assertThat(signIn(code(secret))).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void secretsAreEncryptedForTheirUserAndRecoveryCodesAreHashes() {
        byte[] secret = active();
        String kept = test.admin()
                .sql("SELECT secret_encrypted FROM second_factors WHERE user_id = :id")
                .param("id", userId)
                .query(String.class)
                .single();
        assertThat(kept).doesNotContain(Totp.base32(secret));
        assertThatIllegalStateException()
                .isThrownBy(() -> SecondFactors.encryption(InstallationSecrets.of(Shop.SECRET))
                        .decrypt(UUID.randomUUID(), kept));
        assertThatIllegalStateException()
                .isThrownBy(() -> new KeyEncryption(InstallationSecrets.of(Shop.SECRET)).decrypt(userId, kept));
        assertThat(shop.count("SELECT count(*) FROM recovery_codes WHERE tenant_id = :tenant"
                        + " AND code_hash ~ '^[0-9a-f]{64}$'"))
                .isEqualTo(SecondFactors.RECOVERY_CODES);
    }

    @Test
    void aNewPasswordLeavesTheFactorAsItIs() {
        byte[] secret = active();
        shop.visitor.run(() -> shop.resetting.request(EMAIL));
        String token = shop.tokenMailedTo(EMAIL);
        shop.visitor.supply(() -> shop.resetting.complete(token, "staple from somewhere"));
        assertThat(shop.signIn(EMAIL, "staple from somewhere")).isEqualTo(new SignInResult.SecondFactorRequired());
        assertThat(shop.visitor.supply(
                        () -> shop.signingIn.signIn(new LogIn(EMAIL, "staple from somewhere", code(secret), null))))
                .isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void onlyStaffHasSecondFactors() {
        SecondFactorController controller = new SecondFactorController(shop.secondFactors);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Contexts.customer(shop.tenant, userId).run(() -> controller.begin(PASSWORD)))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("staff-only"));
        RequestContext member =
                new RequestContext(shop.tenant, new Principal(Principal.Kind.STAFF, userId, Set.of()), TraceIds.next());
        SecondFactorController.NewSecondFactor made =
                member.supply(() -> controller.begin(PASSWORD)).getBody();
        assertThat(made.uri()).contains("secret=" + made.secret());
        assertThat(made.toString()).doesNotContain(made.secret());
        assertThat(member.supply(controller::status)).isEqualTo(new SecondFactors.Status(false, 0));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> member.run(
                        () -> controller.remove(new SecondFactorController.RemovalRequest(Shop.PASSWORD, "123456"))))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("wrong-code"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> member.run(
                        () -> controller.begin(new SecondFactorController.PasswordRequest("another password"))))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("wrong-password"));
    }

    @Test
    void whoHasStolenAnAccessTokenNeitherMakesNorRemovesAFactor() {
        assertThat(begin("another password")).isEqualTo(new SecondFactorResult.WrongPassword());
        assertThat(shop.count("SELECT count(*) FROM second_factors WHERE tenant_id = :tenant"))
                .isZero();
        byte[] secret = active();
        assertThat(shop.as(userId)
                        .<SecondFactorResult>supply(
                                () -> shop.secondFactors.remove(userId, "another password", code(secret))))
                .isEqualTo(new SecondFactorResult.WrongPassword());
        assertThat(signIn(null)).isEqualTo(new SignInResult.SecondFactorRequired());
    }

    @Test
    @Tag("AUT-03")
    void whoHasStolenAnAccessTokenDoesNotGuessThePassword() {
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS; i++) {
            assertThat(begin("another password " + i)).isEqualTo(new SecondFactorResult.WrongPassword());
        }
        assertThat(begin(Shop.PASSWORD)).isEqualTo(new SecondFactorResult.TooManyAttempts(LoginAttemptStore.LOCK));
    }

    @Test
    @Tag("AUT-03")
    void whoKnowsThePasswordDoesNotGuessCodesByShowingItInBetween() {
        byte[] secret = active();
        String wrong = code(secret).equals("000000") ? "000001" : "000000";
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS - 1; i++) {
            remove(wrong);
        }
        assertThat(begin(Shop.PASSWORD)).isEqualTo(new SecondFactorResult.AlreadyActive());
        assertThat(remove(code(secret))).isInstanceOf(SecondFactorResult.TooManyAttempts.class);
    }

    /** Deterministic: the password is replaced while somebody who has shown the old one is about to get a secret. */
    @Test
    void thePasswordIsStillTheOneThatWasCompared() throws Exception {
        List<Future<SecondFactorResult>> others = new ArrayList<>();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            shop.platform.<Boolean>supply(() -> test.database().inTransaction(tx -> {
                new UserStore()
                        .replacePassword(
                                tx, shop.tenant, userId, passwords.hash("staple from somewhere"), shop.clock.instant());
                Future<SecondFactorResult> waiting = other.submit(() -> begin(Shop.PASSWORD));
                test.awaitLockWaitOr(waiting::isDone);
                return others.add(waiting);
            }));
            assertThat(others.getFirst().get(60, TimeUnit.SECONDS)).isEqualTo(new SecondFactorResult.WrongPassword());
        }
    }

    @Test
    void aSecretThatWasMadeWithTheOldPasswordIsNotConfirmedAfterAReset() {
        byte[] secret = begun();
        shop.visitor.run(() -> shop.resetting.request(EMAIL));
        String token = shop.tokenMailedTo(EMAIL);
        shop.visitor.supply(() -> shop.resetting.complete(token, "staple from somewhere"));
        assertThat(confirm(code(secret))).isEqualTo(new SecondFactorResult.NoFactor());
    }

    private void removeLost(UUID tenant, String email) {
        LostSecondFactorsController controller =
                new LostSecondFactorsController(test.database(), shop.persons, shop.clock);
        RequestContext operator = new RequestContext(
                Contexts.newTenant(), new Principal(Principal.Kind.STAFF, OPERATOR, Set.of()), TraceIds.next());
        operator.run(() -> controller.remove(
                tenant, new LostSecondFactorsController.LostSecondFactor(email, "she came by with her passport")));
    }

    private int removals() {
        return shop.count(
                "SELECT count(*) FROM second_factor_removals WHERE tenant_id = :tenant AND user_id = '" + userId
                        + "' AND principal_kind = 'STAFF' AND principal_id = '" + OPERATOR
                        + "' AND reason = 'she came by with her passport'");
    }

    @Test
    void theOperatorRemovesALostFactorAndWhoDidItIsKept() {
        active();
        removeLost(shop.tenant, "ANN@example.org");
        assertThat(signIn(null)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(shop.count("SELECT count(*) FROM recovery_codes WHERE tenant_id = :tenant"))
                .isZero();
        assertThat(removals()).isEqualTo(1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> removeLost(shop.tenant, EMAIL))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("second-factor-not-found"));
        assertThat(removals()).isEqualTo(1);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> test.database()
                        .asWorker(tx -> tx.jdbc()
                                .sql("UPDATE second_factor_removals SET reason = 'nice'")
                                .update()));
    }

    private int audited(String action) {
        return shop.count("SELECT count(*) FROM audit_log WHERE tenant_id = :tenant AND subject_id = '" + userId
                + "' AND action = '" + action + "' AND details NOT LIKE '%passport%'");
    }

    @Test
    @Tag("PLT-29")
    void factorsThatAreAddedAndRemovedStandInTheAuditLog() {
        active();
        assertThat(audited("second-factor.added")).isOne();
        removeLost(shop.tenant, EMAIL);
        assertThat(audited("second-factor.removed-as-lost")).isOne();

        byte[] secret = active();
        remove(code(secret));
        assertThat(audited("second-factor.removed")).isOne();
    }

    @Test
    @Tag("PLT-17")
    void aLostFactorIsRemovedInTheNamedShopOnly() {
        active();
        Shop another = new Shop(test, passwords);
        another.customer(EMAIL);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> removeLost(another.tenant, EMAIL))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("second-factor-not-found"));
        assertThat(signIn(null)).isEqualTo(new SignInResult.SecondFactorRequired());
    }
}
