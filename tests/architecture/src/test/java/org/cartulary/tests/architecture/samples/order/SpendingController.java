package org.cartulary.tests.architecture.samples.order;

import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.http.UnboundedSql;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Two calls of it do not say what they cost. */
@RestController
@RequestMapping("/api/v1/store/receipts")
class SpendingController {

    @GetMapping("/{id}")
    void read() {}

    @RequestMapping(method = {RequestMethod.GET, RequestMethod.HEAD})
    void anything() {}

    @GetMapping("/count")
    @SqlBudget(statements = 2, transactions = 1)
    void count() {}

    @GetMapping("/all")
    @UnboundedSql("it adds up all receipts")
    void addUp() {}

    void notMapped() {}
}
