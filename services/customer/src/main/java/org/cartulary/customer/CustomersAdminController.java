package org.cartulary.customer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.CountryCode;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.PageInfo;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What a shop sees and enters of its customers. */
@RestController
@RequestMapping("/api/v1/admin/customers")
final class CustomersAdminController {
    private static final int MAX_NUMBER_CHARACTERS = 50;
    private static final String NUMBER = "[A-Za-z0-9][A-Za-z0-9._-]{0,49}";
    private static final String EMAIL = "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}";
    private static final String PHONE = "\\+?[1-9][0-9]{1,14}";
    private static final String NO_CONTROLS = "\\P{Cntrl}*";
    private final Database database;
    private final CustomerStore store;
    private final SealingCustomers sealed;
    private final EnteringCustomers entering;
    private final ReadingCustomers reading;
    private final JsonMapper json;
    private final Cursors cursors;

    CustomersAdminController(
            Database database,
            CustomerStore store,
            SealingCustomers sealed,
            EnteringCustomers entering,
            ReadingCustomers reading,
            JsonMapper json,
            Cursors cursors) {
        this.database = database;
        this.store = store;
        this.sealed = sealed;
        this.entering = entering;
        this.reading = reading;
        this.json = json;
        this.cursors = cursors;
    }

    @PutMapping("/by-number/{customerNumber}")
    @Audited("customers.entered")
    @SqlBudget(statements = 28, transactions = 7)
    @DisclosesPersonalData
    @IdempotentByNature("it says how the customer of that number shall be")
    @RequirePermission(Permissions.CUSTOMERS_WRITE)
    ResponseEntity<CustomerView> enter(
            @PathVariable String customerNumber, @Valid @RequestBody CustomerRequest request) {
        if (customerNumber.length() > MAX_NUMBER_CHARACTERS || !customerNumber.matches(NUMBER)) {
            throw ProblemException.unprocessable(
                    "invalid-customer-number",
                    "a number has at most " + MAX_NUMBER_CHARACTERS
                            + " letters, digits, dots, hyphens and underscores");
        }

        CustomerEntry entry = new CustomerEntry(
                Ids.next(),
                customerNumber,
                request.email(),
                request.firstName(),
                request.lastName(),
                request.phone(),
                null,
                request.metadata() == null ? null : json.writeValueAsString(request.metadata()));
        EnteredCustomer entered = entering.enter(List.of(entry)).getFirst();
        UUID tenantId = RequestContext.currentTenant();
        CustomerView customer = database.inReadTransaction(tx -> store.find(tx, tenantId, entered.id()))
                .flatMap(sealed::open)
                .orElseThrow(() -> ProblemException.notFound("customer-not-found", "there is no such customer"));

        return switch (entered.outcome()) {
            case CREATED ->
                ResponseEntity.created(URI.create("/api/v1/admin/customers/by-number/" + customerNumber))
                        .body(customer);
            case UPDATED, UNCHANGED -> ResponseEntity.ok(customer);
        };
    }

    @PostMapping("/batches")
    @Audited("customers.entered")
    @SqlBudget(statements = 26, transactions = 6)
    @IdempotentByNature("customers are told by number: each says how it shall be")
    @RequirePermission(Permissions.CUSTOMERS_WRITE)
    BatchAnswer enterBatch(@Valid @RequestBody BatchRequest request) {
        return new BatchAnswer(entering.enter(
                request.customers().stream().map(BatchCustomer::entry).toList()));
    }

    @GetMapping
    @SqlBudget(statements = 6, transactions = 3)
    @DisclosesPersonalData
    @RequirePermission(Permissions.CUSTOMERS_READ)
    Page<CustomerView> list(
            @RequestParam(required = false) @Nullable String number,
            @RequestParam(required = false) @Nullable String email,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        UUID tenantId = RequestContext.currentTenant();
        if (number != null || email != null) {
            return new Page<>(reading.find(number, email), new PageInfo(null, false));
        } else {
            UUID after = cursor == null
                    ? null
                    : UUID.fromString(cursors.decode("customers", cursor).getFirst());
            Page<StoredCustomer> page = Pages.of(
                    database.inReadTransaction(tx -> store.list(tx, tenantId, after, length + 1)),
                    length,
                    customer ->
                            cursors.encode("customers", List.of(customer.id().toString())));
            return new Page<>(sealed.openAll(page.items()), page.page());
        }
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 10, transactions = 4)
    @DisclosesPersonalData
    @RequirePermission(Permissions.CUSTOMERS_READ)
    CustomerDetails find(@PathVariable UUID id) {
        return reading.details(id)
                .orElseThrow(() -> ProblemException.notFound("customer-not-found", "there is no such customer"));
    }

    record BatchAnswer(List<EnteredCustomer> results) {}

    record BatchCustomer(
            @NotNull @Pattern(regexp = NUMBER) String customerNumber,

            @NotNull @Size(max = 255) @Pattern(regexp = EMAIL) String email,

            @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String firstName,

            @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String lastName,

            @Nullable @Pattern(regexp = "[A-Z]{2}") @CountryCode(orUnknown = true)
            String country) {
        CustomerEntry entry() {
            return new CustomerEntry(Ids.next(), customerNumber, email, firstName, lastName, null, country, null);
        }
    }

    record BatchRequest(@NotEmpty @Size(max = 500) List<@NotNull @Valid BatchCustomer> customers) {}

    record CustomerRequest(
            @NotNull @Size(max = 255) @Pattern(regexp = EMAIL) String email,

            @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String firstName,

            @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String lastName,

            @Nullable @Pattern(regexp = PHONE) String phone,
            @Nullable @Size(max = 100) Map<String, Object> metadata) {}
}
