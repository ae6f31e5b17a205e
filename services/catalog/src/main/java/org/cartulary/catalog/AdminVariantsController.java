package org.cartulary.catalog;

import jakarta.validation.Valid;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The variants of a product, for those who write the shop's catalogue. */
@RestController
@RequestMapping("/api/v1/admin/products/{id}")
@RequirePermission(Permissions.CATALOG_WRITE)
class AdminVariantsController {

    private final SettingVariants setting;
    private final ProductStore products;

    AdminVariantsController(SettingVariants setting, ProductStore products) {
        this.setting = setting;
        this.products = products;
    }

    /** Replaces the options and variants. A variant keeps its id while its combination of choices stays. */
    @PutMapping("/variants")
    @Audited("product.changed")
    @SqlBudget(statements = 8, transactions = 3)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<ProductView> set(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody VariantsDraft draft) {
        setting.set(id, ETags.requireMatch(ifMatch), draft);
        return answer(id);
    }

    /** Adds the combinations of choices that are missing. */
    @PostMapping("/variant-matrix")
    @Audited("product.changed")
    @SqlBudget(statements = 8, transactions = 3)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<ProductView> completeMatrix(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        setting.completeMatrix(id, ETags.requireMatch(ifMatch));
        return answer(id);
    }

    private ResponseEntity<ProductView> answer(UUID id) {
        ProductView product = products.get(id);
        if (product == null) {
            throw WritingProducts.notFound();
        }
        return ResponseEntity.ok().eTag(ETags.of(product.version())).body(product);
    }
}
