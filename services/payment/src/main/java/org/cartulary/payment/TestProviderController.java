package org.cartulary.payment;

import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the test provider's books say, where a shop has the test provider. */
@RestController
@RequestMapping("/api/v1/admin/test-provider")
@RequirePermission(Permissions.ORDERS_READ)
final class TestProviderController {

    private final TestProviderStatement statement;
    private final boolean hasTestProvider;

    TestProviderController(TestProviderStatement statement, boolean hasTestProvider) {
        this.statement = statement;
        this.hasTestProvider = hasTestProvider;
    }

    @GetMapping("/charges")
    @SqlBudget(statements = 4, transactions = 2)
    TestProviderStatement.Statement charges(@RequestParam UUID orderId) {
        if (!hasTestProvider) {
            throw ProblemException.notFound("no-test-provider", "this installation has no test provider");
        }
        return statement.of(orderId);
    }
}
