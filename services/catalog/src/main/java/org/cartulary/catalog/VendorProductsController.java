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
import org.cartulary.platform.http.ProblemException;
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

/** A vendor's own products, for those who work for it. What is not the vendor's is not there. */
@RestController
@RequestMapping("/api/v1/vendor/products")
@RequirePermission(Permissions.VENDOR_PRODUCTS_WRITE)
final class VendorProductsController {

    private static final String PATH = "/api/v1/vendor/products";

    private final ActingForVendor acting;
    private final WritingProducts writing;
    private final ProductStore products;
    private final Cursors cursors;

    VendorProductsController(ActingForVendor acting, WritingProducts writing, ProductStore products, Cursors cursors) {
        this.acting = acting;
        this.writing = writing;
        this.products = products;
        this.cursors = cursors;
    }

    @PostMapping
    @NotCritical("what is new replaces nothing; whoever changes or deletes it is written down")
    @SqlBudget(statements = 12, transactions = 5)
    ResponseEntity<ProductView> create(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody ProductDraft draft) {
        refuseTaxCategory(draft.taxCategory());
        ProductView created = acting.apply(vendorId -> {
            ProductDraft own = draft.vendorId() == null ? draft.ofVendor(vendorId) : draft;
            return own(vendorId, writing.create(own, new Idempotency.Request("POST " + PATH, key, draft)));
        });
        return ResponseEntity.created(URI.create(PATH + "/" + created.id()))
                .eTag(ETags.of(created.version()))
                .body(created);
    }

    @GetMapping
    @SqlBudget(statements = 7, transactions = 3)
    Page<ProductView> list(
            @RequestParam(required = false) @Nullable String sku,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) String @Nullable [] status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        return acting.apply(vendorId -> {
            AdminProductFilter filter = AdminProductFilter.of(vendorId, sku, query, status);
            String scope = filter.scope();
            UUID after = cursor == null
                    ? null
                    : UUID.fromString(cursors.decode(scope, cursor).getFirst());
            return Pages.of(
                    products.list(filter, after, length + 1),
                    length,
                    last -> cursors.encode(scope, List.of(last.id().toString())));
        });
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 4, transactions = 2)
    ResponseEntity<ProductView> get(@PathVariable UUID id) {
        return tagged(acting.apply(vendorId -> own(vendorId, id)));
    }

    @PutMapping("/{id}")
    @Audited("product.changed")
    @SqlBudget(statements = 12, transactions = 6)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<ProductView> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ProductChange change) {
        long version = ETags.requireMatch(ifMatch);
        if (change.slug() != null) {
            String detail = "the shop, and no vendor, gives products other slugs";
            throw ProblemException.unprocessable("slug-of-the-shop", detail).with("/slug", "not-allowed", detail);
        }
        refuseTaxCategory(change.taxCategory());
        return tagged(acting.apply(vendorId -> {
            own(vendorId, id);
            writing.change(id, version, change);
            return own(vendorId, id);
        }));
    }

    @DeleteMapping("/{id}")
    @Audited("product.deleted")
    @SqlBudget(statements = 6, transactions = 2)
    @IdempotentByNature("what is deleted stays deleted")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        acting.<@Nullable Void>apply(vendorId -> {
            writing.delete(id);
            return null;
        });
    }

    /** Which taxes are owed is not for those to say whose goods they are on. */
    private static void refuseTaxCategory(@Nullable String category) {
        if (category != null) {
            String detail = "the shop, and no vendor, says how products are taxed";
            throw ProblemException.unprocessable("tax-category-of-the-shop", detail)
                    .with("/taxCategory", "not-allowed", detail);
        }
    }

    /** What others have on sale can be seen in the store, and is none of this vendor's products. */
    private ProductView own(UUID vendorId, UUID id) {
        ProductView product = products.get(id);
        if (product == null || !vendorId.equals(product.vendorId())) {
            throw WritingProducts.notFound();
        }
        return product;
    }

    private static ResponseEntity<ProductView> tagged(ProductView product) {
        return ResponseEntity.ok().eTag(ETags.of(product.version())).body(product);
    }
}
