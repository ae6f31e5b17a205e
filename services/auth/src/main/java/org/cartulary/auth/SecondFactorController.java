package org.cartulary.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
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

    /** Makes a secret, which is not asked before a code of it is shown. */
    @PostMapping
    @SqlBudget(statements = 2, transactions = 1)
    @IdempotentByNature("until it is confirmed, a new secret takes the place of the one before")
    @AllowSignedIn
    ResponseEntity<NewSecondFactor> begin() {
        UUID userId = member();
        byte[] secret = factors.begin(userId)
                .orElseThrow(() -> ProblemException.conflict(
                        "second-factor-active", "there is a second factor: remove it before you make another one"));
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new NewSecondFactor(Totp.base32(secret), Totp.uri(userId.toString(), secret)));
    }

    /** Shows a code of the new secret, which is asked from now on; answered with codes for whoever loses the app. */
    @PostMapping("/confirmations")
    @SqlBudget(statements = 6, transactions = 1)
    @IdempotentByNature("a secret is confirmed once, and recovery codes must not be kept with a key")
    @AllowSignedIn
    ResponseEntity<RecoveryCodes> confirm(@Valid @RequestBody CodeRequest request) {
        return switch (factors.confirm(member(), request.code().strip())) {
            case SecondFactorResult.Confirmed(List<String> codes) ->
                ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new RecoveryCodes(codes));
            case SecondFactorResult.NoFactor() ->
                throw ProblemException.conflict("no-second-factor", "there is no second factor to be confirmed");
            case SecondFactorResult.WrongCode() -> throw wrongCode();
            case SecondFactorResult.TooManyAttempts(Duration retryAfter) -> throw tooManyAttempts(retryAfter);
            case SecondFactorResult.Removed() -> throw new IllegalStateException("confirming removes nothing");
        };
    }

    /** Removes the second factor, with a code of it or a recovery code. */
    @PostMapping("/removals")
    @SqlBudget(statements = 6, transactions = 1)
    @IdempotentByNature("a code is good for one removal")
    @AllowSignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@Valid @RequestBody CodeRequest request) {
        switch (factors.remove(member(), request.code().strip())) {
            case SecondFactorResult.Removed() -> {
                // The answer has no content.
            }
            case SecondFactorResult.WrongCode(), SecondFactorResult.NoFactor() -> throw wrongCode();
            case SecondFactorResult.TooManyAttempts(Duration retryAfter) -> throw tooManyAttempts(retryAfter);
            case SecondFactorResult.Confirmed _ -> throw new IllegalStateException("removing confirms nothing");
        }
    }

    private static UUID member() {
        Principal principal = RequestContext.current().principal();
        UUID id = principal.id();
        if (principal.kind() != Principal.Kind.STAFF || id == null) {
            throw ProblemException.forbidden("staff-only", "only members of staff have second factors");
        }
        return id;
    }

    private static ProblemException wrongCode() {
        return ProblemException.unprocessable(
                        "wrong-code", "this is no code of the second factor, or it was used before")
                .with("/code", "wrong", "use the code that the app shows now");
    }

    private static ProblemException tooManyAttempts(Duration retryAfter) {
        return ProblemException.tooManyRequests("too-many-attempts", "too many codes were wrong", retryAfter);
    }
}
