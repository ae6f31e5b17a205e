package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the roles of each service try and may not do, asked of PostgreSQL itself as each of them. */
class RolePrivilegesDbTest {

    private static final ServiceDatabases DATABASES = new ServiceDatabases();

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String READ_ONLY_TRANSACTION = "25006";
    /** Also what PostgreSQL says where there is nothing of the name. */
    private static final String OBJECT_NOT_IN_STATE = "55000";

    private static final Set<String> REFUSED =
            Set.of(INSUFFICIENT_PRIVILEGE, READ_ONLY_TRANSACTION, OBJECT_NOT_IN_STATE);

    private static final List<String> WORKING = List.of("app", "worker", "readonly");
    private static final List<String> ALL = List.of("owner", "app", "worker", "readonly");

    /** Ways out of the database, to the server's files and programs, and to the rights of others. */
    private static final List<String> NOBODY_MAY = List.of(
            "copy (select 1) to program 'true'",
            "copy flyway_schema_history from program 'true'",
            "copy (select 1) to '/tmp/of_a_role'",
            "select pg_read_file('/etc/passwd')",
            "select pg_read_binary_file('/etc/passwd')",
            "select pg_ls_dir('/')",
            "select pg_stat_file('/etc/passwd')",
            "select lo_import('/etc/passwd')",
            "select lo_export(1, '/tmp/of_a_role')",
            "select rolpassword from pg_authid",
            "select * from pg_shadow",
            "create extension dblink",
            "create extension postgres_fdw",
            "create extension file_fdw",
            "create extension plperlu",
            "create server other foreign data wrapper postgres_fdw",
            "create language plpython3u",
            "create role of_a_role",
            "create event trigger of_a_role on ddl_command_start execute function pg_catalog.now()",
            "create publication of_a_role for all tables",
            "create subscription of_a_role connection 'host=127.0.0.1' publication p with (connect = false)",
            "set session_replication_role = replica",
            "set log_statement = 'none'",
            "select pg_reload_conf()",
            "select pg_rotate_logfile()",
            "select pg_switch_wal()",
            "select pg_create_restore_point('of_a_role')",
            "select pg_logical_slot_get_changes('of_a_role', null, null)",
            "set session authorization postgres",
            "set role pg_read_server_files",
            "set role pg_execute_server_program",
            "grant pg_read_all_data to current_user",
            "alter role current_user superuser",
            "alter role current_user bypassrls",
            "alter role current_user createrole");

    /** What PostgreSQL does outside a transaction only; it would have to be undone by hand. */
    private static final List<String> NOBODY_MAY_OUTSIDE = List.of(
            "create database of_a_role",
            "alter system set log_statement = 'all'",
            "create tablespace of_a_role location '/tmp'",
            "vacuum pg_authid");

    private static final Set<String> KEPT_FOR_EVER = Set.of(
            "domain_events",
            "operator_actions",
            "order_status_history",
            "payment_events",
            "refunds",
            "second_factor_removals");

    /** Owners make tables; those who work may not. */
    private static final List<String> WHO_WORKS_MAY_NOT = List.of(
            "create table of_a_role (id int)",
            "create temporary table of_a_role (id int)",
            "create view of_a_role as select 1",
            "create schema of_a_role",
            "create function of_a_role() returns int language sql as 'select 1'",
            "create procedure of_a_role() language sql as 'select 1'",
            "create sequence of_a_role",
            "create type of_a_role as (id int)",
            "create domain of_a_role as text",
            "create extension citext",
            "create cast (text as int) with inout as implicit",
            "alter schema public owner to current_user",
            "drop schema public cascade",
            "grant select on schema_fingerprint to public",
            "truncate outbox_events",
            "drop table outbox_events",
            "alter table outbox_events disable row level security",
            "alter table outbox_events no force row level security",
            "drop policy outbox_events_app on outbox_events",
            "create policy everybody on outbox_events using (true)",
            "alter table outbox_events disable trigger all",
            "create trigger of_a_role before insert on outbox_events for each row execute function suppress_redundant_updates_trigger()",
            "create index of_a_role on outbox_events (tenant_id)",
            "create rule of_a_role as on delete to outbox_events do instead nothing",
            "lock table flyway_schema_history in access exclusive mode",
            "comment on table outbox_events is 'of a role'",
            "alter function append_events owner to current_user",
            "insert into flyway_schema_history select * from flyway_schema_history");

    @AfterAll
    static void dropDatabases() {
        DATABASES.close();
    }

    static Stream<Arguments> rolesOfServices() {
        return ServiceDatabases.services().stream()
                .flatMap(service -> ALL.stream().map(kind -> Arguments.of(service, kind)));
    }

