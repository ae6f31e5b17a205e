package org.cartulary.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Asks for money to be given back for an order.
 *
 * @param amount {@code null} for all that is left
 * @param reason in the words of whoever asks; the shop can read it until the buyer is forgotten
 * @param restock the goods that came back and are to be for sale again, {@code null} for none
 */
record RefundOrder(
        @Nullable Money amount,
        @NotBlank @Size(max = 500) String reason,
        @Nullable @Size(max = 10_000) List<@NotNull @Valid RestockLine> restock) {

    /** Units of a product that came back. */
    record RestockLine(
            @NotNull UUID productId, @Min(1) @Max(999_999) int quantity) {}

    List<StockLine> restockLines() {
        return restock == null
                ? List.of()
                : restock.stream()
                        .map(line -> new StockLine(line.productId(), line.quantity()))
                        .toList();
    }
}
