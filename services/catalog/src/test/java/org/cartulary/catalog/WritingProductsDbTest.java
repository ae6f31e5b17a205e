package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.change;
import static org.cartulary.catalog.Drafts.pounds;
import static org.cartulary.catalog.Drafts.product;
import static org.cartulary.catalog.Drafts.with;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cartulary.catalog.ProductBatch.Result;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.platform.http.Precondition;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-01")
class WritingProductsDbTest {

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final ProductStore products =
            new ProductStore(catalog.database(), JsonMapper.builder().build());
    private final SoldStore sold = new SoldStore(catalog.database(), JsonMapper.shared());
    private final WritingProducts writing = new WritingProducts(
            products, new Idempotency(catalog.database(), JsonMapper.shared()), new FixedTenants("GBP"));

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private <T> T inShop(Supplier<T> work) {
        return Contexts.system(tenant).supply(work);
    }

    private List<Result> upsert(ProductDraft... drafts) {
        return inShop(() -> writing.upsert(batch(drafts)));
    }

    private ProductView read(UUID id) {
        return Objects.requireNonNull(inShop(() -> products.get(id)));
    }

    private ProblemException problem(Supplier<?> work) {
        return catchThrowableOfType(ProblemException.class, () -> inShop(work));
    }

    private UUID create(ProductDraft draft) {
        return writing.create(draft, new Idempotency.Request("POST /api/v1/admin/products", null, draft));
    }

    @Test
    @Tag("PLT-13")
    void aProductIsCreatedOnceForAKey() {
        ProductDraft draft = product("A", "Mug", "1.00");
        var request = new Idempotency.Request("POST /api/v1/admin/products", "key", draft);

        UUID first = inShop(() -> writing.create(draft, request));

        assertThat(inShop(() -> writing.create(draft, request))).isEqualTo(first);
        assertThat(problem(() -> create(draft)).code()).isEqualTo("sku-exists");
    }

    @Test
    void aBatchCreatesThenLeavesAloneThenUpdates() {
        var mug = with(
                "85123A",
                "White mug",
                "2.55",
                Map.of("tags", List.of("kitchen"), "attributes", Map.of("colour", "white")));
        var postage = with("POST", "Postage", "18.00", Map.of("type", "service"));

        assertThat(upsert(mug, postage)).extracting(Result::outcome).containsExactly("created", "created");
        List<Result> again = upsert(mug, postage);
        assertThat(again).extracting(Result::outcome).containsExactly("unchanged", "unchanged");
        assertThat(read(again.getFirst().id()).version()).isEqualTo(1);

        List<Result> dearer = upsert(product("85123A", "White mug", "2.95"), postage);
        assertThat(dearer).extracting(Result::outcome).containsExactly("updated", "unchanged");
        ProductView read = read(dearer.getFirst().id());
        assertThat(read.version()).isEqualTo(2);
        assertThat(read.price()).isEqualTo(pounds("2.95"));
        // What the second batch left out stays.
        assertThat(read.tags()).containsExactly("kitchen");
        assertThat(read.attributes()).containsEntry("colour", "white");
        assertThat(read(dearer.get(1).id()).type()).isEqualTo("service");
    }

    @Test
    void skusThatDifferByCaseAreDifferentProductsWithDifferentSlugs() {
        List<Result> results = upsert(
                product("15056n", "Parasol", "5.95"),
                product("15056N", "Parasol", "5.95"),
                product("15056-n", "Parasol", "5.95"));

        assertThat(results).extracting(Result::outcome).containsOnly("created");
        List<String> slugs =
                results.stream().map(result -> read(result.id()).slug()).toList();
        assertThat(slugs).doesNotHaveDuplicates().startsWith("parasol", "parasol-15056n");
        assertThat(slugs.get(2)).isEqualTo("parasol-15056-n");
    }

    @Test
    void aSlugStaysUniqueAcrossBatchesAndNeverTakesAnotherProductsName() {
        UUID plain = upsert(product("A", "Mug", "1.00")).getFirst().id();
        List<Result> results = upsert(
                product("RED", "Mug", "1.00"),
                product("X", "Mug red", "1.00"),
                product("red", "Mug", "1.00"),
                product("Ü", "¡!", "1.00"));

        assertThat(read(plain).slug()).isEqualTo("mug");
        assertThat(read(results.get(1).id()).slug()).isEqualTo("mug-red");
        assertThat(read(results.get(0).id()).slug()).startsWith("mug-red-").hasSize("mug-red-".length() + 12);
        assertThat(read(results.get(2).id()).slug()).startsWith("mug-red-").hasSize("mug-red-".length() + 12);
        assertThat(read(results.get(3).id()).slug()).isEqualTo("product");
    }