    private static Connection connect(TestDatabase database, String role) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), role, database.settings().passwords().apply(role));
    }

    /** What the role may do of all this, each in a transaction that is rolled back. */
    private static List<String> allowed(Connection connection, List<String> statements) throws SQLException {
        List<String> allowed = new ArrayList<>();
        connection.setAutoCommit(false);
        for (String text : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(text);
                allowed.add(text);
            } catch (SQLException refusal) {
                if (!REFUSED.contains(refusal.getSQLState()) && !saysSo(refusal)) {
                    allowed.add(text + " -- " + refusal.getSQLState() + " " + refusal.getMessage());
                }
            } finally {
                connection.rollback();
            }
        }
        return allowed;
    }

    /** Of what is not installed, or would need a right that is asked for later, PostgreSQL says other things first. */
    private static boolean saysSo(SQLException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return message.contains("is not available")
                || message.contains("foreign-data wrapper \"postgres_fdw\" does not exist")
                || message.contains("permission denied")
                || message.contains("must be owner")
                || message.contains("replication slot \"of_a_role\" does not exist");
    }

    @ParameterizedTest(name = "{0}_{1}")
    @MethodSource("rolesOfServices")
    @Tag("PLT-02")
    void noRoleLeavesItsDatabase(String service, String kind) throws SQLException {
        try (Connection connection = connect(DATABASES.of(service), service + "_" + kind)) {
            assertThat(allowed(connection, NOBODY_MAY)).isEmpty();
            connection.setAutoCommit(true);
            for (String text : NOBODY_MAY_OUTSIDE) {
                assertThatExceptionOfType(SQLException.class)
                        .as(text)
                        .isThrownBy(() -> execute(connection, text))
                        .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
            }
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
            // VACUUM warns of what it may not do, and goes on.
            if (statement.getWarnings() != null) {
                throw new SQLException(statement.getWarnings().getMessage(), INSUFFICIENT_PRIVILEGE);
            }
        }
    }

    @ParameterizedTest(name = "{0}_{1}")
    @MethodSource("rolesOfServices")
    @Tag("PLT-02")
    @Tag("PLT-29")
    void whatIsKeptForEverIsChangedByNobodyWhoWorks(String service, String kind) throws SQLException {
        if (!WORKING.contains(kind)) {
            return;
        }
        try (Connection connection = connect(DATABASES.of(service), service + "_" + kind)) {
            List<String> changes = new ArrayList<>();
            Set<String> kept = tables(connection);
            kept.retainAll(KEPT_FOR_EVER);
            for (String table : kept) {
                changes.add("update " + table + " set tenant_id = tenant_id");
                changes.add("delete from " + table);
                changes.add("truncate " + table);
            }
            assertThat(changes).isNotEmpty();
            assertThat(allowed(connection, changes)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}_{1}")
    @MethodSource("rolesOfServices")
    @Tag("PLT-02")
    void noRoleBecomesAnother(String service, String kind) throws SQLException {
        List<String> attempts = new ArrayList<>(List.of("set role postgres"));
        for (String other : ServiceDatabases.services()) {
            for (String role : ALL) {
                if (!(other + "_" + role).equals(service + "_" + kind)) {
                    DATABASES.of(other);
                    attempts.add("set role " + other + "_" + role);
                }
            }
        }
        try (Connection connection = connect(DATABASES.of(service), service + "_" + kind)) {
            List<String> became = allowed(connection, attempts);
            became.removeIf(text -> text.contains("role \"postgres\" does not exist"));
            assertThat(became).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}_{1}")
    @MethodSource("rolesOfServices")
    @Tag("PLT-01")
    @Tag("PLT-02")
    void noRoleConnectsToTheDatabaseOfAnotherService(String service, String kind) throws SQLException {
        String role = service + "_" + kind;
        String password = DATABASES.of(service).settings().passwords().apply(role);
        for (String other : ServiceDatabases.services()) {
            if (!other.equals(service)) {
                assertThatExceptionOfType(SQLException.class)
                        .as(role + " in " + other)
                        .isThrownBy(() -> DriverManager.getConnection(
                                        DATABASES.of(other).jdbcUrl(), role, password)
                                .close())
                        .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
            }
        }
    }

    @ParameterizedTest(name = "{0}_{1}")
    @MethodSource("rolesOfServices")
    @Tag("PLT-02")
    void whoWorksChangesNoSchema(String service, String kind) throws SQLException {
        if (!WORKING.contains(kind)) {
            return;
        }
        try (Connection connection = connect(DATABASES.of(service), service + "_" + kind)) {
            assertThat(allowed(connection, WHO_WORKS_MAY_NOT)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}_{1}")
    @MethodSource("rolesOfServices")
    @Tag("PLT-02")
    @Tag("PLT-17")
    void whoReadsWritesNothingAndNobodySeesAllTenantsButWhoMust(String service, String kind) throws SQLException {
        TestDatabase database = DATABASES.of(service);
        try (Connection connection = connect(database, service + "_" + kind)) {
            if (kind.equals("readonly")) {
                List<String> writes = new ArrayList<>();
                for (String table : tables(connection)) {
                    writes.add("insert into " + table + " default values");
                    writes.add("delete from " + table);
                    writes.add("select * from " + table + " for update");
                }
                writes.add("select nextval(c.oid) from pg_class c where relkind = 'S' limit 1");
                writes.removeIf(text -> text.startsWith("select nextval") && hasNoSequence(connection));
                // The pool's sessions are read-only; whoever has the password need not ask for that.
                assertThat(allowed(connection, writes)).isEmpty();
            }
            if (kind.equals("app")) {
                assertThat(seen(connection)).as("rows without a tenant").isZero();
                assertThat(allowed(
                                connection,
                                List.of(
                                        "set row_security = off; select * from outbox_events",
                                        "reset role; set role none; truncate outbox_events")))
                        .isEmpty();
            }
        }
    }

    private static boolean hasNoSequence(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_class where relkind = 'S'")) {
            return row.next() && row.getInt(1) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.relname from pg_class c
                        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                          and has_table_privilege(c.oid, 'SELECT')
                        """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static long seen(Connection connection) throws SQLException {
        long seen = 0;
        for (String table : tables(connection)) {
            if (!hasPolicy(connection, table)) {
                continue;
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                seen += row.next() ? row.getLong(1) : 0;
            }
        }
        return seen;
    }

    private static boolean hasPolicy(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select relrowsecurity from pg_class where oid = '" + table + "'::regclass")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
