package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The options and variants of products. Thread-safe. */
final class VariantStore {

    private final Database database;
    private final JsonMapper json;

    VariantStore(Database database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Replaces the product's options and variants and answers with changed, stale or missing: see the SQL function.
     *
     * @throws org.cartulary.platform.http.ProblemException {@code sku-exists} if another product or variant has a sku
     */
    String set(UUID productId, long expectedVersion, VariantsDraft draft) {
        return ProductStore.refusingPrices(
                () -> database.inTransaction(tx -> {
                    String outcome = tx.jdbc()
                            .sql("SELECT set_product_variants(:product, :version, :options, :variants)")
                            .param("product", productId)
                            .param("version", expectedVersion)
                            .param("options", Sql.json(json.writeValueAsString(draft.options())))
                            .param("variants", Sql.json(json.writeValueAsString(variants(json, draft))))
                            .query(String.class)
                            .single();
                    if (outcome.equals("changed")) {
                        AuditLog.record(
                                tx,
                                AuditedAct.of("product.changed", "product", productId)
                                        .with("variants", draft.variants().size()));
                    }
                    return outcome;
                }),
                () -> ProductStore.COMPARE_AT_PRICE_TOO_LOW);
    }

    /** The variants as the SQL functions take them; a new one gets the id. */
    static ArrayNode variants(JsonMapper json, VariantsDraft draft) {
        ArrayNode variants = json.createArrayNode();
        for (VariantDraft variant : draft.variants()) {
            variants.addObject()
                    .put("ordinal", variants.size() - 1)
                    .put("id", Ids.next().toString())
                    .put("sku", variant.sku())
                    .put("name", name(draft.options(), variant))
                    .put("price", amount(variant.price()))
                    .put("compare_at_price", amount(variant.compareAtPrice()))
                    .put(
                            "weight",
                            variant.weightKg() == null
                                    ? null
                                    : variant.weightKg().toPlainString())
                    .put("status", variant.status())
                    .set("options", json.valueToTree(variant.options()));
        }
        return variants;
    }

    private static @Nullable String amount(@Nullable Money money) {
        return money == null ? null : money.amount().toPlainString();
    }

    private static String name(List<OptionDraft> options, VariantDraft variant) {
        return options.stream()
                .map(option -> variant.options().get(option.name()))
                .collect(Collectors.joining(", "));
    }

    /** Deletes the variants, and all prices for a time or in other currencies, of a product that is deleted in the same transaction. */
    static void deleteOf(Transaction tx, UUID productId) {
        tx.jdbc()
                .sql("""
                        WITH deleted_prices AS (
                            DELETE FROM product_prices WHERE tenant_id = :tenant AND product_id = :product)
                        UPDATE product_variants SET deleted_at = now(), updated_at = now(), version = version + 1
                        WHERE tenant_id = :tenant AND product_id = :product AND deleted_at IS NULL
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("product", productId)
                .update();
    }
}
