package org.cartulary.catalog;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.Idempotency;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/products")
@RequirePermission(Permissions.CATALOG_WRITE)
class AdminProductsController {

    private final WritingProducts writing;
    private final ProductStore products;
    private final Cursors cursors;

    AdminProductsController(WritingProducts writing, ProductStore products, Cursors cursors) {
        this.writing = writing;
        this.products = products;
        this.cursors = cursors;
    }

    @PostMapping("/batches")
    @Audited("products.changed")
    @SqlBudget(statements = 5, transactions = 2)
    @IdempotentByNature("products are told by sku: what would change nothing is left alone")
    ProductBatch.Results upsert(@Valid @RequestBody ProductBatch batch) {
        return new ProductBatch.Results(writing.upsert(batch));
    }

    @PostMapping
    @NotCritical("what is new replaces nothing; whoever changes or deletes it is written down")
    @SqlBudget(statements = 8, transactions = 3)
    ResponseEntity<ProductView> create(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody ProductDraft draft) {
        ProductView created =
                existing(writing.create(draft, new Idempotency.Request("POST /api/v1/admin/products", key, draft)));
        return ResponseEntity.created(URI.create("/api/v1/admin/products/" + created.id()))
                .eTag(ETags.of(created.version()))
                .body(created);
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    ResponseEntity<ProductView> get(@PathVariable UUID id) {
        return tagged(existing(id));
    }

    @PutMapping("/{id}")
    @Audited("product.changed")
    @SqlBudget(statements = 7, transactions = 3)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<ProductView> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ProductChange change) {
        writing.change(id, ETags.requireMatch(ifMatch), change);
        return tagged(existing(id));
    }

    @DeleteMapping("/{id}")
    @Audited("product.deleted")
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("what is deleted stays deleted")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        writing.delete(id);
    }

    @GetMapping
    @SqlBudget(statements = 5, transactions = 2)
    Page<ProductView> list(
            @RequestParam(required = false) @Nullable String sku,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) String @Nullable [] status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        AdminProductFilter filter = AdminProductFilter.of(null, sku, query, status);
        String scope = filter.scope();
        UUID after = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                products.list(filter, after, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.id().toString())));
    }

    private ProductView existing(UUID id) {
        ProductView product = products.get(id);
        if (product == null) {
            throw WritingProducts.notFound();
        }
        return product;
    }

    private static ResponseEntity<ProductView> tagged(ProductView product) {
        return ResponseEntity.ok().eTag(ETags.of(product.version())).body(product);
    }
}
