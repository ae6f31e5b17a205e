package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.tests.architecture.CatalogueRule.*;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Every {@link CatalogueRule} accepts tables as they should be, and reports one that was made to break it. */
class CatalogueRuleDbTest {

    private static final String SERVICE = "scratch";

    /** All that the rules look at, as it should be. */
    private static final String RIGHT = """
            set local role scratch_owner;
            create table shelves (
              tenant_id uuid not null, id uuid not null, name text not null, constraint shelves_pkey primary key (tenant_id, id));
            create table pots (
              tenant_id uuid not null, id uuid not null, shelf_id uuid, name text not null, unit_price numeric(10, 2) not null,
              made_at timestamptz not null default now(),
              constraint pots_pkey primary key (tenant_id, id),
              constraint uq_pots_name unique (tenant_id, name),
              constraint chk_pots_name check (name <> ''),
              constraint fk_pots_shelves foreign key (tenant_id, shelf_id) references shelves (tenant_id, id)
                on delete restrict);
            create index idx_pots_shelf_id on pots (tenant_id, shelf_id) where shelf_id is not null;
            create table glazes (name text not null, constraint glazes_pkey primary key (name));
            create view cheap_pots with (security_invoker = true) as select * from pots where unit_price < 10;
            create function count_pots() returns bigint language sql set search_path = public, pg_temp
              as 'select count(*) from pots';
            call isolate_tenants('shelves');
            call isolate_tenants('pots');
            comment on table shelves is 'Where pots stand.';
            comment on column shelves.tenant_id is 'The pottery.';
            comment on column shelves.id is 'The shelf.';
            comment on column shelves.name is 'Its name.';
            comment on table pots is 'Pots.';
            comment on column pots.tenant_id is 'The pottery.';
            comment on column pots.id is 'The pot.';
            comment on column pots.shelf_id is 'Where it stands.';
            comment on column pots.name is 'Its name.';
            comment on column pots.unit_price is 'What one costs.';
            comment on column pots.made_at is 'When it was made.';
            comment on table glazes is 'Platform table: glazes, the same for all.';
            comment on column glazes.name is 'The glaze.';
            """;

    private static TestDatabase database;

    /**
     * A change that breaks a rule.
     *
     * @param change what is done to the right tables, as their owner unless it resets the role
     * @param breach what the rule has to report, and nothing else
     */
    record Sample(CatalogueRule rule, String change, String breach) {}

