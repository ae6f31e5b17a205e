package org.cartulary.catalog;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.platform.audit.AnswersItsSender;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The vendors of a shop, for those who run it. */
@RestController
@RequestMapping("/api/v1/admin/vendors")
@RequirePermission(Permissions.VENDORS_WRITE)
final class VendorsAdminController {

    private static final String SCOPE = "admin-vendors";

    private final Vendors vendors;
    private final Cursors cursors;

    VendorsAdminController(Vendors vendors, Cursors cursors) {
        this.vendors = vendors;
        this.cursors = cursors;
    }

    @PostMapping
    @Audited("vendor.created")
    @SqlBudget(statements = 6, transactions = 1)
    @IdempotentByNature("a name is taken once: a repetition is told so")
    ResponseEntity<VendorView> admit(@Valid @RequestBody VendorDraft draft) {
        VendorView vendor = vendors.admit(draft);
        return ResponseEntity.created(URI.create("/api/v1/admin/vendors/" + vendor.id()))
                .eTag(ETags.of(vendor.version()))
                .body(vendor);
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    Page<VendorView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String after = cursor == null ? "" : cursors.decode(SCOPE, cursor).getFirst();
        return Pages.of(vendors.list(after, length + 1), length, last -> cursors.encode(SCOPE, List.of(last.name())));
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    ResponseEntity<VendorView> find(@PathVariable UUID id) {
        return tagged(vendors.find(id));
    }

    @PutMapping("/{id}")
    @Audited("vendor.changed")
    @SqlBudget(statements = 6, transactions = 1)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<VendorView> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody VendorDraft draft) {
        return tagged(vendors.change(id, ETags.requireMatch(ifMatch), draft));
    }

    @PostMapping("/{id}/members")
    @Audited("vendor.member-employed")
    @AnswersItsSender("the address is the one that was sent")
    @SqlBudget(statements = 20, transactions = 5)
    @IdempotentByNature("an address has one account, which works for one vendor")
    @ResponseStatus(HttpStatus.CREATED)
    StaffMember employ(@PathVariable UUID id, @Valid @RequestBody NewMember member) {
        return vendors.employ(id, member);
    }

    @DeleteMapping("/{id}/members/{userId}")
    @Audited("vendor.member-dismissed")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("whoever was dismissed stays so")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void dismiss(@PathVariable UUID id, @PathVariable UUID userId) {
        vendors.dismiss(id, userId);
    }

    private static ResponseEntity<VendorView> tagged(VendorView vendor) {
        return ResponseEntity.ok().eTag(ETags.of(vendor.version())).body(vendor);
    }
}
