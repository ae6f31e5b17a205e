package org.cartulary.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.http.TakesCredentials;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a member of staff has codes of an authenticator app asked beside the password. */
@RestController
@RequestMapping("/api/v1/admin/second-factor")
final class SecondFactorController {

    private final SecondFactors factors;

    SecondFactorController(SecondFactors factors) {
        this.factors = factors;
    }

    record PasswordRequest(@NotNull @Size(max = 1000) String password) {

        @Override
        public String toString() {
            return "PasswordRequest[]";
        }
    }

    record RemovalRequest(
            @NotNull @Size(max = 1000) String password,

            @NotNull @Size(max = 40) String code) {

        @Override
        public String toString() {
            return "RemovalRequest[]";
        }
    }

    record CodeRequest(@NotNull @Size(max = 40) String code) {

        @Override
        public String toString() {
            return "CodeRequest[]";
        }
    }

    /** The secret as people type it into an app, and as an app reads it from a QR code. Shown once. */
    record NewSecondFactor(String secret, String uri) {

        @Override
        public String toString() {
            return "NewSecondFactor[]";
        }
    }

    record RecoveryCodes(List<String> recoveryCodes) {

        @Override
        public String toString() {
            return "RecoveryCodes[]";
        }
    }

    @GetMapping
    @SqlBudget(statements = 3, transactions = 1)
    @AllowSignedIn
    SecondFactors.Status status() {
        return factors.status(member());
    }

    /** Makes a secret for who shows the password again; it is not asked before a code of it is shown. */
    @PostMapping
    @NotCritical("a factor that nobody has confirmed is asked for nowhere")
    @TakesCredentials
    @SqlBudget(statements = 7, transactions = 2)
    @IdempotentByNature("until it is confirmed, a new secret takes the place of the one before")
    @AllowSignedIn
    ResponseEntity<NewSecondFactor> begin(@Valid @RequestBody PasswordRequest request) {
        UUID userId = member();
        SecondFactorResult result = factors.begin(userId, request.password());
        if (result instanceof SecondFactorResult.Begun(byte[] secret)) {
            return ResponseEntity.status(HttpStatus.CREATED)
                    .cacheControl(CacheControl.noStore())
                    .body(new NewSecondFactor(Totp.base32(secret), Totp.uri(userId.toString(), secret)));
        }
        throw problem(result);
    }

    /** Shows a code of the new secret, which is asked from now on; answered with codes for whoever loses the app. */
    @PostMapping("/confirmations")
    @Audited("second-factor.added")
    @TakesCredentials
    @SqlBudget(statements = 7, transactions = 1)
    @IdempotentByNature("a secret is confirmed once, and recovery codes must not be kept with a key")
    @AllowSignedIn
    ResponseEntity<RecoveryCodes> confirm(@Valid @RequestBody CodeRequest request) {
        SecondFactorResult result = factors.confirm(member(), request.code().strip());
        if (result instanceof SecondFactorResult.Confirmed(List<String> codes)) {
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new RecoveryCodes(codes));
        }
        throw problem(result);
    }

    /** Removes the second factor, with the password and a code of the factor or a recovery code. */
    @PostMapping("/removals")
    @Audited("second-factor.removed")
    @TakesCredentials
    @SqlBudget(statements = 10, transactions = 2)
    @IdempotentByNature("a code is good for one removal")
    @AllowSignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@Valid @RequestBody RemovalRequest request) {
        SecondFactorResult result =
                factors.remove(member(), request.password(), request.code().strip());
        if (!(result instanceof SecondFactorResult.Removed)) {
            throw problem(result);
        }
    }

    private static UUID member() {
        Principal principal = RequestContext.current().principal();
        UUID id = principal.id();
        if (!principal.isStaff() || id == null) {
            throw ProblemException.forbidden("staff-only", "only members of staff have second factors");
        }
        return id;
    }

    private static ProblemException problem(SecondFactorResult refusal) {
        return switch (refusal) {
            case SecondFactorResult.AlreadyActive() ->
                ProblemException.conflict(
                        "second-factor-active", "there is a second factor: remove it before you make another one");
            case SecondFactorResult.WrongPassword() ->
                ProblemException.unprocessable("wrong-password", "this is not your password")
                        .with("/password", "wrong", "use the password that you log in with");
            case SecondFactorResult.WrongCode() ->
                ProblemException.unprocessable(
                                "wrong-code", "this is no code of the second factor, or it was used before")
                        .with("/code", "wrong", "use the code that the app shows now");
            case SecondFactorResult.NoFactor() ->
                ProblemException.conflict("no-second-factor", "there is no second factor to be confirmed");
            case SecondFactorResult.TooManyAttempts(Duration retryAfter) ->
                ProblemException.tooManyRequests(
                        "too-many-attempts", "too many passwords or codes were wrong", retryAfter);
            case SecondFactorResult.Begun _, SecondFactorResult.Confirmed _, SecondFactorResult.Removed _ ->
                throw new IllegalStateException("what was done is no problem");
        };
    }
}
