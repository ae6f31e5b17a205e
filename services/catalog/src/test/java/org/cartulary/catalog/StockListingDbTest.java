package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.product;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.inventory.StockTurned;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler.Arrival;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

/** What inventory tells of the stock is shown in the listing and counted in the facets. */
@Tag("CAT-04")
class StockListingDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final ProductStore products = new ProductStore(catalog.database(), JSON);
    private final WritingProducts writing =
            new WritingProducts(products, new Idempotency(catalog.database(), JSON), new FixedTenants("GBP"));
    private final SettingVariants setting = new SettingVariants(products, new VariantStore(catalog.database(), JSON));
    private final StockTurnedHandler handler = new StockTurnedHandler(catalog.database());
    private final SoldStockStore store = new SoldStockStore(catalog.database());

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

    private UUID written(String sku) {
        return inShop(() -> writing.upsert(batch(product(sku, "Product " + sku, "20.00"))))
                .getFirst()
                .id();
    }

    private List<UUID> variants(UUID product, String... statuses) {
        return inShop(() -> {
            List<VariantDraft> drafts = IntStream.range(0, statuses.length)
                    .mapToObj(i ->
                            new VariantDraft("V" + i + product, Map.of("size", "s" + i), null, null, null, statuses[i]))
                    .toList();
            List<OptionDraft> options = statuses.length == 0
                    ? List.of()
                    : List.of(new OptionDraft(
                            "size",
                            null,
                            IntStream.range(0, statuses.length)
                                    .mapToObj(i -> "s" + i)
                                    .toList()));
            long version = Objects.requireNonNull(products.get(product)).version();
            setting.set(product, version, new VariantsDraft(options, drafts));
            return Objects.requireNonNull(products.get(product)).variants().stream()
                    .map(VariantView::id)
                    .toList();
        });
    }

    private void told(UUID soldId, long version, boolean inStock) {
        inShop(() -> catalog.database().inTransaction(tx -> {
            handler.handleAll(tx, List.of(arrival(soldId, version, inStock)));
            return version;
        }));
    }

    private Arrival<StockTurned> arrival(UUID soldId, long version, boolean inStock) {
        return new Arrival<>(
                new StockTurned(soldId, inStock),
                new Event(
                        Ids.next(),
                        tenant,
                        "stock.turned.v1",
                        1,
                        "stock-presence",
                        soldId,
                        version,
                        Instant.now(),
                        "0".repeat(32),
                        5,
                        "{}"));
    }

    private static ProductFilter filter(@Nullable Boolean inStock) {
        return new ProductFilter(
                null,
                Spelling.AS_TYPED,
                null,
                List.of(),
                List.of(),
                Map.of(),
                null,
                null,
                inStock,
                null,
                SearchLanguages.ENGLISH);
    }

    private List<ListedProduct> listed(@Nullable Boolean inStock) {
        ProductListing listing = new ProductListing(filter(inStock), ProductOrder.NEWEST, null);
        return inShop(() -> new ListingStore(catalog.database())
                .list(listing, Drafts.now(), 100).stream()
                        .map(ListingStore.Row::product)
                        .toList());
    }

    private List<String> skus(@Nullable Boolean inStock) {
        return listed(inStock).stream().map(ListedProduct::sku).sorted().toList();
    }

    private Facets facets(@Nullable Boolean inStock) {
        return inShop(() -> new FacetStore(catalog.database()).count(filter(inStock)));
    }

    private List<String> broken() {
        return inShop(() -> new CatalogInvariants(catalog.database()).check()).stream()
                .filter(result -> !result.holds() && !result.name().equals("no-event-left"))
                .map(InvariantResult::name)
                .toList();
    }

    @Test
    void theListingShowsAndFiltersWhatIsInStockAndFacetsCountIt() {
        UUID first = written("A");
        UUID second = written("B");
        written("C");
        told(first, 1, true);
        told(second, 1, true);
        told(second, 2, false);

        assertThat(skus(null)).containsExactly("A", "B", "C");
        assertThat(listed(null))
                .allMatch(product -> product.inStock() == product.sku().equals("A"));
        assertThat(skus(true)).containsExactly("A");
        assertThat(skus(false)).containsExactly("B", "C");
        assertThat(facets(null).stock()).isEqualTo(new Facets.Stock(1, 2));
        assertThat(facets(true).total()).isEqualTo(1);
        assertThat(facets(true).stock()).isEqualTo(new Facets.Stock(1, 2));
        assertThat(facets(false).total()).isEqualTo(2);
        assertThat(broken()).isEmpty();
    }

    @Test
    void anOlderWordThatComesLaterDoesNoHarm() {
        UUID product = written("A");
        told(product, 3, true);
        told(product, 2, false);
        assertThat(skus(true)).containsExactly("A");

        inShop(() -> catalog.database().inTransaction(tx -> {
            handler.handleAll(
                    tx, List.of(arrival(product, 6, false), arrival(product, 5, true), arrival(product, 4, false)));
            return 0;
        }));
        assertThat(skus(true)).isEmpty();
        assertThat(broken()).isEmpty();
    }

    @Test
    void aProductWithVariantsIsInStockWhileOneThatIsForSaleIs() {
        UUID product = written("A");
        told(product, 1, true);
        List<UUID> variants = variants(product, "active", "active", "draft");
        // Nobody can buy the product itself any more.
        assertThat(skus(true)).isEmpty();

        told(variants.get(2), 1, true);
        assertThat(skus(true)).isEmpty();
        told(variants.get(1), 1, true);
        assertThat(skus(true)).containsExactly("A");
        variants(product, "active", "archived", "draft");
        assertThat(skus(true)).isEmpty();
        variants(product, "active", "archived", "active");
        assertThat(skus(true)).containsExactly("A");
        assertThat(broken()).isEmpty();
    }

    @Test
    void aDeletedVariantIsNoStockOfItsProduct() {
        UUID product = written("A");
        List<UUID> variants = variants(product, "active", "active");
        told(variants.get(1), 1, true);
        assertThat(skus(true)).containsExactly("A");

        variants(product, "active");
        assertThat(skus(true)).isEmpty();
        told(variants.get(1), 2, false);
        told(variants.get(1), 3, true);
        assertThat(skus(true)).isEmpty();

        told(product, 1, true);
        assertThat(skus(true)).isEmpty();
        variants(product);
        assertThat(skus(true)).containsExactly("A");
        assertThat(broken()).isEmpty();
    }

    @Test
    void whatIsToldBeforeTheProductIsThereIsKeptForIt() {
        UUID product = Ids.next();
        told(product, 1, true);
        catalog.admin().sql("""
                        INSERT INTO products (tenant_id, id, sku, slug, name, price, currency)
                        VALUES (?, ?, 'EARLY', 'early', 'Early', 1, 'GBP')
                        """).params(tenant, product).update();
        assertThat(skus(true)).containsExactly("EARLY");
        assertThat(broken()).isEmpty();
    }

    @Test
    void wordsAndVariantsThatComeAtTheSameTimeAgreeInTheEnd() throws InterruptedException {
        UUID product = written("A");
        List<UUID> sold = new ArrayList<>(variants(product, "active", "active"));
        sold.add(product);
        List<StockPresence> words = new ArrayList<>();
        for (UUID one : sold) {
            IntStream.rangeClosed(1, 10)
                    .forEach(version -> words.add(new StockPresence(tenant, one, version % 2 == 1, version)));
        }
        Collections.shuffle(words, new Random(5));
        Concurrently.run(6, index -> {
                    if (index == 0) {
                        for (int round = 0; round < 6; round++) {
                            variants(product, "active", round % 2 == 0 ? "draft" : "active");
                        }
                    }
                    for (int i = index; i < words.size(); i += 6) {
                        store.takeAll(List.of(words.get(i)));
                    }
                    return index;
                })
                .valuesOrThrow();
        assertThat(skus(true)).isEmpty();
        assertThat(broken()).isEmpty();
        store.takeAll(List.of(new StockPresence(tenant, sold.getFirst(), true, 11)));
        assertThat(skus(true)).containsExactly("A");
    }

    @Test
    void everythingIsCopiedPageByPageAndWhatIsKnownChangesNothing() {
        List<UUID> ids = IntStream.range(0, 7)
                .mapToObj(i -> written("C" + i))
                .sorted(UUID::compareTo)
                .toList();
        List<StockPresence> all =
                ids.stream().map(id -> new StockPresence(tenant, id, true, 4)).toList();
        told(ids.get(3), 5, false);
        List<PresencesAfter> asked = new ArrayList<>();
        CopyingStock copying = new CopyingStock(
                query -> {
                    asked.add(query);
                    int from = query.soldId() == null ? 0 : ids.indexOf(query.soldId()) + 1;
                    return new FactPage<>(all.subList(from, Math.min(from + query.limit(), all.size())));
                },
                store,
                3);
        copying.run();
        assertThat(asked).hasSize(3);
        assertThat(skus(true)).hasSize(6);

        String before = version();
        copying.run();
        assertThat(version()).isEqualTo(before);
        assertThat(store.known(new PresencesAfter(tenant, null, 100)).stream()
                        .filter(one -> one.tenantId().equals(tenant)))
                .hasSize(7);
        assertThat(broken()).isEmpty();
    }

    private String version() {
        return catalog.admin()
                .sql("SELECT version::text FROM catalog_versions WHERE tenant_id = ?")
                .param(tenant)
                .query(String.class)
                .single();
    }

    @Test
    void whatIsShownWronglyIsReported() {
        UUID product = written("A");
        catalog.admin()
                .sql("INSERT INTO products_in_stock (tenant_id, product_id) VALUES (?, ?)")
                .params(tenant, product)
                .update();
        assertThat(broken()).containsExactly("listed-stock-is-what-was-told");
        catalog.admin()
                .sql("DELETE FROM products_in_stock WHERE product_id = ?")
                .param(product)
                .update();
    }

    @Test
    void nobodyButTheTriggersWritesWhatIsShown() {
        UUID product = written("A");
        assertThatThrownBy(() -> inShop(() -> catalog.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("INSERT INTO products_in_stock (tenant_id, product_id) VALUES (?, ?)")
                                .params(tenant, product)
                                .update())))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
    }
}
