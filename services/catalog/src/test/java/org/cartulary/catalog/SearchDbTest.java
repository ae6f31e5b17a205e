package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.pounds;
import static org.cartulary.catalog.Drafts.with;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Facets with counts, filters by attributes, the best matches first, and suggestions while typing. */
@Tag("CAT-05")
class SearchDbTest {

    private static final UUID TENANT = Contexts.newTenant();
    private static final UUID OTHER_TENANT = Contexts.newTenant();
    private static final JsonMapper JSON = ApiJson.strict();

    private static TestDatabase catalog;
    private static TenantVersions versions;
    private static StoreProductsController products;
    private static SearchController search;
    private static WritingProducts writing;

    @BeforeAll
    static void fillCatalog() {
        catalog = TestDatabase.create("catalog");
        ProductStore store = new ProductStore(catalog.database(), JsonMapper.shared());
        writing = new WritingProducts(
                store, new Idempotency(catalog.database(), JsonMapper.shared()), new FixedTenants("GBP"));
        versions = new TenantVersions(catalog.database(), "catalog_versions");
        CachedCatalog cached = new CachedCatalog(
                versions,
                new SoldStore(catalog.database(), JSON),
                new PriceTimes(versions, new PriceStore(catalog.database()), Clock.systemUTC()),
                JSON);
        products = new StoreProductsController(
                cached, new ListingStore(catalog.database()), store, new Cursors(new byte[32]));
        search = new SearchController(
                cached,
                new ListingStore(catalog.database()),
                new FacetStore(catalog.database()),
                new SuggestionStore(catalog.database()));
        Contexts.system(TENANT).run(SearchDbTest::fill);
        Contexts.system(OTHER_TENANT)
                .run(() -> writing.upsert(
                        batch(with("X1", "Foreign mug", "1.00", Map.of("attributes", Map.of("colour", "blue"))))));
    }

    private static void fill() {
        CategoryStore categories = new CategoryStore(catalog.database());
        categories.put("home", Drafts.category("Home", null), Precondition.NONE);
        categories.put("kitchen", new CategoryDraft("Kitchen", "home", 1, null, null, null, null), Precondition.NONE);
        MakerStore makers = new MakerStore(catalog.database());
        makers.put(MakerStore.Kind.BRAND, "acme", new MakerDraft("Acme", null));
        makers.put(MakerStore.Kind.BRAND, "zen", new MakerDraft("Zen Kitchens", null));
        writing.upsert(batch(
                mug("M1", "Blue mug", "4.00", "acme", Map.of("colour", "blue", "litres", 0.3)),
                mug("M2", "Red mug", "5.00", "acme", Map.of("colour", "red", "litres", 0.3)),
                mug("M3", "Mug of two colours", "6.00", "zen", Map.of("colour", List.of("red", "blue"), "safe", true)),
                with("L1", "Lamp", "30.00", Map.of("categorySlug", "home", "description", "Fits no mug")),
                with("D1", "Draft mug", "1.00", Map.of("status", "draft", "attributes", Map.of("colour", "blue")))));
    }

    private static ProductDraft mug(String sku, String name, String price, String brand, Map<String, ?> attributes) {
        return with(
                sku,
                name,
                price,
                Map.of(
                        "categorySlug",
                        "kitchen",
                        "brandSlug",
                        brand,
                        "tags",
                        List.of("mug", brand),
                        "attributes",
                        attributes));
    }

    @AfterAll
    static void dropDatabase() {
        versions.close();
        catalog.close();
    }

    private static Facets facets(@Nullable String query, String @Nullable [] brand, String... attributes) {
        return Contexts.visitor(TENANT)
                .supply(() -> read(
                        search.facets(query, null, brand, null, attributes, null, null, null, null),
                        new TypeReference<>() {}));
    }

    private static List<String> skus(@Nullable String query, String @Nullable [] brand, String... attributes) {
        Page<ListedProduct> page = Contexts.visitor(TENANT)
                .supply(() -> read(
                        products.list(
                                query, null, brand, null, attributes, null, null, null, null, null, null, null, null),
                        new TypeReference<>() {}));
        return page.items().stream().map(ListedProduct::sku).toList();
    }

    private static List<String> suggestions(String typed) {
        SearchController.Suggestions suggestions =
                Contexts.visitor(TENANT).supply(() -> read(search.suggest(typed, null), new TypeReference<>() {}));
        return suggestions.items().stream()
                .map(one -> one.kind() + " " + one.text())
                .toList();
    }

