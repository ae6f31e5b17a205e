package org.cartulary.customer;

import jakarta.validation.Valid;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.audit.AnswersItsSender;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.privacy.SealingKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers see and change of themselves. */
@RestController
@RequestMapping("/api/v1/store/customers/me")
@AllowSignedIn
final class CustomersController {
    private final Database database;
    private final CustomerStore store;
    private final SealingCustomers sealed;
    private final AddressBook addresses;
    private final Idempotency idempotency;
    private final Cursors cursors;

    CustomersController(
            Database database,
            CustomerStore store,
            SealingCustomers sealed,
            AddressBook addresses,
            Idempotency idempotency,
            Cursors cursors) {
        this.database = database;
        this.idempotency = idempotency;
        this.store = store;
        this.sealed = sealed;
        this.addresses = addresses;
        this.cursors = cursors;
    }

    @GetMapping
    @AnswersItsSender("who asks is the customer")
    @SqlBudget(statements = 4, transactions = 2)
    ResponseEntity<CustomerView> find() {
        UUID id = customerId();
        UUID tenantId = RequestContext.currentTenant();
        CustomerView customer = database.inReadTransaction(tx -> store.find(tx, tenantId, id))
                .flatMap(sealed::open)
                .orElseThrow(CustomersController::unknown);
        return ResponseEntity.ok().eTag(ETags.of(customer.version())).body(customer);
    }

    @PostMapping("/addresses")
    @AnswersItsSender("who asks is the customer")
    @SqlBudget(statements = 14, transactions = 2)
    ResponseEntity<AddressView> addAddress(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody AddressRequest request) {
        UUID id = customerId();
        SealingKey sealing = sealed.keyOf(id);
        StoredAnswer<StoredAddress> answer = idempotency.onceIfKeyed(
                new Idempotency.Request("POST /api/v1/store/customers/me/addresses", key, request),
                StoredAddress.class,
                tx -> switch (addresses.add(tx, id, request, sealing)) {
                    case AddAddressResult.Added(StoredAddress address) -> Answer.of(201, address);
                    case AddAddressResult.UnknownCustomer() -> throw unknown();
                    case AddAddressResult.TooMany() ->
                        throw ProblemException.unprocessable(
                                "too-many-addresses",
                                "a customer saves at most " + AddressBook.MAX_ADDRESSES + " addresses");
                });
        AddressView address =
                sealed.open(Objects.requireNonNull(answer.body())).orElseThrow(CustomersController::unknown);
        return ResponseEntity.status(answer.status())
                .eTag(ETags.of(address.version()))
                .body(address);
    }

    @GetMapping("/addresses")
    @AnswersItsSender("who asks is the customer")
    @SqlBudget(statements = 4, transactions = 2)
    Page<AddressView> listAddresses(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        UUID id = customerId();
        String scope = "customer-addresses?customer=" + id;
        int length = Pages.limit(limit);
        UUID after = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                addresses.list(id, after, length + 1),
                length,
                address -> cursors.encode(scope, List.of(address.id().toString())));
    }

    /** Staff and machines are signed in, but they are no customers. */
    static UUID customerId() {
        Principal principal = RequestContext.current().principal();
        UUID id = principal.id();
        if (id != null && principal.isCustomer(id)) {
            return id;
        } else {
            throw unknown();
        }
    }

    static ProblemException unknown() {
        return ProblemException.notFound(
                "customer-not-found", "there is no such customer; one who has just registered appears within seconds");
    }
}
