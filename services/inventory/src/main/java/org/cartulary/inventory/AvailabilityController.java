package org.cartulary.inventory;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How much of a product a visitor can buy. */
@RestController
final class AvailabilityController {

    private final StockStore stock;

    AvailabilityController(StockStore stock) {
        this.stock = stock;
    }

    /** How many units of a product can be bought now, over all warehouses. */
    record ProductAvailability(UUID productId, int available, boolean inStock) {}

    @GetMapping("/api/v1/store/products/{id}/availability")
    @SqlBudget(statements = 2, transactions = 1)
    @AllowAnyone
    ProductAvailability availability(@PathVariable("id") UUID id) {
        int available = stock.availability(List.of(id)).getFirst().available();
        return new ProductAvailability(id, available, available > 0);
    }
}
