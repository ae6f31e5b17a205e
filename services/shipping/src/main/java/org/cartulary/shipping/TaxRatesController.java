package org.cartulary.shipping;

import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.Countries;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The rates at which a shop taxes what it sends. */
@RestController
@RequestMapping("/api/v1/admin/tax-rates")
@RequirePermission(Permissions.TAXES_WRITE)
class TaxRatesController {

    private static final String SCOPE = "tax-rates";
    private static final String EVERYWHERE_ELSE = "*";
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

    private final TaxRateStore rates;
    private final Cursors cursors;

    TaxRatesController(TaxRateStore rates, Cursors cursors) {
        this.rates = rates;
        this.cursors = cursors;
    }

    @PutMapping("/{code}")
    @Audited({"tax-rate.created", "tax-rate.changed"})
    @SqlBudget(statements = 6, transactions = 1)
    @IdempotentByNature("it says how the rate shall be")
    ResponseEntity<TaxRateView> put(@PathVariable String code, @Valid @RequestBody TaxRateDraft draft) {
        requireSensible(code, draft);
        return switch (rates.put(code, draft)) {
            case TaxRateStore.PutResult.Put(TaxRateView rate, boolean isNew) ->
                ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
                        .eTag(ETags.of(rate.version()))
                        .body(rate);
            case TaxRateStore.PutResult.Overlaps() ->
                throw ProblemException.conflict(
                        "tax-rate-overlaps",
                        "this place has another rate for this tax category during a part of this time");
        };
    }

    @DeleteMapping("/{code}")
    @Audited("tax-rate.removed")
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("what is removed stays removed")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String code) {
        if (!rates.remove(code)) {
            throw ProblemException.notFound("tax-rate-not-found", "the shop has no such rate of tax");
        }
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    Page<TaxRateView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String after = cursor == null ? "" : cursors.decode(SCOPE, cursor).getFirst();
        return Pages.of(rates.list(after, length + 1), length, last -> cursors.encode(SCOPE, List.of(last.code())));
    }

    private static void requireSensible(String code, TaxRateDraft draft) {
        if (!CODE.matcher(code).matches()) {
            String detail = "a rate is called by 1 to 100 lower-case letters, digits and hyphens";
            throw ProblemException.unprocessable("invalid-name", detail).with("{code}", "pattern", detail);
        }
        boolean everywhere = draft.country().equals(EVERYWHERE_ELSE);
        if (!everywhere && !Countries.isCountry(draft.country())) {
            String detail = "must be the code of a country in ISO 3166-1, or *";
            throw ProblemException.unprocessable("invalid-countries", detail).with("/country", "country-code", detail);
        }
        if (everywhere && draft.state() != null) {
            String detail = "a state needs the country that it belongs to";
            throw ProblemException.unprocessable("invalid-states", detail).with("/state", "one-country", detail);
        }
        Instant from = draft.validFrom();
        Instant until = draft.validUntil();
        if (from != null && until != null && !from.isBefore(until)) {
            String detail = "a rate ends after it begins";
            throw ProblemException.unprocessable("invalid-period", detail).with("/validUntil", "not-after", detail);
        }
    }
}
