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

    record VerificationRequest(@NotNull @Size(max = 128) String token) {

        @Override
        public String toString() {
            return "VerificationRequest[]";
        }
    }

    /** Asks for another mail. Whether one is sent stays unsaid: the answer is the same for every address. */
    @PostMapping
    @TakesCredentials
    @SqlBudget(statements = 5, transactions = 1)
    @IdempotentByNature("three mails an hour at most, however often they are asked for")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @AllowAnyone
    void request(@Valid @RequestBody MailRequest request) {
        verifying.request(request.email());
    }

    /** Shows the token of the mail. */
    @PostMapping("/confirmations")
    @TakesCredentials
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("an address that is verified stays so, and a token must not be kept with a key")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @AllowAnyone
    void confirm(@Valid @RequestBody VerificationRequest request) {
        if (!verifying.confirm(request.token())) {
            throw invalidToken();
        }
    }

    /** The problem of a token that came by mail. */
    static ProblemException invalidToken() {
        return ProblemException.unprocessable(
                        "invalid-mailed-token",
                        "this token is unknown, or was used, or has expired: ask for another mail")
                .with("/token", "invalid", "use the token of the newest mail");
    }
}
