package org.cartulary.customer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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

/** Where a shop takes what is kept on a customer, and has one forgotten. */
@RestController
@RequestMapping("/api/v1/admin/customers/{id}")
final class ErasuresAdminController {

    private final ErasingCustomers erasing;
    private final ExportingCustomers exporting;
    private final Database database;
    private final DataAccessLog log;

    ErasuresAdminController(
            ErasingCustomers erasing, ExportingCustomers exporting, Database database, DataAccessLog log) {
        this.database = database;
        this.log = log;
        this.erasing = erasing;
        this.exporting = exporting;
    }

    /**
     * Why a customer is forgotten.
     *
     * @param reason a code, such as {@code asked-by-letter}: it is kept for ever, and so no text in which somebody could be named
     * @param evenUndelivered whether orders may be left that are confirmed and, as far as the platform knows, not delivered
     */
    record ErasureRequest(
            @NotNull @Pattern(regexp = ReasonCode.PATTERN) String reason,

            @Nullable Boolean evenUndelivered) {}

    @PostMapping("/erasures")
    @Audited("customer.erasure-requested")
    @SqlBudget(statements = 100, transactions = 40)
    @IdempotentByNature("whoever is forgotten stays so")
    @RequirePermission(Permissions.CUSTOMERS_ERASE)
    ResponseEntity<ErasureView> erase(@PathVariable UUID id, @Valid @RequestBody ErasureRequest request) {
        return ErasuresController.answer(
                erasing.erase(id, request.reason(), Boolean.TRUE.equals(request.evenUndelivered())));
    }

    @GetMapping("/erasures")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.CUSTOMERS_ERASE)
    ErasureView find(@PathVariable UUID id) {
        return erasing.find(id)
                .orElseThrow(() ->
                        ProblemException.notFound("erasure-not-found", "this customer was not asked to be forgotten"));
    }

    /** An archive of files in JSON, with an index for people. */
    @GetMapping(value = "/export", produces = ExportingCustomers.MEDIA_TYPE)
    @SqlBudget(statements = 640, transactions = 320)
    @DisclosesPersonalData(loggedWhereRead = true)
    @RequirePermission(Permissions.CUSTOMERS_ERASE)
    ResponseEntity<byte[]> export(@PathVariable UUID id, HttpServletRequest request) {
        byte[] archive = exporting.export(id);
        log.record(
                database,
                AccessLogging.wayOf(request),
                List.of(new Disclosure(DataSubject.of("customer", id, id), EnumSet.allOf(PersonalDataCategory.class))));
        return ErasuresController.archive(archive);
    }
}
