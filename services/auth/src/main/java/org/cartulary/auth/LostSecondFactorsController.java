package org.cartulary.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the operator helps members of staff who have lost both the app and the recovery codes. */
@RestController
final class LostSecondFactorsController {

    private final Database database;
    private final SealingPersons persons;
    private final Clock clock;
    private final SecondFactorStore store = new SecondFactorStore();

    LostSecondFactorsController(Database database, SealingPersons persons, Clock clock) {
        this.persons = persons;
        this.database = database;
        this.clock = clock;
    }

    record LostSecondFactor(
            @NotNull @Size(max = EmailAddresses.MAX_CHARACTERS) @Pattern(regexp = EmailAddresses.PATTERN) String email,

            @NotBlank @Size(max = 1000) @Pattern(regexp = "\\P{Cntrl}*") String reason) {

        @Override
        public String toString() {
            return "LostSecondFactor[]";
        }
    }

    /** Removes the second factor of a member of staff, who logs in with the password alone then; who did it and why is kept. */
    @PostMapping("/api/v1/admin/tenants/{tenantId}/second-factor-removals")
    @Audited("second-factor.removed-as-lost")
    @SqlBudget(statements = 2, transactions = 1)
    @IdempotentByNature("a second factor that was removed stays so")
    @PlatformWide
    @RequirePermission(Permissions.TENANTS_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID tenantId, @Valid @RequestBody LostSecondFactor request) {
        RequestContext operator = RequestContext.current();
        String emailIndex = persons.emailIndex(tenantId, request.email());
        boolean removed = database.asWorker(tx ->
                store.removeLost(tx, tenantId, emailIndex, request.reason().strip(), operator, clock.instant()));
        if (!removed) {
            throw ProblemException.notFound(
                    "second-factor-not-found", "nobody with this address has a second factor in that shop");
        }
    }
}
