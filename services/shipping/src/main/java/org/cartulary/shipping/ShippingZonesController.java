package org.cartulary.shipping;

import jakarta.validation.Valid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.Countries;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.context.RequestContext;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/shipping-zones")
@RequirePermission(Permissions.SHIPPING_WRITE)
class ShippingZonesController {

    private static final String SCOPE = "shipping-zones";
    private static final String EVERYWHERE_ELSE = "*";
    private static final int MAX_NAME_CHARACTERS = 100;

    private final ZoneStore zones;
    private final TenantApi tenants;
    private final Cursors cursors;

    ShippingZonesController(ZoneStore zones, TenantApi tenants, Cursors cursors) {
        this.zones = zones;
        this.tenants = tenants;
        this.cursors = cursors;
    }

    @PutMapping("/{name}")
    @Audited({"shipping-zone.created", "shipping-zone.changed"})
    @SqlBudget(statements = 6, transactions = 2)
    @IdempotentByNature("it says how the zone shall be")
    ResponseEntity<ZoneView> put(@PathVariable String name, @Valid @RequestBody ZoneDraft draft) {
        requireConsistent(name, draft);
        requireMoneyOfTheShop(draft.methods());
        var put = zones.put(name, draft);
        return ResponseEntity.status(put.outcome() == ZoneStore.Outcome.CREATED ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(ETags.of(put.zone().version()))
                .body(put.zone());
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    Page<ZoneView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String after = cursor == null ? "" : cursors.decode(SCOPE, cursor).getFirst();
        return Pages.of(zones.list(after, length + 1), length, last -> cursors.encode(SCOPE, List.of(last.name())));
    }

    private static void requireConsistent(String name, ZoneDraft draft) {
        if (name.isBlank() || name.length() > MAX_NAME_CHARACTERS) {
            String detail = "the name of a zone has from 1 to " + MAX_NAME_CHARACTERS + " characters";
            throw ProblemException.unprocessable("invalid-name", detail).with("{name}", "length", detail);
        }
        if (draft.countries().size() > 1 && draft.countries().contains(EVERYWHERE_ELSE)) {
            String detail = "\"*\" means everywhere else and stands alone";
            throw ProblemException.unprocessable("invalid-countries", detail).with("/countries", "not-alone", detail);
        }
        for (int i = 0; i < draft.countries().size(); i++) {
            String country = draft.countries().get(i);
            if (!country.equals(EVERYWHERE_ELSE) && !Countries.isCountry(country)) {
                String detail = country + " is not the code of a country in ISO 3166-1";
                throw ProblemException.unprocessable("invalid-countries", detail)
                        .with("/countries/" + i, "country-code", detail);
            }
        }
        boolean oneCountry = draft.countries().size() == 1 && !draft.countries().contains(EVERYWHERE_ELSE);
        if (draft.states() != null && !draft.states().isEmpty() && !oneCountry) {
            String detail = "states need exactly one country that they belong to";
            throw ProblemException.unprocessable("invalid-states", detail).with("/states", "one-country", detail);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < draft.methods().size(); i++) {
            if (!names.add(draft.methods().get(i).name())) {
                String detail = "each method of a zone has a name of its own";
                throw ProblemException.unprocessable("duplicate-method", detail)
                        .with("/methods/" + i + "/name", "duplicate", detail);
            }
        }
    }

    private void requireMoneyOfTheShop(List<MethodDraft> methods) {
        Tenant tenant = tenants.find(new FindTenant(RequestContext.currentTenant()));
        if (tenant == null) {
            throw ProblemException.notFound("tenant-not-found", "there is no such shop");
        }
        String currency = tenant.settings().currency();
        for (int i = 0; i < methods.size(); i++) {
            requireMoney("/methods/" + i + "/price", methods.get(i).price(), currency);
            requireMoney("/methods/" + i + "/freeAbove", methods.get(i).freeAbove(), currency);
            requireMoney("/methods/" + i + "/pricePerKg", methods.get(i).pricePerKg(), currency);
        }
    }

    private static void requireMoney(String pointer, @Nullable Money amount, String currency) {
        if (amount == null) {
            return;
        }
        if (!amount.currencyCode().equals(currency)) {
            String detail = "the shop sells in " + currency + ", not in " + amount.currencyCode();
            throw ProblemException.unprocessable("unsupported-currency", detail)
                    .with(pointer + "/currency", "unsupported-currency", detail);
        }
        if (amount.isNegative()) {
            String detail = "an amount here is not negative";
            throw ProblemException.unprocessable("invalid-money", detail).with(pointer + "/amount", "negative", detail);
        }
    }
}
