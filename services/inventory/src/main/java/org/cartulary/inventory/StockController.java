package org.cartulary.inventory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Legible;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The stock as staff sees it and changes it. */
@RestController
final class StockController {

    static final int MAX_RECEIPTS = 1000;
    static final int MAX_QUANTITY = 100_000_000;

    private final StockRecords records;
    private final Idempotency idempotency;
    private final Cursors cursors;

    StockController(StockRecords records, Idempotency idempotency, Cursors cursors) {
        this.records = records;
        this.idempotency = idempotency;
        this.cursors = cursors;
    }

    /** Units of a product that have arrived; the reference is received once, ever. */
    record StockReceipt(
            @NotNull UUID productId,
            @Min(1) @Max(MAX_QUANTITY) int quantity,
            @NotBlank @Size(max = 255) String reference) {

        StockRecords.Receipt receipt() {
            return new StockRecords.Receipt(productId, quantity, reference);
        }
    }

    /** Receipts, all of them into one warehouse, the default one where it is not named. A new name opens a warehouse. */
    record StockReceiptBatch(
            @NotNull @Size(min = 1, max = MAX_RECEIPTS) List<@NotNull @Valid StockReceipt> receipts,
            @Nullable @Size(min = 1, max = 100) @Legible String warehouse) {}

    /** What became of a receipt, {@code received} or {@code already-received}, and how much is available now. */
    record StockReceiptResult(UUID productId, String outcome, long available) {}

    /** What became of the receipts, in their order. */
    record StockReceiptBatchResult(List<StockReceiptResult> results) {

        static StockReceiptBatchResult of(List<StockReceipt> receipts, List<StockRecords.Received> received) {
            return new StockReceiptBatchResult(IntStream.range(0, receipts.size())
                    .mapToObj(i -> new StockReceiptResult(
                            receipts.get(i).productId(),
                            received.get(i).received() ? "received" : "already-received",
                            received.get(i).available()))
                    .toList());
        }
    }

    /**
     * A change of the available units by hand, such as after counting them.
     *
     * @param reason why, in words; needed where the code says {@code OTHER}, or there is none
     * @param reasonCode {@code DAMAGED} and {@code LOST} take units away, {@code FOUND} and {@code RETURNED} bring some
     */
    record StockAdjustment(
            @NotNull UUID productId,
            @Min(-MAX_QUANTITY) @Max(MAX_QUANTITY) int change,
            @Nullable @Size(max = 255) String reason,
            @Nullable @Size(min = 1, max = 100) @Legible String warehouse,
            @Nullable AdjustmentReason reasonCode) {

        /** Who only says it in words has another reason. */
        AdjustmentReason code() {
            return reasonCode == null ? AdjustmentReason.OTHER : reasonCode;
        }

        @Nullable String words() {
            return reason == null || reason.isBlank() ? null : reason;
        }
    }

    /** An adjustment that was made, with what there is in its warehouse since. */
    record StockAdjustmentResult(long movementId, UUID productId, int change, int available, int reserved) {}

    @PostMapping("/api/v1/admin/stock-receipts/batches")
    @NotCritical("each receipt is kept for ever with its reference, as a movement that nobody changes")
    @SqlBudget(statements = 2, transactions = 1)
    @IdempotentByNature("a reference is received once, ever")
    @RequirePermission(Permissions.STOCK_WRITE)
    StockReceiptBatchResult receive(@Valid @RequestBody StockReceiptBatch batch) {
        List<StockReceipt> receipts = batch.receipts();
        requireDistinct(receipts);
        List<StockRecords.Received> received = records.receive(
                batch.warehouse() == null ? null : batch.warehouse().strip(),
                receipts.stream().map(StockReceipt::receipt).toList());
        return StockReceiptBatchResult.of(receipts, received);
    }