    @Test
    void aFullBatchIsWrittenAtOnce() {
        ProductDraft[] drafts = IntStream.range(0, 500)
                .mapToObj(i -> product("SKU-" + i, "Café crème nº " + i % 7, "1.00"))
                .toArray(ProductDraft[]::new);
        assertThat(upsert(drafts))
                .hasSize(500)
                .allMatch(result -> result.outcome().equals("created"));
        assertThat(upsert(drafts))
                .hasSize(500)
                .allMatch(result -> result.outcome().equals("unchanged"));
    }

    @Test
    void batchesThatMeetCreateEachProductOnce() throws Exception {
        ProductDraft[] drafts = IntStream.range(0, 40)
                .mapToObj(i -> product("SKU-" + i, "Bag", "1.00"))
                .toArray(ProductDraft[]::new);
        List<List<Result>> answers = Contexts.system(tenant)
                .call(() ->
                        Concurrently.run(8, () -> writing.upsert(batch(drafts))).valuesOrThrow());

        assertThat(answers.stream()
                        .flatMap(List::stream)
                        .filter(result -> result.outcome().equals("created")))
                .hasSize(40);
        assertThat(answers.stream().flatMap(List::stream).map(Result::id).distinct())
                .hasSize(40);
        assertThat(inShop(() -> products.list(AdminProductFilter.EVERYTHING, null, 100)))
                .extracting(ProductView::slug)
                .hasSize(40)
                .doesNotHaveDuplicates();
    }

    @Test
    void batchesThatMeetGiveProductsOfOneNameDifferentSlugs() throws Exception {
        Contexts.system(tenant)
                .call(() -> Concurrently.run(
                                8,
                                thread -> writing.upsert(batch(
                                        product(thread + "-A", "Bag", "1.00"),
                                        product(thread + "-a", "Bag", "1.00"),
                                        product("B-" + thread, "Box", "1.00"))))
                        .valuesOrThrow());

        assertThat(inShop(() -> products.list(AdminProductFilter.EVERYTHING, null, 100)))
                .extracting(ProductView::slug)
                .hasSize(24)
                .doesNotHaveDuplicates()
                .contains("bag", "box");
    }

    @Test
    @Tag("CAT-02")
    void anUnknownCategoryRefusesTheWholeBatchAndPointsAtIt() {
        ProblemException problem = problem(() -> writing.upsert(
                batch(product("A", "Mug", "1.00"), with("B", "Jug", "1.00", Map.of("categorySlug", "none")))));

        assertThat(problem.code()).isEqualTo("unknown-category");
        assertThat(problem.errors()).singleElement().extracting("pointer").isEqualTo("/products/1/categorySlug");
        assertThat(inShop(() -> products.list(AdminProductFilter.EVERYTHING, null, 10)))
                .isEmpty();
    }

