package org.cartulary.tenant;

import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.JsonDocument;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The shop that is asked, for everybody; answered from memory, and with 304 to whoever has the answer already. */
@RestController
@RequestMapping("/api/v1/store/shop")
@AllowAnyone
final class ShopController {

    private final TenantDirectory directory;
    private final JsonMapper json;

    ShopController(TenantDirectory directory, JsonMapper json) {
        this.directory = directory;
        this.json = json;
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    ResponseEntity<JsonDocument<ShopView>> find() {
        ShopView shop =
                directory.find(RequestContext.currentTenant()).map(ShopView::of).orElseThrow(TenantDirectory::unknown);
        return JsonDocument.of(shop, json).answer();
    }
}
