package org.cartulary.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.contracts.shipping.QuoteShipping;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.shipping.ZoneView.MethodView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

@Tag("SHP-01")
class ShippingDbTest {

    private static TestDatabase shipping;
    private static TenantVersions versions;

    private final UUID tenant = Contexts.newTenant();
    private final Quoting quotes = new Quoting(versions, new QuoteStore(shipping.database()));
    private final ShippingInvariants invariants = new ShippingInvariants(shipping.database());
    private final ShippingZonesController controller = new ShippingZonesController(
            new ZoneStore(shipping.database(), JsonMapper.builder().build()),
            new FixedTenants("GBP"),
            new Cursors(new byte[32]));

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

    private static Money pounds(String amount) {
        return Money.parse(amount, "GBP");
    }

    private static MethodDraft method(String name, String price, @Nullable String freeAbove) {
        return new MethodDraft(
                name, "Royal Mail", pounds(price), 3, freeAbove == null ? null : pounds(freeAbove), null, null, null);
    }

    private ResponseEntity<ZoneView> put(
            String name, List<String> countries, List<String> states, MethodDraft... methods) {
        return Contexts.system(tenant)
                .supply(() -> controller.put(name, new ZoneDraft(countries, states, List.of(methods))));
    }

    private ZoneView zone(String name, List<String> countries, MethodDraft... methods) {
        return put(name, countries, List.of(), methods).getBody();
    }

    private List<ShippingOption> quote(String country, @Nullable String state, String subtotal) {
        return Contexts.system(tenant)
                .supply(() -> quotes.quote(new QuoteShipping(country, state, pounds(subtotal), BigDecimal.ZERO)));
    }