    @Test
    void pricesAreInTheShopsCurrencyNotNegativeAndBelowTheFormerPrice() {
        ProductDraft euros =
                Drafts.with("A", "Mug", "1.00", Map.of("price", Map.of("amount", "1.00", "currency", "EUR")));
        assertThat(problem(() -> writing.upsert(batch(product("Z", "Jug", "1.00"), euros))))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("unsupported-currency");
                    assertThat(problem.errors().getFirst().pointer()).isEqualTo("/products/1/price/currency");
                });
        assertThat(problem(() -> create(product("A", "Mug", "-1.00"))).code()).isEqualTo("invalid-money");
        assertThat(problem(() -> create(with("A", "Mug", "1.00", Map.of("compareAtPrice", pounds("1.00")))))
                        .code())
                .isEqualTo("compare-at-price-too-low");

        UUID id = inShop(() -> create(with("A", "Mug", "1.00", Map.of("compareAtPrice", pounds("2.00")))));
        assertThat(problem(() -> writing.upsert(batch(product("A", "Mug", "2.00"))))
                        .code())
                .isEqualTo("compare-at-price-too-low");
        assertThat(problem(() -> {
                            writing.change(id, 1, change(Map.of("price", pounds("2.50"))));
                            return null;
                        })
                        .code())
                .isEqualTo("compare-at-price-too-low");
        assertThat(read(id).price()).isEqualTo(pounds("1.00"));
    }

    @Test
    void aSkuIsNamedOnceInABatchAndCreatedOnce() {
        assertThat(problem(() -> writing.upsert(batch(product("A", "Mug", "1.00"), product("A", "Jug", "1.00"))))
                        .code())
                .isEqualTo("duplicate-sku");
        UUID id = inShop(() -> create(product("A", "Mug", "1.00")));
        assertThat(problem(() -> create(product("A", "Jug", "9.00"))).code()).isEqualTo("sku-exists");
        assertThat(read(id).name()).isEqualTo("Mug");
    }

    @Test
    @Tag("CAT-04")
    void aProductIsReadWithAllThatBelongsToIt() {
        inShop(() ->
                new CategoryStore(catalog.database()).put("mugs", Drafts.category("Mugs", null), Precondition.NONE));
        inShop(() ->
                new MakerStore(catalog.database()).put(MakerStore.Kind.BRAND, "acme", new MakerDraft("Acme", null)));
        inShop(() -> new MakerStore(catalog.database())
                .put(MakerStore.Kind.MANUFACTURER, "works", new MakerDraft("Works", null)));
        var draft = with(
                "A",
                "Mug",
                "1.00",
                Map.of(
                        "categorySlug",
                        "mugs",
                        "brandSlug",
                        "acme",
                        "manufacturerSlug",
                        "works",
                        "weightKg",
                        0.35,
                        "taxCategory",
                        "reduced",
                        "dimensions",
                        Map.of("lengthCm", 10, "widthCm", 8, "heightCm", 9.5),
                        "images",
                        List.of(
                                Map.of("url", "https://i/1"),
                                Map.of("url", "https://i/2", "primary", true, "altText", "A mug")),
                        "specifications",
                        List.of(
                                Map.of("name", "Volume", "value", "300", "type", "number"),
                                Map.of("name", "Colour", "value", "white"))));
        UUID id = inShop(() -> create(draft));

        ProductView read = Objects.requireNonNull(inShop(() -> products.forSaleBySlug("mug", Drafts.now())));
        assertThat(read.id()).isEqualTo(id);
        assertThat(read.category()).isNotNull().extracting("slug").isEqualTo("mugs");
        assertThat(read.brand()).isNotNull().extracting("name").isEqualTo("Acme");
        assertThat(read.manufacturer()).isNotNull().extracting("name").isEqualTo("Works");
        assertThat(read.images())
                .extracting("url", "primary")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("https://i/1", false),
                        org.assertj.core.groups.Tuple.tuple("https://i/2", true));
        assertThat(read.specifications()).extracting(Specification::name).containsExactly("Volume", "Colour");
        assertThat(read.weightKg()).isEqualByComparingTo("0.35");
        assertThat(read.taxCategory()).isEqualTo("reduced");
        assertThat(upsert(draft).getFirst().outcome()).isEqualTo("unchanged");
        CatalogProduct found =
                inShop(() -> sold.find(List.of(id, Ids.next()), Instant.now())).getFirst();
        assertThat(found.imageUrl()).isEqualTo("https://i/2");
        assertThat(found.sellable()).isTrue();
        assertThat(found.taxCategory()).isEqualTo("reduced");
    }

    @Test
    @Tag("SHP-01")
    void aProductIsTaxedAtTheStandardRateUntilItsShopSaysOtherwise() {
        UUID id = inShop(() -> create(product("A", "Mug", "1.00")));
        assertThat(taxCategory(id)).isEqualTo("standard");
        inShop(() -> products.change(id, 1, change(Map.of("taxCategory", "reduced"))));
        assertThat(taxCategory(id)).isEqualTo("reduced");
        assertThat(upsert(product("A", "Mug", "1.00")).getFirst().outcome()).isEqualTo("unchanged");
        upsert(with("A", "Mug", "1.00", Map.of("taxCategory", "zero")));
        assertThat(taxCategory(id)).isEqualTo("zero");
        assertThatThrownBy(() -> upsert(with("A", "Mug", "1.00", Map.of("taxCategory", "7 %"))))
                .hasMessageContaining("chk_products_tax_category");
    }

    @Test
    @Tag("PRO-01")
    void aProductIsInItsCategoryAndInThoseAbove() {
        CategoryStore categories = new CategoryStore(catalog.database());
        inShop(() -> categories.put("kitchen", Drafts.category("Kitchen", null), Precondition.NONE));
        inShop(() -> categories.put("cups", Drafts.category("Cups", "kitchen"), Precondition.NONE));
        UUID cup = inShop(() -> create(with("A", "Cup", "1.00", Map.of("categorySlug", "cups"))));
        UUID pan = inShop(() -> create(with("B", "Pan", "1.00", Map.of("categorySlug", "kitchen"))));
        UUID other = inShop(() -> create(product("C", "Lamp", "1.00")));

        List<UUID> ofCup = categoryIds(cup);

        assertThat(ofCup).hasSize(2);
        assertThat(categoryIds(pan)).hasSize(1);
        assertThat(ofCup).containsAll(categoryIds(pan));
        assertThat(categoryIds(other)).isEmpty();
    }

    private List<UUID> categoryIds(UUID id) {
        return inShop(() -> sold.find(List.of(id), Instant.now())).getFirst().categoryIds();
    }

    private String taxCategory(UUID id) {
        return inShop(() -> sold.find(List.of(id), Instant.now())).getFirst().taxCategory();
    }

    @Test
    void oneImageIsPrimaryAndReplacingTheImagesIsAChange() {
        var draft = with(
                "A",
                "Mug",
                "1.00",
                Map.of("images", List.of(Map.of("url", "https://i/1"), Map.of("url", "https://i/1"))));
        UUID id = inShop(() -> create(draft));
        assertThat(read(id).images()).extracting(ProductView.Image::primary).containsExactly(true, false);

        var other = with("A", "Mug", "1.00", Map.of("images", List.of(Map.of("url", "https://i/2"))));
        assertThat(upsert(other).getFirst().outcome()).isEqualTo("updated");
        assertThat(read(id).version()).isEqualTo(2);
        assertThat(read(id).images()).extracting(ProductView.Image::url).containsExactly("https://i/2");
        var two = Map.of("images", List.of(Map.of("url", "a", "primary", true), Map.of("url", "b", "primary", true)));
        assertThat(problem(() -> create(with("B", "Jug", "1.00", two))).code()).isEqualTo("several-primary-images");
        assertThatThrownBy(() -> catalog.admin().sql("""
                        INSERT INTO product_images (tenant_id, id, product_id, url, is_primary, sort_order)
                        SELECT tenant_id, gen_random_uuid(), product_id, 'https://i/3', true, 9 FROM product_images WHERE product_id = :id
                        """).param("id", id).update())
                .hasMessageContaining("uq_product_images_primary");
    }

    @Test
    void aChangeNeedsTheVersionThatWasRead() {
        UUID id = inShop(() -> create(product("A", "Mug", "1.00")));
        inShop(() -> {
            writing.change(id, 1, change(Map.of("name", "Big mug", "price", pounds("1.50"))));
            return null;
        });
        assertThat(read(id).name()).isEqualTo("Big mug");
        assertThat(read(id).slug()).isEqualTo("mug");
        assertThat(read(id).version()).isEqualTo(2);
        assertThat(refusal(id, 1)).isEqualTo("precondition-failed");
        assertThat(refusal(Ids.next(), 1)).isEqualTo("product-not-found");
    }

    @Test
    void whatIsClearedIsGoneAndWhatIsLeftOutStays() {
        CategoryStore categories = new CategoryStore(catalog.database());
        inShop(() -> categories.put("mugs", Drafts.category("Mugs", null), Precondition.NONE));
        for (MakerStore.Kind kind : MakerStore.Kind.values()) {
            inShop(() -> new MakerStore(catalog.database()).put(kind, "potter", new MakerDraft("Potter", null)));
        }
        Map<String, Object> fields = Map.of(
                "categorySlug",
                "mugs",
                "brandSlug",
                "potter",
                "manufacturerSlug",
                "potter",
                "compareAtPrice",
                pounds("2.00"),
                "cost",
                pounds("0.40"),
                "description",
                "Holds half a pint.",
                "shortDescription",
                "A mug.",
                "weightKg",
                0.4,
                "dimensions",
                Map.of("heightCm", 10));
        UUID id = inShop(() -> create(with("A", "Mug", "1.00", fields)));
        changed(id, 1, Map.of("name", "Big mug"));
        ProductView before = read(id);
        assertThat(before.compareAtPrice()).isEqualTo(pounds("2.00"));
        assertThat(Objects.requireNonNull(before.category()).slug()).isEqualTo("mugs");

        changed(id, 2, Map.of("clear", List.of("compareAtPrice", "categorySlug")));
        ProductView after = read(id);
        assertThat(after.compareAtPrice()).isNull();
        assertThat(after.category()).isNull();
        assertThat(Objects.requireNonNull(after.brand()).slug()).isEqualTo("potter");
        assertThat(after.description()).isEqualTo("Holds half a pint.");
        assertThat(after.weightKg()).isEqualByComparingTo("0.4");

        List<String> others = List.of(
                "description", "shortDescription", "cost", "brandSlug", "manufacturerSlug", "weightKg", "dimensions");
        changed(id, 3, Map.of("clear", others));
        assertThat(catalog.admin()
                        .sql(
                                "SELECT num_nulls(description, short_description, cost, brand_id, manufacturer_id, weight, dimensions) FROM products WHERE id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isEqualTo(7);
        assertThat(read(id).name()).isEqualTo("Big mug");
    }

    @Test
    void whatIsClearedIsNotGivenAValue() {
        UUID id = inShop(() -> create(product("A", "Mug", "1.00")));
        ProblemException refused = problem(() -> {
            writing.change(
                    id,
                    1,
                    change(Map.of("clear", List.of("cost", "weightKg"), "cost", pounds("0.50"), "brandSlug", "x")));
            return null;
        });
        assertThat(refused.code()).isEqualTo("cleared-and-given");
        assertThat(refused.errors()).hasSize(1);
        assertThat(read(id).version()).isEqualTo(1);
    }

    private void changed(UUID id, long version, Map<String, ?> fields) {
        inShop(() -> {
            writing.change(id, version, change(fields));
            return true;
        });
    }

    private String refusal(UUID id, long version) {
        return problem(() -> {
                    writing.change(id, version, change(Map.of("name", "Late")));
                    return null;
                })
                .code();
    }

    @Test
    @Tag("CAT-06")
    void aDeletedProductIsNeitherForSaleNorFoundButStillKnownToOrders() {
        UUID id = inShop(() -> create(product("A", "Mug", "1.00")));
        inShop(() -> {
            writing.delete(id);
            return null;
        });

        assertThat(inShop(() -> products.forSale(id, Drafts.now()) == null && products.get(id) == null))
                .isTrue();
        assertThat(inShop(() -> sold.find(List.of(id), Instant.now())))
                .singleElement()
                .matches(found -> !found.sellable());
        assertThat(problem(() -> {
                            writing.delete(id);
                            return null;
                        })
                        .code())
                .isEqualTo("product-not-found");
        UUID successor = inShop(() -> create(product("A", "Mug", "1.00")));
        assertThat(successor).isNotEqualTo(id);
        assertThat(read(successor).slug()).isEqualTo("mug");
    }

    @Test
    @Tag("PLT-17")
    void anotherShopNeitherSeesNorChangesAProduct() {
        UUID id = inShop(() -> create(product("A", "Mug", "1.00")));
        var other = Contexts.system(Contexts.newTenant());

        assertThat(other.supply(() -> sold.find(List.of(id), Instant.now()))).isEmpty();
        assertThat(other.<Boolean>supply(() -> products.get(id) == null)).isTrue();
        assertThat(other.<Boolean>supply(() -> products.delete(id))).isFalse();
        assertThat(other.supply(() -> products.change(id, 1, change(Map.of("name", "Stolen")))))
                .isEqualTo("missing");
        assertThat(other.supply(() -> writing.upsert(batch(product("A", "Mug", "3.00"))))
                        .getFirst()
                        .outcome())
                .isEqualTo("created");
        assertThat(read(id).price()).isEqualTo(pounds("1.00"));
        assertThatThrownBy(() -> other.run(() -> catalog.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("UPDATE products SET tenant_id = :tenant WHERE id IN (SELECT id FROM products)")
                                .param("tenant", tenant)
                                .update())))
                .rootCause()
                .hasMessageContaining("row-level security");
    }
}