    private static <T> T read(ResponseEntity<? extends JsonDocument<?>> answer, TypeReference<T> type) {
        return JSON.readValue(Objects.requireNonNull(answer.getBody()).text(), type);
    }

    @Test
    void valuesOfOneAttributeAreAlternativesAndAttributesRestrictEachOther() {
        assertThat(skus(null, null, "colour:blue")).containsExactlyInAnyOrder("M1", "M3");
        assertThat(skus(null, null, "colour:blue", "colour:red")).containsExactlyInAnyOrder("M1", "M2", "M3");
        assertThat(skus(null, null, "colour:blue", "litres:0.3")).containsExactly("M1");
        assertThat(skus(null, null, "safe:true")).containsExactly("M3");
        assertThat(skus(null, null, "colour:green")).isEmpty();
        assertThat(skus(null, new String[] {"acme", "zen"}, "colour:red")).containsExactlyInAnyOrder("M2", "M3");
    }

    @Test
    void facetsCountEverythingThatIsForSale() {
        Facets all = facets(null, null);
        assertThat(all.total()).isEqualTo(4);
        assertThat(all.categories())
                .containsExactly(new Facets.Place("kitchen", "Kitchen", 3), new Facets.Place("home", "Home", 1));
        assertThat(all.brands())
                .containsExactly(new Facets.Place("acme", "Acme", 2), new Facets.Place("zen", "Zen Kitchens", 1));
        assertThat(all.tags())
                .containsExactly(new Facets.Value("mug", 3), new Facets.Value("acme", 2), new Facets.Value("zen", 1));
        assertThat(all.attributes())
                .containsExactly(
                        new Facets.Attribute(
                                "colour", List.of(new Facets.Value("blue", 2), new Facets.Value("red", 2))),
                        new Facets.Attribute("litres", List.of(new Facets.Value("0.3", 2))),
                        new Facets.Attribute("safe", List.of(new Facets.Value("true", 1))));
        assertThat(all.prices()).isEqualTo(new Facets.Prices(pounds("4.00"), pounds("30.00")));
    }

    @Test
    void aFacetCountsTheAlternativesToWhatIsChosen() {
        Facets ofAcme = facets("mug", new String[] {"acme"}, "colour:blue");
        assertThat(ofAcme.total()).isEqualTo(1);
        // Without the choice of a brand there is one blue mug of each; without that of a colour, one of each colour by
        // Acme.
        assertThat(ofAcme.brands()).extracting(Facets.Place::count).containsExactly(1L, 1L);
        assertThat(ofAcme.attributes().getFirst().values())
                .containsExactly(new Facets.Value("blue", 1), new Facets.Value("red", 1));
        assertThat(ofAcme.prices()).isEqualTo(new Facets.Prices(pounds("4.00"), pounds("4.00")));
        Facets none = facets(null, null, "colour:green");
        assertThat(none.total()).isZero();
        assertThat(none.prices()).isNull();
        assertThat(none.attributes()).extracting(Facets.Attribute::name).containsExactly("colour");
    }

    @Test
    void facetsOfABrandOrOfAPriceCountWithoutAnAttribute() {
        Facets ofAcme = facets(null, new String[] {"acme"});
        assertThat(ofAcme.total()).isEqualTo(2);
        assertThat(ofAcme.attributes()).extracting(Facets.Attribute::name).containsExactly("colour", "litres");

        Facets cheap = facetsUpTo("4.50", null);
        assertThat(cheap.total()).isEqualTo(1);
        assertThat(cheap.brands()).extracting(Facets.Place::slug).containsExactly("acme");

        assertThat(facetsUpTo("4.50", new String[] {"acme"}).total()).isEqualTo(1);
        assertThat(facetsUpTo("4.50", new String[] {"zen"}).total()).isZero();
    }

    private static Facets facetsUpTo(String price, String @Nullable [] brand) {
        return Contexts.visitor(TENANT)
                .supply(() -> read(
                        search.facets(null, null, brand, null, null, null, new BigDecimal(price), null, null),
                        new TypeReference<>() {}));
    }

