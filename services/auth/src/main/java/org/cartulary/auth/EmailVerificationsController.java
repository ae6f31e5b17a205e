package org.cartulary.auth;

import jakarta.validation.Valid;
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

/** Where people show that an e-mail address is theirs. */
@RestController
@RequestMapping("/api/v1/store/email-verifications")
final class EmailVerificationsController {

    private final VerifyingEmail verifying;

    EmailVerificationsController(VerifyingEmail verifying) {
        this.verifying = verifying;
    }

    record MailRequest(
            @NotNull @Size(max = EmailAddresses.MAX_CHARACTERS) @Pattern(regexp = EmailAddresses.PATTERN) String email) {

        @Override
        public String toString() {
            return "MailRequest[]";
        }
    }

    record VerificationRequest(
            @NotNull @Size(max = 128) String token,

            @NotNull @Size(max = 1000) String password) {

        @Override
        public String toString() {
            return "VerificationRequest[]";
        }
    }

    /** Asks for another mail. Whether one is sent stays unsaid: the answer is the same for every address. */
    @PostMapping
    @TakesCredentials
    @SqlBudget(statements = 8, transactions = 3)
    @IdempotentByNature("three mails an hour at most, however often they are asked for")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @AllowAnyone
    void request(@Valid @RequestBody MailRequest request) {
        verifying.request(request.email());
    }

    /** Shows the token of the mail, with the password of the registration that the mail is about. */
    @PostMapping("/confirmations")
    @TakesCredentials
    @SqlBudget(statements = 18, transactions = 4)
    @IdempotentByNature("an address that is verified stays so, and a token must not be kept with a key")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @AllowAnyone
    void confirm(@Valid @RequestBody VerificationRequest request) {
        if (!verifying.confirm(request.token(), request.password())) {
            throw invalidToken();
        }
    }

    /** One problem for both, since which of them it was would tell about the password of somebody else. */
    private static ProblemException invalidToken() {
        return ProblemException.unprocessable(
                        "invalid-mailed-token",
                        "this token is unknown, was used or has expired, or this is not the password of the registration that"
                                + " it was mailed for: register again, or reset the password")
                .with("/token", "invalid", "use the token of the newest mail, and the password you registered with");
    }
}
