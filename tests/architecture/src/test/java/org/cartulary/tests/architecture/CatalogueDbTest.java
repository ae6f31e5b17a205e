package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.tests.architecture.CatalogueRule.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The database of every service keeps to every {@link CatalogueRule}. */
class CatalogueDbTest {

    private static final Set<CatalogueRule> ROLES =
            EnumSet.of(ROLES_ARE_PLAIN, THE_OWNER_OWNS_EVERYTHING, ROLES_HAVE_THE_LEAST_PRIVILEGES);

    private static final Set<CatalogueRule> TENANTS = EnumSet.of(
            TABLES_BELONG_TO_TENANTS_OR_THE_PLATFORM,
            ROW_SECURITY_IS_FORCED,
            THE_APPLICATION_SEES_ITS_TENANT_ONLY,
            PRIMARY_KEYS_BEGIN_WITH_THE_TENANT,
            UNIQUENESS_IS_WITHIN_THE_TENANT,
            FOREIGN_KEYS_STAY_WITHIN_THE_TENANT,
            VIEWS_SEE_WHAT_THEIR_READER_SEES);

    /** Breaches that are meant, with the reason as their value. */
    private static final Map<String, String> MEANT = Map.of(
            "uq_api_keys_key_hash of api_keys does not begin with the tenant",
            "a key is looked up by its hash before it is known whose it is",
            "create_event_partitions runs as its owner",
            "the worker has partitions made ahead, and otherwise creates no tables",
            "count_review runs as its owner",
            "customers write reviews, whose figures are in products, which customers do not write",
            "list_changed_stock runs as its owner",
            "vendors change variants, and only triggers write which products are shown as in stock",
            "record_changed_prices runs as its owner",
            "it alone writes the history of prices, which nobody else may write",
            "refresh_statistics runs as its owner",
            "nobody but the owner of a table can have its rows counted for the planner",
            "vendor_members does not keep customers apart",
            "it names who works for a vendor: its policies vendor_members_…_by_vendors let through the shop, and reading the vendor");

    private static final ServiceDatabases DATABASES = new ServiceDatabases();

    @AfterAll
    static void dropDatabases() {
        DATABASES.close();
    }

    static Stream<Arguments> conventions() {
        EnumSet<CatalogueRule> others = EnumSet.allOf(CatalogueRule.class);
        others.removeAll(ROLES);
        others.removeAll(TENANTS);
        return inEveryService(others);
    }

    static Stream<Arguments> tenants() {
        return inEveryService(TENANTS);
    }

    static Stream<Arguments> roles() {
        return inEveryService(ROLES);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("conventions")
    @Tag("PLT-03")
    void theSchemaKeepsTheConventions(String service, String title, CatalogueRule rule) {
        requireKept(service, rule);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("tenants")
    @Tag("PLT-17")
    void tenantsAreKeptApart(String service, String title, CatalogueRule rule) {
        requireKept(service, rule);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("roles")
    @Tag("PLT-02")
    void rolesHaveTheLeastPrivileges(String service, String title, CatalogueRule rule) {
        requireKept(service, rule);
    }

    private static Stream<Arguments> inEveryService(Set<CatalogueRule> rules) {
        return ServiceDatabases.services().stream()
                .flatMap(service -> rules.stream().map(rule -> Arguments.of(service, rule.title(), rule)));
    }

    private static void requireKept(String service, CatalogueRule rule) {
        List<String> breaches = new ArrayList<>(rule.breaches(
                DATABASES.of(service).admin(), service, MigrationScript.foreignKeysThatStateNoAction(service)));
        breaches.removeAll(MEANT.keySet());

        assertThat(breaches).as(service + ": " + rule.title()).isEmpty();
    }
}
