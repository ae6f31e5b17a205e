package org.cartulary.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.VariantOf;
import org.cartulary.platform.cache.TenantCache;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.JsonDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What customers and other services are told of the catalogue, kept until the catalogue changes. Thread-safe. */
final class CachedCatalog {

    private static final long MAX_BYTES_OF_PRODUCTS = 16L << 20;
    private static final long MAX_BYTES_OF_DOCUMENTS = 24L << 20;
    private static final int BYTES_OF_A_PRODUCT = 400;
    private static final int BYTES_OF_AN_OPTION = 200;
    private static final int BYTES_OF_A_DOCUMENT = 200;

    private final SoldStore products;
    private final JsonMapper json;
    private final TenantCache<UUID, CatalogProduct> found;
    private final TenantCache<Question, JsonDocument<?>> documents;

    CachedCatalog(TenantVersions versions, SoldStore products, JsonMapper json) {
        this.products = products;
        this.json = json;
        this.found = new TenantCache<>(versions, "products", MAX_BYTES_OF_PRODUCTS, (id, product) -> bytes(product));
        this.documents = new TenantCache<>(
                versions,
                "documents",
                MAX_BYTES_OF_DOCUMENTS,
                (question, document) ->
                        BYTES_OF_A_DOCUMENT + 2 * question.text().length() + document.length());
    }

    /** What a customer asks: of what kind the answer is, and everything that it depends on. */
    record Question(Class<?> asker, String text) {}

    private static int bytes(CatalogProduct product) {
        String imageUrl = product.imageUrl();
        VariantOf variantOf = product.variantOf();
        return BYTES_OF_A_PRODUCT
                + (variantOf == null
                        ? 0
                        : BYTES_OF_AN_OPTION * variantOf.options().size())
                + product.sku().length()
                + product.name().length()
                + product.slug().length()
                + (imageUrl == null ? 0 : imageUrl.length());
    }

    /** Those of the products and variants that exist, deleted ones included. */
    List<CatalogProduct> find(Collection<UUID> ids) {
        return List.copyOf(found.getAll(ids, this::read).values());
    }

    private Map<UUID, CatalogProduct> read(Collection<UUID> ids) {
        return asPlatform(() -> products.find(ids)).stream()
                .collect(Collectors.toMap(CatalogProduct::id, Function.identity()));
    }

    /** The answer as JSON; {@code null} where there is none. */
    @SuppressWarnings("unchecked") // a question has answers of one type
    <T> @Nullable JsonDocument<T> document(Question question, Supplier<? extends @Nullable T> answer) {
        return (JsonDocument<T>) documents.get(question, () -> {
            T loaded = CachedCatalog.<@Nullable T>asPlatform(answer::get);
            return loaded == null ? null : JsonDocument.of(loaded, json);
        });
    }

    /** An answer that is asked for too seldom to be kept, as JSON. */
    <T> JsonDocument<T> written(T answer) {
        return JsonDocument.of(answer, json);
    }

    /** What is kept for all is not asked with the eyes of whoever comes first: a vendor sees less than others. */
    private static <T extends @Nullable Object> T asPlatform(Supplier<T> load) {
        return RequestContext.current().asSystem().supply(load);
    }
}
