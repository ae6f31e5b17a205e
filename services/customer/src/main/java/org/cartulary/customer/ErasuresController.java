package org.cartulary.customer;

import java.util.UUID;
import org.cartulary.platform.audit.AnswersItsSender;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where customers take what is kept on them, and have themselves forgotten. */
@RestController
@RequestMapping("/api/v1/store/customers/me")
@AllowSignedIn
final class ErasuresController {

    private static final String REASON = "asked-by-customer";

    private final ErasingCustomers erasing;
    private final ExportingCustomers exporting;

    ErasuresController(ErasingCustomers erasing, ExportingCustomers exporting) {
        this.erasing = erasing;
        this.exporting = exporting;
    }

    @PostMapping("/erasures")
    @SqlBudget(statements = 100, transactions = 40)
    @IdempotentByNature("whoever is forgotten stays so")
    ResponseEntity<ErasureView> erase() {
        return answer(erasing.erase(customerId(), REASON, false));
    }

    /** An archive of files in JSON, with an index for people. */
    @GetMapping(value = "/export", produces = ExportingCustomers.MEDIA_TYPE)
    @AnswersItsSender("who asks is the customer")
    @SqlBudget(statements = 638, transactions = 319)
    ResponseEntity<byte[]> export() {
        return archive(exporting.export(customerId()));
    }

    /** 200 once nothing is left, 202 before. */
    static ResponseEntity<ErasureView> answer(ErasureView erasure) {
        return ResponseEntity.status(erasure.completedAt() == null ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .body(erasure);
    }

    static ResponseEntity<byte[]> archive(byte[] content) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"personal-data.zip\"")
                .body(content);
    }

    private static UUID customerId() {
        Principal principal = RequestContext.current().principal();
        UUID id = principal.id();
        if (id != null && principal.isCustomer(id)) {
            return id;
        }
        throw ProblemException.notFound("customer-not-found", "there is no such customer");
    }
}