    @Test
    void attributesWithoutAValueAndMoreNamesThanAreToldKeepNoFacetsBack() {
        UUID tenant = Contexts.newTenant();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("empty", null);
        attributes.put("colour", Arrays.asList("red", null));
        IntStream.range(0, FacetStore.MAX_ATTRIBUTES).forEach(number -> attributes.put("name " + number, number));
        Contexts.system(tenant)
                .run(() -> writing.upsert(batch(
                        with("A1", "Many names", "1.00", Map.of("attributes", attributes)),
                        with("A2", "One name", "1.00", Map.of("attributes", Map.of("colour", "blue"))))));

        Facets all = Contexts.visitor(tenant).supply(() -> facetsOf(null));

        assertThat(all.attributes()).hasSize(FacetStore.MAX_ATTRIBUTES);
        assertThat(all.attributes())
                .contains(new Facets.Attribute(
                        "colour", List.of(new Facets.Value("blue", 1), new Facets.Value("red", 1))));
        assertThat(all.attributes()).extracting(Facets.Attribute::name).doesNotContain("empty");
    }

    /** Otherwise anybody could have the shop's first page kept empty. */
    @Test
    void whatIsNotAskedForIsToldApartFromTheWordNull() {
        UUID tenant = Contexts.newTenant();
        Contexts.system(tenant).run(() -> writing.upsert(batch(with("N1", "Teapot", "1.00", Map.of()))));
        Contexts.visitor(tenant).run(() -> {
            assertThat(listed(null, "null")).isZero();
            assertThat(listed(null, null)).isEqualTo(1);
            assertThat(listed("null", null)).isZero();
            assertThat(counted("null")).isZero();
            assertThat(counted(null)).isEqualTo(1);
        });
    }

    private static Facets facetsOf(@Nullable String category) {
        return read(search.facets(null, category, null, null, null, null, null, null, null), new TypeReference<>() {});
    }

    private static int listed(@Nullable String query, @Nullable String category) {
        Page<ListedProduct> page = read(
                products.list(query, category, null, null, null, null, null, null, "newest", null, null, null, null),
                new TypeReference<>() {});
        return page.items().size();
    }

    private static long counted(@Nullable String category) {
        Facets counted = facetsOf(category);
        return counted.total();
    }

    @Test
    void facetsAndListsAgreeOnMisspeltWords() {
        assertThat(skus("kitchn mug", null))
                .hasSize((int) facets("kitchn mug", null).total());
        assertThat(facets("blue mugg", null).total())
                .isEqualTo(skus("blue mugg", null).size())
                .isPositive();
    }

    @Test
    void wordsThatAProductHasAreNotMisspeltWhereTheFilterLeavesNoneOfThem() {
        String[] zen = {"zen"};

        assertThat(skus("red mug", null)).containsExactly("M2");
        assertThat(skus("red mug", zen)).isEmpty();
        assertThat(facets("red mug", zen).total()).isZero();
        assertThat(skus("rad mug", null)).containsExactly("M2");
        assertThat(skus("rad mug", zen)).isEmpty();
        assertThat(facets("rad mug", new String[] {"acme"}).total()).isEqualTo(1);
    }

    @Test
    void misspeltWordsAreFoundByWordsOfNamesThatAreSpeltAlike() {
        UUID tenant = Contexts.newTenant();
        Contexts.system(tenant)
                .run(() -> writing.upsert(batch(
                        with("S1", "Hand-made leather jacket (2 pockets)", "90.00", Map.of()),
                        with("S2", "Leather's \\ weather jacket", "80.00", Map.of("description", "Waterproof")),
                        with("S3", "Teapot & saucer", "9.00", Map.of()))));

        assertThat(found(tenant, "lether jakket")).containsExactlyInAnyOrder("S1", "S2");
        assertThat(found(tenant, "the lether jacket, hand-mad")).containsExactly("S1");
        assertThat(found(tenant, "waterproof jakcet")).containsExactly("S2");
        assertThat(found(tenant, "lether -weather")).containsExactly("S1");
        assertThat(found(tenant, "tepot")).containsExactly("S3");
        assertThat(found(tenant, "saucre")).containsExactly("S3");
        assertThat(found(tenant, "lether bicycle")).isEmpty();
        assertThat(found(tenant, "x'y\\z \u00e4\ud7ff&|!():* <-> jakket")).isEmpty();
        assertThat(found(tenant, "j" + "a".repeat(198))).isEmpty();
        assertThat(found(TENANT, "lether")).isEmpty();
    }

    @Test
    void aNewNameOfAProductIsSpeltAlikeAtOnce() {
        UUID tenant = Contexts.newTenant();
        for (String name : List.of("Sofa", "Wardrobe")) {
            Contexts.system(tenant).run(() -> writing.upsert(batch(with("S1", name, "90.00", Map.of()))));
        }
        assertThat(found(tenant, "wardrob")).containsExactly("S1");
        assertThat(found(tenant, "wardorbe")).containsExactly("S1");
        assertThat(found(tenant, "soffa")).isEmpty();
    }