    private String refusal(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run).code();
    }

    @Test
    void aStateIsFoundHoweverItIsWrittenAndWhateverTheDatabaseTakesForCapitals() {
        put("Hessen", List.of("DE"), List.of("Gro\u00df-Gerau"), method("Kurier", "9.00", null));
        for (String written : List.of("Gro\u00df-Gerau", "GROSS-GERAU", " gro\u00df-gerau\u2003")) {
            assertThat(quote("DE", written, "10.00")).as(written).hasSize(1);
        }
        assertThat(quote("DE", "Fulda", "10.00")).isEmpty();
    }

    @Test
    void theMostSpecificZoneWins() {
        zone("elsewhere", List.of("*"), method("World", "20.00", null));
        zone("islands", List.of("GB", "IE"), method("Isles", "4.00", null), method("Isles express", "3.00", null));
        put("new york", List.of("US"), List.of("ny"), method("New York", "15.00", null));
        zone("nowhere", List.of("KP"));

        assertThat(quote("GB", null, "1.00"))
                .extracting(ShippingOption::name)
                .containsExactly("Isles express", "Isles");
        assertThat(quote("US", " ny", "1.00")).extracting(ShippingOption::name).containsExactly("New York");
        assertThat(quote("US", "TX", "1.00")).extracting(ShippingOption::name).containsExactly("World");
        assertThat(quote("ZZ", null, "1.00")).extracting(ShippingOption::name).containsExactly("World");
        // A zone without methods excludes its country.
        assertThat(quote("KP", null, "1.00")).isEmpty();
    }

    @Test
    void aMethodIsFreeFromItsValueOnAndCheapestComesFirst() {
        zone("home", List.of("GB"), method("Standard", "4.00", "50.00"), method("Express", "3.00", null));

        assertThat(quote("GB", null, "49.99"))
                .extracting(ShippingOption::price)
                .containsExactly(pounds("3.00"), pounds("4.00"));
        assertThat(quote("GB", null, "50.00"))
                .extracting(ShippingOption::price)
                .containsExactly(pounds("0.00"), pounds("3.00"));
        assertThat(Contexts.system(tenant)
                        .supply(() -> quotes.quote(
                                new QuoteShipping("GB", null, Money.parse("60.00", "EUR"), BigDecimal.ZERO))))
                .isEmpty();
    }

    private List<ShippingOption> quoteWeighing(String kilograms, String subtotal) {
        return Contexts.system(tenant)
                .supply(() -> quotes.quote(new QuoteShipping("GB", null, pounds(subtotal), new BigDecimal(kilograms))));
    }

    private static MethodDraft weighed(
            String name, String pricePerKg, @Nullable String firstKg, @Nullable String maximum) {
        return new MethodDraft(
                name,
                "Royal Mail",
                pounds("4.00"),
                3,
                pounds("50.00"),
                pounds(pricePerKg),
                firstKg == null ? null : new BigDecimal(firstKg),
                maximum == null ? null : new BigDecimal(maximum));
    }

    @Test
    void aParcelCostsMoreTheMoreItWeighsAndIsNotSentByAMethodThatDoesNotCarryIt() {
        ZoneView zone = zone(
                "home", List.of("GB"), weighed("Parcel", "0.99", "2", "31.5"), weighed("Freight", "0.20", null, null));
        assertThat(zone.methods()).extracting(MethodView::pricePerKg).containsExactly(pounds("0.99"), pounds("0.20"));

        assertThat(quoteWeighing("0", "1.00")).extracting(ShippingOption::price).containsOnly(pounds("4.00"));
        assertThat(quoteWeighing("2", "1.00"))
                .extracting(ShippingOption::price)
                .containsExactly(pounds("4.00"), pounds("4.40"));
        // 1.5 kg more at 0.99 are 1.485, which is rounded half up, once.
        assertThat(quoteWeighing("3.5", "1.00"))
                .extracting(ShippingOption::price)
                .containsExactly(pounds("4.70"), pounds("5.49"));
        assertThat(quoteWeighing("31.5", "1.00")).hasSize(2);
        assertThat(quoteWeighing("31.501", "1.00"))
                .extracting(ShippingOption::name)
                .containsExactly("Freight");
        assertThat(quoteWeighing("31.501", "50.00"))
                .extracting(ShippingOption::price)
                .containsExactly(pounds("0.00"));
        assertThat(quoteWeighing("900000000", "1.00")).isEmpty();
    }

    @Test
    void puttingTheSameChangesNothingAndMethodsKeepTheirIds() {
        var created = put(
                "home", List.of("GB"), List.of(), method("Standard", "4.00", null), method("Express", "9.00", null));
        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        var again = put(
                "home", List.of("GB"), List.of(), method("Standard", "4.00", null), method("Express", "9.00", null));
        assertThat(again.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(again.getBody()).isEqualTo(created.getBody());

        ZoneView changed = zone("home", List.of("GB"), method("Standard", "5.00", null), method("Slow", "1.00", null));
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.methods()).extracting(MethodView::name).containsExactly("Standard", "Slow");
        assertThat(changed.methods().getFirst().id())
                .isEqualTo(created.getBody().methods().getFirst().id());
        assertThat(quote("GB", null, "1.00")).extracting(ShippingOption::name).containsExactly("Slow", "Standard");

        ZoneView revived = zone("home", List.of("GB"), method("Express", "9.00", null));
        assertThat(revived.methods())
                .extracting(MethodView::id)
                .containsExactly(created.getBody().methods().get(1).id());
    }

    @Test
    void writersOfOneZoneNeverMixTheirMethods() throws Exception {
        List<ZoneView> answers = Concurrently.run(
                        6,
                        i -> zone(
                                "home",
                                List.of("GB"),
                                method("A" + i, i + ".00", null),
                                method("B" + i, i + ".50", null)))
                .valuesOrThrow();

        assertThat(answers)
                .extracting(ZoneView::id)
                .containsOnly(answers.getFirst().id());
        assertThat(quote("GB", null, "1.00")).hasSize(2);
        assertThat(answers).extracting(ZoneView::version).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
    }

    /** Deterministic, unlike the one above: the second comes while the first has written and not committed yet. */
    @Test
    void aWriterWaitsForTheOneBeforeItAndReplacesTheMethodsOfThatOne() throws Exception {
        zone("home", List.of("GB"), method("X", "1.00", null));
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ZoneView> second = Contexts.system(tenant)
                    .supply(() -> shipping.database().inTransaction(tx -> {
                        tx.jdbc()
                                .sql(
                                        "SELECT put_shipping_zone(:id, 'home', '{GB}', '{}', jsonb_build_array(:method::jsonb))")
                                .param("id", Ids.next())
                                .param("method", """
                                        {"id": "%s", "name": "A", "carrier": "Royal Mail", "estimatedDays": 3,
                                         "price": {"amount": "2.00", "currency": "GBP"}}""".formatted(Ids.next()))
                                .query(String.class)
                                .single();
                        Future<ZoneView> waiting =
                                other.submit(() -> zone("home", List.of("GB"), method("B", "3.00", null)));
                        shipping.awaitLockWaitOr(waiting::isDone);
                        return waiting;
                    }));

            assertThat(second.get(60, TimeUnit.SECONDS).version()).isEqualTo(3);
        }
        assertThat(quote("GB", null, "1.00")).extracting(ShippingOption::name).containsExactly("B");
    }

    @Test
    void anInconsistentZoneIsRefused() {
        assertThat(refusal(() -> zone("a", List.of("*", "GB")))).isEqualTo("invalid-countries");
        // Codes that are merely reserved, or left to their users, are no countries.
        for (String country : List.of("UK", "EU", "ZZ", "QQ")) {
            assertThat(refusal(() -> zone("a", List.of("GB", country)))).isEqualTo("invalid-countries");
        }
        assertThat(refusal(() -> put("a", List.of("GB", "US"), List.of("NY")))).isEqualTo("invalid-states");
        assertThat(refusal(() -> put("a", List.of("*"), List.of("NY")))).isEqualTo("invalid-states");
        assertThat(refusal(() -> zone("a", List.of("GB"), method("A", "1.00", null), method("A", "2.00", null))))
                .isEqualTo("duplicate-method");
        assertThat(refusal(() -> zone("a", List.of("GB"), method("A", "-1.00", null))))
                .isEqualTo("invalid-money");
        assertThat(refusal(() -> zone(
                        "a",
                        List.of("GB"),
                        new MethodDraft("A", null, Money.parse("1.00", "EUR"), 1, null, null, null, null))))
                .isEqualTo("unsupported-currency");
    }

    @Test
    @Tag("PLT-15")
    void zonesAreListedPageByPage() {
        for (String name : List.of("c", "a", "e", "b", "d")) {
            zone(name, List.of("GB"));
        }
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<ZoneView> page = Contexts.system(tenant).supply(() -> controller.list(2, from));
            page.items().forEach(one -> names.add(one.name()));
            cursor = page.page().next();
        } while (cursor != null);
        assertThat(names).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    @Tag("PLT-17")
    void anotherShopSeesNoZone() {
        zone("home", List.of("*"), method("Standard", "4.00", null));
        var other = Contexts.system(Contexts.newTenant());

        assertThat(other.supply(() -> quotes.quote(new QuoteShipping("GB", null, pounds("1.00"), BigDecimal.ZERO))))
                .isEmpty();
        assertThat(other.supply(() -> controller.list(null, null)).items()).isEmpty();
        assertThat(other.<Integer>supply(() -> shipping.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("UPDATE shipping_methods SET price = 0")
                                .update())))
                .isZero();
    }

    @Test
    void theReconcilerSeesEveryBrokenInvariant() {
        try (TestDatabase broken = TestDatabase.create("shipping")) {
            ZoneStore zones =
                    new ZoneStore(broken.database(), JsonMapper.builder().build());
            Contexts.system(tenant)
                    .run(() -> zones.put(
                            "home",
                            new ZoneDraft(
                                    List.of("GB"),
                                    null,
                                    List.of(method("A", "1.00", null), method("B", "1.00", null)))));
            ShippingInvariants checks = new ShippingInvariants(broken.database());
            assertThat(checks.check()).hasSizeGreaterThanOrEqualTo(6).allMatch(InvariantResult::holds);

            broken.admin().sql("""
                    ALTER TABLE shipping_methods DROP CONSTRAINT uq_shipping_methods_name,
                        DROP CONSTRAINT fk_shipping_methods_zone, DROP CONSTRAINT chk_shipping_methods_price;
                    ALTER TABLE shipping_zones DROP CONSTRAINT chk_shipping_zones_countries;
                    UPDATE shipping_methods SET name = 'A', price = -1, zone_id = tenant_id;
                    UPDATE shipping_zones SET countries = '{*,GB}'
                    """).update();
            assertThat(checks.check().subList(0, 4))
                    .noneMatch(InvariantResult::holds)
                    .noneMatch(result -> result.examples().isEmpty());
        }
        assertThat(invariants.check()).allMatch(InvariantResult::holds);
    }
}
