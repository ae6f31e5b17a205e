package org.cartulary.tests.architecture.samples.order;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Is named like what services call, but everybody can. */
@RestController
@RequestMapping("/api/v1/store")
class MisplacedEndpoint {

    @GetMapping("/internal/receipts")
    void answer() {}
}
