package org.cartulary.inventory;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The warehouses of a shop. */
@RestController
@RequestMapping("/api/v1/admin/warehouses")
final class WarehousesController {

    private static final String SCOPE = "warehouses";

    private final Warehouses warehouses;
    private final Cursors cursors;

    WarehousesController(Warehouses warehouses, Cursors cursors) {
        this.warehouses = warehouses;
        this.cursors = cursors;
    }

    @PostMapping
    @NotCritical("a warehouse is a name and a place in an order: units move by movements that nobody changes")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("a name is taken once: a repetition is told so")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<WarehouseView> open(@Valid @RequestBody WarehouseDraft draft) {
        WarehouseView warehouse = warehouses.open(draft);
        return ResponseEntity.created(URI.create("/api/v1/admin/warehouses/" + warehouse.id()))
                .eTag(ETags.of(warehouse.version()))
                .body(warehouse);
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<WarehouseView> list(
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String after = cursor == null ? "" : cursors.decode(SCOPE, cursor).getFirst();
        return Pages.of(
                warehouses.list(after, length + 1), length, last -> cursors.encode(SCOPE, List.of(last.name())));
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    ResponseEntity<WarehouseView> find(@PathVariable("id") UUID id) {
        return tagged(warehouses.find(id));
    }

    @PutMapping("/{id}")
    @NotCritical("a warehouse is a name and a place in an order: units move by movements that nobody changes")
    @SqlBudget(statements = 4, transactions = 2)
    @IdempotentByNature("it changes the version that it names, once")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<WarehouseView> change(
            @PathVariable("id") UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody WarehouseDraft draft) {
        return tagged(warehouses.change(id, ETags.requireMatch(ifMatch), draft));
    }

    private static ResponseEntity<WarehouseView> tagged(WarehouseView warehouse) {
        return ResponseEntity.ok().eTag(ETags.of(warehouse.version())).body(warehouse);
    }
}
