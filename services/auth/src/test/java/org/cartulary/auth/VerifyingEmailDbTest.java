package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AUT-02")
class VerifyingEmailDbTest {

    private static final String EMAIL = "Ann@example.org";
    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private void request(String email) {
        shop.visitor.run(() -> shop.verifying.request(email));
    }

    private boolean confirm(String token) {
        return shop.confirm(token);
    }

    private int verified() {
        return shop.count(
                "SELECT count(*) FROM users WHERE tenant_id = :tenant AND email_verified AND email_verified_at IS NOT NULL");
    }

    @Test
    void whoRegistersGetsAMailWhoseTokenVerifiesTheAddressOnce() {
        shop.registered(EMAIL);
        String token = shop.tokenMailedTo(EMAIL);
        assertThat(verified()).isZero();
        assertThat(confirm(token)).isTrue();
        assertThat(verified()).isEqualTo(1);
        assertThat(confirm(token)).isFalse();
        assertThat(shop.count("SELECT count(*) FROM email_verifications WHERE tenant_id = :tenant"))
                .isZero();
    }

    @Test
    void ofManyWhoShowATokenAtOnceOneVerifies() throws Exception {
        shop.registered(EMAIL);
        String token = shop.tokenMailedTo(EMAIL);
        List<Boolean> results =
                shop.visitor.call(() -> Concurrently.run(6, () -> shop.verifying.confirm(token, Shop.PASSWORD))
                        .valuesOrThrow());
        assertThat(results).filteredOn(good -> good).hasSize(1);
    }

