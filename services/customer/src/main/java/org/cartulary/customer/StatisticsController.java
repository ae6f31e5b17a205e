package org.cartulary.customer;

import java.net.URI;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What customers have ordered, for those who run the shop; and its rebuild, for those who run the platform. */
@RestController
@RequestMapping("/api/v1/admin")
final class StatisticsController {

    private static final String REBUILDS = "/projections/customer-statistics/rebuilds";

    private final Database database;
    private final CustomerStore customers;
    private final StatisticsStore statistics;
    private final RebuildingStatistics rebuilding;

    StatisticsController(
            Database database, CustomerStore customers, StatisticsStore statistics, RebuildingStatistics rebuilding) {
        this.database = database;
        this.customers = customers;
        this.statistics = statistics;
        this.rebuilding = rebuilding;
    }

    @GetMapping("/customers/{id}/statistics")
    @SqlBudget(statements = 3, transactions = 1)
    @RequirePermission(Permissions.CUSTOMERS_READ)
    CustomerStatistics statistics(@PathVariable UUID id) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> customers
                .find(tx, tenantId, id)
                .map(customer -> new CustomerStatistics(id, statistics.find(tx, tenantId, id)))
                .orElseThrow(() -> ProblemException.notFound("customer-not-found", "there is no such customer")));
    }

    @PostMapping(REBUILDS)
    @Audited("projection.rebuild-requested")
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("a rebuild that is under way is not begun again")
    @PlatformWide
    @RequirePermission(Permissions.PROJECTIONS_REBUILD)
    ResponseEntity<Rebuild> rebuild() {
        Rebuild rebuild = rebuilding.request();
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/admin" + REBUILDS + "/" + rebuild.id()))
                .body(rebuild);
    }

    @GetMapping(REBUILDS + "/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    @PlatformWide
    @RequirePermission(Permissions.PROJECTIONS_REBUILD)
    Rebuild find(@PathVariable UUID id) {
        return rebuilding
                .find(id)
                .orElseThrow(() -> ProblemException.notFound("rebuild-not-found", "there is no such rebuild"));
    }
}
