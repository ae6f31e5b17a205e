package org.cartulary.customer;

import jakarta.validation.Valid;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.platform.audit.AnswersItsSender;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers consent to, said and read by themselves. */
@RestController
@RequestMapping("/api/v1/store/customers/me/consents")
@AllowSignedIn
final class ConsentsController {

    private final Consenting consents;
    private final Cursors cursors;

    ConsentsController(Consenting consents, Cursors cursors) {
        this.consents = consents;
        this.cursors = cursors;
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @AnswersItsSender("who asks is the customer")
    CustomerConsents find() {
        return consents.find(CustomersController.customerId()).orElseThrow(CustomersController::unknown);
    }

    @PutMapping("/{purpose}")
    @SqlBudget(statements = 7, transactions = 1)
    @IdempotentByNature("it says what shall hold: the same again adds nothing to the history")
    @AnswersItsSender("who asks is the customer")
    CustomerConsents say(@PathVariable String purpose, @Valid @RequestBody ConsentStatement statement) {
        UUID id = CustomersController.customerId();
        ConsentPurpose known = ConsentPurpose.ofWord(purpose)
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown-purpose",
                        "the purposes are "
                                + Arrays.stream(ConsentPurpose.values())
                                        .map(ConsentPurpose::word)
                                        .collect(Collectors.joining(", "))));
        if (!statement.given() && !known.isWithdrawable()) {
            throw ProblemException.conflict(
                    "consent-not-withdrawable",
                    "whoever wants the " + known.word() + " no more has the account erased");
        }
        return consents.say(id, known, statement).orElseThrow(CustomersController::unknown);
    }

    @GetMapping("/history")
    @SqlBudget(statements = 2, transactions = 1)
    @AnswersItsSender("who asks is the customer")
    Page<ConsentRecord> history(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return history(consents, cursors, CustomersController.customerId(), limit, cursor);
    }

    static Page<ConsentRecord> history(
            Consenting consents, Cursors cursors, UUID customerId, @Nullable Integer limit, @Nullable String cursor) {
        String scope = "consents?customer=" + customerId;
        int length = Pages.limit(limit);
        UUID before = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                consents.history(customerId, before, length + 1),
                length,
                record -> cursors.encode(scope, List.of(record.id().toString())));
    }
}
