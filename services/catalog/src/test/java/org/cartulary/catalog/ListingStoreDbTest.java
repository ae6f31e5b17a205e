package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.product;
import static org.cartulary.catalog.Drafts.with;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.JsonDocument;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Precondition;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-04")
class ListingStoreDbTest {

    private static final UUID TENANT = Contexts.newTenant();
    private static final UUID OTHER_TENANT = Contexts.newTenant();
    private static final int MANY = 45;

    private static final JsonMapper JSON = ApiJson.strict();

    private static TestDatabase catalog;
    private static TenantVersions versions;
    private static StoreProductsController controller;

    @BeforeAll
    static void fillCatalog() {
        catalog = TestDatabase.create("catalog");
        ProductStore products =
                new ProductStore(catalog.database(), JsonMapper.builder().build());
        WritingProducts writing = new WritingProducts(
                products, new Idempotency(catalog.database(), JsonMapper.shared()), new FixedTenants("GBP"));
        CategoryStore categories = new CategoryStore(catalog.database());
        versions = new TenantVersions(catalog.database(), "catalog_versions");
        controller = new StoreProductsController(
                new CachedCatalog(
                        versions,
                        new SoldStore(catalog.database(), JSON),
                        new PriceTimes(versions, new PriceStore(catalog.database()), Clock.systemUTC()),
                        JSON),
                new ListingStore(catalog.database()),
                products,
                new Cursors(new byte[32]));
        Contexts.system(TENANT).run(() -> {
            categories.put("home", Drafts.category("Home", null), Precondition.NONE);
            categories.put(
                    "kitchen", new CategoryDraft("Kitchen", "home", 1, null, null, null, null), Precondition.NONE);
            writing.upsert(batch(
                    with(
                            "85123A",
                            "White hanging heart lantern",
                            "2.55",
                            Map.of("categorySlug", "home", "tags", List.of("gift"))),
                    with(
                            "71053",
                            "Metal lanterns, 100% iron",
                            "3.39",
                            Map.of("categorySlug", "kitchen", "description", "For candles outdoors")),
                    with("84406B", "Cream cupid coat hanger", "2.75", Map.of("categorySlug", "kitchen")),
                    with("HIDDEN", "Draft lantern", "1.00", Map.of("status", "draft"))));
            writing.upsert(new ProductBatch(IntStream.range(0, MANY)
                    .mapToObj(i -> product("M" + i, (i % 2 == 0 ? "bowl " : "Bowl ") + i % 5, i % 9 + 10 + ".00"))
                    .toList()));
        });
        Contexts.system(OTHER_TENANT).run(() -> writing.upsert(batch(product("85123A", "Foreign lantern", "1.00"))));
    }

    @AfterAll
    static void dropDatabase() {
        versions.close();
        catalog.close();
    }

    private static Page<ListedProduct> list(String query, String category, String order, Integer limit, String cursor) {
        return Contexts.visitor(TENANT)
                .supply(() -> page(controller.list(
                        query, category, null, null, null, null, null, null, order, limit, cursor, null, null)));
    }

    private static Page<ListedProduct> page(ResponseEntity<JsonDocument<Page<ListedProduct>>> answer) {
        return JSON.readValue(Objects.requireNonNull(answer.getBody()).text(), new TypeReference<>() {});
    }

