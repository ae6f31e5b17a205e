package org.cartulary.customer;

import jakarta.validation.Valid;
import org.cartulary.platform.audit.AnswersItsSender;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who customers say they are. */
@RestController
@RequestMapping("/api/v1/store/customers/me")
@AllowSignedIn
final class OwnProfileController {

    private final ChangingProfiles profiles;

    OwnProfileController(ChangingProfiles profiles) {
        this.profiles = profiles;
    }

    @PutMapping
    @AnswersItsSender("who asks is the customer")
    @SqlBudget(statements = 9, transactions = 4)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<CustomerView> change(
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ProfileChange change) {
        CustomerView customer = profiles.change(CustomersController.customerId(), ETags.requireMatch(ifMatch), change);
        return ResponseEntity.ok().eTag(ETags.of(customer.version())).body(customer);
    }
}
