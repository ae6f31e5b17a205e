package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.catalog.ListingStore.Query;
import org.cartulary.catalog.ProductListing.Position;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.TransactionWork;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The thousandth page costs what the first one costs, in pages that PostgreSQL touches. */
@Tag("PLT-15")
class FlatListingDbTest {

    private static final RequestContext SHOP = Contexts.visitor(Contexts.newTenant());
    private static final int PRODUCTS = 50_000;
    private static final int PAGE = 20;
    private static final int PAGES_BEFORE = 999;

    private static TestDatabase catalog;

    @BeforeAll
    static void fillCatalog() {
        catalog = TestDatabase.create("catalog");
        catalog.admin()
                .sql("""
                        INSERT INTO products (tenant_id, id, sku, slug, name, price, currency, created_at)
                        SELECT :tenant, gen_random_uuid(), 'S' || n, 's-' || n, 'Thing ' || md5(n::text), n % 997 + 1, 'GBP',
                            now() - n * interval '1 minute'
                        FROM generate_series(1, :products) n
                        """)
                .param("tenant", Objects.requireNonNull(SHOP.tenantId()))
                .param("products", PRODUCTS)
                .update();
        catalog.admin()
                .sql("""
                        INSERT INTO products (tenant_id, id, sku, slug, name, price, currency, status)
                        SELECT :tenant, gen_random_uuid(), 'D' || n, 'd-' || n, 'Draft of a lantern', 1, 'GBP', 'draft'
                        FROM generate_series(1, 20) n
                        """)
                .param("tenant", Objects.requireNonNull(SHOP.tenantId()))
                .update();
        catalog.admin().sql("VACUUM ANALYZE products").update();
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private static ProductListing listing(ProductOrder order, @Nullable Position after) {
        return new ProductListing(ProductFilter.EVERYTHING, order, after);
    }

    private static Position lastOf(ProductOrder order, int products) {
        return catalog.admin()
                .sql(
                        "SELECT (%s)::text AS key, p.id FROM products p WHERE p.tenant_id = :tenant ORDER BY %s OFFSET :n LIMIT 1"
                                .formatted(
                                        order.key(ProductFilter.EVERYTHING), order.orderBy(ProductFilter.EVERYTHING)))
                .param("tenant", Objects.requireNonNull(SHOP.tenantId()))
                .param("n", products - 1)
                .query((row, number) -> new Position(row.getString("key"), row.getObject("id", UUID.class)))
                .single();
    }

    /** How many pages of tables and indexes the statement reads. */
    private static long pagesRead(ProductListing listing) {
        return SHOP.supply(() -> {
            Query query = ListingStore.search(listing, Drafts.now(), PAGE + 1);
            return pagesRead(query, ListingStore.findsIdsFirst(listing));
        });
    }

    private static long pagesRead(Query query, boolean asReadonly) {
        TransactionWork<List<String>> explain = tx -> tx.jdbc()
                .sql("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + query.sql())
                .params(query.parameters())
                .query(String.class)
                .list();
        List<String> plan = asReadonly
                ? catalog.database().asReadonly(explain)
                : catalog.database().inReadTransaction(explain);
        JsonNode root =
                JsonMapper.shared().readTree(String.join("", plan)).path(0).path("Plan");
        return root.path("Shared Hit Blocks").asLong()
                + root.path("Shared Read Blocks").asLong();
    }

    @Test
    void thoseWhoManageProductsFindTheFewThatAreNotForSaleWithoutLookingAtTheOthers() {
        var lanterns = AdminProductFilter.of(null, null, "lantern", null);
        Contexts.staff(Objects.requireNonNull(SHOP.tenantId())).run(() -> {
            Query words = AdminListing.ids(lanterns, SearchLanguages.ENGLISH, null, PAGE + 1);
            assertThat(pagesRead(words, true)).isPositive().isLessThan(200);
            var store = new ProductStore(catalog.database(), JsonMapper.shared());
            assertThat(store.list(lanterns, null, PAGE + 1)).hasSize(PAGE);
            var drafts = AdminProductFilter.of(null, null, null, new String[] {"draft"});
            assertThat(pagesRead(AdminListing.products(drafts, null, PAGE + 1), false))
                    .isPositive()
                    .isLessThan(200);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RELEVANCE") // There is none without a query.
    void theThousandthPageCostsWhatTheFirstOneCosts(ProductOrder order) {
        Position before = lastOf(order, PAGES_BEFORE * PAGE);
        assertThat(SHOP.supply(
                        () -> new ListingStore(catalog.database()).list(listing(order, before), Drafts.now(), PAGE)))
                .hasSize(PAGE)
                .last()
                .extracting(ListingStore.Row::position)
                .isEqualTo(lastOf(order, (PAGES_BEFORE + 1) * PAGE));
        // One product lies on one page of the table, and the index is four deep at most.
        assertThat(pagesRead(listing(order, null))).isPositive().isLessThan(200);
        assertThat(pagesRead(listing(order, before))).isPositive().isLessThan(200);
    }
}
