package org.cartulary.tests.architecture.samples.order;

import org.cartulary.platform.http.IdempotentByNature;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** What vendors can change here says nothing of the audit log. */
@RequestMapping("/api/v1/vendor/parcels")
class UnauditedVendorController {

    @PostMapping
    @IdempotentByNature("it is a sample")
    void undeclared() {}
}
