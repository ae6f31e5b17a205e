package org.cartulary.catalog;

import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Prices for a time and in other currencies, and what was asked before, for those who write the shop's catalogue. */
@RestController
@RequestMapping("/api/v1/admin/products/{id}")
@RequirePermission(Permissions.CATALOG_WRITE)
class AdminPricesController {

    private final SettingPrices setting;
    private final PriceStore prices;
    private final Cursors cursors;

    AdminPricesController(SettingPrices setting, PriceStore prices, Cursors cursors) {
        this.setting = setting;
        this.prices = prices;
        this.cursors = cursors;
    }

    @GetMapping("/prices")
    @SqlBudget(statements = 3, transactions = 1)
    ResponseEntity<PricesView> get(@PathVariable UUID id) {
        PricesView view = prices.get(id);
        if (view == null) {
            throw WritingProducts.notFound();
        }
        return ResponseEntity.ok().eTag(ETags.of(view.version())).body(view);
    }

    /** Replaces the prices besides those that the product and its variants have themselves. */
    @PutMapping("/prices")
    @Audited("product.changed")
    @SqlBudget(statements = 11, transactions = 3)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<PricesView> set(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody PricesDraft draft) {
        setting.set(id, ETags.requireMatch(ifMatch), draft.prices());
        return get(id);
    }

    /** What was, is and, as far as it is known, will be asked, the latest first; deleted products have a history too. */
    @GetMapping("/price-history")
    @SqlBudget(statements = 2, transactions = 1)
    Page<ToldPrice> history(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String scope = "price-history?product=" + id;
        PriceStore.Place before = cursor == null ? null : place(cursors.decode(scope, cursor));
        return Pages.of(
                prices.history(id, before, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.effectiveFrom().toString(), Long.toString(last.id()))));
    }

    private static PriceStore.Place place(List<String> keys) {
        return new PriceStore.Place(Instant.parse(keys.get(0)), Long.parseLong(keys.get(1)));
    }
}
