package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.auth.PageStoreUnderTest.Kind;
import org.cartulary.contracts.auth.EndPageSession;
import org.cartulary.contracts.auth.OpenPageSession;
import org.cartulary.contracts.auth.OpenPageSessionResult;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.UsePageSession;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store of page sessions promises. */
@Tag("AUT-06")
@ParameterizedClass
@EnumSource(Kind.class)
class PageSessionsTest {

    private static final String EMAIL = "ann@example.org";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);
    private final Kind kind;
    private final PageStoreUnderTest store;
    private final PageSessionsEndpoint pages;

    PageSessionsTest(Kind kind) {
        this.kind = kind;
        store = kind.open(test, IDLE);
        pages = pages(store);
    }

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private PageSessionsEndpoint pages(PageStoreUnderTest kept) {
        SigningKeys keys =
                new SigningKeys(test.database(), shop.clock, new KeyEncryption(InstallationSecrets.of(Shop.SECRET)));
        return new PageSessionsEndpoint(kept.store(), shop.persons, new AccessTokens(keys, shop.clock), shop.clock);
    }

    private SignedInUser loggedIn() {
        shop.customer(EMAIL);
        return shop.signedIn(EMAIL);
    }

    private OpenPageSessionResult opened(String refreshToken) {
        return shop.visitor.supply(() -> pages.open(new OpenPageSession(refreshToken)));
    }

    private String tokenFor(SignedInUser user) {
        return ((OpenPageSessionResult.Opened) opened(user.refreshToken())).token();
    }

    private @Nullable PageSession used(String token) {
        return used(shop.visitor, pages, token);
    }

    private static @Nullable PageSession used(RequestContext caller, PageSessionsEndpoint pages, String token) {
        return caller.supply(() -> pages.use(new UsePageSession(token)));
    }

    private void end(RequestContext caller, String token) {
        caller.run(() -> pages.end(new EndPageSession(token)));
    }

    private void pass(Duration time) {
        store.pass(shop, time);
    }

    private List<OpenSession> listed(UUID userId) {
        return shop.as(userId).supply(() -> shop.sessions.open(userId));
    }

    @Test
    void whoHasJustLoggedInIsKnownAtPagesByATokenOfTheirOwn() throws Exception {
        SignedInUser user = loggedIn();
        var opened = (OpenPageSessionResult.Opened) opened(user.refreshToken());
        assertThat(opened.token()).matches("ps_[A-Za-z0-9_-]{43}");
        assertThat(opened.toString()).doesNotContain(opened.token()).doesNotContain(EMAIL);
        for (PageSession session : List.of(opened.session(), Objects.requireNonNull(used(opened.token())))) {
            assertThat(session.userId()).isEqualTo(user.userId());
            assertThat(session.sessionId()).isEqualTo(user.sessionId());
            assertThat(session.role()).isEqualTo(Roles.CUSTOMER);
            assertThat(session.permissions()).isEqualTo(Roles.permissionsOf(Roles.CUSTOMER));
            assertThat(session.firstName()).isEqualTo("Ann");
            assertThat(session.lastName()).isEqualTo("Doe");
            assertThat(session.email()).isEqualTo(EMAIL);
            JWTClaimsSet claims = SignedJWT.parse(session.accessToken()).getJWTClaimsSet();
            assertThat(claims.getStringClaim("sid")).isEqualTo(user.sessionId().toString());
            assertThat(claims.getStringClaim("tid")).isEqualTo(shop.tenant.toString());
            assertThat(claims.getExpirationTime().toInstant())
                    .isEqualTo(session.accessTokenExpiresAt())
                    .isEqualTo(shop.clock.instant().plus(AccessTokens.LIFE_AT_PAGES));
        }
    }

    @Test
    void onlyTheHashOfATokenIsKept() {
        String token = tokenFor(loggedIn());
        assertThat(store.kept(shop))
                .hasSize(1)
                .allSatisfy(text ->
                        assertThat(text).contains(SecretTexts.sha256(token)).doesNotContain(token));
    }

    @Test
    void theRefreshTokenIsUsedUpAndEndsTheSessionIfItComesAgain() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        assertThat(shop.refresh(user.refreshToken())).isEqualTo(new RefreshResult.Reused());
        assertThat(used(token)).isNull();
    }

    @Test
    void aRefreshTokenThatOpensASecondPageSessionEndsTheFirst() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        assertThat(opened(user.refreshToken())).isEqualTo(new OpenPageSessionResult.Refused());
        assertThat(used(token)).isNull();
        assertThat(store.kept(shop)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void ofManyWhoComeWithOneRefreshTokenOneIsAdmittedAndNoticedAsAThief() throws Exception {
        SignedInUser user = loggedIn();
        List<OpenPageSessionResult> results =
                shop.visitor.call(() -> Concurrently.run(8, () -> pages.open(new OpenPageSession(user.refreshToken())))
                        .valuesOrThrow());
        List<String> tokens = results.stream()
                .filter(OpenPageSessionResult.Opened.class::isInstance)
                .map(result -> ((OpenPageSessionResult.Opened) result).token())
                .toList();
        assertThat(tokens).hasSize(1);
        assertThat(used(tokens.getFirst())).isNull();
    }

    @Test
    void whatIsNoUsableRefreshTokenOpensNothing() {
        assertThat(opened("rt_unknown")).isEqualTo(new OpenPageSessionResult.Refused());
        SignedInUser late = loggedIn();
        pass(SessionStore.TOKEN_LIFE);
        assertThat(opened(late.refreshToken())).as("expired").isEqualTo(new OpenPageSessionResult.Refused());
        SignedInUser user = shop.signedIn(EMAIL);
        SignedInUser next = shop.refreshed(user.refreshToken());
        assertThat(opened(user.refreshToken())).as("used").isEqualTo(new OpenPageSessionResult.Refused());
        assertThat(shop.refresh(next.refreshToken()))
                .as("its session has ended")
                .isEqualTo(new RefreshResult.Refused());
        assertThat(store.kept(shop)).isEmpty();
    }

    @Test
    void aPageSessionEndsWhenItWasIdleForHalfAnHour() {
        String token = tokenFor(loggedIn());
        pass(IDLE.minusSeconds(1));
        assertThat(used(token)).isNotNull();
        pass(IDLE.minusSeconds(1));
        assertThat(used(token)).as("its idle time began anew").isNotNull();
        pass(IDLE);
        assertThat(used(token)).isNull();
    }

    @Test
    void aPageSessionWithAShortIdleTimeGoesOnWhileItIsUsed() {
        PageStoreUnderTest brief = kind.open(test, Duration.ofMinutes(1));
        PageSessionsEndpoint briefly = pages(brief);
        SignedInUser user = loggedIn();
        var opened = (OpenPageSessionResult.Opened)
                shop.visitor.supply(() -> briefly.open(new OpenPageSession(user.refreshToken())));
        for (int time = 0; time < 5; time++) {
            brief.pass(shop, Duration.ofSeconds(50));
            assertThat(used(shop.visitor, briefly, opened.token())).isNotNull();
        }
        brief.pass(shop, Duration.ofMinutes(1));
        assertThat(used(shop.visitor, briefly, opened.token())).isNull();
    }

    @Test
    void aPageSessionEndsAtLastHoweverOftenItIsUsed() {
        Duration day = Duration.ofDays(1);
        PageStoreUnderTest patient = kind.open(test, day);
        PageSessionsEndpoint patiently = pages(patient);
        SignedInUser user = loggedIn();
        Instant end = shop.clock.instant().plus(SessionStore.SESSION_LIFE);
        var opened = (OpenPageSessionResult.Opened)
                shop.visitor.supply(() -> patiently.open(new OpenPageSession(user.refreshToken())));
        Duration step = day.minusHours(1);
        while (shop.clock.instant().plus(step).isBefore(end)) {
            patient.pass(shop, step);
            assertThat(used(shop.visitor, patiently, opened.token())).isNotNull();
        }
        assertThat(listed(user.userId())).as("its owner still sees it").hasSize(1);
        patient.pass(shop, step);
        assertThat(used(shop.visitor, patiently, opened.token())).isNull();
    }

    @Test
    void itsOwnerSeesTheSessionBehindItAndThatItIsUsed() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        pass(Duration.ofMinutes(20));
        used(token);
        assertThat(listed(user.userId())).singleElement().satisfies(session -> {
            assertThat(session.id()).isEqualTo(user.sessionId());
            assertThat(session.lastUsedAt()).isEqualTo(shop.clock.instant());
        });
    }

    @Test
    void whoLogsOutAtThePageIsLoggedOut() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        end(shop.visitor, token);
        assertThat(used(token)).isNull();
        assertThat(listed(user.userId())).isEmpty();
        end(shop.visitor, token);
        end(shop.visitor, "ps_unknown");
    }

    @Test
    void whoLogsOutOfAnIdlePageSessionEndsTheSessionBehindIt() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        pass(IDLE.minusSeconds(1));
        end(shop.visitor, token);
        assertThat(listed(user.userId())).isEmpty();
    }

    @Test
    void itEndsAtOnceWhenItsOwnerEndsTheSessionBehindIt() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        SignedInUser other = shop.signedIn(EMAIL);
        String otherToken = tokenFor(other);
        shop.as(user.userId()).run(() -> shop.sessions.end(user.userId(), user.sessionId()));
        assertThat(used(token)).isNull();
        assertThat(used(otherToken)).isNotNull();
        shop.as(user.userId()).run(() -> shop.sessions.endAll(user.userId()));
        assertThat(used(otherToken)).isNull();
    }

    @Test
    void itEndsAtOnceWithANewPassword() {
        String token = tokenFor(loggedIn());
        shop.visitor.run(() -> shop.resetting.request(EMAIL));
        String mailed = shop.tokenMailedTo(EMAIL);
        assertThat(shop.visitor.<ResetPasswordResult>supply(
                        () -> shop.resetting.complete(mailed, "another battery, correct horse")))
                .isEqualTo(new ResetPasswordResult.Reset());
        assertThat(used(token)).isNull();
    }

    @Test
    void itEndsAtOnceWhenItsOwnerIsForgotten() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        var records = new AccountRecordsEndpoint(test.database(), shop.persons, ApiJson.strict());
        shop.platform.run(() -> records.erase(new org.cartulary.contracts.privacy.Person(user.userId(), null)));
        assertThat(used(token)).isNull();
    }

    @Test
    void itEndsAtOnceWhenTheAccountMayNoLongerLogIn() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        test.admin()
                .sql("UPDATE users SET is_active = false WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", shop.tenant)
                .param("id", user.userId())
                .update();
        assertThat(used(token)).isNull();
    }

    @Test
    void inAnotherShopTheTokenFindsAndEndsNothing() {
        String token = tokenFor(loggedIn());
        RequestContext elsewhere = new Shop(test, passwords).visitor;
        assertThat(used(elsewhere, pages, token)).isNull();
        end(elsewhere, token);
        assertThat(used(token)).isNotNull();
    }

    @Test
    void whoIsAskedAboutIsTheTokensOwnerWhoeverAsks() {
        SignedInUser user = loggedIn();
        String token = tokenFor(user);
        PageSession session = used(shop.as(Ids.next()), pages, token);
        assertThat(Objects.requireNonNull(session).userId()).isEqualTo(user.userId());
    }

    @Test
    void manyTabsAreAnsweredAtOnce() throws Exception {
        String token = tokenFor(loggedIn());
        pass(Duration.ofMinutes(15));
        List<Boolean> answered =
                shop.visitor.call(() -> Concurrently.run(16, () -> pages.use(new UsePageSession(token)) != null)
                        .valuesOrThrow());
        assertThat(answered).hasSize(16).doesNotContain(false);
        pass(IDLE.minusSeconds(1));
        assertThat(used(token)).isNotNull();
    }
}
