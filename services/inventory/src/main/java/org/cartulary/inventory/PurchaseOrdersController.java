package org.cartulary.inventory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.inventory.StockController.StockReceipt;
import org.cartulary.inventory.StockController.StockReceiptBatchResult;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a shop orders from its suppliers, and what comes of it. */
@RestController
@RequestMapping("/api/v1/admin/purchase-orders")
final class PurchaseOrdersController {

    private final PurchaseOrders orders;
    private final PurchaseReceipts purchaseReceipts;
    private final Cursors cursors;

    PurchaseOrdersController(PurchaseOrders orders, PurchaseReceipts purchaseReceipts, Cursors cursors) {
        this.orders = orders;
        this.purchaseReceipts = purchaseReceipts;
        this.cursors = cursors;
    }

    /**
     * What has come of a purchase order.
     *
     * @param acceptSurplus whether more may come than was ordered, {@code false} where it is not said
     */
    record Delivery(
            @NotNull @Size(min = 1, max = StockController.MAX_RECEIPTS) List<@NotNull @Valid StockReceipt> receipts,

            @Nullable Boolean acceptSurplus) {}

    @PostMapping
    @NotCritical("a purchase order is kept as it was placed, and what comes of it in the ledger")
    @SqlBudget(statements = 6, transactions = 1)
    @IdempotentByNature("a number is used once: a repetition is told so")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<PurchaseOrderView> place(@Valid @RequestBody PurchaseOrderDraft draft) {
        Set<UUID> products = new HashSet<>();
        for (int i = 0; i < draft.lines().size(); i++) {
            if (!products.add(draft.lines().get(i).productId())) {
                throw RequestedLines.invalid("/lines/" + i + "/productId", "each product is ordered by one line");
            }
        }
        PurchaseOrderView order = orders.place(draft);
        return ResponseEntity.created(URI.create("/api/v1/admin/purchase-orders/" + order.id()))
                .body(order);
    }

    @GetMapping
    @SqlBudget(statements = 3, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<PurchaseOrderView> list(
            @RequestParam(name = "supplierId", required = false) @Nullable UUID supplierId,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = "purchase-orders?supplierId=" + supplierId;
        UUID before = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                orders.list(supplierId, before, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.id().toString())));
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 3, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    PurchaseOrderView find(@PathVariable("id") UUID id) {
        return orders.find(id);
    }

    @PostMapping("/{id}/receipts")
    @NotCritical("each receipt is kept for ever with its reference, as a movement that nobody changes")
    @SqlBudget(statements = 2, transactions = 1)
    @IdempotentByNature("a reference is received once, ever")
    @RequirePermission(Permissions.STOCK_WRITE)
    StockReceiptBatchResult receive(@PathVariable("id") UUID id, @Valid @RequestBody Delivery delivery) {
        StockController.requireDistinct(delivery.receipts());
        List<StockRecords.Received> received = purchaseReceipts.receive(
                id,
                delivery.receipts().stream().map(StockReceipt::receipt).toList(),
                Boolean.TRUE.equals(delivery.acceptSurplus()));
        return StockReceiptBatchResult.of(delivery.receipts(), received);
    }
}
