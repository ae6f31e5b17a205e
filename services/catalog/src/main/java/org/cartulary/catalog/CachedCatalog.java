package org.cartulary.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cartulary.catalog.PriceTimes.Moment;
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
    private final PriceTimes times;
    private final TenantCache<Priced<UUID>, CatalogProduct> found;
    private final TenantCache<Priced<Question>, JsonDocument<?>> documents;

    CachedCatalog(TenantVersions versions, SoldStore products, PriceTimes times, JsonMapper json) {
        this.products = products;
        this.times = times;
        this.json = json;
        this.found = new TenantCache<>(versions, "products", MAX_BYTES_OF_PRODUCTS, (id, product) -> bytes(product));
        this.documents = new TenantCache<>(
                versions,
                "documents",
                MAX_BYTES_OF_DOCUMENTS,
                (question, document) ->
                        BYTES_OF_A_DOCUMENT + 2 * question.asked().text().length() + document.length());
    }

    /** What a customer asks: of what kind the answer is, and everything that it depends on. */
    record Question(Class<?> asker, String text) {}

    /**
     * What is asked while all prices stay what they are.
     *
     * @param since since when they are
     */
    private record Priced<T>(T asked, Instant since) {}

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

    /** Those of the products and variants that exist, deleted ones included, at the prices that apply now. */
    List<CatalogProduct> find(Collection<UUID> ids) {
        Moment now = now();
        List<Priced<UUID>> asked =
                ids.stream().map(id -> new Priced<>(id, now.since())).toList();
        return List.copyOf(found.getAll(asked, missing -> read(missing, now)).values());
    }

    private Map<Priced<UUID>, CatalogProduct> read(Collection<Priced<UUID>> asked, Moment now) {
        List<UUID> ids = asked.stream().map(Priced::asked).toList();
        return asPlatform(() -> products.find(ids, now.at())).stream()
                .collect(Collectors.toMap(product -> new Priced<>(product.id(), now.since()), Function.identity()));
    }

    private Moment now() {
        return CachedCatalog.asPlatform(times::now);
    }

    /** The answer, in which there are no prices, as JSON; {@code null} where there is none. */
    <T> @Nullable JsonDocument<T> document(Question question, Supplier<? extends @Nullable T> answer) {
        return document(new Priced<>(question, Instant.MIN), answer);
    }

    /** The answer at the prices that apply now as JSON; {@code null} where there is none. */
    <T> @Nullable JsonDocument<T> priced(Question question, Function<Instant, ? extends @Nullable T> answer) {
        Moment now = now();
        return document(new Priced<>(question, now.since()), () -> answer.apply(now.at()));
    }

    @SuppressWarnings("unchecked") // a question has answers of one type
    private <T> @Nullable JsonDocument<T> document(Priced<Question> question, Supplier<? extends @Nullable T> answer) {
        return (JsonDocument<T>) documents.get(question, () -> {
            T loaded = CachedCatalog.<@Nullable T>asPlatform(answer::get);
            return loaded == null ? null : JsonDocument.of(loaded, json);
        });
    }

    /** The answer at the prices that apply now, which is asked for too seldom to be kept; {@code null} where there is none. */
    <T> @Nullable T unkept(Function<Instant, ? extends @Nullable T> answer) {
        Instant now = now().at();
        return CachedCatalog.<@Nullable T>asPlatform(() -> answer.apply(now));
    }

    /** An answer that was not kept, as JSON. */
    <T> JsonDocument<T> written(T answer) {
        return JsonDocument.of(answer, json);
    }

    /** What is kept for all is not asked with the eyes of whoever comes first: a vendor sees less than others. */
    private static <T extends @Nullable Object> T asPlatform(Supplier<T> load) {
        return RequestContext.current().asSystem().supply(load);
    }
}
