package org.cartulary.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.shipping.FindTaxRates;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@Tag("SHP-01")
class TaxRatesDbTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");

    private static TestDatabase shipping;
    private static TenantVersions versions;

    private final UUID tenant = Contexts.newTenant();
    private final TaxRateStore store = new TaxRateStore(shipping.database());
    private final TaxEndpoint taxes = new TaxEndpoint(new Taxing(versions, store));
    private final TaxRatesController controller = new TaxRatesController(store, new Cursors(new byte[32]));

    @BeforeAll
    static void createDatabase() {
        shipping = TestDatabase.create("shipping");
        versions = new TenantVersions(shipping.database(), "shipping_versions");
    }

    @AfterAll
    static void dropDatabase() {
        versions.close();
        shipping.close();
    }

    private static TaxRateDraft draft(String country, @Nullable String state, String category, String percent) {
        return new TaxRateDraft(
                country, state, category, category + " " + percent, new BigDecimal(percent), null, null);
    }

    private static TaxRateDraft during(@Nullable Instant from, @Nullable Instant until, String percent) {
        return new TaxRateDraft("DE", null, "standard", "VAT", new BigDecimal(percent), from, until);
    }

    private ResponseEntity<TaxRateView> put(String code, TaxRateDraft draft) {
        return Contexts.system(tenant).supply(() -> controller.put(code, draft));
    }

    private void remove(String code) {
        Contexts.system(tenant).run(() -> controller.remove(code));
    }

    private List<String> percents(String country, @Nullable String state, Instant at) {
        return Contexts.system(tenant).supply(() -> taxes.find(new FindTaxRates(country, state, at))).stream()
                .map(rate -> rate.category() + " " + rate.percent())
                .toList();
    }

    private static String refusal(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run).code();
    }

    @Test
    void theMostSpecificRateOfEachCategoryWins() {
        put("everywhere", draft("*", null, "standard", "5"));
        put("de", draft("DE", null, "standard", "19"));
        put("de-reduced", draft("DE", null, "reduced", "7.0000"));
        put("us", draft("US", null, "standard", "0"));
        put("us-ny", draft("US", " ny ", "standard", "8.875"));
        put("us-ny-shipping", draft("US", "NY", "shipping", "4"));

        assertThat(percents("DE", null, NOW)).containsExactly("reduced 7", "standard 19");
        assertThat(percents("DE", "Bayern", NOW)).containsExactly("reduced 7", "standard 19");
        assertThat(percents("US", "ny", NOW)).containsExactly("shipping 4", "standard 8.875");
        assertThat(percents("US", "TX", NOW)).containsExactly("standard 0");
        assertThat(percents("FR", null, NOW)).containsExactly("standard 5");
    }

    @Test
    void aRateAppliesFromItsFirstInstantUntilItsLast() {
        put("until", during(null, NEW_YEAR, "19"));
        put("from", during(NEW_YEAR, null, "21"));

        assertThat(percents("DE", null, NEW_YEAR.minusMillis(1))).containsExactly("standard 19");
        assertThat(percents("DE", null, NEW_YEAR)).containsExactly("standard 21");
        remove("until");
        assertThat(percents("DE", null, NOW)).isEmpty();
    }

    @Test
    void aPlaceHasOneRateForACategoryAtATimeWhoeverWrites() throws Exception {
        put("until", during(null, NEW_YEAR, "19"));
        assertThat(refusal(() -> put("early", during(NOW, null, "20")))).isEqualTo("tax-rate-overlaps");
        assertThat(refusal(() -> put("always", during(null, null, "20")))).isEqualTo("tax-rate-overlaps");

        Concurrently.Results<ResponseEntity<TaxRateView>> results =
                Concurrently.run(6, i -> put("from-" + i, during(NEW_YEAR, null, "2" + i)));

        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .hasSize(5)
                .allSatisfy(failure ->
                        assertThat(((ProblemException) failure).code()).isEqualTo("tax-rate-overlaps"));
        assertThat(percents("DE", null, NEW_YEAR)).hasSize(1);
    }

    @Test
    void puttingTheSameChangesNothingAndAChangeIsSeenAtOnce() {
        ResponseEntity<TaxRateView> created = put("de", draft("DE", null, "standard", "19"));
        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(percents("DE", null, NOW)).containsExactly("standard 19");
        ResponseEntity<TaxRateView> again =
                put("de", new TaxRateDraft("DE", null, "standard", "standard 19", new BigDecimal("19.00"), null, null));
        assertThat(again.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(again.getBody()).isEqualTo(created.getBody());

        TaxRateView changed = Objects.requireNonNull(
                put("de", draft("DE", null, "standard", "16")).getBody());
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.percent()).isEqualTo(new BigDecimal("16"));
        assertThat(percents("DE", null, NOW)).containsExactly("standard 16");
        remove("de");
        assertThat(percents("DE", null, NOW)).isEmpty();
        assertThat(refusal(() -> remove("de"))).isEqualTo("tax-rate-not-found");
        assertThat(actions()).containsExactly("tax-rate.created", "tax-rate.changed", "tax-rate.removed");
    }

    private List<String> actions() {
        return shipping.admin()
                .sql("SELECT action FROM audit_log WHERE tenant_id = :tenant ORDER BY number")
                .param("tenant", tenant)
                .query(String.class)
                .list();
    }

    @Test
    void aRateThatCannotBeIsRefused() {
        assertThat(refusal(() -> put("DE 19", draft("DE", null, "standard", "19"))))
                .isEqualTo("invalid-name");
        assertThat(refusal(() -> put("uk", draft("UK", null, "standard", "20"))))
                .isEqualTo("invalid-countries");
        assertThat(refusal(() -> put("all", draft("*", "NY", "standard", "20"))))
                .isEqualTo("invalid-states");
        assertThat(refusal(() -> put("late", during(NEW_YEAR, NEW_YEAR, "20")))).isEqualTo("invalid-period");
    }

    @Test
    @Tag("PLT-15")
    void ratesAreListedPageByPage() {
        for (String country : List.of("fr", "de", "it")) {
            put(country, draft(country.toUpperCase(java.util.Locale.ROOT), null, "standard", "20"));
        }
        Page<TaxRateView> first = Contexts.system(tenant).supply(() -> controller.list(2, null));
        assertThat(first.items()).extracting(TaxRateView::code).containsExactly("de", "fr");
        Page<TaxRateView> second = Contexts.system(tenant)
                .supply(() -> controller.list(2, first.page().next()));
        assertThat(second.items()).extracting(TaxRateView::code).containsExactly("it");
    }

    @Test
    @Tag("PLT-17")
    void anotherShopHasOtherRates() {
        put("de", draft("DE", null, "standard", "19"));
        var other = Contexts.system(Contexts.newTenant());
        assertThat(other.supply(() -> taxes.find(new FindTaxRates("DE", null, NOW))))
                .isEmpty();
        assertThat(other.supply(() -> controller.put("de", draft("DE", null, "standard", "19"))))
                .extracting(ResponseEntity::getStatusCode)
                .isEqualTo(HttpStatus.CREATED);
    }

    @Test
    void equalRatesAreEqualHoweverTheyAreWritten() {
        UUID id = UUID.randomUUID();
        assertThat(new TaxRate(id, "a", "A", new BigDecimal("10.0000")))
                .isEqualTo(new TaxRate(id, "a", "A", new BigDecimal("10")));
        assertThat(new TaxRate(id, "a", "A", new BigDecimal("10")).percent()).hasToString("10");
    }

    @Test
    void theReconcilerSeesRatesThatOverlapOrCannotBe() {
        try (TestDatabase broken = TestDatabase.create("shipping")) {
            TaxRateStore rates = new TaxRateStore(broken.database());
            Contexts.system(tenant).run(() -> {
                rates.put("until", during(null, NEW_YEAR, "19"));
                rates.put("from", during(NEW_YEAR, null, "21"));
            });
            ShippingInvariants checks = new ShippingInvariants(broken.database());
            assertThat(failed(checks)).isEmpty();
            broken.admin().sql("""
                    ALTER TABLE tax_rates DROP CONSTRAINT ex_tax_rates_period, DROP CONSTRAINT chk_tax_rates_percent;
                    UPDATE tax_rates SET valid_until = NULL, percent = 101 WHERE code = 'until'
                    """).update();
            assertThat(failed(checks)).containsExactlyInAnyOrder("tax-rates-do-not-overlap", "tax-rates-are-sound");
        }
    }

    private static List<String> failed(ShippingInvariants checks) {
        return checks.check().stream()
                .filter(result -> !result.holds())
                .map(InvariantResult::name)
                .toList();
    }
}
