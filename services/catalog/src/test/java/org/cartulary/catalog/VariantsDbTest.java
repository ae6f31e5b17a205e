package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.pounds;
import static org.cartulary.catalog.Drafts.product;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.ChosenOption;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-01")
class VariantsDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();
    private static final OptionDraft SIZE = new OptionDraft("size", null, List.of("S", "M"));
    private static final OptionDraft COLOUR = new OptionDraft("colour", "colour", List.of("blue", "red"));

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final ProductStore products = new ProductStore(catalog.database(), JSON);
    private final SoldStore sold = new SoldStore(catalog.database(), JSON);
    private final WritingProducts writing =
            new WritingProducts(products, new Idempotency(catalog.database(), JSON), new FixedTenants("GBP"));
    private final SettingVariants setting = new SettingVariants(products, new VariantStore(catalog.database(), JSON));

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

    private ProblemException problem(Runnable work) {
        return catchThrowableOfType(
                ProblemException.class, () -> Contexts.system(tenant).run(work));
    }

    private UUID shirt() {
        return inShop(() -> writing.upsert(batch(product("SHIRT", "Shirt", "20.00"))))
                .getFirst()
                .id();
    }

    private static VariantDraft variant(String sku, String size, String colour, @Nullable Money price) {
        return new VariantDraft(sku, Map.of("colour", colour, "size", size), price, null, null, null);
    }

    private static VariantsDraft draft(VariantDraft... variants) {
        return new VariantsDraft(List.of(SIZE, COLOUR), List.of(variants));
    }

    private ProductView read(UUID id) {
        return Objects.requireNonNull(inShop(() -> products.get(id)));
    }

    private ProductView set(UUID product, VariantsDraft draft) {
        return inShop(() -> {
            setting.set(product, read(product).version(), draft);
            return read(product);
        });
    }

    private CatalogProduct found(UUID id) {
        return inShop(() -> sold.find(List.of(id), Instant.now())).getFirst();
    }

    @Test
    void aVariantIsFoundUnderItsOwnIdWithTheProductsNamePriceAndWeightUnlessItHasItsOwn() {
        UUID shirt = shirt();
        ProductView read = set(
                shirt,
                draft(variant("SHIRT-M-BLUE", "M", "blue", null), variant("SHIRT-S-RED", "S", "red", pounds("18.50"))));

        assertThat(read.variants()).extracting(VariantView::name).containsExactly("M, blue", "S, red");
        assertThat(read.priceFrom()).isEqualTo(pounds("18.50"));
        CatalogProduct blue = found(read.variants().getFirst().id());
        assertThat(blue.name()).isEqualTo("Shirt — M, blue");
        assertThat(blue.sku()).isEqualTo("SHIRT-M-BLUE");
        assertThat(blue.slug()).isEqualTo("shirt");
        assertThat(blue.price()).isEqualTo(pounds("20.00"));
        assertThat(blue.sellable()).isTrue();
        assertThat(Objects.requireNonNull(blue.variantOf()).productId()).isEqualTo(shirt);
        assertThat(blue.variantOf().options())
                .containsExactly(new ChosenOption("size", "M"), new ChosenOption("colour", "blue"));
        assertThat(found(read.variants().getLast().id()).price()).isEqualTo(pounds("18.50"));
        assertThat(found(shirt)).matches(CatalogProduct::variantRequired).matches(product -> !product.sellable());
    }

    @Test
    void aCombinationThatStaysKeepsItsIdAndOneThatIsNotNamedIsDeleted() {
        UUID shirt = shirt();
        List<VariantView> first = set(shirt, draft(variant("A", "M", "blue", null), variant("B", "S", "blue", null)))
                .variants();

        List<VariantView> second = set(
                        shirt, draft(variant("B", "M", "blue", pounds("19.00")), variant("A", "S", "red", null)))
                .variants();

        assertThat(second.getFirst().id()).isEqualTo(first.getFirst().id());
        assertThat(second.getFirst().sku()).isEqualTo("B");
        assertThat(second)
                .extracting(VariantView::id)
                .doesNotContain(first.getLast().id());
        assertThat(found(first.getLast().id()))
                .matches(CatalogProduct::deleted)
                .matches(variant -> !variant.sellable());

        assertThat(set(shirt, new VariantsDraft(List.of(), List.of())).variants())
                .isEmpty();
        assertThat(found(shirt)).matches(CatalogProduct::sellable);
    }

    @Test
    void theMatrixGetsWhatIsMissingAndKeepsWhatIsThere() {
        UUID shirt = shirt();
        VariantView there = set(shirt, draft(variant("OWN", "M", "blue", pounds("25.00"))))
                .variants()
                .getFirst();
        long version = read(shirt).version();
        inShop(() -> {
            setting.completeMatrix(shirt, version);
            return null;
        });

        List<VariantView> all = read(shirt).variants();
        assertThat(all)
                .extracting(VariantView::sku)
                .containsExactly("OWN", "SHIRT-S-BLUE", "SHIRT-S-RED", "SHIRT-M-RED");
        assertThat(all.getFirst()).isEqualTo(there);
        assertThat(problem(() -> setting.completeMatrix(shirt, version)).code()).isEqualTo("precondition-failed");
    }

    @Test
    void whatIsIncompleteTwiceOrUnknownIsRefused() {
        UUID shirt = shirt();
        assertThat(problem(() -> set(shirt, draft(variant("A", "XL", "blue", null))))
                        .code())
                .isEqualTo("incomplete-variant");
        assertThat(problem(() -> set(shirt, draft(new VariantDraft("A", Map.of("size", "M"), null, null, null, null))))
                        .code())
                .isEqualTo("incomplete-variant");
        assertThat(problem(() -> set(shirt, draft(variant("A", "M", "red", null), variant("B", "M", "red", null))))
                        .code())
                .isEqualTo("duplicate-variant");
        assertThat(problem(() -> set(shirt, draft(variant("A", "M", "red", null), variant("A", "S", "red", null))))
                        .code())
                .isEqualTo("duplicate-sku");
        assertThat(problem(() -> set(
                                shirt,
                                new VariantsDraft(
                                        List.of(new OptionDraft("length", "number", List.of("long"))), List.of())))
                        .code())
                .isEqualTo("invalid-option");
        assertThat(problem(() -> set(shirt, new VariantsDraft(List.of(SIZE), List.of())))
                        .code())
                .isEqualTo("incomplete-variant");
        assertThat(problem(() -> setting.completeMatrix(shirt, read(shirt).version()))
                        .code())
                .isEqualTo("no-options");
    }

    @Test
    void productsAndVariantsShareTheSkusOfAShop() {
        UUID shirt = shirt();
        set(shirt, draft(variant("A", "M", "blue", null)));
        assertThat(problem(() -> writing.upsert(batch(product("A", "Mug", "1.00"))))
                        .code())
                .isEqualTo("sku-exists");
        assertThat(problem(() -> set(shirt, draft(variant("SHIRT", "M", "blue", null))))
                        .code())
                .isEqualTo("sku-exists");
        inShop(() -> products.delete(shirt));
        assertThat(inShop(() -> writing.upsert(batch(product("A", "Mug", "1.00"), product("SHIRT", "New", "1.00")))))
                .extracting(ProductBatch.Result::outcome)
                .containsOnly("created");
    }

    @Test
    void ofAProductAndAVariantThatWantOneSkuAtOnceOneGetsIt() throws InterruptedException {
        List<UUID> shirts = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            String name = "S" + round;
            shirts.add(inShop(() -> writing.upsert(batch(product(name, "Shirt", "20.00"))))
                    .getFirst()
                    .id());
        }
        for (int round = 0; round < 10; round++) {
            UUID shirt = shirts.get(round);
            String sku = "WANTED-" + round;
            List<String> outcomes = Concurrently.run(2, i -> {
                        ProblemException refused = problem(() -> {
                            if (i == 0) {
                                writing.upsert(batch(product(sku, "Mug", "1.00")));
                            } else {
                                set(shirt, draft(variant(sku, "M", "blue", null)));
                            }
                        });
                        return refused == null ? "done" : refused.code();
                    })
                    .valuesOrThrow();
            assertThat(outcomes).containsExactlyInAnyOrder("done", "sku-exists");
        }
        assertThat(broken()).isEmpty();
    }

    @Test
    void theDatabaseRefusesAVariantThatLeavesAnOptionOpenAndAnOptionThatGoesFromUnderIt() {
        UUID shirt = shirt();
        set(shirt, draft(variant("A", "M", "blue", null)));
        for (String change : List.of(
                "UPDATE product_variants SET option_values = '{\"size\": \"M\"}'",
                "UPDATE product_variants SET option_values = '{\"size\": \"M\", \"colour\": \"green\"}'",
                "DELETE FROM product_options WHERE name = 'size'",
                "UPDATE product_options SET choices = '{S}' WHERE name = 'size'",
                "INSERT INTO product_options (tenant_id, product_id, name, choices, sort_order)"
                        + " SELECT tenant_id, product_id, 'fit', '{slim}', 2 FROM product_variants")) {
            assertThatThrownBy(() -> inShop(() -> catalog.database()
                            .inTransaction(tx -> tx.jdbc().sql(change).update())))
                    .as(change)
                    .hasMessageContaining("does not have one of the choices of each option");
        }
    }

    @Test
    void theDatabaseRefusesACombinationTwice() {
        UUID shirt = shirt();
        set(shirt, draft(variant("A", "M", "blue", null)));
        assertThatThrownBy(() -> inShop(() -> catalog.database()
                        .inTransaction(tx -> tx.jdbc().sql("""
                        INSERT INTO product_variants (tenant_id, id, product_id, sku, name, option_values, sort_order)
                        SELECT tenant_id, gen_random_uuid(), product_id, 'B', 'M, blue',
                            '{"size": "M", "colour": "blue"}', 1
                        FROM product_variants
                        """).update())))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("uq_product_variants_combination");
    }

    @Test
    void ofTwoWhoSetTheVariantsAtOnceOneIsToldThatItReadAnOldVersion() throws InterruptedException {
        UUID shirt = shirt();
        long version = read(shirt).version();
        List<String> outcomes = Concurrently.run(2, i -> {
                    ProblemException refused = problem(() ->
                            setting.set(shirt, version, draft(variant("V" + i, i == 0 ? "S" : "M", "red", null))));
                    return refused == null ? "done" : refused.code();
                })
                .valuesOrThrow();
        assertThat(outcomes).containsExactlyInAnyOrder("done", "precondition-failed");
        assertThat(read(shirt).variants()).hasSize(1);
    }

    @Test
    @Tag("CAT-06")
    void aDeletedProductTakesItsVariantsWithItAndTheyCanStillBeNamed() {
        UUID shirt = shirt();
        UUID variant = set(shirt, draft(variant("A", "M", "blue", null)))
                .variants()
                .getFirst()
                .id();
        inShop(() -> products.delete(shirt));
        CatalogProduct deleted = found(variant);
        assertThat(deleted).matches(CatalogProduct::deleted).matches(one -> !one.sellable());
        assertThat(deleted.name()).isEqualTo("Shirt — M, blue");
        assertThat(broken()).isEmpty();
    }

    @Test
    @Tag("CAT-04")
    void theStoreShowsWhatIsForSaleAndTheListTheLowestPrice() {
        UUID shirt = shirt();
        set(
                shirt,
                draft(
                        variant("A", "M", "blue", pounds("22.00")),
                        variant("B", "S", "blue", null),
                        new VariantDraft(
                                "C", Map.of("size", "S", "colour", "red"), pounds("1.00"), null, null, "draft")));
        ProductView shown = Objects.requireNonNull(inShop(() -> products.forSale(shirt, Drafts.now())));
        assertThat(shown.variants()).extracting(VariantView::sku).containsExactly("A", "B");
        assertThat(shown.options()).containsExactly(SIZE, COLOUR);
        assertThat(shown.priceFrom()).isEqualTo(pounds("20.00"));
        ProductListing all = new ProductListing(ProductFilter.EVERYTHING, ProductOrder.NEWEST, null);
        assertThat(inShop(() -> new ListingStore(catalog.database()).list(all, Drafts.now(), 5)))
                .singleElement()
                .satisfies(row -> assertThat(row.product().priceFrom()).isEqualTo(pounds("20.00")));
    }

    private static List<String> broken() {
        return new CatalogInvariants(catalog.database())
                .check().stream()
                        .filter(result -> !result.holds())
                        .map(InvariantResult::name)
                        .toList();
    }

    @Test
    void theReconcilerSeesEveryBrokenInvariantOfVariants() {
        try (TestDatabase spoilt = TestDatabase.create("catalog")) {
            ProductStore stored = new ProductStore(spoilt.database(), JSON);
            WritingProducts writer =
                    new WritingProducts(stored, new Idempotency(spoilt.database(), JSON), new FixedTenants("GBP"));
            Contexts.system(tenant).run(() -> {
                UUID shirt = writer.upsert(batch(product("SHIRT", "Shirt", "20.00"), product("MUG", "Mug", "1.00")))
                        .getFirst()
                        .id();
                new SettingVariants(stored, new VariantStore(spoilt.database(), JSON))
                        .set(shirt, 1, draft(variant("A", "M", "blue", null), variant("B", "S", "red", null)));
            });
            CatalogInvariants invariants = new CatalogInvariants(spoilt.database());
            assertThat(ofVariants(invariants)).hasSize(5).allMatch(InvariantResult::holds);
            spoilt.admin().sql("""
                    INSERT INTO product_old_slugs (tenant_id, slug, product_id) SELECT tenant_id, slug, id FROM products;
                    DROP INDEX uq_product_variants_combination;
                    ALTER TABLE product_variants DISABLE TRIGGER USER;
                    ALTER TABLE products DISABLE TRIGGER USER;
                    UPDATE products SET deleted_at = now() WHERE sku = 'MUG';
                    UPDATE product_variants SET option_values = '{"size": "XXL"}';
                    INSERT INTO product_variants (tenant_id, id, product_id, sku, name, option_values, sort_order)
                    SELECT tenant_id, gen_random_uuid(), id, 'C', 'S', '{"size": "S"}', 0 FROM products WHERE sku = 'MUG'
                    """).update();
            assertThat(ofVariants(invariants))
                    .noneMatch(InvariantResult::holds)
                    .allSatisfy(result -> assertThat(result.examples()).isNotEmpty());
        }
    }

    private static List<InvariantResult> ofVariants(CatalogInvariants invariants) {
        List<String> names = IntStream.range(0, VariantInvariants.INVARIANTS.size())
                .mapToObj(i -> VariantInvariants.INVARIANTS.get(i).name())
                .toList();
        return invariants.check().stream()
                .filter(result -> names.contains(result.name()))
                .toList();
    }
}