    @Test
    void aWordThatIsNotNotedIsSeen() {
        try (TestDatabase broken = TestDatabase.create("catalog")) {
            WritingProducts its = new WritingProducts(
                    new ProductStore(broken.database(), JsonMapper.shared()),
                    new Idempotency(broken.database(), JsonMapper.shared()),
                    new FixedTenants("GBP"));
            Contexts.system(TENANT).run(() -> its.upsert(batch(with("T1", "Red teapot", "1.00", Map.of()))));
            assertThat(breached(broken)).isEmpty();

            broken.admin().sql("DELETE FROM search_words WHERE word = 'red'").update();

            assertThat(breached(broken)).containsExactly("words-of-names-are-noted");
        }
    }

    private static List<String> breached(TestDatabase database) {
        return new CatalogInvariants(database.database())
                .check().stream()
                        .filter(result -> !result.holds())
                        .map(InvariantResult::name)
                        .toList();
    }

    @Test
    void pagesOfMisspeltWordsGoOnWhereTheyEnded() {
        UUID tenant = Contexts.newTenant();
        Contexts.system(tenant)
                .run(() -> writing.upsert(batch(IntStream.range(0, 7)
                        .mapToObj(number -> with("L" + number, "Lantern " + number, "1.00", Map.of()))
                        .toArray(ProductDraft[]::new))));
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<ListedProduct> page = page(tenant, "lamtern", cursor);
            page.items().forEach(item -> seen.add(item.sku()));
            cursor = page.page().next();
        } while (cursor != null);
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    private static Page<ListedProduct> page(UUID tenant, String query, @Nullable String cursor) {
        return Contexts.visitor(tenant)
                .supply(() -> read(
                        products.list(query, null, null, null, null, null, null, null, null, 2, cursor, null, null),
                        new TypeReference<>() {}));
    }

    private static List<String> found(UUID tenant, String query) {
        return Contexts.visitor(tenant)
                .supply(() -> SearchDbTest.<Page<ListedProduct>>read(
                        products.list(query, null, null, null, null, null, null, null, null, null, null, null, null),
                        new TypeReference<>() {}))
                .items()
                .stream()
                .map(ListedProduct::sku)
                .toList();
    }

    @Test
    void theBestMatchesComeFirst() {
        assertThat(skus("mug", null)).startsWith("M3").endsWith("L1").hasSize(4);
        assertThat(skus("M2", null)).startsWith("M2");
        assertThat(code(() -> Contexts.visitor(TENANT)
                        .run(() -> products.list(
                                null, null, null, null, null, null, null, null, "relevance", null, null, null, null))))
                .isEqualTo("invalid-order");
    }

    @Test
    void whatIsTypedIsCompletedFromTheBeginningsOfWords() {
        assertThat(suggestions("k")).containsExactly("CATEGORY Kitchen", "BRAND Zen Kitchens");
        assertThat(suggestions("mu"))
                .containsExactly("PRODUCT Red mug", "PRODUCT Blue mug", "PRODUCT Mug of two colours");
        assertThat(suggestions("MUG OF")).containsExactly("PRODUCT Mug of two colours");
        assertThat(suggestions("blue mugg")).first().isEqualTo("PRODUCT Blue mug");
        assertThat(suggestions("%")).isEmpty();
        assertThat(suggestions(" ")).isEmpty();
        assertThat(code(() -> search.suggest("mug", 21))).isEqualTo("invalid-limit");
    }

    @Test
    @Tag("PLT-17")
    void anotherShopIsNeitherCountedNorSuggested() {
        Facets foreign = Contexts.visitor(OTHER_TENANT)
                .supply(() -> read(
                        search.facets("mug", null, null, null, null, null, null, null, null),
                        new TypeReference<>() {}));
        assertThat(foreign.total()).isEqualTo(1);
        assertThat(foreign.brands()).isEmpty();
        assertThat(suggestions("for")).isEmpty();
    }

    @Test
    void whatIsNoFilterIsRefused() {
        assertThat(code(() -> skus(null, null, "colour"))).isEqualTo("invalid-filter");
        assertThat(code(() -> skus(null, null, ":blue"))).isEqualTo("invalid-filter");
        assertThat(code(() -> skus(null, new String[] {"x".repeat(201)}))).isEqualTo("invalid-filter");
        assertThat(skus(null, null, "colour:a,b'\"\\")).isEmpty();
    }

    private static String code(Runnable work) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, work::run))
                .code();
    }
}