    static List<Sample> samples() {
        return List.of(
                new Sample(TABLES_HAVE_COMMENTS, "comment on table pots is null", "pots has no comment"),
                new Sample(COLUMNS_HAVE_COMMENTS, "comment on column pots.name is null", "pots.name has no comment"),
                new Sample(
                        NAMES_ARE_SNAKE_CASE,
                        "alter table pots rename name to \"potName\"",
                        "pots.potName is not in snake case"),
                new Sample(
                        INDEXES_AND_CONSTRAINTS_ARE_NAMED_AFTER_THEIR_TABLE,
                        "create index pots_by_name on pots (tenant_id, name)",
                        "pots_by_name of pots should begin with idx_pots_"),
                new Sample(
                        INDEXES_AND_CONSTRAINTS_ARE_NAMED_AFTER_THEIR_TABLE,
                        "alter table pots add check (unit_price > 0)",
                        "pots_unit_price_check of pots should begin with chk_pots_"),
                new Sample(
                        INDEXES_AND_CONSTRAINTS_ARE_NAMED_AFTER_THEIR_TABLE,
                        "alter table pots rename constraint pots_pkey to pk_pots",
                        "pk_pots of pots should begin with pots_pkey"),
                new Sample(
                        FOREIGN_KEYS_STATE_ON_DELETE,
                        "alter table pots add constraint fk_pots_twin foreign key (tenant_id, id) references shelves",
                        "fk_pots_twin of pots does not state ON DELETE"),
                new Sample(
                        FOREIGN_KEYS_ARE_INDEXED,
                        "drop index idx_pots_shelf_id",
                        "fk_pots_shelves of pots has no index"),
                new Sample(
                        FOREIGN_KEYS_ARE_INDEXED,
                        "drop index idx_pots_shelf_id; create index idx_pots_x on pots (tenant_id, shelf_id) where name = 'x'",
                        "fk_pots_shelves of pots has no index"),
                new Sample(
                        MONEY_IS_NUMERIC_10_2,
                        "alter table glazes add column price numeric(12, 4)",
                        "glazes.price is numeric(12,4)"),
                new Sample(
                        MONEY_IS_NUMERIC_10_2,
                        "alter table glazes add column weight double precision",
                        "glazes.weight is double precision"),
                new Sample(
                        TIMESTAMPS_HAVE_A_TIME_ZONE,
                        "alter table glazes add column mixed_at timestamp",
                        "glazes.mixed_at is timestamp without time zone"),
                new Sample(
                        FUNCTIONS_HAVE_A_FIXED_SEARCH_PATH,
                        "alter function count_pots() reset search_path",
                        "count_pots has no search_path of public, pg_temp"),
                new Sample(
                        FUNCTIONS_RUN_AS_THEIR_CALLER,
                        "alter function count_pots() security definer",
                        "count_pots runs as its owner"),
                new Sample(
                        TABLES_BELONG_TO_TENANTS_OR_THE_PLATFORM,
                        "comment on table glazes is 'Glazes.'",
                        "glazes has no tenant_id uuid NOT NULL, nor a comment that begins with \"Platform table:\""),
                new Sample(
                        ROW_SECURITY_IS_FORCED,
                        "alter table pots no force row level security",
                        "pots does not force row-level security"),
                new Sample(
                        ROW_SECURITY_IS_FORCED,
                        "alter table glazes add column tenant_id uuid",
                        "glazes does not force row-level security"),
                new Sample(
                        THE_APPLICATION_SEES_ITS_TENANT_ONLY,
                        "drop policy pots_app on pots",
                        "pots has no policy for the application"),
                new Sample(
                        THE_APPLICATION_SEES_ITS_TENANT_ONLY,
                        "create policy pots_all on pots for select using (true)",
                        "the policy pots_all of pots is not bound to the tenant"),
                new Sample(
                        THE_APPLICATION_SEES_ITS_TENANT_ONLY,
                        "alter policy pots_app on pots with check (true)",
                        "the policy pots_app of pots is not bound to the tenant"),
                new Sample(
                        CUSTOMERS_ARE_KEPT_APART,
                        "alter table pots add column customer_id uuid;"
                                + " comment on column pots.customer_id is 'Who has ordered it.'",
                        "pots does not keep customers apart"),
                new Sample(
                        CUSTOMERS_ARE_KEPT_APART,
                        "alter table pots add column user_id uuid;"
                                + " comment on column pots.user_id is 'Who has made it.'",
                        "pots does not keep customers apart"),
                new Sample(CUSTOMERS_ARE_KEPT_APART, """
                        alter table pots add column customer_id uuid;
                        comment on column pots.customer_id is 'Who has ordered it.';
                        create policy pots_customer on pots as restrictive to scratch_app
                        using ((select current_setting('app.principal_kind', true)) is distinct from 'CUSTOMER')
                        """, "pots does not keep customers apart"),
                new Sample(
                        CUSTOMERS_ARE_KEPT_APART,
                        "call keep_for_the_shop('shelves')",
                        "pots does not keep customers apart"),
                new Sample(
                        PRIMARY_KEYS_BEGIN_WITH_THE_TENANT,
                        "alter table pots drop constraint pots_pkey, add constraint pots_pkey primary key (id)",
                        "pots has no primary key that begins with the tenant"),
                new Sample(
                        UNIQUENESS_IS_WITHIN_THE_TENANT,
                        "create unique index uq_pots_name_alone on pots (name)",
                        "uq_pots_name_alone of pots does not begin with the tenant"),
                new Sample(
                        FOREIGN_KEYS_STAY_WITHIN_THE_TENANT,
                        """
                        alter table shelves add constraint uq_shelves_id unique (id);
                        alter table pots add constraint fk_pots_any_shelf foreign key (shelf_id) references shelves (id)
                        """,
                        "fk_pots_any_shelf of pots does not begin with the tenant on both sides"),
                new Sample(
                        VIEWS_SEE_WHAT_THEIR_READER_SEES,
                        "create view all_pots as select * from pots",
                        "all_pots is a view without security_invoker, or a materialized view that the application reads"),
                new Sample(
                        VIEWS_SEE_WHAT_THEIR_READER_SEES,
                        "create materialized view pots_then as select * from pots",
                        "pots_then is a view without security_invoker, or a materialized view that the application reads"),
                new Sample(
                        ROLES_ARE_PLAIN,
                        "reset role; alter role scratch_app bypassrls",
                        "scratch_app may do what no role of a service may"),
                new Sample(
                        ROLES_ARE_PLAIN,
                        "reset role; grant scratch_owner to scratch_app",
                        "scratch_app is a member of another role"),
                new Sample(
                        THE_OWNER_OWNS_EVERYTHING,
                        "reset role; alter table pots owner to scratch_app",
                        "pots belongs to scratch_app"),
                new Sample(
                        ROLES_HAVE_THE_LEAST_PRIVILEGES,
                        "grant insert on pots to scratch_readonly",
                        "readonly may INSERT pots"),
                new Sample(
                        ROLES_HAVE_THE_LEAST_PRIVILEGES,
                        "grant truncate on pots to scratch_app",
                        "app may TRUNCATE pots"),
                new Sample(
                        ROLES_HAVE_THE_LEAST_PRIVILEGES,
                        "grant execute on function count_pots() to public",
                        "everybody may execute count_pots"));
    }

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create(SERVICE);
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @Test
    void rightTablesAreAccepted() throws SQLException {
        for (CatalogueRule rule : values()) {
            assertThat(breachesAfter(RIGHT, rule)).as(rule.title()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aBreachIsReported(Sample sample) throws SQLException {
        assertThat(breachesAfter(RIGHT + sample.change(), sample.rule())).containsExactly(sample.breach());
    }

    @Test
    void aStatedNoActionIsAccepted() throws SQLException {
        String change = "alter table pots add constraint fk_pots_twin foreign key (tenant_id, id) references shelves";

        assertThat(breachesAfter(RIGHT + change, FOREIGN_KEYS_STATE_ON_DELETE, "fk_pots_twin"))
                .isEmpty();
    }

    @Test
    void everyRuleHasASample() {
        Set<CatalogueRule> proven = samples().stream().map(Sample::rule).collect(Collectors.toSet());

        assertThat(proven).isEqualTo(EnumSet.allOf(CatalogueRule.class));
    }

    /** What the rule reports more after the statements than before; nothing of it remains. */
    private static List<String> breachesAfter(String statements, CatalogueRule rule, String... statedNoAction)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.adminJdbcUrl())) {
            connection.setAutoCommit(false);
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            List<String> before = rule.breaches(jdbc, SERVICE, List.of(statedNoAction));
            jdbc.sql(statements).update();
            jdbc.sql("reset role").update();
            List<String> after = rule.breaches(jdbc, SERVICE, List.of(statedNoAction));
            connection.rollback();
            return after.stream().filter(breach -> !before.contains(breach)).toList();
        }
    }
}
