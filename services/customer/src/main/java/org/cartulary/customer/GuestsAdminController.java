package org.cartulary.customer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.AccessLogging;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.DataAccessLog;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.audit.Disclosure;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.audit.PersonalDataCategory;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.privacy.ReasonCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a shop takes what is kept on people who bought without an account, and has them forgotten. That whoever asks for it has the
 * address, the shop has to find out. The address stands in bodies only, since paths are logged.
 */
@RestController
@RequestMapping("/api/v1/admin/guests")
@RequirePermission(Permissions.CUSTOMERS_ERASE)
final class GuestsAdminController {

    private static final String EMAIL = "[^@\\s]+@[^@\\s]+";

    private final ErasingCustomers erasing;
    private final ExportingCustomers exporting;
    private final Database database;
    private final DataAccessLog log;

    GuestsAdminController(
            ErasingCustomers erasing, ExportingCustomers exporting, Database database, DataAccessLog log) {
        this.erasing = erasing;
        this.exporting = exporting;
        this.database = database;
        this.log = log;
    }

    /** Whose archive is asked for. */
    record GuestExportRequest(
            @NotNull @Size(max = 320) @Pattern(regexp = EMAIL) String email) {}

    /**
     * Who is forgotten.
     *
     * @param reason a code, such as {@code asked-by-letter}
     * @param evenUndelivered whether orders may be left that are confirmed and, as far as the platform knows, not delivered
     */
    record GuestErasureRequest(
            @NotNull @Size(max = 320) @Pattern(regexp = EMAIL) String email,

            @NotNull @Pattern(regexp = ReasonCode.PATTERN) String reason,

            @Nullable Boolean evenUndelivered) {}

    /** An archive of files in JSON, with an index for people. */
    @PostMapping(value = "/exports", produces = ExportingCustomers.MEDIA_TYPE)
    @SqlBudget(statements = 640, transactions = 320)
    @IdempotentByNature("it reads only")
    @NotCritical("it reads only, and the read is written down")
    @DisclosesPersonalData(loggedWhereRead = true)
    ResponseEntity<byte[]> export(@Valid @RequestBody GuestExportRequest request, HttpServletRequest servlet) {
        byte[] archive = exporting.exportGuest(request.email());
        UUID guest = exporting.guestSubject(request.email());
        log.record(
                database,
                AccessLogging.wayOf(servlet),
                List.of(new Disclosure(
                        DataSubject.of("guest", guest, null), EnumSet.allOf(PersonalDataCategory.class))));
        return ErasuresController.archive(archive);
    }

    @PostMapping("/erasures")
    @Audited("guest.erasure-requested")
    @SqlBudget(statements = 100, transactions = 40)
    @IdempotentByNature("while somebody is being forgotten, it answers how far that is")
    ResponseEntity<ErasureView> erase(@Valid @RequestBody GuestErasureRequest request) {
        return ErasuresController.answer(
                erasing.eraseGuest(request.email(), request.reason(), Boolean.TRUE.equals(request.evenUndelivered())));
    }

    @GetMapping("/erasures/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    ErasureView find(@PathVariable UUID id) {
        return erasing.findErasure(id)
                .orElseThrow(() -> ProblemException.notFound("erasure-not-found", "there is no such erasure"));
    }
}
