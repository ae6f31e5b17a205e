package org.cartulary.customer;

import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/customers")
@RequirePermission(Permissions.CUSTOMERS_WRITE)
class CustomersAdminController {

    private static final String SCOPE = "admin-customers";

    private final WritingCustomers writing;
    private final CustomerStore customers;
    private final Cursors cursors;

    CustomersAdminController(WritingCustomers writing, CustomerStore customers, Cursors cursors) {
        this.writing = writing;
        this.customers = customers;
        this.cursors = cursors;
    }

    @PutMapping("/by-number/{customerNumber}")
    ResponseEntity<CustomerView> put(@PathVariable String customerNumber, @Valid @RequestBody CustomerDraft draft) {
        WritingCustomers.Put put = writing.put(customerNumber, draft);
        CustomerView customer = customers.find(put.id());
        if (customer == null) {
            throw CustomersController.notFound();
        }
        return ResponseEntity.status(put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(ETags.of(customer.version()))
                .body(customer);
    }

    @PostMapping("/batches")
    CustomerBatch.Results upsert(@Valid @RequestBody CustomerBatch batch) {
        return new CustomerBatch.Results(writing.upsert(batch));
    }

    @GetMapping
    @RequirePermission(Permissions.CUSTOMERS_READ)
    Page<CustomerView> list(
            @RequestParam(required = false) @Nullable String number,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = SCOPE + "?number=" + number;
        UUID after = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                customers.list(number, after, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.id().toString())));
    }
}
