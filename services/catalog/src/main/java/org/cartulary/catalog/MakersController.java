package org.cartulary.catalog;

import jakarta.validation.Valid;
import java.util.List;
import org.cartulary.catalog.MakerStore.Kind;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Brands and manufacturers. */
@RestController
class MakersController {

    private final MakerStore makers;
    private final Cursors cursors;

    MakersController(MakerStore makers, Cursors cursors) {
        this.makers = makers;
        this.cursors = cursors;
    }

    @GetMapping("/api/v1/store/brands")
    @SqlBudget(statements = 2, transactions = 1)
    @AllowAnyone
    Page<MakerView> brands(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return list(Kind.BRAND, limit, cursor);
    }

    @GetMapping("/api/v1/store/manufacturers")
    @SqlBudget(statements = 2, transactions = 1)
    @AllowAnyone
    Page<MakerView> manufacturers(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return list(Kind.MANUFACTURER, limit, cursor);
    }

    @PutMapping("/api/v1/admin/brands/{slug}")
    @NotCritical("what a brand is called moves neither goods nor money")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("it says how the brand shall be")
    @RequirePermission(Permissions.CATALOG_WRITE)
    ResponseEntity<MakerView> putBrand(@PathVariable String slug, @Valid @RequestBody MakerDraft draft) {
        return put(Kind.BRAND, slug, draft);
    }

    @PutMapping("/api/v1/admin/manufacturers/{slug}")
    @NotCritical("what a manufacturer is called moves neither goods nor money")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("it says how the manufacturer shall be")
    @RequirePermission(Permissions.CATALOG_WRITE)
    ResponseEntity<MakerView> putManufacturer(@PathVariable String slug, @Valid @RequestBody MakerDraft draft) {
        return put(Kind.MANUFACTURER, slug, draft);
    }

    private Page<MakerView> list(Kind kind, @Nullable Integer limit, @Nullable String cursor) {
        int length = Pages.limit(limit);
        String after = cursor == null ? "" : cursors.decode(kind.name(), cursor).getFirst();
        return Pages.of(
                makers.list(kind, after, length + 1),
                length,
                last -> cursors.encode(kind.name(), List.of(last.slug())));
    }

    private ResponseEntity<MakerView> put(Kind kind, String slug, MakerDraft draft) {
        Slugs.require(slug);
        var put = makers.put(kind, slug, draft);
        return ResponseEntity.status(put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(ETags.of(put.maker().version()))
                .body(put.maker());
    }
}