    /** Deterministic, unlike the one above: the second comes while the first has used the token and not committed yet. */
    @Test
    void whoShowsATokenThatIsBeingUsedIsRefused() throws Exception {
        shop.registered(EMAIL);
        String token = shop.tokenMailedTo(EMAIL);
        List<Future<Boolean>> second = new ArrayList<>();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            shop.platform.<Boolean>supply(() -> test.database().inTransaction(tx -> {
                assertThat(new MailedTokenStore()
                                .use(tx, shop.tenant, MailedToken.EMAIL_VERIFICATION, token, shop.clock.instant()))
                        .isPresent();
                Future<Boolean> waiting = other.submit(() -> confirm(token));
                test.awaitLockWaitOr(waiting::isDone);
                return second.add(waiting);
            }));
            assertThat(second.getFirst().get(60, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void aTokenIsKeptAsAHashAndExpires() {
        shop.registered(EMAIL);
        String token = shop.tokenMailedTo(EMAIL);
        assertThat(test.admin()
                        .sql("SELECT token_hash FROM email_verifications WHERE tenant_id = :tenant")
                        .param("tenant", shop.tenant)
                        .query(String.class)
                        .list())
                .containsExactly(SecretTexts.sha256(token));
        shop.clock.advance(MailedToken.EMAIL_VERIFICATION.life());
        assertThat(confirm(token)).isFalse();
        assertThat(verified()).isZero();
    }

    @Test
    void threeMailsAnHourAreSentToAnAddress() {
        shop.registered(EMAIL);
        for (int i = 0; i < MailedTokenStore.MAX_REQUESTS + 2; i++) {
            request("ann@EXAMPLE.org");
        }
        assertThat(shop.mailsTo(EMAIL)).hasSize(1 + MailedTokenStore.MAX_REQUESTS);
        shop.clock.advance(MailedTokenStore.REQUESTS_WITHIN.minus(Duration.ofSeconds(1)));
        request(EMAIL);
        assertThat(shop.mailsTo(EMAIL)).hasSize(1 + MailedTokenStore.MAX_REQUESTS);
        shop.clock.advance(Duration.ofSeconds(1));
        request(EMAIL);
        assertThat(shop.mailsTo(EMAIL)).hasSize(2 + MailedTokenStore.MAX_REQUESTS);
    }

    @Test
    void howeverManyAskAtOnceNoMoreMailsAreSent() throws Exception {
        shop.registered(EMAIL);
        shop.visitor.call(() -> Concurrently.run(12, () -> {
                    shop.verifying.request(EMAIL);
                    return true;
                })
                .valuesOrThrow());
        assertThat(shop.mailsTo(EMAIL)).hasSize(1 + MailedTokenStore.MAX_REQUESTS);
    }

    @Test
    void anAddressThatIsVerifiedOrUnknownGetsNoMail() {
        shop.registered(EMAIL);
        confirm(shop.tokenMailedTo(EMAIL));
        request(EMAIL);
        request("nobody@example.org");
        assertThat(shop.mailsTo(EMAIL)).hasSize(1);
        assertThat(shop.mailsTo("nobody@example.org")).isEmpty();
    }

    @Test
    void whetherAnAddressHasAnAccountShowsNeitherInAnswersNorInWork() {
        shop.registered(EMAIL);
        assertThat(Shop.statements(() -> request(EMAIL)))
                .isEqualTo(Shop.statements(() -> request("nobody@example.org")));
        assertThat(Shop.statements(() -> shop.visitor.run(() -> shop.resetting.request(EMAIL))))
                .isEqualTo(Shop.statements(() -> shop.visitor.run(() -> shop.resetting.request("nobody@example.org"))));
    }

    @Test
    @Tag("PLT-17")
    void aTokenIsGoodInItsShopOnly() {
        shop.registered(EMAIL);
        String token = shop.tokenMailedTo(EMAIL);
        UUID other = Contexts.newTenant();
        assertThat(Contexts.visitor(other).<Boolean>supply(() -> shop.verifying.confirm(token, Shop.PASSWORD)))
                .isFalse();
        assertThat(confirm(token)).isTrue();
    }

    @Test
    void aTokenOfAnotherKindIsRefusedWithAProblem() {
        shop.registered(EMAIL);
        shop.visitor.run(() -> shop.resetting.request(EMAIL));
        String resetToken = shop.tokenMailedTo(EMAIL);
        EmailVerificationsController controller = new EmailVerificationsController(shop.verifying);
        assertThat(resetToken).startsWith("pr_");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> shop.visitor.run(() -> controller.confirm(
                        new EmailVerificationsController.VerificationRequest(resetToken, Shop.PASSWORD))))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("invalid-mailed-token"));
    }

    /** Ada registers, somebody else registers her address after her, and she uses the newest mail, as she is told to. */
    @Test
    @Tag("AUT-03")
    void whoRegistersWithTheAddressOfSomebodyElseGetsNoAccountByTheMailThatTheOtherReads() {
        String ofTheOther = "staple from somewhere";
        shop.registered(EMAIL);
        shop.register(EMAIL, ofTheOther);
        String newest = shop.tokenMailedTo(EMAIL);

        assertThat(confirm(newest)).isFalse();

        assertThat(verified()).isZero();
        assertThat(shop.signIn(EMAIL, ofTheOther)).isEqualTo(new SignInResult.WrongCredentials());
        shop.registered(EMAIL);
        assertThat(confirm(shop.tokenMailedTo(EMAIL))).isTrue();
        assertThat(shop.signIn(EMAIL, ofTheOther)).isEqualTo(new SignInResult.WrongCredentials());
        shop.signedIn(EMAIL);
    }

    @Test
    void aWrongPasswordLeavesTheTokenAndIsAnsweredAsABadTokenIs() {
        shop.registered(EMAIL);
        String token = shop.tokenMailedTo(EMAIL);
        EmailVerificationsController controller = new EmailVerificationsController(shop.verifying);
        List<String> answers = new ArrayList<>();
        for (EmailVerificationsController.VerificationRequest bad : List.of(
                new EmailVerificationsController.VerificationRequest(token, "staple from somewhere"),
                new EmailVerificationsController.VerificationRequest("ev_nonsense", Shop.PASSWORD))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> shop.visitor.run(() -> controller.confirm(bad)))
                    .satisfies(problem ->
                            answers.add(problem.status() + problem.code() + problem.getMessage() + problem.errors()));
        }
        assertThat(answers.getFirst()).contains("invalid-mailed-token").isEqualTo(answers.getLast());
        assertThat(confirm(token)).isTrue();
    }

    /** Deterministic: the password is replaced by whom the token does not know after it was compared. */
    @Test
    void aPasswordThatIsReplacedWhileItIsComparedVerifiesNothing() throws Exception {
        UUID userId = shop.registered(EMAIL);
        String token = shop.tokenMailedTo(EMAIL);
        String another = passwords.hash("staple from somewhere");
        List<Future<Boolean>> second = new ArrayList<>();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            shop.platform.<Boolean>supply(() -> test.database().inTransaction(tx -> {
                new UserStore().replacePassword(tx, shop.tenant, userId, another, shop.clock.instant());
                Future<Boolean> waiting = other.submit(() -> confirm(token));
                test.awaitLockWaitOr(waiting::isDone);
                return second.add(waiting);
            }));
            assertThat(second.getFirst().get(60, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(verified()).isZero();
    }

    @Test
    @Tag("AUT-03")
    void whoTriedToLogInBeforeTheMailCameIsNotLockedOutAfterIt() {
        shop.registered(EMAIL);
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS; i++) {
            shop.signIn(EMAIL, Shop.PASSWORD);
        }
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isInstanceOf(SignInResult.TooManyAttempts.class);
        assertThat(confirm(shop.tokenMailedTo(EMAIL))).isTrue();
        shop.signedIn(EMAIL);
    }
}
