package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.change;
import static org.cartulary.catalog.Drafts.pounds;
import static org.cartulary.catalog.Drafts.product;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-01")
class PricesDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final ProductStore products = new ProductStore(catalog.database(), JSON);
    private final PriceStore prices = new PriceStore(catalog.database());
    private final SettingPrices setting = new SettingPrices(products, prices);
    private final WritingProducts writing =
            new WritingProducts(products, new Idempotency(catalog.database(), JSON), new FixedTenants("GBP"));

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private <T extends @Nullable Object> T inShop(Supplier<T> work) {
        return Contexts.system(tenant).supply(work);
    }

    private UUID mug(String price) {
        return inShop(() -> writing.upsert(batch(product("MUG", "Mug", price))))
                .getFirst()
                .id();
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }

    private PriceDraft between(int from, int until, Money price) {
        return new PriceDraft(null, price, in(from), in(until));
    }

    private void set(UUID product, PriceDraft... drafts) {
        inShop(() -> {
            setting.set(product, Objects.requireNonNull(products.get(product)).version(), List.of(drafts));
            return null;
        });
    }

    private void reprice(UUID product, Map<String, Object> change) {
        inShop(() -> {
            writing.change(
                    product, Objects.requireNonNull(products.get(product)).version(), change(change));
            return null;
        });
    }

    private ProductView shown(UUID product, Instant at, @Nullable String currency) {
        return Objects.requireNonNull(inShop(() -> products.forSale(product, new Asked(at, currency))));
    }

    private ProblemException problem(Runnable work) {
        return catchThrowableOfType(
                ProblemException.class, () -> Contexts.system(tenant).run(work));
    }

    private List<String> told(UUID product) {
        return inShop(() -> prices.history(product, null, 100)).reversed().stream()
                .map(one -> one.price() == null ? "none" : one.price().amount().toPlainString())
                .toList();
    }

    /** As if everything had been told so many days earlier. */
    private void age(int days) {
        catalog.admin()
                .sql("UPDATE price_history SET effective_from = effective_from - make_interval(days => :days),"
                        + " recorded_in = '1' WHERE tenant_id = :tenant")
                .param("days", days)
                .param("tenant", tenant)
                .update();
    }

    @Test
    void aPriceForATimeAppliesFromItsStartToItsEndAndNotLonger() {
        UUID mug = mug("5.00");
        set(mug, between(1, 2, pounds("4.00")), between(2, 3, pounds("6.00")));

        assertThat(shown(mug, now, null).price()).isEqualTo(pounds("5.00"));
        assertThat(shown(mug, in(1), null).price()).isEqualTo(pounds("4.00"));
        assertThat(shown(mug, in(1), null).compareAtPrice()).isEqualTo(pounds("5.00"));
        assertThat(shown(mug, in(2), null).price()).isEqualTo(pounds("6.00"));
        assertThat(shown(mug, in(2), null).compareAtPrice()).isNull();
        assertThat(shown(mug, in(3), null).price()).isEqualTo(pounds("5.00"));
        assertThat(told(mug)).containsExactly("5.00", "4.00", "6.00", "5.00");
        assertThat(Objects.requireNonNull(inShop(() -> prices.get(mug))).prices())
                .hasSize(2);
    }

    @Test
    void whatIsKeptOfACatalogueTurnsOverWhenAPriceBeginsAndEnds() {
        SettableClock clock = SettableClock.at(now);
        UUID mug = mug("5.00");
        set(mug, between(1, 2, pounds("4.00")));
        try (TenantVersions versions = new TenantVersions(catalog.database(), "catalog_versions")) {
            CachedCatalog cached = new CachedCatalog(
                    versions, new SoldStore(catalog.database(), JSON), new PriceTimes(versions, prices, clock), JSON);
            Supplier<Money> price =
                    () -> inShop(() -> cached.find(List.of(mug))).getFirst().price();
            assertThat(price.get()).isEqualTo(pounds("5.00"));
            clock.advance(Duration.ofHours(1).minusMillis(1));
            assertThat(price.get()).isEqualTo(pounds("5.00"));
            clock.advance(Duration.ofMillis(1));
            assertThat(price.get()).isEqualTo(pounds("4.00"));
            clock.advance(Duration.ofMinutes(59));
            assertThat(price.get()).isEqualTo(pounds("4.00"));
            clock.advance(Duration.ofMinutes(1));
            assertThat(price.get()).isEqualTo(pounds("5.00"));
            clock.set(now);
            set(mug, between(-1, 1, pounds("3.00")));
            assertThat(price.get()).isEqualTo(pounds("3.00"));
        }
    }

    @Test
    void whenPricesBeginAndEndIsFoundByIndexes() {
        UUID mug = mug("5.00");
        set(mug, between(1, 2, pounds("4.00")), between(2, 3, pounds("6.00")));
        catalog.admin().sql("""
                        BEGIN;
                        SET LOCAL session_replication_role = replica;
                        INSERT INTO product_prices (tenant_id, id, product_id, currency, price, starts_at, ends_at)
                        SELECT '%s', gen_random_uuid(), gen_random_uuid(), 'GBP', 1, now() + make_interval(days => 30 + n),
                            now() + make_interval(days => 31 + n)
                        FROM generate_series(1, 20000) n;
                        COMMIT
                        """.formatted(tenant)).update();
        catalog.admin().sql("VACUUM ANALYZE product_prices").update();

        List<String> plan = inShop(() -> catalog.database()
                .inReadTransaction(tx -> tx.jdbc()
                        .sql("EXPLAIN " + PriceStore.TIMES)
                        .param("tenant", tenant)
                        .param("after", Sql.timestamp(in(-1)))
                        .param("until", Sql.timestamp(in(24)))
                        .query(String.class)
                        .list()));

        assertThat(plan)
                .anyMatch(line -> line.contains("idx_product_prices_starts_at"))
                .anyMatch(line -> line.contains("idx_product_prices_ends_at"));
        assertThat(inShop(() -> prices.times(in(-1), in(24)))).containsExactlyInAnyOrder(in(1), in(2), in(3));
    }

    @Test
    void pricesGoWithTheirVariantsSoThatWhatIsShownCanBeSet() {
        UUID shirt = mug("20.00");
        SettingVariants variants = new SettingVariants(products, new VariantStore(catalog.database(), JSON));
        inShop(() -> {
            variants.set(shirt, 1, sizes("S", "M"));
            return null;
        });
        List<UUID> both =
                shown(shirt, now, null).variants().stream().map(VariantView::id).toList();
        set(
                shirt,
                new PriceDraft(both.getFirst(), pounds("10.00"), in(2), in(3)),
                new PriceDraft(both.getLast(), pounds("11.00"), in(2), in(3)),
                between(5, 6, pounds("12.00")));

        inShop(() -> {
            variants.set(shirt, Objects.requireNonNull(products.get(shirt)).version(), sizes("S"));
            return null;
        });

        List<PriceDraft> shown =
                Objects.requireNonNull(inShop(() -> prices.get(shirt))).prices();
        assertThat(shown).extracting(PriceDraft::variantId).containsExactly(null, both.getFirst());
        set(shirt, shown.toArray(PriceDraft[]::new));
        inShop(() -> products.delete(shirt));
        assertThat(catalog.admin()
                        .sql("SELECT count(*) FROM product_prices WHERE tenant_id = ?")
                        .param(tenant)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static VariantsDraft sizes(String... sizes) {
        return new VariantsDraft(
                List.of(new OptionDraft("size", null, List.of(sizes))),
                java.util.Arrays.stream(sizes)
                        .map(size -> new VariantDraft("SIZE-" + size, Map.of("size", size), null, null, null, null))
                        .toList());
    }

    @Test
    void aVariantHasItsOwnPricesOrThoseOfItsProduct() {
        UUID shirt = mug("20.00");
        SettingVariants variants = new SettingVariants(products, new VariantStore(catalog.database(), JSON));
        inShop(() -> {
            variants.set(
                    shirt,
                    1,
                    new VariantsDraft(
                            List.of(new OptionDraft("size", null, List.of("S", "M"))),
                            List.of(
                                    new VariantDraft("S", Map.of("size", "S"), null, null, null, null),
                                    new VariantDraft("M", Map.of("size", "M"), pounds("22.00"), null, null, null))));
            return null;
        });
        List<VariantView> both = shown(shirt, now, null).variants();
        UUID small = both.getFirst().id();
        set(
                shirt,
                between(1, 4, pounds("15.00")),
                new PriceDraft(small, pounds("10.00"), in(2), in(3)),
                new PriceDraft(small, Money.parse("12.00", "EUR"), null, null),
                new PriceDraft(null, Money.parse("24.00", "EUR"), null, null));

        assertThat(shown(shirt, in(1), null).variants())
                .extracting(VariantView::price)
                .containsExactly(pounds("15.00"), pounds("22.00"));
        assertThat(shown(shirt, in(2), null).variants())
                .extracting(VariantView::price)
                .containsExactly(pounds("10.00"), pounds("22.00"));
        assertThat(shown(shirt, in(2), null).priceFrom()).isEqualTo(pounds("10.00"));
        ProductView inEuros = shown(shirt, in(2), "EUR");
        assertThat(inEuros.price()).isEqualTo(Money.parse("24.00", "EUR"));
        assertThat(inEuros.variants())
                .extracting(VariantView::price)
                .containsExactly(Money.parse("12.00", "EUR"), Money.parse("24.00", "EUR"));
        assertThat(shown(shirt, in(2), "USD").price()).isEqualTo(pounds("15.00"));
        assertThat(inShop(() -> new SoldStore(catalog.database(), JSON).find(List.of(small, shirt), in(2))))
                .extracting(found -> found.price())
                .containsExactlyInAnyOrder(pounds("10.00"), pounds("15.00"));
        ProductListing all = new ProductListing(ProductFilter.EVERYTHING, ProductOrder.NEWEST, null);
        assertThat(inShop(() -> new ListingStore(catalog.database()).list(all, new Asked(in(2), null), 5)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.product().price()).isEqualTo(pounds("15.00"));
                    assertThat(row.product().priceFrom()).isEqualTo(pounds("10.00"));
                });
        assertThat(broken()).isEmpty();
    }

    @Test
    void aReducedPriceComesWithTheLowestOfTheThirtyDaysBeforeIt() {
        UUID mug = mug("10.00");
        age(20);
        reprice(mug, Map.of("price", pounds("7.00")));
        age(20);
        reprice(mug, Map.of("price", pounds("9.00")));
        age(15);
        assertThat(shown(mug, now, null).lowestPriceOf30Days()).isNull();
        reprice(mug, Map.of("price", pounds("8.00"), "compareAtPrice", pounds("12.00")));
        // 7.00 ended 15 days ago, 10.00 ended 35 days ago.
        assertThat(shown(mug, Instant.now(), null).lowestPriceOf30Days()).isEqualTo(pounds("7.00"));
        age(40);
        reprice(mug, Map.of("price", pounds("6.00")));
        // It has been reduced for 40 days, and the 30 days before count.
        assertThat(shown(mug, Instant.now(), null).lowestPriceOf30Days()).isEqualTo(pounds("7.00"));

        UUID fresh = inShop(() -> writing.upsert(
                        batch(Drafts.with("NEW", "New", "1.00", Map.of("compareAtPrice", pounds("2.00"))))))
                .getFirst()
                .id();
        assertThat(shown(fresh, Instant.now(), null).lowestPriceOf30Days()).isNull();
    }

    @Test
    void aPriceForATimeIsReducedFromTheRegularOneAndNamesTheLowest() {
        UUID mug = mug("10.00");
        age(5);
        set(mug, new PriceDraft(null, pounds("8.00"), null, in(24)));
        ProductView shown = shown(mug, Instant.now(), null);
        assertThat(shown.price()).isEqualTo(pounds("8.00"));
        assertThat(shown.compareAtPrice()).isEqualTo(pounds("10.00"));
        assertThat(shown.lowestPriceOf30Days()).isEqualTo(pounds("10.00"));
    }

    @Test
    void theHistoryTellsEveryEffectiveChangeOnceAndNobodyRewritesIt() {
        UUID mug = mug("5.00");
        reprice(mug, Map.of("name", "Big mug"));
        reprice(mug, Map.of("price", pounds("6.00")));
        inShop(() -> writing.upsert(batch(product("MUG", "Big mug", "7.00"))));
        inShop(() -> writing.upsert(batch(product("MUG", "Big mug", "7.00"))));
        inShop(() -> products.delete(mug));
        assertThat(told(mug)).containsExactly("5.00", "6.00", "7.00", "none");
        for (String change : List.of(
                "UPDATE price_history SET price = 1",
                "DELETE FROM price_history",
                "INSERT INTO price_history (tenant_id, product_id, currency, price, effective_from)"
                        + " SELECT tenant_id, id, currency, 1, now() FROM products")) {
            assertThatThrownBy(() -> inShop(() -> catalog.database()
                            .inTransaction(tx -> tx.jdbc().sql(change).update())))
                    .as(change)
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void changesAtOnceAreToldInTheOrderInWhichTheyApply() throws InterruptedException {
        UUID mug = mug("5.00");
        Concurrently.run(
                        8,
                        i -> inShop(() -> catalog.database().inTransaction(tx -> reprice(tx, mug, (i + 10) + ".00"))))
                .valuesOrThrow();
        assertThat(told(mug)).hasSize(9).doesNotHaveDuplicates();
        assertThat(told(mug).getLast())
                .isEqualTo(Objects.requireNonNull(inShop(() -> products.get(mug)))
                        .price()
                        .amount()
                        .toPlainString());
        assertThat(broken()).isEmpty();
    }

    @Test
    void whatIsChangedLastIsToldLastWhoeverBeganFirst() {
        UUID mug = mug("5.00");

        inShop(() -> catalog.database().inTransaction(early -> {
            early.jdbc().sql("SELECT now()").query(Instant.class).single();
            CompletableFuture.runAsync(() ->
                            inShop(() -> catalog.database().inTransaction(late -> reprice(late, mug, "20.00"))))
                    .join();
            return reprice(early, mug, "10.00");
        }));

        assertThat(told(mug)).containsExactly("5.00", "20.00", "10.00");
    }

    private static int reprice(Transaction tx, UUID product, String price) {
        return tx.jdbc()
                .sql("UPDATE products SET price = :price WHERE id = :id")
                .param("price", new BigDecimal(price))
                .param("id", product)
                .update();
    }

    @Test
    void pricesThatOverlapOrMakeNoSenseAreRefused() throws InterruptedException {
        UUID mug = mug("5.00");
        assertThat(problem(() -> set(mug, between(1, 3, pounds("4.00")), between(2, 4, pounds("3.00"))))
                        .code())
                .isEqualTo("prices-overlap");
        assertThat(problem(() -> set(mug, between(3, 1, pounds("4.00")))).code())
                .isEqualTo("invalid-price");
        assertThat(problem(() -> set(mug, new PriceDraft(null, pounds("4.00"), null, null)))
                        .code())
                .isEqualTo("invalid-price");
        assertThat(problem(() -> set(mug, new PriceDraft(UUID.randomUUID(), pounds("4.00"), in(1), in(2))))
                        .code())
                .isEqualTo("unknown-variant");
        long version = Objects.requireNonNull(inShop(() -> products.get(mug))).version();
        List<String> outcomes = Concurrently.run(2, i -> {
                    ProblemException refused =
                            problem(() -> setting.set(mug, version, List.of(between(1, 2 + i, pounds("4.00")))));
                    return refused == null ? "done" : refused.code();
                })
                .valuesOrThrow();
        assertThat(outcomes).containsExactlyInAnyOrder("done", "precondition-failed");
    }

    private static List<String> broken() {
        return new CatalogInvariants(catalog.database())
                .check().stream()
                        .filter(result -> !result.holds())
                        .map(InvariantResult::toString)
                        .toList();
    }

    @Test
    void theReconcilerSeesAHistoryThatDoesNotEndWithThePriceThatApplies() {
        try (TestDatabase spoilt = TestDatabase.create("catalog")) {
            WritingProducts writer = new WritingProducts(
                    new ProductStore(spoilt.database(), JSON),
                    new Idempotency(spoilt.database(), JSON),
                    new FixedTenants("GBP"));
            Contexts.system(tenant).run(() -> writer.upsert(batch(product("MUG", "Mug", "5.00"))));
            assertThat(history(spoilt).holds()).isTrue();
            spoilt.admin()
                    .sql("ALTER TABLE products DISABLE TRIGGER USER; UPDATE products SET price = 4")
                    .update();
            assertThat(history(spoilt).holds()).isFalse();
            assertThat(history(spoilt).examples()).isNotEmpty();
        }
    }

    @Test
    void aPriceOfWhatIsNotThereAnyMoreIsSeen() {
        try (TestDatabase spoilt = TestDatabase.create("catalog")) {
            spoilt.admin().sql("""
                    INSERT INTO products (tenant_id, id, sku, slug, name, price, currency, deleted_at)
                    SELECT gen_random_uuid(), gen_random_uuid(), 'MUG', 'mug', 'Mug', 1, 'GBP', now();
                    INSERT INTO product_prices (tenant_id, id, product_id, currency, price)
                    SELECT tenant_id, gen_random_uuid(), id, 'EUR', 2 FROM products
                    """).update();
            assertThat(result(spoilt, "prices-are-of-what-is-there").examples()).isNotEmpty();
        }
    }

    private static InvariantResult history(TestDatabase database) {
        return result(database, "price-history-ends-with-the-price");
    }

    private static InvariantResult result(TestDatabase database, String name) {
        return new CatalogInvariants(database.database())
                .check().stream()
                        .filter(result -> result.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }
}
