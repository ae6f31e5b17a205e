package org.cartulary.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.OrderRules;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantPlacement;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

@Tag("PLT-17")
class TenantDirectoryDbTest {

    private static TestDatabase test;

    private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final TenantDirectory directory = new TenantDirectory(test.database(), ApiJson.tolerant(), clock);
    private final TenantEndpoint endpoint = new TenantEndpoint(directory);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("tenant");
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private static CreateTenant command(String name, String... hosts) {
        return new CreateTenant(name, "The shop", List.of(hosts), TenantSettings.defaults("GBP"));
    }

    private static SettingsChange currency(@Nullable String currency) {
        return new SettingsChange(currency, null, null, null, null, null, null, null);
    }

    private Tenant change(Tenant tenant, long version, SettingsChange change) {
        return Contexts.staff(tenant.id()).supply(() -> directory.changeSettings(version, change));
    }

    @Test
    void aTenantIsFoundByItsIdAndItsHosts() {
        Tenant created = endpoint.ensure(command("by-host", "Shop.Example.org", "www.example.org"));
        assertThat(created.hosts()).containsExactly("shop.example.org", "www.example.org");
        assertThat(endpoint.find(new FindTenant(created.id()))).isEqualTo(created);
        assertThat(endpoint.findByHost(new FindTenantByHost("SHOP.example.org")))
                .isEqualTo(created);
        assertThat(endpoint.findByHost(new FindTenantByHost("nobody.example.org")))
                .isNull();
        assertThat(endpoint.find(new FindTenant(UUID.randomUUID()))).isNull();
    }

    @Test
    void aTenantIsCreatedOnceHoweverManyTryAtOnce() throws InterruptedException {
        List<Tenant> tenants = Concurrently.run(8, index -> endpoint.ensure(command("at-once", "at-once.example.org")))
                .valuesOrThrow();
        assertThat(tenants)
                .extracting(Tenant::id)
                .hasSize(8)
                .containsOnly(tenants.getFirst().id());
    }

    @Test
    void aTenantThatExistsIsLeftAlone() {
        Tenant first = endpoint.ensure(command("left-alone", "left-alone.example.org"));
        Tenant second =
                endpoint.ensure(new CreateTenant("left-alone", "Other", List.of(), TenantSettings.defaults("EUR")));
        assertThat(second).isEqualTo(first);
        assertThat(directory.create(command("left-alone"))).isInstanceOf(CreateTenantResult.NameTaken.class);
    }

    @Test
    void aHostNameLeadsToOneTenantAndATakenOneCreatesNothing() {
        endpoint.ensure(command("host-owner", "owned.example.org"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> endpoint.ensure(command("host-taker", "free.example.org", "owned.example.org")))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("host-taken"));
        assertThat(directory.list("host-taker", null, 10)).isEmpty();
        assertThat(endpoint.findByHost(new FindTenantByHost("free.example.org")))
                .isNull();
    }

    @Test
    void aHostThatWasUnknownIsFoundAsSoonAsItsTenantIsCreated() {
        assertThat(endpoint.findByHost(new FindTenantByHost("soon.example.org")))
                .isNull();
        Tenant created = endpoint.ensure(command("soon", "soon.example.org"));
        assertThat(endpoint.findByHost(new FindTenantByHost("soon.example.org")))
                .isEqualTo(created);
    }

    @Test
    void ownChangesAreSeenAtOnceAndThoseOfOtherProcessesAfterTwoSeconds() {
        Tenant tenant = endpoint.ensure(command("cached", "cached.example.org"));
        TenantEndpoint elsewhere = new TenantEndpoint(new TenantDirectory(test.database(), ApiJson.tolerant(), clock));
        assertThat(elsewhere.find(new FindTenant(tenant.id()))).isEqualTo(tenant);
        Tenant changed = change(tenant, 1, currency("USD"));
        assertThat(endpoint.find(new FindTenant(tenant.id()))).isEqualTo(changed);
        assertThat(endpoint.findByHost(new FindTenantByHost("cached.example.org")))
                .isEqualTo(changed);
        assertThat(elsewhere.find(new FindTenant(tenant.id()))).isEqualTo(tenant);
        clock.advance(ShortLivedCache.LIFE);
        assertThat(elsewhere.find(new FindTenant(tenant.id()))).isEqualTo(changed);
    }

