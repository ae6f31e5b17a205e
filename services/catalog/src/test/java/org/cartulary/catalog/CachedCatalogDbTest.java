package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.change;
import static org.cartulary.catalog.Drafts.pounds;
import static org.cartulary.catalog.Drafts.product;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.cartulary.catalog.CachedCatalog.Question;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.platform.cache.TenantCache;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PLT-16")
class CachedCatalogDbTest {

    /** What is promised of other processes is 1 s; a busy machine gets more. */
    private static final Duration SEEN_ELSEWHERE = Duration.ofMinutes(1);

    private static TestDatabase catalog;
    private static Node here;
    private static Node elsewhere;

    private final UUID tenant = Contexts.newTenant();

    /** The catalogue in one process. */
    private record Node(
            Databases databases,
            Database database,
            TenantVersions versions,
            ProductStore products,
            CachedCatalog cached,
            WritingProducts writing) {

        static Node of(Databases databases) {
            Database database = databases.open("catalog");
            TenantVersions versions = new TenantVersions(database, "catalog_versions");
            ProductStore products = new ProductStore(database, ApiJson.tolerant());
            return new Node(
                    databases,
                    database,
                    versions,
                    products,
                    new CachedCatalog(versions, products, ApiJson.tolerant()),
                    new WritingProducts(
                            products, new Idempotency(database, ApiJson.tolerant()), new FixedTenants("GBP")));
        }

        CatalogProduct find(UUID id) {
            return cached.find(List.of(id)).getFirst();
        }

        Money price(UUID id) {
            return find(id).price();
        }

        void setPrice(UUID id, String price) {
            long version = java.util.Objects.requireNonNull(products.get(id)).version();
            assertThat(products.change(id, version, change(Map.of("price", pounds(price)))))
                    .isEqualTo("changed");
        }
    }

    @BeforeAll
    static void startTwoProcesses() {
        catalog = TestDatabase.create("catalog");
        here = Node.of(catalog.databases());
        elsewhere = Node.of(new Databases(catalog.settings(), new SimpleMeterRegistry()));
    }

    @AfterAll
    static void stop() {
        here.versions().close();
        elsewhere.versions().close();
        elsewhere.databases().close();
        catalog.close();
    }

    private <T> T inShop(Supplier<T> work) {
        return Contexts.system(tenant).supply(work);
    }

    private void inShop(Runnable work) {
        Contexts.system(tenant).run(work);
    }

