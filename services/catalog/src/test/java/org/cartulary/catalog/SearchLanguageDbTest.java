package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.with;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The words of products are found in the language of their shop. */
@Tag("CAT-05")
class SearchLanguageDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();

    private TestDatabase catalog;
    private Languages languages;
    private WritingProducts writing;
    private SearchLanguageStore store;
    private final UUID german = Contexts.newTenant();
    private final UUID english = Contexts.newTenant();

    /** What the shops have decided for. */
    private static final class Languages implements TenantApi {

        private final Map<UUID, String> tags = new ConcurrentHashMap<>();
        private @Nullable UUID unknown;

        @Override
        public @Nullable Tenant findByHost(FindTenantByHost query) {
            return null;
        }

        @Override
        public Tenant find(FindTenant query) {
            if (query.id().equals(unknown)) {
                throw new IllegalStateException("nothing is known of " + unknown);
            }
            Tenant tenant = new FixedTenants("EUR").find(query);
            TenantSettings defaults = tenant.settings();
            return new Tenant(
                    tenant.id(),
                    tenant.name(),
                    tenant.displayName(),
                    true,
                    List.of(),
                    new TenantSettings(
                            defaults.currency(),
                            tags.getOrDefault(query.id(), "en"),
                            defaults.timeZone(),
                            defaults.orders(),
                            defaults.reservations(),
                            defaults.cartDays(),
                            defaults.checkoutMinutes(),
                            false),
                    tenant.placement(),
                    1);
        }

        @Override
        public Tenant ensure(CreateTenant command) {
            throw new UnsupportedOperationException("these tests create no tenants");
        }
    }

    @BeforeEach
    void createDatabase() {
        catalog = TestDatabase.create("catalog");
        languages = new Languages();
        writing = new WritingProducts(
                new ProductStore(catalog.database(), JSON),
                new Idempotency(catalog.database(), JSON),
                new FixedTenants("GBP"));
        store = new SearchLanguageStore(catalog.database());
    }

    @AfterEach
    void dropDatabase() {
        assertThat(Contexts.system(german).supply(() -> new CatalogInvariants(catalog.database()).check()))
                .filteredOn(result -> !result.name().equals("no-event-left"))
                .allMatch(InvariantResult::holds);
        catalog.close();
    }

    private void write(UUID tenant, String sku, String description) {
        Contexts.system(tenant)
                .supply(() ->
                        writing.upsert(batch(with(sku, "Modell " + sku, "10.00", Map.of("description", description)))));
    }

    private List<String> found(UUID tenant, String query) {
        ProductListing listing = new ProductListing(filter(query), ProductOrder.RELEVANCE, null);
        List<String> listed = Contexts.visitor(tenant)
                .supply(() -> new ListingStore(catalog.database())
                        .list(listing, Drafts.now(), 100).stream()
                                .map(row -> row.product().sku())
                                .toList());
        assertThat(Contexts.visitor(tenant)
                        .supply(() -> new FacetStore(catalog.database()).count(filter(query)))
                        .total())
                .isEqualTo(listed.size());
        return listed;
    }

    private static ProductFilter filter(String query) {
        return filter(query, SearchLanguages.ENGLISH);
    }

    private static ProductFilter filter(String query, SearchLanguages languages) {
        return new ProductFilter(
                query, Spelling.AS_TYPED, null, List.of(), List.of(), Map.of(), null, null, null, null, languages);
    }

    private void follow(int batchProducts) {
        RequestContext.ofSystem(null).run(() -> new FollowingLanguages(store, languages, batchProducts).run());
    }

    @Test
    void germanPluralsAreFoundInAGermanShopAndNotInAnEnglishOne() {
        for (UUID tenant : List.of(german, english)) {
            write(tenant, "L1", "Eine Lampe für den Tisch");
            write(tenant, "H1", "Zwei schöne Häuser aus Holz");
        }
        languages.tags.put(german, "de-AT");
        assertThat(found(german, "Lampen")).isEmpty();

        follow(1);

        assertThat(found(german, "Lampen")).containsExactly("L1");
        assertThat(found(german, "Haus")).containsExactly("H1");
        assertThat(found(english, "Lampen")).isEmpty();
        assertThat(found(german, "Modell L1")).containsExactly("L1");

        write(german, "L2", "Noch eine Lampe");
        assertThat(found(german, "Lampen")).containsExactlyInAnyOrder("L1", "L2");
    }

    @Test
    void aShopThatFailsDoesNotKeepTheOthersWaiting() {
        for (UUID tenant : List.of(german, english)) {
            write(tenant, "L1", "Eine Lampe für den Tisch");
            languages.tags.put(tenant, "de");
        }
        // Shops are looked at in the order of their ids, which is that of their texts.
        boolean germanFirst = german.toString().compareTo(english.toString()) < 0;
        UUID other = germanFirst ? english : german;
        languages.unknown = germanFirst ? german : english;

        assertThatThrownBy(() -> follow(1)).hasMessageContaining("1 shops");

        assertThat(found(other, "Lampen")).containsExactly("L1");
        assertThat(found(Objects.requireNonNull(languages.unknown), "Lampen")).isEmpty();
    }

    @Test
    void whileProductsAreIndexedAnewThoseOfBothLanguagesAreFoundAndTheNextRunGoesOn() {
        for (int i = 0; i < 6; i++) {
            write(german, "B" + i, "Running Häuser " + i);
        }
        languages.tags.put(german, "de");
        store.change(new SearchLanguageStore.Shop(german, SearchLanguage.ENGLISH, true), "de", SearchLanguage.GERMAN);
        UUID last = store.index(german, new UUID(0, 0), 2);
        assertThat(last).isNotNull();
        assertThat(store.end(german)).isFalse();

        assertThat(found(german, "running")).hasSize(6);
        assertThat(found(german, "Haus")).hasSize(2);

        // A shop that changes its mind meanwhile is listened to when this is done.
        languages.tags.put(german, "fr");
        follow(2);
        assertThat(found(german, "Haus")).hasSize(6);
        follow(2);
        assertThat(found(german, "Haus")).isEmpty();
        assertThat(configs()).containsOnly("french");
    }

    @Test
    void aProductThatIsWrittenWhileTheLanguageChangesIsIndexedInTheNewOne() throws InterruptedException {
        write(german, "FIRST", "Eine Lampe");
        languages.tags.put(german, "de");
        Concurrently.run(4, index -> {
                    if (index == 0) {
                        follow(3);
                    } else {
                        for (int i = 0; i < 15; i++) {
                            write(german, "W" + index + "-" + i, "Eine Lampe");
                        }
                    }
                    return index;
                })
                .valuesOrThrow();
        follow(3);
        assertThat(configs()).containsOnly("german");
        assertThat(found(german, "Lampen")).hasSize(46);
        assertThat(store.shops()).containsExactly(new SearchLanguageStore.Shop(german, SearchLanguage.GERMAN, true));
    }

    private List<String> configs() {
        return catalog.admin()
                .sql("SELECT search_config FROM products WHERE tenant_id = ?")
                .param(german)
                .query(String.class)
                .list();
    }

    @Test
    void whatIsIndexedInAnotherLanguageThanTheShopsIsIndexedAnewWhenItIsWritten() {
        write(german, "FIRST", "Eine Lampe");
        catalog.admin()
                .sql("INSERT INTO search_languages (tenant_id, language, config) VALUES (?, 'de', 'german')")
                .param(german)
                .update();
        Contexts.system(german)
                .supply(() -> catalog.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("UPDATE products SET price = 12 WHERE tenant_id = ? AND sku = 'FIRST'")
                                .param(german)
                                .update()));
        assertThat(configs()).containsOnly("german");
        assertThat(found(german, "Lampen")).containsExactly("FIRST");
    }

    @Test
    void theIndexIsUsedInEveryLanguage() {
        languages.tags.put(german, "de");
        catalog.admin().sql("""
                        INSERT INTO products (tenant_id, id, sku, slug, name, description, price, currency)
                        SELECT :tenant, gen_random_uuid(), 'S' || n, 's-' || n, 'Ding ' || md5(n::text),
                            CASE WHEN n % 1000 = 0 THEN 'Eine Lampe' ELSE 'Ein ' || md5((n + 1)::text) END, 1, 'EUR'
                        FROM generate_series(1, 5000) n
                        """).param("tenant", german).update();
        follow(1000);
        catalog.admin().sql("VACUUM ANALYZE products").update();
        ProductListing listing = new ProductListing(
                filter("Lampen", new SearchLanguages(SearchLanguage.GERMAN, SearchLanguage.ENGLISH)),
                ProductOrder.RELEVANCE,
                null);
        String plan = Contexts.visitor(german).supply(() -> {
            ListingStore.Query query = ListingStore.search(listing, Drafts.now(), 20);
            return catalog.database()
                    .asReadonly(tx -> String.join(
                            "\n",
                            tx.jdbc()
                                    .sql("EXPLAIN " + query.sql())
                                    .params(query.parameters())
                                    .query(String.class)
                                    .list()));
        });
        assertThat(plan).contains("idx_products_search").doesNotContain("Seq Scan");
        assertThat(found(german, "Lampen")).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "de,GERMAN",
        "de-AT,GERMAN",
        "en-GB,ENGLISH",
        "pt-BR,PORTUGUESE",
        "nb,NORWEGIAN",
        "zh-Hans,SIMPLE",
        "ja,SIMPLE"
    })
    void aTagNamesALanguageOrNone(String tag, SearchLanguage language) {
        assertThat(SearchLanguage.of(tag)).isEqualTo(language);
    }

    @ParameterizedTest
    @EnumSource
    void postgresKnowsEachLanguage(SearchLanguage language) {
        assertThat(SearchLanguage.ofConfig(language.config())).isEqualTo(language);
        assertThat(catalog.admin()
                        .sql("SELECT to_tsvector(?::regconfig, 'word')::text")
                        .param(language.config())
                        .query(String.class)
                        .single())
                .isNotEmpty();
    }
}
