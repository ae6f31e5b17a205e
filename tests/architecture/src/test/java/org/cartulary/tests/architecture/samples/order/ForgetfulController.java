package org.cartulary.tests.architecture.samples.order;

import org.cartulary.platform.http.IdempotentByNature;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** Two calls of it can take effect twice. */
class ForgetfulController {

    @PostMapping("/api/v1/orders")
    void order() {}

    @DeleteMapping("/api/v1/orders")
    void cancel(@RequestHeader("If-Match") String version) {}

    @PostMapping("/api/v1/payments")
    void pay(@RequestHeader(name = "Idempotency-Key", required = false) String key) {}

    @PutMapping("/api/v1/orders")
    @IdempotentByNature("it says how the order shall be")
    void change() {}

    @GetMapping("/api/v1/orders")
    void list() {}
}