    private static List<String> skusMatching(String query) {
        return list(query, null, null, null, null).items().stream()
                .map(ListedProduct::sku)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "price-asc", "price-desc", "name"})
    @Tag("PLT-15")
    void pagesInEveryOrderTogetherAreTheWholeListInThatOrder(String order) {
        List<ListedProduct> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<ListedProduct> page = list(null, null, order, 7, cursor);
            all.addAll(page.items());
            cursor = page.page().next();
        } while (cursor != null);

        assertThat(all).extracting(ListedProduct::sku).hasSize(MANY + 3).doesNotHaveDuplicates();
        switch (order) {
            case "price-asc" -> assertThat(all).isSortedAccordingTo(Comparator.comparing(ListedProduct::price));
            case "price-desc" ->
                assertThat(all)
                        .isSortedAccordingTo(
                                Comparator.comparing(ListedProduct::price).reversed());
            case "name" ->
                assertThat(all)
                        .isSortedAccordingTo(
                                Comparator.comparing(one -> one.name().toLowerCase(Locale.ROOT)));
            default ->
                assertThat(all.subList(MANY, MANY + 3))
                        .extracting(ListedProduct::sku)
                        .doesNotContain("M0");
        }
    }

    @Test
    void aCategoryIncludesThoseBelowItAndPricesAreLimited() {
        assertThat(list(null, "home", null, null, null).items()).hasSize(3);
        assertThat(list(null, "kitchen", null, null, null).items()).hasSize(2);
        assertThat(list(null, "none", null, null, null).items()).isEmpty();
        Page<ListedProduct> cheap = Contexts.visitor(TENANT)
                .supply(() -> page(controller.list(
                        null,
                        null,
                        null,
                        null,
                        null,
                        new BigDecimal("2.60"),
                        new BigDecimal("3.39"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
        assertThat(cheap.items()).extracting(ListedProduct::sku).containsExactlyInAnyOrder("71053", "84406B");
        Page<ListedProduct> gifts = Contexts.visitor(TENANT)
                .supply(() -> page(controller.list(
                        null,
                        null,
                        null,
                        new String[] {"gift"},
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
        assertThat(gifts.items()).extracting(ListedProduct::sku).containsExactly("85123A");
    }

    @Test
    @Tag("CAT-05")
    void aQueryFindsWordsInAnyFormPartsOfNamesAndSkusAndMisspeltNames() {
        assertThat(skusMatching("lantern")).containsExactly("71053", "85123A");
        assertThat(skusMatching("candle")).containsExactly("71053");
        assertThat(skusMatching("\"hanging heart\" -iron")).containsExactly("85123A");
        assertThat(skusMatching("4406b")).containsExactly("84406B");
        assertThat(skusMatching("100%")).containsExactly("71053");
        assertThat(skusMatching("_")).isEmpty();
        assertThat(skusMatching("hangng hart")).contains("85123A");
        assertThat(skusMatching("zzzzzz")).isEmpty();
        Page<ListedProduct> first = list("bowl", null, "name", 20, null);
        Page<ListedProduct> second = list("bowl", null, "name", 40, first.page().next());
        assertThat(second.items()).hasSize(MANY - 20).doesNotContainAnyElementsOf(first.items());
    }

    @Test
    @Tag("CAT-05")
    void aQueryUsesTheTextIndexInTheReadonlyRole() {
        UUID large = Contexts.newTenant();
        catalog.admin().sql("""
                        INSERT INTO products (tenant_id, id, sku, slug, name, description, price, currency)
                        SELECT :tenant, gen_random_uuid(), 'S' || n, 's-' || n, 'Thing number ' || n, (SELECT string_agg(md5((n * 40 + i)::text), ' ') FROM generate_series(1, 20) i), 1, 'GBP'
                        FROM generate_series(1, 10000) n
                        """).param("tenant", large).update();
        catalog.admin().sql("VACUUM ANALYZE products").update();
        List<String> plan = catalog.database()
                .asReadonly(tx -> tx.jdbc()
                        .sql("""
                        EXPLAIN SELECT p.id FROM products p
                        WHERE p.tenant_id = :tenant AND p.deleted_at IS NULL AND p.status = 'active'
                          AND (p.search_vector @@ websearch_to_tsquery('english', 'lantern')
                               OR p.name ILIKE '%lantern%' OR p.sku ILIKE '%lantern%')
                        ORDER BY p.created_at DESC, p.id DESC LIMIT 20
                        """)
                        .param("tenant", large)
                        .query(String.class)
                        .list());
        assertThat(plan).anyMatch(line -> line.contains("idx_products_search"));
    }

    @Test
    @Tag("PLT-15")
    void aCursorFitsNoOtherListAndNoOtherShop() {
        String cursor = list(null, null, "name", 5, null).page().next();
        assertThat(catchCode(() -> list(null, null, "newest", 5, cursor))).isEqualTo("invalid-cursor");
        assertThat(catchCode(() -> Contexts.visitor(OTHER_TENANT)
                        .supply(() -> controller.list(
                                null, null, null, null, null, null, null, null, "name", 5, cursor, null, null))))
                .isEqualTo("invalid-cursor");
        assertThat(catchCode(() -> list(null, null, "best", null, null))).isEqualTo("invalid-order");
        assertThat(catchCode(() -> Contexts.visitor(TENANT)
                        .supply(() -> controller.list(
                                null,
                                null,
                                null,
                                null,
                                null,
                                new BigDecimal("1e999999999"),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null))))
                .isEqualTo("invalid-price");
    }

    @Test
    @Tag("PLT-17")
    void aShopFindsItsOwnProductsOnly() {
        Page<ListedProduct> foreign = Contexts.visitor(OTHER_TENANT)
                .supply(() -> page(controller.list(
                        "lantern", null, null, null, null, null, null, null, null, null, null, null, null)));
        assertThat(foreign.items()).extracting(ListedProduct::name).containsExactly("Foreign lantern");
    }

    @Test
    void anUnknownOrDraftProductIsNotFound() {
        assertThat(catchCode(() -> Contexts.visitor(TENANT).supply(() -> controller.get("draft-lantern", null))))
                .isEqualTo("product-not-found");
        assertThat(catchCode(() -> Contexts.visitor(TENANT)
                        .supply(() -> controller.get(UUID.randomUUID().toString(), null))))
                .isEqualTo("product-not-found");
        assertThat(Contexts.visitor(TENANT)
                        .supply(() -> controller.get("white-hanging-heart-lantern", null))
                        .getHeaders()
                        .getETag())
                .matches("\"[\\w-]{22}\"");
    }

    private static String catchCode(Runnable work) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(ProblemException.class, work::run)
                .code();
    }
}
