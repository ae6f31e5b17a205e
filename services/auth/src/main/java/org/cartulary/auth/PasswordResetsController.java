package org.cartulary.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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

/** Where people who have forgotten their password set another one. */
@RestController
@RequestMapping("/api/v1/store/password-resets")
final class PasswordResetsController {

    private final ResettingPassword resetting;

    PasswordResetsController(ResettingPassword resetting) {
        this.resetting = resetting;
    }

    record NewPasswordRequest(
            @NotNull @Size(max = 128) String token,

            @NotNull @Size(max = 1000) String password) {

        @Override
        public String toString() {
            return "NewPasswordRequest[]";
        }
    }

    /** Asks for a mail. Whether one is sent stays unsaid: the answer is the same for every address. */
    @PostMapping
    @TakesCredentials
    @SqlBudget(statements = 8, transactions = 3)
    @IdempotentByNature("three mails an hour at most, however often they are asked for")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @AllowAnyone
    void request(@Valid @RequestBody EmailVerificationsController.MailRequest request) {
        resetting.request(request.email());
    }

    /** Sets the password, with the token of the mail; all sessions of the user end. */
    @PostMapping("/completions")
    @TakesCredentials
    @SqlBudget(statements = 22, transactions = 5)
    @IdempotentByNature("a token is good for one password, which must not be kept with a key")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @AllowAnyone
    void complete(@Valid @RequestBody NewPasswordRequest request) {
        switch (resetting.complete(request.token(), request.password())) {
            case ResetPasswordResult.Reset() -> {
                // The answer has no content: whoever has set the password logs in with it.
            }
            case ResetPasswordResult.InvalidToken() -> throw invalidToken();
            case ResetPasswordResult.Refused(PasswordRules.Refusal refusal) ->
                throw RegistrationsController.refused(refusal);
        }
    }

    private static ProblemException invalidToken() {
        return ProblemException.unprocessable(
                        "invalid-mailed-token",
                        "this token is unknown, or was used, or has expired: ask for another mail")
                .with("/token", "invalid", "use the token of the newest mail");
    }
}
