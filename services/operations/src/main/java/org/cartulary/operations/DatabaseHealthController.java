package org.cartulary.operations;

import java.util.Comparator;
import java.util.List;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.operations.DatabaseHealth;
import org.cartulary.platform.operations.Operations;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the databases of all services are, for the platform's operators. */
@RestController
@PlatformWide
@RequirePermission(Permissions.OPERATIONS_RUN)
final class DatabaseHealthController {

    private final AskingServices<Operations> services;

    DatabaseHealthController(AskingServices<Operations> services) {
        this.services = services;
    }

    @GetMapping("/api/v1/admin/database-health")
    @SqlBudget(statements = 72, transactions = 12)
    DatabaseHealthList health(@RequestParam(required = false) @Nullable String service) {
        AskingServices.Answers<DatabaseHealth> answers = services.ask(
                service,
                (operations, name) -> List.of(operations.health(name)),
                Comparator.comparing(DatabaseHealth::service));
        return new DatabaseHealthList(answers.rows(), answers.unavailable());
    }
}
