package org.cartulary.tests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.isolation.Intruder.Binding;
import org.cartulary.tests.isolation.Intruder.Outcome;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.HoldsThePlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * In every table, of every service, one shop attacks another one, and customers, visitors, vendors and those of whom nothing is said
 * attack the customers of the same shop: with the rights of the application, and past all of its code. The tables are those of the catalogue, so that a new one is attacked as well.
 */
@HoldsThePlatform("asks its databases itself")
@ExtendWith(Neighbourhood.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TableIsolationTest {

    private static final String REFUSED_BY_POLICY_OR_RIGHTS = "42501";

    /** Tables in which these shops' lives leave nothing; what can be tried without rows is tried in them, too. */
    private static final Set<String> WITHOUT_ROWS = Set.of(
            "erasures",
            "inventory_alerts",
            "inventory_analytics",
            "key_rotations",
            "operator_actions",
            "order_tombstones",
            "outbox_events",
            "page_sessions",
            "payment_methods",
            "payment_webhooks",
            "product_attributes",
            "product_images",
            "product_import_parts",
            "received_events",
            "recovery_codes",
            "search_languages",
            "second_factor_removals",
            "second_factors",
            "tax_rates",
            "tenant_state_changes");

    /** Carts of guests, and what they have saved, become those of customers: a customer sees them, and no other customer's. */
    private static final Map<String, String> ROWS_OF_CUSTOMERS = Map.of(
            "carts", " where customer_id is not null",
            "cart_items", " where cart_id in (select id from carts where customer_id is not null)",
            "saved_lists", " where customer_id is not null",
            "saved_items", " where list_id in (select id from saved_lists where customer_id is not null)");

    private final DatabaseOwner owner;
    private final WalkedShop attacker;
    private final WalkedShop victim;

    private final List<String> breaches = new ArrayList<>();
    private final Set<String> attackedRows = new HashSet<>();
    private final Set<String> attackedEmpty = new TreeSet<>();
    private final Set<String> ownRows = new TreeSet<>();
    private int attempts;

    TableIsolationTest(Neighbourhood neighbourhood) {
        owner = neighbourhood.owner();
        attacker = neighbourhood.shop();
        victim = neighbourhood.other();
    }

    private interface Attack {
        void on(JdbcClient superuser, Intruder intruder, TenantTable table) throws SQLException;
    }

    private void attackAll(Attack attack) throws SQLException {
        for (ServiceName service : ServiceName.values()) {
            if (!service.keepsRecords()) {
                continue;
            }
            try (var connection = owner.connect(service.word());
                    Intruder intruder = new Intruder(owner, service.word())) {
                JdbcClient superuser = JdbcClient.create(new SingleConnectionDataSource(connection, true));
                for (TenantTable table : TenantTable.of(service.word(), superuser)) {
                    attack.on(superuser, intruder, table);
                }
                attempts += intruder.attempts();
            }
        }
    }

    @BeforeEach
    void beginAnew() {
        breaches.clear();
        attackedRows.clear();
        attackedEmpty.clear();
        ownRows.clear();
        attempts = 0;
    }

    @Test
    @Tag("PLT-17")
    void noTableGivesAShopAnythingOfAnotherOne() throws SQLException {
        attackAll(this::attackAsAShop);

        System.out.printf("isolation: %d attacks of a shop on the tables of another one%n", attempts);
        assertThat(breaches).isEmpty();
        assertThat(WITHOUT_ROWS).as("tables without rows of the attacked shop").containsAll(withoutRows());
    }

    private void attackAsAShop(JdbcClient superuser, Intruder intruder, TenantTable table) throws SQLException {
        Binding bound = Binding.of(attacker.tenantId());
        String theirs = " where %s = '%s'".formatted(table.tenantColumn(), victim.tenantId());
        String all = "select count(*) from " + table.name();
        noteRows(table, superuser.sql(all + theirs).query(Long.class).single());
        finds(0, table, "counts", intruder.attempt(bound, all + theirs));
        finds(0, table, "counts without a tenant", intruder.attempt(new Binding(null, "SYSTEM", null, null), all));
        isRefused(
                table,
                "counts with no policy",
                intruder.attempt(bound, "set local row_security = off; " + all + theirs));
        if (!table.isView()) {
            String tenant = table.tenantColumn();
            finds(
                    0,
                    table,
                    "locks",
                    intruder.attempt(
                            bound,
                            "select count(*) from (select from %s%s for update) locked"
                                    .formatted(table.name(), theirs)));
            finds(
                    0,
                    table,
                    "changes",
                    intruder.attempt(bound, "update %1$s set %2$s = %2$s%3$s".formatted(table.name(), tenant, theirs)));
            finds(
                    0,
                    table,
                    "takes over",
                    intruder.attempt(
                            bound,
                            "update %s set %s = '%s'%s".formatted(table.name(), tenant, attacker.tenantId(), theirs)));
            finds(0, table, "deletes", intruder.attempt(bound, "delete from " + table.name() + theirs));
            isRefused(table, "writes", intruder.attempt(bound, insertionFor(victim.tenantId(), table)));
            isRefused(table, "empties", intruder.attempt(bound, "truncate " + table.name() + " cascade"));
            isRefused(
                    table,
                    "opens",
                    intruder.attempt(bound, "alter table " + table.name() + " disable row level security"));
            pushesNothing(superuser, intruder, table, bound);
        }
    }

    /** The policies are asked before the constraints are: the rest of the row does not matter. */
    private static String insertionFor(UUID tenant, TenantTable table) {
        return table.partitionColumn() == null
                ? "insert into %s (%s) values ('%s')".formatted(table.name(), table.tenantColumn(), tenant)
                : "insert into %s (%s, %s) values ('%s', now())"
                        .formatted(table.name(), table.tenantColumn(), table.partitionColumn(), tenant);
    }

    /** Rows of one's own cannot be given to the other shop, nor made to refer to what is the other shop's. */
    private void pushesNothing(JdbcClient superuser, Intruder intruder, TenantTable table, Binding bound)
            throws SQLException {
        String ours = " where %s = '%s'".formatted(table.tenantColumn(), attacker.tenantId());
        if (superuser
                        .sql("select count(*) from " + table.name() + ours)
                        .query(Long.class)
                        .single()
                == 0) {
            return;
        }
        finds(
                0,
                table,
                "gives away",
                intruder.attempt(
                        bound,
                        "update %s set %s = '%s'".formatted(table.name(), table.tenantColumn(), victim.tenantId())));
        for (TenantTable.Reference reference : table.references()) {
            // One that the attacker has not as well: shops count from one, each for itself.
            String key = superuser
                    .sql("""
                            select row_to_json(r)::text
                            from (select %1$s from %2$s where tenant_id = :tenant
                              except select %1$s from %2$s where tenant_id = :attacker limit 1) r
                            """.formatted(String.join(", ", reference.parentColumns()), reference.parent()))
                    .param("tenant", victim.tenantId())
                    .param("attacker", attacker.tenantId())
                    .query(String.class)
                    .optional()
                    .orElse(null);
            if (key != null && !reference.columns().isEmpty()) {
                String values = reference.parentColumns().stream()
                        .map(column -> "(select %s from json_populate_record(null::%s, '%s'))"
                                .formatted(column, reference.parent(), key.replace("'", "''")))
                        .collect(Collectors.joining(", "));
                finds(
                        0,
                        table,
                        "refers by " + reference.columns(),
                        intruder.attempt(
                                bound,
                                "update %s set (%s) = row(%s)"
                                        .formatted(table.name(), String.join(", ", reference.columns()), values)));
            }
        }
    }

    @Test
    @Tag("PLT-18")
    void noTableGivesACustomerAnythingOfAnotherOne() throws SQLException {
        UUID tenant = victim.tenantId();
        Set<String> attacked = attackAsStrangers(
                List.of(Binding.customer(tenant, null), Binding.customer(tenant, UUID.randomUUID())), "a customer");

        assertThat(attacked)
                .contains("orders", "order_items", "order_addresses", "payments", "customers", "carts", "users");
        assertThat(ownRows)
                .as("tables of which a customer sees something, their own")
                .contains(
                        "orders",
                        "order_items",
                        "order_addresses",
                        "payments",
                        "checkout_sessions",
                        "customers",
                        "carts",
                        "users",
                        "user_sessions",
                        "refresh_tokens",
                        "idempotency_keys");
    }

    /** Also with the id of a customer: an id without its kind is nobody's. */
    @Test
    @Tag("PLT-18")
    void noTableGivesAVisitorAnythingOfACustomer() throws SQLException {
        UUID tenant = victim.tenantId();
        attackAsStrangers(
                List.of(
                        Binding.guest(tenant, null),
                        Binding.guest(tenant, UUID.randomUUID()),
                        Binding.guest(tenant, victim.customerId())),
                "a visitor");
    }

    @Test
    @Tag("PLT-18")
    void noTableGivesAVendorAnythingOfOthers() throws SQLException {
        UUID tenant = victim.tenantId();
        UUID person = UUID.randomUUID();
        attackAsStrangers(
                List.of(
                        Binding.vendor(tenant, null, null),
                        Binding.vendor(tenant, person, null),
                        Binding.vendor(tenant, person, UUID.randomUUID())),
                "a vendor");
    }

    /** So a defect that forgets to say for whom a transaction is opened shows nothing, instead of everything. */
    @Test
    @Tag("PLT-18")
    void noTableGivesAnythingToWhomeverIsNotNamed() throws SQLException {
        UUID tenant = victim.tenantId();
        attackAsStrangers(
                List.of(
                        Binding.untold(tenant, null),
                        Binding.untold(tenant, victim.customerId()),
                        new Binding(tenant.toString(), "", victim.customerId(), null),
                        new Binding(tenant.toString(), "ROBOT", victim.customerId(), null)),
                "somebody unnamed");
    }

    private Set<String> attackAsStrangers(List<Binding> strangers, String who) throws SQLException {
        TreeSet<String> attacked = new TreeSet<>();
        attackAll((_, intruder, table) -> {
            if (table.keepsCallersApart()) {
                attacked.add(table.name());
                noteVictimsRows(intruder, table);
                // A connection of their own, that has never heard what may be said of a caller.
                try (Intruder another = new Intruder(owner, table.service())) {
                    for (Binding stranger : strangers) {
                        attackAsAStranger(another, stranger, table);
                    }
                    attempts += another.attempts();
                }
            }
        });

        System.out.printf("isolation: %d attacks of %s on %d tables%n", attempts, who, attacked.size());
        assertThat(breaches).isEmpty();
        assertThat(WITHOUT_ROWS).as("tables without rows of the attacked shop").containsAll(withoutRows());
        assertThat(attacked)
                .contains("refresh_tokens", "password_resets", "order_tombstones", "api_keys", "vendor_commissions");
        return attacked;
    }

    /** Rows that are there to be seen: by the shop, and by the customer whom they belong to. */
    private void noteVictimsRows(Intruder intruder, TenantTable table) throws SQLException {
        UUID tenant = victim.tenantId();
        String all = "select count(*) from " + table.name();
        noteRows(table, intruder.attempt(Binding.of(tenant), all) instanceof Outcome.Rows(long count) ? count : 0);
        if (intruder.attempt(Binding.customer(tenant, victim.customerId()), all) instanceof Outcome.Rows(long count)
                && count > 0) {
            ownRows.add(table.name());
        }
    }

    private void attackAsAStranger(Intruder intruder, Binding stranger, TenantTable table) throws SQLException {
        boolean isCustomer = "CUSTOMER".equals(stranger.kind());
        String rows = isCustomer ? ROWS_OF_CUSTOMERS.getOrDefault(table.name(), "") : "";
        String who = stranger + " ";
        finds(0, table, who + "counts", intruder.attempt(stranger, "select count(*) from " + table.name() + rows));
        finds(
                0,
                table,
                who + "changes",
                intruder.attempt(stranger, "update %s set tenant_id = tenant_id%s".formatted(table.name(), rows)));
        finds(0, table, who + "deletes", intruder.attempt(stranger, "delete from " + table.name() + rows));
        // A cart of nobody yet is refused to a customer for other reasons.
        if (!isCustomer || !ROWS_OF_CUSTOMERS.containsKey(table.name())) {
            isRefused(table, who + "writes", intruder.attempt(stranger, insertionFor(victim.tenantId(), table)));
        }
    }

    private void noteRows(TenantTable table, long rows) {
        (rows > 0 ? attackedRows : attackedEmpty).add(table.name());
    }

    /** Those that have no rows in any service; partitions of other months may have none. */
    private List<String> withoutRows() {
        return attackedEmpty.stream()
                .filter(name -> !attackedRows.contains(name) && !name.startsWith("domain_events_p"))
                .toList();
    }

    private void finds(long expected, TenantTable table, String what, Outcome outcome) {
        boolean holds = switch (outcome) {
            case Outcome.Rows(long count) -> count == expected;
            case Outcome.Refused(String state, String message) -> isRefusal(state);
        };
        note(holds, table, what, outcome);
    }

    private void isRefused(TenantTable table, String what, Outcome outcome) {
        note(
                outcome instanceof Outcome.Refused(String state, String message)
                        && state.equals(REFUSED_BY_POLICY_OR_RIGHTS),
                table,
                what,
                outcome);
    }

    /** What was not understood was not refused. */
    private static boolean isRefusal(String sqlState) {
        return sqlState.equals(REFUSED_BY_POLICY_OR_RIGHTS) || !sqlState.startsWith("42");
    }

    private void note(boolean holds, TenantTable table, String what, Outcome outcome) {
        if (!holds) {
            breaches.add(table.service() + ", " + table.name() + ", " + what + ": " + outcome);
        }
    }
}
