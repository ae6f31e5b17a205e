package org.cartulary.inventory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.money.Money;
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

/** From whom a shop buys, what they offer, and how well they deliver. */
@RestController
@RequestMapping("/api/v1/admin/suppliers")
final class SuppliersController {

    private static final String SCOPE = "suppliers";
    private static final UUID FIRST = new UUID(0, 0);

    private final Suppliers suppliers;
    private final SupplierMeasures measures;
    private final Cursors cursors;

    SuppliersController(Suppliers suppliers, SupplierMeasures measures, Cursors cursors) {
        this.suppliers = suppliers;
        this.measures = measures;
        this.cursors = cursors;
    }

    /**
     * Under which conditions a supplier offers a product.
     *
     * @param sku how the supplier calls it
     * @param price for one, not negative
     * @param minimumQuantity how many units have to be ordered at least
     */
    record OfferDraft(
            @NotBlank @Size(max = 100) String sku,
            @NotNull Money price,

            @NotNull @Min(1) @Max(StockController.MAX_QUANTITY) Integer minimumQuantity) {}

    @PostMapping
    @NotCritical("it is a name of a company; what is bought is kept with purchase orders")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("a name is taken once: a repetition is told so")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<SupplierView> enter(@Valid @RequestBody SupplierDraft draft) {
        SupplierView supplier = suppliers.enter(draft);
        return ResponseEntity.created(URI.create("/api/v1/admin/suppliers/" + supplier.id()))
                .eTag(ETags.of(supplier.version()))
                .body(supplier);
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<SupplierView> list(
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String after = cursor == null ? "" : cursors.decode(SCOPE, cursor).getFirst();
        return Pages.of(suppliers.list(after, length + 1), length, last -> cursors.encode(SCOPE, List.of(last.name())));
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    ResponseEntity<SupplierView> find(@PathVariable("id") UUID id) {
        return tagged(suppliers.find(id));
    }

    @PutMapping("/{id}")
    @NotCritical("it is a name of a company; what is bought is kept with purchase orders")
    @SqlBudget(statements = 4, transactions = 2)
    @IdempotentByNature("it changes the version that it names, once")
    @RequirePermission(Permissions.STOCK_WRITE)
    ResponseEntity<SupplierView> change(
            @PathVariable("id") UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody SupplierDraft draft) {
        return tagged(suppliers.change(id, ETags.requireMatch(ifMatch), draft));
    }

    @GetMapping("/{id}/products")
    @SqlBudget(statements = 3, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    Page<SupplierProduct> products(
            @PathVariable("id") UUID id,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = "suppliers/" + id + "/products";
        UUID after = cursor == null
                ? FIRST
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        return Pages.of(
                suppliers.products(id, after, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.productId().toString())));
    }

    @PutMapping("/{id}/products/{productId}")
    @NotCritical("it is what a supplier asks for, and moves nothing")
    @SqlBudget(statements = 2, transactions = 1)
    @IdempotentByNature("it says how the offer shall be")
    @RequirePermission(Permissions.STOCK_WRITE)
    SupplierProduct offer(
            @PathVariable("id") UUID id,
            @PathVariable("productId") UUID productId,
            @Valid @RequestBody OfferDraft draft) {
        if (draft.price().isNegative()) {
            String detail = "an amount here is not negative";
            throw ProblemException.unprocessable("invalid-money", detail).with("/price/amount", "negative", detail);
        }
        SupplierProduct product = new SupplierProduct(productId, draft.sku(), draft.price(), draft.minimumQuantity());
        suppliers.offer(id, product);
        return product;
    }

    @GetMapping("/{id}/performance")
    @SqlBudget(statements = 3, transactions = 1)
    @RequirePermission(Permissions.STOCK_READ)
    SupplierPerformance performance(
            @PathVariable("id") UUID id,
            @RequestParam("since") LocalDate since,
            @RequestParam("until") LocalDate until) {
        if (until.isBefore(since)) {
            String detail = "the last day is not before the first one";
            throw ProblemException.unprocessable("invalid-request", detail).with("?until", "before-first", detail);
        }
        return measures.measure(id, since, until);
    }

    private static ResponseEntity<SupplierView> tagged(SupplierView supplier) {
        return ResponseEntity.ok().eTag(ETags.of(supplier.version())).body(supplier);
    }
}