    private UUID mug(String price) {
        return inShop(() -> here.writing().upsert(batch(product("MUG", "Mug", price))))
                .getFirst()
                .id();
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + SEEN_ELSEWHERE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static long versionOf(UUID tenant) {
        return catalog.admin()
                .sql("SELECT coalesce(max(version), 0) FROM catalog_versions WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query(Long.class)
                .single();
    }

    @Test
    void aChangeIsSeenAtOnceInItsOwnProcess() {
        UUID mug = mug("5.00");
        inShop(() -> {
            assertThat(here.price(mug)).isEqualTo(pounds("5.00"));
            here.setPrice(mug, "6.00");
            assertThat(here.price(mug)).isEqualTo(pounds("6.00"));
            assertThat(here.products().delete(mug)).isTrue();
            assertThat(here.find(mug).sellable()).isFalse();
        });
    }

    @Test
    void aChangeIsSeenInAnotherProcessSoonAfterwards() {
        UUID mug = mug("5.00");
        inShop(() -> {
            assertThat(elsewhere.price(mug)).isEqualTo(pounds("5.00"));
            here.setPrice(mug, "6.00");
            eventually(() -> elsewhere.price(mug).equals(pounds("6.00")));
            here.products().delete(mug);
            eventually(() -> !elsewhere.find(mug).sellable());
        });
    }

    @Test
    void whatWasOvertakenWhileItWasLoadedIsNotTakenForCurrent() {
        UUID mug = mug("5.00");
        TenantCache<String, Money> prices = new TenantCache<>(here.versions(), "prices", 1 << 20, (key, price) -> 100);
        inShop(() -> {
            Money first = prices.get("mug", () -> {
                Money read = here.products().find(List.of(mug)).getFirst().price();
                here.setPrice(mug, "6.00");
                return read;
            });
            assertThat(first).isEqualTo(pounds("5.00"));
            assertThat(prices.get(
                            "mug",
                            () -> here.products().find(List.of(mug)).getFirst().price()))
                    .isEqualTo(pounds("6.00"));
            assertThat(prices.get("mug", () -> pounds("7.00"))).isEqualTo(pounds("6.00"));
        });
    }

    @Test
    void aChangeThatIsCommittedLateIsSeenAfterItsCommitAndNoLaterOneBeforeIt() throws Exception {
        UUID mug = mug("5.00");
        UUID bowl = inShop(() -> here.writing().upsert(batch(product("BOWL", "Bowl", "1.00"))))
                .getFirst()
                .id();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        CompletableFuture<Void> late = CompletableFuture.runAsync(() ->
                inShop(() -> elsewhere.database().inTransaction(tx -> {
                    setPrice(tx.jdbc(), mug);
                    written.countDown();
                    return await(mayCommit);
                })));
        assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
        long before = versionOf(tenant);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() ->
                inShop(() -> here.database().inTransaction(tx -> setPrice(tx.jdbc(), bowl))));
        inShop(() -> {
            // What is kept now was read while the change was there but not committed.
            assertThat(here.price(mug)).isEqualTo(pounds("5.00"));
            assertThat(second.isDone()).isFalse();
            assertThat(versionOf(tenant)).isEqualTo(before);
            mayCommit.countDown();
            eventually(() -> here.price(mug).equals(pounds("9.99")));
        });
        late.get(60, TimeUnit.SECONDS);
        second.get(60, TimeUnit.SECONDS);
        assertThat(versionOf(tenant)).isEqualTo(before + 2);
    }

    private boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int setPrice(org.springframework.jdbc.core.simple.JdbcClient jdbc, UUID id) {
        return jdbc.sql("UPDATE products SET price = 9.99, version = version + 1 WHERE id = :id")
                .param("id", id)
                .update();
    }

    @Test
    @Tag("PLT-17")
    void noShopIsAnsweredWithWhatIsKeptForAnother() {
        UUID mug = mug("5.00");
        UUID other = Contexts.newTenant();
        Question question = new Question(ProductView.class, "mug");
        inShop(() -> {
            assertThat(here.price(mug)).isEqualTo(pounds("5.00"));
            assertThat(here.cached().document(question, () -> "mine").text()).isEqualTo("\"mine\"");
        });
        Contexts.system(other).run(() -> {
            assertThat(here.cached().find(List.of(mug))).isEmpty();
            assertThat(here.cached().document(question, () -> "theirs").text()).isEqualTo("\"theirs\"");
        });
        inShop(() ->
                assertThat(here.cached().document(question, () -> "new").text()).isEqualTo("\"mine\""));
    }

    @Test
    void theVersionIsRaisedOnceATransactionAndOnlyIfSomethingChanges() {
        mug("5.00");
        long first = versionOf(tenant);
        inShop(() -> here.database().inTransaction(tx -> {
            tx.jdbc().sql("UPDATE products SET price = price + 1").update();
            return tx.jdbc().sql("UPDATE products SET price = price + 1").update();
        }));
        assertThat(versionOf(tenant)).isEqualTo(first + 1);
        mug("7.00");
        assertThat(versionOf(tenant)).isEqualTo(first + 1);
        inShop(() -> here.database().inReadTransaction(tx -> 1));
        assertThat(versionOf(tenant)).isEqualTo(first + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"categories", "brands", "manufacturers", "products", "product_images", "product_attributes"})
    void whateverAnAnswerIsMadeOfRaisesTheVersionHoweverItChanges(String table) {
        assertThat(catalog.admin()
                        .sql("""
                                SELECT string_agg(CASE WHEN t.tgtype & 4 > 0 THEN 'insert' WHEN t.tgtype & 8 > 0
                                    THEN 'delete' ELSE 'update' END, ' ' ORDER BY t.tgname)
                                FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                                WHERE t.tgrelid = :table::regclass AND p.proname = 'raise_versions' AND t.tgenabled = 'O'
                                """)
                        .param("table", table)
                        .query(String.class)
                        .single())
                .isEqualTo("delete insert update");
    }

    @Test
    void pictureThatGoesWithItsProductRaisesTheVersionToo() {
        UUID mug = inShop(() -> here.writing()
                        .upsert(batch(Drafts.with(
                                "MUG",
                                "Mug",
                                "5.00",
                                Map.of("images", List.of(Map.of("url", "https://a.example/m.png")))))))
                .getFirst()
                .id();
        inShop(() -> assertThat(here.find(mug).imageUrl()).isEqualTo("https://a.example/m.png"));
        long before = versionOf(tenant);
        inShop(() -> here.database()
                .inTransaction(tx -> tx.jdbc().sql("DELETE FROM product_images").update()));
        assertThat(versionOf(tenant)).isEqualTo(before + 1);
        inShop(() -> assertThat(here.find(mug).imageUrl()).isNull());
    }
}