    @Test
    void whatASettingsChangeLeavesOutStaysAsItIs() {
        Tenant tenant = endpoint.ensure(command("partial"));
        SettingsChange.OrderRulesChange rules =
                new SettingsChange.OrderRulesChange(null, new BigDecimal("500"), 2000, null, null);
        Tenant changed =
                change(tenant, 1, new SettingsChange(null, "pt-BR", "Europe/London", rules, null, 7, null, true));
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.settings())
                .isEqualTo(new TenantSettings(
                        "GBP",
                        "pt-BR",
                        "Europe/London",
                        new OrderRules(new BigDecimal("10.00"), new BigDecimal("500"), 2000, 5, 30),
                        tenant.settings().reservations(),
                        7,
                        60,
                        true));
        assertThat(endpoint.find(new FindTenant(tenant.id()))).isEqualTo(changed);
    }

    @Test
    @Tag("ORD-05")
    void aNewShopTakesOrdersOfAThousandToAMillionMinorUnitsOfItsCurrency() {
        OrderRules euros = created("in-euros", null).orders();
        OrderRules yen = created("in-yen", currency("JPY")).orders();

        assertThat(euros.minimumTotal()).isEqualTo(new BigDecimal("10.00"));
        assertThat(euros.maximumTotal()).isEqualTo(new BigDecimal("10000.00"));
        assertThat(yen.minimumTotal()).isEqualTo(new BigDecimal("1000"));
        assertThat(yen.maximumTotal()).isEqualTo(new BigDecimal("1000000"));
        SettingsChange.OrderRulesChange rules =
                new SettingsChange.OrderRulesChange(BigDecimal.ZERO, null, null, null, null);
        assertThat(created("in-won", new SettingsChange("KRW", null, null, rules, null, null, null, null))
                        .orders())
                .isEqualTo(new OrderRules(BigDecimal.ZERO, new BigDecimal("1000000"), 50, 5, 30));
        assertThat(new TenantRequest("in-nothing", "Shop", List.of(), currency("XXQ"))
                        .command()
                        .settings()
                        .orders())
                .isEqualTo(OrderRules.DEFAULTS);
    }

    private TenantSettings created(String name, @Nullable SettingsChange settings) {
        Tenant tenant = endpoint.ensure(new TenantRequest(name, "Shop", List.of(), settings).command());
        return endpoint.find(new FindTenant(tenant.id())).settings();
    }

    @Test
    @Tag("PLT-05")
    void ofTwoChangesOfTheSameVersionOneIsRefused() throws Exception {
        Tenant tenant = endpoint.ensure(command("versions"));
        Concurrently.Results<Tenant> results = Contexts.staff(tenant.id())
                .call(() -> Concurrently.run(6, index -> directory.changeSettings(1, currency("USD"))));
        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .hasSize(5)
                .allSatisfy(failure ->
                        assertThat(((ProblemException) failure).code()).isEqualTo("precondition-failed"));
    }

    @Test
    void settingsWithWhichAShopCannotWorkAreRefusedWithEverythingThatIsWrong() {
        Tenant tenant = endpoint.ensure(command("refused"));
        SettingsChange.OrderRulesChange rules =
                new SettingsChange.OrderRulesChange(new BigDecimal("20000"), new BigDecimal("100.001"), 0, null, null);
        assertThat(problems(tenant, new SettingsChange("GBP", "Latin", "Mars/Olympus", rules, null, 366, null, null)))
                .containsExactlyInAnyOrder(
                        "/language",
                        "/timeZone",
                        "/orders/maximumTotal",
                        "/orders/minimumTotal",
                        "/orders/maximumLines",
                        "/cartDays");
        assertThat(problems(tenant, currency("KWD"))).containsExactly("/currency");
        assertThat(problems(tenant, currency("XXQ"))).containsExactly("/currency");
    }

    private List<String> problems(Tenant tenant, SettingsChange change) {
        try {
            change(tenant, 1, change);
            return List.of();
        } catch (ProblemException problem) {
            return problem.errors().stream().map(ProblemError::pointer).toList();
        }
    }

    @Test
    void anApplicationSessionReachesItsOwnTenantOnly() {
        Tenant own = endpoint.ensure(command("own", "own.example.org"));
        Tenant other = endpoint.ensure(command("other", "other.example.org"));
        Contexts.staff(own.id())
                .run(() -> test.database().inTransaction(tx -> {
                    assertThat(tx.jdbc()
                                    .sql("SELECT name FROM tenants")
                                    .query(String.class)
                                    .list())
                            .containsExactly("own");
                    assertThat(tx.jdbc()
                                    .sql("SELECT host FROM tenant_hosts")
                                    .query(String.class)
                                    .list())
                            .containsExactly("own.example.org");
                    return tx.jdbc()
                            .sql("UPDATE tenants SET display_name = 'theirs' WHERE id <> :id")
                            .param("id", own.id())
                            .update();
                }));
        clock.advance(ShortLivedCache.LIFE);
        assertThat(endpoint.find(new FindTenant(other.id()))).isEqualTo(other);
    }

    @Test
    void aTenantIsRenamedAndItsHostsReplaced() {
        Tenant tenant = endpoint.ensure(command("moving", "old.example.org", "kept.example.org"));
        TenantChange change = new TenantChange("The moved shop", List.of("kept.example.org", "New.example.org"));
        Tenant changed = Contexts.staff(tenant.id()).supply(() -> directory.change(1, change));

        assertThat(changed.displayName()).isEqualTo("The moved shop");
        assertThat(changed.hosts()).containsExactly("kept.example.org", "new.example.org");
        assertThat(endpoint.findByHost(new FindTenantByHost("old.example.org"))).isNull();
        assertThat(endpoint.findByHost(new FindTenantByHost("new.example.org"))).isEqualTo(changed);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Contexts.staff(tenant.id()).supply(() -> directory.change(1, change)))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("precondition-failed"));
    }

    @Test
    void aHostNameOfAnotherTenantCannotBeTakenByAChange() {
        Tenant owner = endpoint.ensure(command("keeps-host", "kept-by-owner.example.org"));
        Tenant taker = endpoint.ensure(command("takes-host", "taker.example.org"));
        TenantChange change = new TenantChange("Taker", List.of("kept-by-owner.example.org"));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Contexts.staff(taker.id()).supply(() -> directory.change(1, change)))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("host-taken"));
        assertThat(endpoint.findByHost(new FindTenantByHost("kept-by-owner.example.org")))
                .isEqualTo(owner);
        assertThat(endpoint.findByHost(new FindTenantByHost("taker.example.org")))
                .isEqualTo(taker);
    }

    @Test
    void aSuspensionIsSeenAtOnceHereAndAfterTwoSecondsElsewhere() {
        Tenant tenant = endpoint.ensure(command("suspended", "suspended.example.org"));
        TenantEndpoint elsewhere = new TenantEndpoint(new TenantDirectory(test.database(), ApiJson.tolerant(), clock));
        assertThat(elsewhere.find(new FindTenant(tenant.id()))).isEqualTo(tenant);

        Tenant suspended = setActive(tenant, false);

        assertThat(suspended.active()).isFalse();
        assertThat(endpoint.find(new FindTenant(tenant.id()))).isEqualTo(suspended);
        assertThat(endpoint.findByHost(new FindTenantByHost("suspended.example.org")))
                .isEqualTo(suspended);
        clock.advance(ShortLivedCache.LIFE);
        assertThat(elsewhere.find(new FindTenant(tenant.id()))).isEqualTo(suspended);
        assertThat(setActive(tenant, true).active()).isTrue();
    }

    @Test
    void ofManyWhoSuspendATenantAtOnceOneDoesIt() throws Exception {
        Tenant tenant = endpoint.ensure(command("suspended-once"));

        List<Tenant> answers =
                Concurrently.run(6, index -> setActive(tenant, false)).valuesOrThrow();

        assertThat(answers).extracting(Tenant::active).containsOnly(false);
        assertThat(answers).extracting(Tenant::version).containsOnly(2L);
        assertThat(test.admin()
                        .sql("SELECT reason FROM tenant_state_changes WHERE tenant_id = :id")
                        .param("id", tenant.id())
                        .query(String.class)
                        .list())
                .containsExactly("the invoice is open");
    }

    @Test
    void whoSuspendedATenantIsNotRewritten() {
        Tenant tenant = endpoint.ensure(command("noted"));
        setActive(tenant, false);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> Contexts.staff(tenant.id())
                        .run(() -> test.database()
                                .inTransaction(tx -> tx.jdbc()
                                        .sql("UPDATE tenant_state_changes SET reason = 'none'")
                                        .update())));
    }

    private Tenant setActive(Tenant tenant, boolean active) {
        return Contexts.staff(tenant.id())
                .supply(() -> directory.setActive(active, new StateChange("the invoice is open")));
    }

    @Test
    void settingsThatWereStoredBeforeAPartOfThemExistedHaveItsDefault() {
        Tenant tenant = endpoint.ensure(command("before-languages"));
        test.admin()
                .sql("UPDATE tenants SET settings = settings - 'language' WHERE id = :id")
                .param("id", tenant.id())
                .update();
        assertThat(endpoint.find(new FindTenant(tenant.id()))).isEqualTo(tenant);
    }

    @Test
    @Tag("PLT-20")
    void theDirectoryNamesWhereEachTenantIs() {
        Tenant shared = endpoint.ensure(command("placed-shared"));
        Tenant own = endpoint.ensure(command("placed-schema"));
        Tenant away = endpoint.ensure(command("placed-shard"));
        assertThat(shared.placement()).isEqualTo(TenantPlacement.SHARED);
        place(own, "placement = 'schema'");
        place(away, "placement = 'shard', shard = 'north'");
        clock.advance(ShortLivedCache.LIFE);
        assertThat(placement(own)).isEqualTo(new TenantPlacement(TenantPlacement.Kind.SCHEMA, "tenant_placed_schema"));
        assertThat(placement(away)).isEqualTo(new TenantPlacement(TenantPlacement.Kind.SHARD, "north"));
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> place(away, "shard = NULL"));
    }

    private void place(Tenant tenant, String where) {
        test.admin()
                .sql("UPDATE tenants SET " + where + " WHERE id = :id")
                .param("id", tenant.id())
                .update();
    }

    private TenantPlacement placement(Tenant tenant) {
        return directory.find(tenant.id()).orElseThrow().placement();
    }

    @Test
    void theSchemaOfATenantIsDerivedFromItsName() {
        endpoint.ensure(command("a-b-c"));
        assertThat(test.admin()
                        .sql("SELECT schema_name || ' ' || placement FROM tenants WHERE name = 'a-b-c'")
                        .query(String.class)
                        .single())
                .isEqualTo("tenant_a_b_c shared");
    }

    @Test
    @Tag("PLT-15")
    void tenantsAreListedByName() {
        endpoint.ensure(command("zz-1"));
        endpoint.ensure(command("zz-2"));
        endpoint.ensure(command("zz-3"));
        assertThat(directory.list(null, "zz-1", 1)).extracting(Tenant::name).containsExactly("zz-2");
        assertThat(directory.list("zz-3", null, 10)).extracting(Tenant::name).containsExactly("zz-3");
    }

    @Test
    void theCacheIsBounded() {
        ShortLivedCache<Integer, String> cache = new ShortLivedCache<>(clock);
        for (int i = 0; i < 3 * ShortLivedCache.MAX_ENTRIES; i++) {
            cache.get(i, key -> java.util.Optional.empty());
        }
        assertThat(cache.size()).isLessThanOrEqualTo(ShortLivedCache.MAX_ENTRIES);
    }
}
