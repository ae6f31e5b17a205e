package org.cartulary.customer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Groups of customers, as staff keeps them. */
@RestController
@RequestMapping("/api/v1/admin/customer-groups")
final class CustomerGroupsController {

    private static final String SCOPE = "customer-groups";
    private static final UUID FIRST = new UUID(0, 0);

    private final CustomerGroups groups;
    private final Cursors cursors;

    CustomerGroupsController(CustomerGroups groups, Cursors cursors) {
        this.groups = groups;
        this.cursors = cursors;
    }

    /**
     * What a group is called.
     *
     * @param name in any case once in a shop
     */
    record CustomerGroupRequest(
            @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*") String name) {}

    @PostMapping
    @NotCritical("it is a name; what is taken off for a group is kept with each order")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("a name is taken once: a repetition is told so")
    @RequirePermission(Permissions.CUSTOMERS_WRITE)
    ResponseEntity<CustomerGroupView> create(@Valid @RequestBody CustomerGroupRequest request) {
        CustomerGroupView group = groups.create(request.name());
        return ResponseEntity.created(URI.create("/api/v1/admin/customer-groups/" + group.id()))
                .eTag(ETags.of(group.version()))
                .body(group);
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.CUSTOMERS_READ)
    Page<CustomerGroupView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        UUID after = cursor == null
                ? FIRST
                : UUID.fromString(cursors.decode(SCOPE, cursor).getFirst());
        return Pages.of(
                groups.list(after, length + 1),
                length,
                last -> cursors.encode(SCOPE, List.of(last.id().toString())));
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.CUSTOMERS_READ)
    ResponseEntity<CustomerGroupView> find(@PathVariable UUID id) {
        return tagged(groups.find(id));
    }

    @PutMapping("/{id}")
    @NotCritical("it is a name; whom it is for stays as it is")
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("it changes the version that it names, once")
    @RequirePermission(Permissions.CUSTOMERS_WRITE)
    ResponseEntity<CustomerGroupView> rename(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody CustomerGroupRequest request) {
        return tagged(groups.rename(id, ETags.requireMatch(ifMatch), request.name()));
    }

    @DeleteMapping("/{id}")
    @Audited("customer-group.deleted")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("a group that was deleted is not found, and nothing else happens")
    @RequirePermission(Permissions.CUSTOMERS_WRITE)
    ResponseEntity<Void> delete(@PathVariable UUID id) {
        groups.delete(id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{id}/members")
    @SqlBudget(statements = 3, transactions = 1)
    @RequirePermission(Permissions.CUSTOMERS_READ)
    Page<GroupMember> members(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = SCOPE + "/" + id;
        UUID after = cursor == null
                ? FIRST
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                groups.members(id, after, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.customerId().toString())));
    }

    @PutMapping("/{id}/members/{customerId}")
    @Audited("customer-group.member-added")
    @SqlBudget(statements = 5, transactions = 1)
    @IdempotentByNature("whoever is in the group stays")
    @RequirePermission(Permissions.CUSTOMERS_WRITE)
    GroupMember add(@PathVariable UUID id, @PathVariable UUID customerId) {
        return groups.add(id, customerId);
    }

    @DeleteMapping("/{id}/members/{customerId}")
    @Audited("customer-group.member-removed")
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("whoever is not in the group is out of it already")
    @RequirePermission(Permissions.CUSTOMERS_WRITE)
    ResponseEntity<Void> remove(@PathVariable UUID id, @PathVariable UUID customerId) {
        groups.remove(id, customerId);
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<CustomerGroupView> tagged(CustomerGroupView group) {
        return ResponseEntity.ok().eTag(ETags.of(group.version())).body(group);
    }
}
