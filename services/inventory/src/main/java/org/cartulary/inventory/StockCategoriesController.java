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

/** By which a shop sorts its stock, and when more of each kind should be ordered. */
@RestController
@RequestMapping("/api/v1/admin/stock-categories")
final class StockCategoriesController {

    private static final String SCOPE = "stock-categories";
    private static final String MOVES_NOTHING = "it sorts stock and says when somebody is told, and moves nothing";
    private static final UUID FIRST = new UUID(0, 0);

    private final StockCategories categories;
    private final Cursors cursors;

    StockCategoriesController(StockCategories categories, Cursors cursors) {
        this.categories = categories;
        this.cursors = cursors;
    }

    /** A product that is in a category. */
    record CategorizedProduct(UUID productId) {}

    @PostMapping
    @NotCritical(MOVES_NOTHING)
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("a code is taken once: a repetition is told so")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<StockCategoryView> make(@Valid @RequestBody StockCategoryDraft draft) {
        StockCategoryView category = categories.make(draft);
        return ResponseEntity.created(URI.create("/api/v1/admin/stock-categories/" + category.id()))
                .eTag(ETags.of(category.version()))
                .body(category);
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<StockCategoryView> list(
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String after = cursor == null ? "" : cursors.decode(SCOPE, cursor).getFirst();
        return Pages.of(
                categories.list(after, length + 1), length, last -> cursors.encode(SCOPE, List.of(last.code())));
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    ResponseEntity<StockCategoryView> find(@PathVariable("id") UUID id) {
        return tagged(categories.find(id));
    }

    @PutMapping("/{id}")
    @NotCritical(MOVES_NOTHING)
    @SqlBudget(statements = 4, transactions = 2)
    @IdempotentByNature("it changes the version that it names, once")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<StockCategoryView> change(
            @PathVariable("id") UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody StockCategoryDraft draft) {
        return tagged(categories.change(id, ETags.requireMatch(ifMatch), draft));
    }

    @GetMapping("/{id}/products")
    @SqlBudget(statements = 3, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<CategorizedProduct> products(
            @PathVariable("id") UUID id,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = "stock-categories/" + id + "/products";
        UUID after = cursor == null
                ? FIRST
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        List<CategorizedProduct> products = categories.products(id, after, length + 1).stream()
                .map(CategorizedProduct::new)
                .toList();
        return Pages.of(
                products,
                length,
                last -> cursors.encode(scope, List.of(last.productId().toString())));
    }

    @PutMapping("/{id}/products/{productId}")
    @NotCritical(MOVES_NOTHING)
    @SqlBudget(statements = 2, transactions = 1)
    @IdempotentByNature("it says where the product shall be")
    @RequirePermission(Permissions.STOCK_WRITE)
    CategorizedProduct put(@PathVariable("id") UUID id, @PathVariable("productId") UUID productId) {
        categories.put(id, productId);
        return new CategorizedProduct(productId);
    }

    @DeleteMapping("/{id}/products/{productId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @NotCritical(MOVES_NOTHING)
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("what is out stays out")
    @RequirePermission(Permissions.STOCK_WRITE)
    void takeOut(@PathVariable("id") UUID id, @PathVariable("productId") UUID productId) {
        categories.takeOut(id, productId);
    }

    private static ResponseEntity<StockCategoryView> tagged(StockCategoryView category) {
        return ResponseEntity.ok().eTag(ETags.of(category.version())).body(category);
    }
}
