package org.cartulary.customer;

import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/store/customers/me")
@AllowSignedIn
class CustomersController {

    private static final String SCOPE = "my-addresses";

    private final CustomerStore customers;
    private final AddressStore addresses;
    private final Cursors cursors;

    CustomersController(CustomerStore customers, AddressStore addresses, Cursors cursors) {
        this.customers = customers;
        this.addresses = addresses;
        this.cursors = cursors;
    }

    @GetMapping
    ResponseEntity<ProfileView> get() {
        CustomerView customer = me();
        return ResponseEntity.ok().eTag(ETags.of(customer.version())).body(ProfileView.of(customer));
    }

    @PostMapping("/addresses")
    @ResponseStatus(HttpStatus.CREATED)
    AddressView add(@Valid @RequestBody AddressDraft draft) {
        AddressView added = addresses.add(myId(), draft);
        if (added == null) {
            throw notFound();
        }
        return added;
    }

    @GetMapping("/addresses")
    Page<AddressView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        CustomerView customer = me();
        String scope = SCOPE + "?customer=" + customer.id();
        UUID after = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                addresses.list(customer.id(), after, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.id().toString())));
    }

    private CustomerView me() {
        CustomerView customer = customers.find(myId());
        if (customer == null) {
            throw notFound();
        }
        return customer;
    }

    private static UUID myId() {
        Principal principal = RequestContext.current().principal();
        UUID id = principal.id();
        if (id == null || !principal.isCustomer(id)) {
            throw notFound();
        }
        return id;
    }

    /** Also for a moment after the registration, until its event has arrived. */
    static ProblemException notFound() {
        return ProblemException.notFound("customer-not-found", "there is no such customer");
    }
}
