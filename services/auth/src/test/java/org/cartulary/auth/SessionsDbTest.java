package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionsDbTest {

    private static final String EMAIL = "ann@example.org";
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

    private SignedInUser loggedIn() {
        shop.customer(EMAIL);
        return shop.signedIn(EMAIL);
    }

    private void pastGrace() {
        shop.clock.advance(SessionStore.GRACE);
    }

    @Test
    @Tag("AUT-02")
    void aRefreshTokenBuysTheNextOneOfItsSession() {
        SignedInUser first = loggedIn();
        SignedInUser second = shop.refreshed(first.refreshToken());
        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(shop.refresh(second.refreshToken())).isInstanceOf(RefreshResult.Refreshed.class);
    }

    @Test
    @Tag("AUT-02")
    void aReusedRefreshTokenEndsItsSessionAndNoOther() {
        SignedInUser stolen = loggedIn();
        SignedInUser other = shop.signedIn(EMAIL);
        SignedInUser next = shop.refreshed(stolen.refreshToken());
        pastGrace();
        assertThat(shop.refresh(stolen.refreshToken())).isEqualTo(new RefreshResult.Reused());
        assertThat(shop.refresh(next.refreshToken())).isEqualTo(new RefreshResult.Refused());
        assertThat(shop.refresh(other.refreshToken())).isInstanceOf(RefreshResult.Refreshed.class);
    }

    @Test
    @Tag("AUT-02")
    void whoHasLostTheAnswerAsksAgainRightAwayAndGoesOn() {
        SignedInUser user = loggedIn();
        shop.refreshed(user.refreshToken());
        shop.clock.advance(SessionStore.GRACE.minusMillis(1));
        SignedInUser again = shop.refreshed(user.refreshToken());
        assertThat(again.sessionId()).isEqualTo(user.sessionId());
        pastGrace();
        assertThat(shop.refresh(again.refreshToken())).isInstanceOf(RefreshResult.Refreshed.class);
    }

    @Test
    @Tag("AUT-02")
    void aThiefWithinTheGraceIsNoticedWhenTheOwnerGoesOn() {
        SignedInUser owner = loggedIn();
        SignedInUser next = shop.refreshed(owner.refreshToken());
        SignedInUser thief = shop.refreshed(owner.refreshToken());
        assertThat(shop.refresh(next.refreshToken())).isEqualTo(new RefreshResult.Reused());
        assertThat(shop.refresh(thief.refreshToken())).isEqualTo(new RefreshResult.Refused());
    }

    @Test
    @Tag("AUT-02")
    void onceTheNextTokenIsUsedTheOneBeforeItHasNoGrace() {
        SignedInUser owner = loggedIn();
        SignedInUser next = shop.refreshed(owner.refreshToken());
        SignedInUser third = shop.refreshed(next.refreshToken());
        assertThat(shop.refresh(owner.refreshToken())).isEqualTo(new RefreshResult.Reused());
        assertThat(shop.refresh(third.refreshToken())).isEqualTo(new RefreshResult.Refused());
    }

    @Test
    @Tag("AUT-02")
    void ofManyRefreshesWithOneTokenTheLastAnswerGoesOn() throws Exception {
        SignedInUser user = loggedIn();
        List<RefreshResult> results =
                shop.visitor.call(() -> Concurrently.run(8, () -> shop.sessions.refresh(user.refreshToken()))
                        .valuesOrThrow());
        assertThat(results).hasSize(8).allMatch(RefreshResult.Refreshed.class::isInstance);
        assertThat(shop.count("SELECT count(*) FROM refresh_tokens WHERE tenant_id = :tenant AND used_at IS NULL"
                        + " AND revoked_at IS NULL"))
                .isEqualTo(1);
    }

    /** Deterministic, unlike the one above: another comes while the first answer is being taken back. */
    @Test
    @Tag("AUT-02")
    void thoseWhoComeWithTokensOfOneSessionTakeTurns() throws Exception {
        SignedInUser user = loggedIn();
        shop.refreshed(user.refreshToken());
        List<Future<RefreshResult>> others = new ArrayList<>();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            SignedInUser second = shop.platform.supply(() -> test.database().inTransaction(tx -> {
                SignedInUser next = new SessionStore()
                        .rotate(tx, shop.tenant, user.refreshToken(), shop.clock.instant())
                        .orElseThrow();
                Future<RefreshResult> waiting = other.submit(() -> shop.refresh(user.refreshToken()));
                test.awaitLockWaitOr(waiting::isDone);
                others.add(waiting);
                return next;
            }));
            assertThat(others.getFirst().get(60, TimeUnit.SECONDS)).isInstanceOf(RefreshResult.Refreshed.class);
            assertThat(shop.refresh(second.refreshToken())).isEqualTo(new RefreshResult.Reused());
        }
    }

    @Test
    @Tag("AUT-02")
    void aSessionEndsAtLastHoweverOftenItIsRefreshed() {
        SignedInUser user = loggedIn();
        Duration step = SessionStore.TOKEN_LIFE.minusDays(1);
        for (Duration at = step; at.compareTo(SessionStore.SESSION_LIFE) < 0; at = at.plus(step)) {
            shop.clock.advance(step);
            user = shop.refreshed(user.refreshToken());
        }
        shop.clock.advance(step);
        assertThat(shop.refresh(user.refreshToken())).isEqualTo(new RefreshResult.Refused());
    }

    @Test
    @Tag("AUT-06")
    void aUserSeesWhereTheyAreLoggedIn() {
        SignedInUser laptop = loggedIn();
        shop.clock.advance(Duration.ofHours(1));
        SignedInUser phone = shop.signedIn(EMAIL);
        shop.clock.advance(Duration.ofHours(1));
        shop.refreshed(laptop.refreshToken());
        List<OpenSession> open = shop.as(laptop.userId()).supply(() -> shop.sessions.open(laptop.userId()));
        assertThat(open).extracting(OpenSession::id).containsExactly(laptop.sessionId(), phone.sessionId());
        assertThat(open.getFirst().userAgent()).isEqualTo("A browser");
        assertThat(open.getFirst().lastUsedAt()).isEqualTo(shop.clock.instant());
        assertThat(open.getFirst().createdAt()).isEqualTo(shop.clock.instant().minus(Duration.ofHours(2)));
        assertThat(open.getFirst().expiresAt())
                .isEqualTo(open.getFirst().createdAt().plus(SessionStore.SESSION_LIFE));
        assertThat(shop.as(laptop.userId()).<List<OpenSession>>supply(() -> shop.sessions.open(Ids.next())))
                .isEmpty();
        shop.clock.advance(SessionStore.TOKEN_LIFE);
        assertThat(shop.as(laptop.userId()).<List<OpenSession>>supply(() -> shop.sessions.open(laptop.userId())))
                .as("nobody can go on with them")
                .isEmpty();
    }

    @Test
    @Tag("AUT-06")
    void aUserEndsTheirOwnSessionsOnly() {
        SignedInUser user = loggedIn();
        assertThat(shop.as(user.userId()).<Boolean>supply(() -> shop.sessions.end(Ids.next(), user.sessionId())))
                .isFalse();
        SignedInUser next = shop.refreshed(user.refreshToken());
        assertThat(shop.as(user.userId()).<Boolean>supply(() -> shop.sessions.end(user.userId(), user.sessionId())))
                .isTrue();
        assertThat(shop.refresh(next.refreshToken())).isEqualTo(new RefreshResult.Refused());
    }

    @Test
    @Tag("AUT-02")
    @Tag("AUT-06")
    void whoLogsOutEverywhereIsLoggedInNowhere() {
        SignedInUser laptop = loggedIn();
        SignedInUser phone = shop.signedIn(EMAIL);
        shop.customer("bob@example.org");
        SignedInUser bob = shop.signedIn("bob@example.org");
        shop.as(laptop.userId()).run(() -> shop.sessions.endAll(laptop.userId()));
        assertThat(shop.refresh(laptop.refreshToken())).isEqualTo(new RefreshResult.Refused());
        assertThat(shop.refresh(phone.refreshToken())).isEqualTo(new RefreshResult.Refused());
        assertThat(shop.refresh(bob.refreshToken())).isInstanceOf(RefreshResult.Refreshed.class);
        assertThat(shop.as(laptop.userId()).<List<OpenSession>>supply(() -> shop.sessions.open(laptop.userId())))
                .isEmpty();
    }

    @Test
    @Tag("AUT-06")
    void overHttpOneSessionIsTheCurrentOneAndAStrangersIsNotThere() {
        SignedInUser user = loggedIn();
        SignedInUser other = shop.signedIn(EMAIL);
        SigningKeys keys = new SigningKeys(
                test.database(),
                shop.clock,
                new KeyEncryption(InstallationSecrets.of("a secret that is at least 32 characters long")));
        AccessTokens tokens = new AccessTokens(keys, shop.clock);
        SessionsController controller = new SessionsController(shop.signingIn, shop.sessions, tokens);
        String authorization = "Bearer " + tokens.sign(shop.tenant, user);
        var customer = Contexts.customer(shop.tenant, user.userId());
        assertThat(customer.supply(() -> controller.list(authorization))
                        .getBody()
                        .items())
                .extracting(SessionsController.OpenSessionView::id, SessionsController.OpenSessionView::current)
                .containsExactlyInAnyOrder(tuple(user.sessionId(), true), tuple(other.sessionId(), false));
        UUID stranger = Ids.next();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        Contexts.customer(shop.tenant, stranger).run(() -> controller.signOutOf(other.sessionId())))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("session-not-found"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Contexts.integration(shop.tenant).run(controller::signOutEverywhere))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("no-session"));
        customer.run(() -> controller.signOutOf(other.sessionId()));
        assertThat(shop.refresh(other.refreshToken())).isEqualTo(new RefreshResult.Refused());
        customer.run(controller::signOutEverywhere);
        assertThat(shop.refresh(user.refreshToken())).isEqualTo(new RefreshResult.Refused());
    }
}
