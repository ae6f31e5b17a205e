package org.cartulary.inventory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** When more of a product should be ordered for a warehouse. */
@RestController
@RequestMapping("/api/v1/admin/stock/{productId}/warehouses/{warehouseId}/reorder-point")
final class ReorderPointsController {

    private final ReorderPoints points;

    ReorderPointsController(ReorderPoints points) {
        this.points = points;
    }

    /** At how many available units more should be ordered, 0 for never, and how many then. */
    record ReorderPointDraft(
            @NotNull @Min(0) @Max(StockController.MAX_QUANTITY) Integer reorderPoint,

            @NotNull @Min(0) @Max(StockController.MAX_QUANTITY) Integer reorderQuantity) {}

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    ResponseEntity<ReorderPoints.ReorderPoint> find(
            @PathVariable("productId") UUID productId, @PathVariable("warehouseId") UUID warehouseId) {
        return tagged(points.find(productId, warehouseId));
    }

    @PutMapping
    @NotCritical("a reorder point only says when somebody is told")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("it changes the version that it names, once")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<ReorderPoints.ReorderPoint> set(
            @PathVariable("productId") UUID productId,
            @PathVariable("warehouseId") UUID warehouseId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ReorderPointDraft draft) {
        return tagged(points.set(
                productId, warehouseId, ETags.requireMatch(ifMatch), draft.reorderPoint(), draft.reorderQuantity()));
    }

    private static ResponseEntity<ReorderPoints.ReorderPoint> tagged(ReorderPoints.ReorderPoint point) {
        return ResponseEntity.ok().eTag(ETags.of(point.version())).body(point);
    }
}
