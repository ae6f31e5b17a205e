package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AUT-02")
class ResettingPasswordDbTest {

    private static final String EMAIL = "ann@example.org";
    private static final String ANOTHER = "staple from somewhere";
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

    private String requested() {
        shop.visitor.run(() -> shop.resetting.request(EMAIL));
        return shop.tokenMailedTo(EMAIL);
    }

    private ResetPasswordResult complete(String token, String password) {
        return shop.visitor.supply(() -> shop.resetting.complete(token, password));
    }

    @Test
    void theMailedTokenSetsAPasswordOnce() {
        shop.customer(EMAIL);
        String token = requested();
        assertThat(token).startsWith("pr_");
        assertThat(shop.mailsTo(EMAIL).getLast().text()).contains("https://shop.example/new?code=" + token);
        assertThat(complete(token, ANOTHER)).isEqualTo(new ResetPasswordResult.Reset());
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
        assertThat(shop.signIn(EMAIL, ANOTHER)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(complete(token, "a third one, in vain")).isEqualTo(new ResetPasswordResult.InvalidToken());
        assertThat(shop.signIn(EMAIL, ANOTHER)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void ofManyWhoShowATokenAtOnceOneSetsThePassword() throws Exception {
        shop.customer(EMAIL);
        String token = requested();
        List<ResetPasswordResult> results = shop.visitor.call(() -> Concurrently.run(
                        4, index -> shop.resetting.complete(token, "password of thread no. " + index))
                .valuesOrThrow());
        assertThat(results)
                .filteredOn(ResetPasswordResult.Reset.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aTokenIsWorthNothingAfterAnHour() {
        shop.customer(EMAIL);
        String token = requested();
        shop.clock.advance(MailedToken.PASSWORD_RESET.life());
        assertThat(complete(token, ANOTHER)).isEqualTo(new ResetPasswordResult.InvalidToken());
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void aNewPasswordMakesTheOtherTokensWorthless() {
        shop.customer(EMAIL);
        String first = requested();
        String second = requested();
        assertThat(complete(second, ANOTHER)).isEqualTo(new ResetPasswordResult.Reset());
        assertThat(complete(first, "a third one, in vain")).isEqualTo(new ResetPasswordResult.InvalidToken());
    }

    @Test
    void aNewPasswordEndsAllSessionsOfItsUserAndOfNobodyElse() {
        shop.customer(EMAIL);
        shop.customer("bob@example.org");
        SignedInUser laptop = shop.signedIn(EMAIL);
        SignedInUser phone = shop.signedIn(EMAIL);
        SignedInUser bob = shop.signedIn("bob@example.org");
        complete(requested(), ANOTHER);
        assertThat(shop.refresh(laptop.refreshToken())).isEqualTo(new RefreshResult.Refused());
        assertThat(shop.refresh(phone.refreshToken())).isEqualTo(new RefreshResult.Refused());
        assertThat(shop.refresh(bob.refreshToken())).isInstanceOf(RefreshResult.Refreshed.class);
    }

    /** Deterministic: the password is replaced while somebody who has shown the old one is about to get a session. */
    @Test
    void whoLogsInWithTheOldPasswordMeanwhileGetsNoSession() throws Exception {
        shop.customer(EMAIL);
        List<Future<SignInResult>> logIns = new ArrayList<>();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            String emailIndex = shop.visitor.supply(() -> shop.persons.emailIndex(EMAIL));
            shop.platform.<Boolean>supply(() -> test.database().inTransaction(tx -> {
                UUID userId = new UserStore()
                        .findActive(tx, shop.tenant, emailIndex)
                        .orElseThrow()
                        .userId();
                new UserStore().replacePassword(tx, shop.tenant, userId, passwords.hash(ANOTHER), shop.clock.instant());
                Future<SignInResult> waiting = other.submit(() -> shop.signIn(EMAIL, Shop.PASSWORD));
                test.awaitLockWaitOr(waiting::isDone);
                return logIns.add(waiting);
            }));
            assertThat(logIns.getFirst().get(60, TimeUnit.SECONDS)).isEqualTo(new SignInResult.WrongCredentials());
        }
        assertThat(shop.count("SELECT count(*) FROM user_sessions WHERE tenant_id = :tenant"))
                .isZero();
    }

    @Test
    void whoWasLockedOutGetsInWithANewPassword() {
        shop.customer(EMAIL);
        for (int i = 0; i < LoginAttemptStore.MAX_ATTEMPTS; i++) {
            shop.signIn(EMAIL, "wrong password");
        }
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isInstanceOf(SignInResult.TooManyAttempts.class);
        complete(requested(), ANOTHER);
        assertThat(shop.signIn(EMAIL, ANOTHER)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void aRefusedPasswordLeavesTheTokenAsItWas() {
        shop.customer(EMAIL);
        String token = requested();
        PasswordResetsController controller = new PasswordResetsController(shop.resetting);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> shop.visitor.run(() ->
                        controller.complete(new PasswordResetsController.NewPasswordRequest(token, "Password12345"))))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("password-refused"))
                .satisfies(problem ->
                        assertThat(problem.errors().getFirst().code()).isEqualTo("common"));
        assertThat(complete(token, ANOTHER)).isEqualTo(new ResetPasswordResult.Reset());
    }

    @Test
    void nobodyGetsMoreThanThreeMailsAnHour() {
        shop.customer(EMAIL);
        for (int i = 0; i < MailedTokenStore.MAX_REQUESTS + 1; i++) {
            shop.visitor.run(() -> shop.resetting.request(EMAIL));
        }
        assertThat(shop.mailsTo(EMAIL)).hasSize(1 + MailedTokenStore.MAX_REQUESTS);
        shop.clock.advance(MailedTokenStore.REQUESTS_WITHIN);
        requested();
        assertThat(shop.mailsTo(EMAIL)).hasSize(2 + MailedTokenStore.MAX_REQUESTS);
    }

    @Test
    void whoSetsAPasswordByMailHasShownThatTheAddressIsTheirs() {
        shop.registered(EMAIL);
        complete(requested(), ANOTHER);
        assertThat(shop.count("SELECT count(*) FROM users WHERE tenant_id = :tenant AND email_verified"))
                .isEqualTo(1);
    }
}
