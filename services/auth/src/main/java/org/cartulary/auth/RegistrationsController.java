package org.cartulary.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.http.TakesCredentials;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where visitors become customers, once they have read the mail that this brings them. */
@RestController
@RequestMapping("/api/v1/store/registrations")
final class RegistrationsController {

    private final Registering registering;

    RegistrationsController(Registering registering) {
        this.registering = registering;
    }

    record RegistrationRequest(
            @NotNull @Size(max = EmailAddresses.MAX_CHARACTERS) @Pattern(regexp = EmailAddresses.PATTERN) String email,

            @NotNull @Size(max = 1000) String password,

            @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*") String firstName,

            @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*") String lastName) {

        @Override
        public String toString() {
            return "RegistrationRequest[]";
        }
    }

    /** Registers. Whether the address has an account stays unsaid: the answer is the same, and a mail tells whose it is. */
    @PostMapping
    @TakesCredentials
    @SqlBudget(statements = 24, transactions = 6)
    @IdempotentByNature(
            "the last registration counts until the address is verified, and a password must not be kept with a key")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @AllowAnyone
    void register(@Valid @RequestBody RegistrationRequest request) {
        switch (registering.register(
                request.email(),
                request.password(),
                request.firstName().strip(),
                request.lastName().strip())) {
            case RegisterResult.Accepted() -> {
                // The answer has no content: the mail says what there is to say.
            }
            case RegisterResult.PasswordRefused(PasswordRules.Refusal refusal) -> throw refused(refusal);
        }
    }

    /** The problem that tells why a password is refused. */
    static ProblemException refused(PasswordRules.Refusal refusal) {
        return ProblemException.unprocessable("password-refused", "this password is too easily guessed, or too long")
                .with("/password", refusal.code(), refusal.advice());
    }
}
