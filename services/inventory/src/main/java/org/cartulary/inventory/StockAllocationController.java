package org.cartulary.inventory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** By which rule the units of an order are taken from the warehouses. */
@RestController
@RequestMapping("/api/v1/admin/stock-allocation")
final class StockAllocationController {

    private final StockAllocation allocation;

    StockAllocationController(StockAllocation allocation) {
        this.allocation = allocation;
    }

    /** The rule that shall hold. */
    record AllocationChoice(@NotNull AllocationRule rule) {}

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    ResponseEntity<StockAllocation.Decided> find() {
        return tagged(allocation.find());
    }

    @PutMapping
    @NotCritical("it says where goods are taken from, not how many: each taking is a movement that nobody changes")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("it changes the version that it names, once")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<StockAllocation.Decided> decide(
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody AllocationChoice choice) {
        return tagged(allocation.decide(ETags.requireMatch(ifMatch), choice.rule()));
    }

    private static ResponseEntity<StockAllocation.Decided> tagged(StockAllocation.Decided decided) {
        return ResponseEntity.ok().eTag(ETags.of(decided.version())).body(decided);
    }
}
