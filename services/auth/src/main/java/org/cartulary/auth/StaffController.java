package org.cartulary.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
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

/** Who works for a shop: its support agents and administrators. Who works for a vendor is at the vendor. */
@RestController
@RequestMapping("/api/v1/admin/staff")
final class StaffController {

    private static final String SCOPE = "admin-staff";
    private static final String ROLES = "SUPPORT|ADMIN";

    private final EmployingStaff employing;
    private final SealingPersons persons;
    private final Cursors cursors;

    StaffController(EmployingStaff employing, SealingPersons persons, Cursors cursors) {
        this.employing = employing;
        this.persons = persons;
        this.cursors = cursors;
    }

    record InvitationRequest(
            @NotNull @Size(max = EmailAddresses.MAX_CHARACTERS) @Pattern(regexp = EmailAddresses.PATTERN) String email,

            @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*") String firstName,

            @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*") String lastName,

            @NotNull @Pattern(regexp = ROLES) String role) {

        @Override
        public String toString() {
            return "InvitationRequest[role=" + role + "]";
        }
    }

    record RoleRequest(@NotNull @Pattern(regexp = ROLES) String role) {}

    @GetMapping
    @SqlBudget(statements = 8, transactions = 4)
    @DisclosesPersonalData
    @RequirePermission(Permissions.STAFF_READ)
    Page<StaffView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        UUID after = cursor == null
                ? null
                : UUID.fromString(cursors.decode(SCOPE, cursor).getFirst());
        Page<StoredStaff> page = Pages.of(
                employing.list(after, length + 1),
                length,
                last -> cursors.encode(SCOPE, List.of(last.id().toString())));
        persons.prepare(page.items().stream().map(StoredStaff::personSealed).toList());
        return page.map(this::view);
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 8, transactions = 4)
    @DisclosesPersonalData
    @RequirePermission(Permissions.STAFF_READ)
    ResponseEntity<StaffView> find(@PathVariable UUID id) {
        return tagged(employing.find(id).orElseThrow(StaffController::unknown));
    }

    /** Somebody gets a mail with which they set their password. */
    @PostMapping
    @Audited("staff.invited")
    @SqlBudget(statements = 24, transactions = 7)
    @DisclosesPersonalData
    @IdempotentByNature("an address has one account: a repetition is told so")
    @RequirePermission(Permissions.STAFF_WRITE)
    ResponseEntity<StaffView> invite(@Valid @RequestBody InvitationRequest request) {
        StoredStaff member = done(employing
                .invite(new EmployingStaff.Invitation(
                        request.email(), request.firstName(), request.lastName(), request.role()))
                .orElseThrow(() -> ProblemException.conflict(
                                "email-taken", "somebody has an account with this e-mail address")
                        .with("/email", "taken", "use another address")));
        return ResponseEntity.created(URI.create("/api/v1/admin/staff/" + member.id()))
                .eTag(ETags.of(member.version()))
                .body(view(member));
    }

    @PutMapping("/{id}")
    @Audited("staff.role-changed")
    @SqlBudget(statements = 14, transactions = 5)
    @DisclosesPersonalData
    @IdempotentByNature("it changes the version that it names, once")
    @RequirePermission(Permissions.STAFF_WRITE)
    ResponseEntity<StaffView> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody RoleRequest request) {
        return tagged(done(employing.changeRole(id, ETags.requireMatch(ifMatch), request.role())));
    }

    /** Ends the account and its sessions. */
    @DeleteMapping("/{id}")
    @Audited("staff.ended")
    @SqlBudget(statements = 12, transactions = 1)
    @IdempotentByNature("an account that has ended stays so")
    @RequirePermission(Permissions.STAFF_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable UUID id) {
        done(employing.end(id));
    }

    private static StoredStaff done(StaffResult result) {
        return switch (result) {
            case StaffResult.Done(StoredStaff member) -> member;
            case StaffResult.Unknown() -> throw unknown();
            case StaffResult.Stale() -> throw ETags.stale();
            case StaffResult.BeyondCaller() ->
                throw ProblemException.forbidden(
                        "permission-not-held",
                        "you cannot give a role, nor take one from somebody, that may do what you may not");
            case StaffResult.LastAdministrator() ->
                throw ProblemException.conflict(
                        "last-administrator", "nobody else who has set a password could run the shop");
        };
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("staff-not-found", "nobody of this id works for the shop");
    }

    private ResponseEntity<StaffView> tagged(StoredStaff member) {
        return ResponseEntity.ok().eTag(ETags.of(member.version())).body(view(member));
    }

    private StaffView view(StoredStaff member) {
        return StaffView.of(
                member, persons.open(member.id(), member.personSealed()).orElse(null));
    }
}
