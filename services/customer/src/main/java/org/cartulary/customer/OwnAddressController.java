package org.cartulary.customer;

import jakarta.validation.Valid;
import java.util.UUID;
import org.cartulary.platform.audit.AnswersItsSender;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One of the addresses that a customer has saved. */
@RestController
@RequestMapping("/api/v1/store/customers/me/addresses/{id}")
@AllowSignedIn
final class OwnAddressController {

    private static final String OWN = "who asks is the customer";

    private final AddressBook addresses;

    OwnAddressController(AddressBook addresses) {
        this.addresses = addresses;
    }

    @GetMapping
    @AnswersItsSender(OWN)
    @SqlBudget(statements = 4, transactions = 2)
    ResponseEntity<AddressView> find(@PathVariable UUID id) {
        return tagged(addresses.find(CustomersController.customerId(), id).orElseThrow(AddressBook::unknownAddress));
    }

    @PutMapping
    @AnswersItsSender(OWN)
    @SqlBudget(statements = 8, transactions = 2)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<AddressView> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody AddressRequest request) {
        UUID customerId = CustomersController.customerId();
        return tagged(addresses.change(customerId, id, ETags.requireMatch(ifMatch), request));
    }

    @DeleteMapping
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("it takes away the version that it names, once")
    ResponseEntity<Void> delete(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        addresses.delete(CustomersController.customerId(), id, ETags.requireMatch(ifMatch));
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<AddressView> tagged(AddressView address) {
        return ResponseEntity.ok().eTag(ETags.of(address.version())).body(address);
    }
}
