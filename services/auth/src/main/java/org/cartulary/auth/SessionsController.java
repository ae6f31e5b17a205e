package org.cartulary.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.http.TakesCredentials;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where people log in, stay logged in, and log out. */
@RestController
@RequestMapping("/api/v1/store/sessions")
final class SessionsController {

    private static final String BEARER = "Bearer ";

    private final SigningIn signingIn;
    private final Sessions sessions;
    private final AccessTokens accessTokens;

    SessionsController(SigningIn signingIn, Sessions sessions, AccessTokens accessTokens) {
        this.signingIn = signingIn;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
    }

    record SessionRequest(
            @NotNull @Size(max = EmailAddresses.MAX_CHARACTERS) String email,

            @NotNull @Size(max = 1000) String password,
            @Nullable @Size(max = 40) String secondFactor) {

        @Override
        public String toString() {
            return "SessionRequest[]";
        }
    }

    record RefreshRequest(@NotNull @Size(max = 128) String refreshToken) {

        @Override
        public String toString() {
            return "RefreshRequest[]";
        }
    }

    record Session(String accessToken, String tokenType, long expiresInSeconds, String refreshToken, UUID userId) {

        @Override
        public String toString() {
            return "Session[userId=" + userId + "]";
        }
    }

    /** A session of the caller; {@code current} is the one in which it is asked. */
    record OpenSessionView(
            UUID id,
            @Nullable String userAgent,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            boolean current) {

        static OpenSessionView of(OpenSession session, UUID current) {
            return new OpenSessionView(
                    session.id(),
                    session.userAgent(),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.expiresAt(),
                    session.id().equals(current));
        }
    }

    record OpenSessions(List<OpenSessionView> items) {}

    @PostMapping
    @SqlBudget(statements = 15, transactions = 4)
    @TakesCredentials
    @IdempotentByNature("another session harms nobody, and its tokens must not be kept with a key")
    @AllowAnyone
    ResponseEntity<Session> signIn(
            @Valid @RequestBody SessionRequest request,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false) @Nullable String userAgent) {
        return switch (signingIn.signIn(
                new LogIn(request.email(), request.password(), request.secondFactor(), userAgent))) {
            case SignInResult.SignedIn(SignedInUser user) -> answer(HttpStatus.CREATED, user);
            case SignInResult.WrongCredentials() ->
                throw ProblemException.unauthorized(
                        "invalid-credentials",
                        "the e-mail address and the password do not belong together, or the address has not been verified yet");
            case SignInResult.SecondFactorRequired() ->
                throw ProblemException.unauthorized(
                        "second-factor-required", "this account asks for a code of its authenticator app too");
            case SignInResult.WrongSecondFactor() ->
                throw ProblemException.unauthorized(
                                "wrong-second-factor",
                                "this is no code of the authenticator app, or it was used before")
                        .with("/secondFactor", "wrong", "use the code that the app shows now");
            case SignInResult.TooManyAttempts(Duration retryAfter) ->
                throw ProblemException.tooManyRequests(
                        "too-many-attempts", "too many log-ins failed with this e-mail address", retryAfter);
        };
    }

    @PostMapping("/refreshes")
    @TakesCredentials
    @SqlBudget(statements = 10, transactions = 3)
    @IdempotentByNature("a token is good for one refresh, and its successor must not be kept with a key")
    @AllowAnyone
    ResponseEntity<Session> refresh(@Valid @RequestBody RefreshRequest request) {
        return switch (sessions.refresh(request.refreshToken())) {
            case RefreshResult.Refreshed(SignedInUser user) -> answer(HttpStatus.OK, user);
            case RefreshResult.Refused() ->
                throw ProblemException.unauthorized("invalid-refresh-token", "log in again: this token buys nothing");
            case RefreshResult.Reused() ->
                throw ProblemException.unauthorized(
                        "refresh-token-reused", "log in again: this token was used before, so its session was ended");
        };
    }

    /** Where the caller is logged in, the session last used first. */
    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @AllowSignedIn
    ResponseEntity<OpenSessions> list(@RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        UUID current = sessionOf(authorization);
        List<OpenSessionView> items = sessions.open(person()).stream()
                .map(session -> OpenSessionView.of(session, current))
                .toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new OpenSessions(items));
    }

    @DeleteMapping("/current")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("a session that has ended stays so")
    @AllowSignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(@RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        sessions.end(person(), sessionOf(authorization));
    }

    /** Logs the caller out of one session, such as one on a device that was lost. */
    @DeleteMapping("/{id}")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("a session that has ended stays so")
    @AllowSignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOutOf(@PathVariable UUID id) {
        if (!sessions.end(person(), id)) {
            throw ProblemException.notFound("session-not-found", "you have no such session");
        }
    }

    /** Logs the caller out everywhere. */
    @DeleteMapping
    @SqlBudget(statements = 2, transactions = 1)
    @IdempotentByNature("sessions that have ended stay so")
    @AllowSignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOutEverywhere() {
        sessions.endAll(person());
    }

    /** The caller, who has sessions: an API key and the operator have none. */
    private static UUID person() {
        Principal principal = RequestContext.current().principal();
        UUID id = principal.id();
        boolean isPerson = principal.kind() == Principal.Kind.CUSTOMER || principal.isStaff();
        if (id == null || !isPerson) {
            throw noSession();
        }
        return id;
    }

    private static UUID sessionOf(String authorization) {
        String token = authorization.substring(Math.min(BEARER.length(), authorization.length()));
        return AccessTokens.sessionOf(token.strip()).orElseThrow(SessionsController::noSession);
    }

    private static ProblemException noSession() {
        return ProblemException.unprocessable("no-session", "only people have sessions");
    }

    private ResponseEntity<Session> answer(HttpStatus status, SignedInUser user) {
        String accessToken = accessTokens.sign(RequestContext.currentTenant(), user);
        Session session = new Session(
                accessToken, BEARER.strip(), AccessTokens.LIFE.toSeconds(), user.refreshToken(), user.userId());
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(session);
    }
}