    @PostMapping("/api/v1/admin/stock-adjustments")
    @Audited("stock.adjusted")
    @SqlBudget(statements = 5, transactions = 1)
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<StockAdjustmentResult> adjust(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody StockAdjustment request) {
        requireReason(request);
        StoredAnswer<StockAdjustmentResult> answer = idempotency.once(
                new Idempotency.Request("POST /api/v1/admin/stock-adjustments", key, request),
                StockAdjustmentResult.class,
                tx -> {
                    StockRecords.Adjusted adjusted = records.adjust(
                            tx,
                            request.productId(),
                            request.warehouse() == null
                                    ? null
                                    : request.warehouse().strip(),
                            request.change(),
                            request.code(),
                            request.words());
                    if (!adjusted.adjusted()) {
                        throw ProblemException.conflict(
                                        "insufficient-stock",
                                        "fewer than no units would be available; there are " + adjusted.available())
                                .withProperty("available", adjusted.available());
                    }
                    AuditLog.record(
                            tx,
                            AuditedAct.of("stock.adjusted", "product", request.productId())
                                    .with("change", request.change())
                                    .with("reasonCode", request.code().name())
                                    .with("movement", adjusted.movementId()));
                    return Answer.of(
                            201,
                            new StockAdjustmentResult(
                                    adjusted.movementId(),
                                    request.productId(),
                                    request.change(),
                                    adjusted.available(),
                                    adjusted.reserved()));
                });
        return ResponseEntity.status(answer.status()).body(answer.body());
    }

    @GetMapping("/api/v1/admin/stock")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<StockRecords.Stock> list(
            @RequestParam(name = "productId", required = false) @Nullable UUID productId,
            @RequestParam(name = "warehouse", required = false) @Nullable String warehouse,
            @RequestParam(name = "category", required = false) @Nullable String category,
            @RequestParam(name = "low", defaultValue = "false") boolean low,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        StockRecords.Wanted wanted = new StockRecords.Wanted(productId, warehouse, category, low);
        String scope = "stock?" + wanted;
        List<String> after = cursor == null ? List.of() : cursors.decode(scope, cursor);
        List<StockRecords.Stock> rows = records.list(
                wanted,
                after.isEmpty() ? null : UUID.fromString(after.getFirst()),
                after.isEmpty() ? null : UUID.fromString(after.getLast()),
                length + 1);
        return Pages.of(
                rows,
                length,
                row -> cursors.encode(
                        scope,
                        List.of(row.productId().toString(), row.warehouseId().toString())));
    }

    @GetMapping("/api/v1/admin/stock/{productId}/movements")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<StockRecords.Movement> movements(
            @PathVariable("productId") UUID productId,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = "stock/" + productId + "/movements";
        Optional<Long> before = cursor == null
                ? Optional.empty()
                : Optional.of(Long.valueOf(cursors.decode(scope, cursor).getFirst()));
        return Pages.of(
                records.movements(productId, before, length + 1),
                length,
                row -> cursors.encode(scope, List.of(Long.toString(row.id()))));
    }

    private static void requireReason(StockAdjustment request) {
        if (request.change() == 0) {
            throw ProblemException.unprocessable("invalid-request", "an adjustment changes something")
                    .with("/change", "zero", "the change is not 0");
        }
        if (!request.code().admits(request.change())) {
            String detail = request.code() + (request.change() < 0 ? " takes no units away" : " brings no units");
            throw ProblemException.unprocessable("invalid-request", detail).with("/change", "reason", detail);
        }
        if (request.code() == AdjustmentReason.OTHER && request.words() == null) {
            String detail = "say why: by a code, or in words";
            throw ProblemException.unprocessable("invalid-request", detail).with("/reason", "blank", detail);
        }
    }

    static void requireDistinct(List<StockReceipt> receipts) {
        Set<String> references = new HashSet<>();
        for (int i = 0; i < receipts.size(); i++) {
            if (!references.add(receipts.get(i).reference())) {
                String detail = "each reference comes once in a batch";
                throw ProblemException.unprocessable("invalid-request", detail)
                        .with("/receipts/" + i + "/reference", "repeated", detail);
            }
        }
    }
}
