package org.cartulary.catalog;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.http.UnboundedSql;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files of products that are imported in the background. */
@RestController
@RequestMapping("/api/v1/admin/product-imports")
@RequirePermission(Permissions.CATALOG_BULK)
final class ProductImportsController {

    static final String PATH = "/api/v1/admin/product-imports";

    private final ReceivingImports receiving;
    private final ImportStore imports;
    private final Cursors cursors;

    ProductImportsController(ReceivingImports receiving, ImportStore imports, Cursors cursors) {
        this.receiving = receiving;
        this.imports = imports;
        this.cursors = cursors;
    }

    /** Takes a file, as text/csv or application/jsonl; what becomes of it is asked for later. */
    @PostMapping(consumes = {"text/csv", "application/jsonl", "application/x-ndjson"})
    @Audited("product-import.started")
    @UnboundedSql("it keeps the file a part at a time")
    @IdempotentByNature("products are told by sku: a file that is imported again changes nothing")
    ResponseEntity<ImportView> start(
            @RequestParam(name = "dryRun", defaultValue = "false") boolean dryRun, HttpServletRequest request)
            throws IOException {
        ImportView started =
                receiving.receive(FileFormat.ofBody(request.getContentType()), dryRun, request.getInputStream());
        return ResponseEntity.accepted()
                .location(URI.create(PATH + "/" + started.id()))
                .body(started);
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    ImportView get(@PathVariable UUID id) {
        return receiving.existing(id);
    }

    /** The latest first. */
    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    Page<ImportView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        UUID before = cursor == null
                ? null
                : UUID.fromString(cursors.decode("product-imports", cursor).getFirst());
        return Pages.of(
                imports.list(before, length + 1),
                length,
                last -> cursors.encode("product-imports", List.of(last.id().toString())));
    }

    /** Why lines were refused, in their order. */
    @GetMapping("/{id}/errors")
    @SqlBudget(statements = 4, transactions = 2)
    Page<LineError> errors(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = "product-import-errors?import=" + receiving.existing(id).id();
        ImportStore.Place after = cursor == null ? new ImportStore.Place(0, 0) : place(cursors.decode(scope, cursor));
        Page<ImportStore.Placed> placed = Pages.of(
                imports.errors(id, after, length + 1),
                length,
                last -> cursors.encode(
                        scope, List.of(Long.toString(last.error().line()), Integer.toString(last.position()))));
        return new Page<>(placed.items().stream().map(ImportStore.Placed::error).toList(), placed.page());
    }

    private static ImportStore.Place place(List<String> keys) {
        return new ImportStore.Place(Long.parseLong(keys.get(0)), Integer.parseInt(keys.get(1)));
    }

    /** Ends an import that has not come to its end; what was written of it stays. */
    @PostMapping("/{id}/cancellations")
    @Audited("product-import.cancelled")
    @SqlBudget(statements = 5, transactions = 1)
    @IdempotentByNature("what is cancelled stays cancelled")
    ImportView cancel(@PathVariable UUID id) {
        return receiving.cancel(id);
    }
}
