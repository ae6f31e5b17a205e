package org.cartulary.tests.architecture.samples.order;

import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.IdempotentByNature;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Of what staff can change here, one call says nothing of the audit log, and one says both. */
@RequestMapping("/api/v1/admin/parcels")
class UnauditedController {

    @PostMapping
    @IdempotentByNature("it is a sample")
    void undeclared() {}

    @PatchMapping
    @IdempotentByNature("it is a sample")
    @Audited("parcel.changed")
    @NotCritical("it is a sample")
    void undecided() {}

    @DeleteMapping
    @IdempotentByNature("it is a sample")
    @Audited("parcel.deleted")
    void audited() {}

    @PutMapping
    @IdempotentByNature("it is a sample")
    @NotCritical("it is a sample")
    void harmless() {}

    @GetMapping
    void read() {}
}
