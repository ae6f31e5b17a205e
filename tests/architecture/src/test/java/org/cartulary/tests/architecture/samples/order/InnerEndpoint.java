package org.cartulary.tests.architecture.samples.order;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Only services call it, which have budgets of their own. */
@RestController
class InnerEndpoint {

    @GetMapping("/internal/receipts")
    void answer() {}
}
