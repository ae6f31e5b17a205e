package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class TenantIsolationDbTest {

    private static final DatabaseSettings SETTINGS = TestPostgres.freshDatabases();
    private static final ServiceDatabase SAMPLE = ServiceDatabase.of(SETTINGS, "sample");
    private static final ServiceDatabase OTHER = ServiceDatabase.of(SETTINGS, "other");
    private static final Databases DATABASES = new Databases(SETTINGS, new SimpleMeterRegistry());
    private static Database sample;

    private final RequestContext mine = RequestContext.ofSystem(Ids.next());
    private final RequestContext theirs = RequestContext.ofSystem(Ids.next());
    private final UUID myNote = Ids.next();
    private final UUID theirNote = Ids.next();

    @BeforeAll
    static void open() {
        sample = DATABASES.open("sample");
        DATABASES.open("other");
    }

    @AfterAll
    static void close() {
        DATABASES.close();
    }

    @BeforeEach
    void writeOneNoteEach() {
        mine.run(() -> write(mine.tenantId(), myNote));
        theirs.run(() -> write(theirs.tenantId(), theirNote));
    }

    private static void write(UUID tenant, UUID id) {
        sample.inTransaction(tx -> tx.jdbc()
                .sql("insert into notes (tenant_id, id, text) values (?, ?, 'a note')")
                .params(tenant, id)
                .update());
    }

    private static List<UUID> notesSeen(Transaction tx) {
        return tx.jdbc().sql("select id from notes").query(UUID.class).list();
    }

    private static Connection connect(ServiceDatabase database, ServiceDatabase roleOf, String kind)
            throws SQLException {
        String role = roleOf.service() + "_" + kind;
        return DriverManager.getConnection(database.url(), role, roleOf.password(role));
    }

    @ParameterizedTest
    @Tag("PLT-01")
    @ValueSource(strings = {"owner", "app", "worker", "readonly"})
    void noRoleOfAServiceConnectsToAnothersDatabase(String kind) throws SQLException {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> connect(OTHER, SAMPLE, kind))
                .withMessageContaining("permission denied for database")
                .extracting(SQLException::getSQLState)
                .isEqualTo("42501");
        connect(SAMPLE, SAMPLE, kind).close();
    }

    @ParameterizedTest
    @Tag("PLT-02")
    @CsvSource(
            delimiter = ';',
            value = {
                "app; create table t (id int)",
                "app; create temporary table t (id int)",
                "app; create schema s",
                "app; drop table notes",
                "app; alter table notes disable row level security",
                "app; alter table notes no force row level security",
                "app; create policy everything on notes using (true)",
                "app; truncate notes",
                "app; set role sample_owner",
                "app; set role sample_worker",
                "app; set session authorization sample_worker",
                "app; alter role sample_app bypassrls",
                "app; create role stranger",
                "app; select * from schema_fingerprint",
                "app; update flyway_schema_history set success = false",
                "app; call isolate_tenants('notes')",
                "worker; create table t (id int)",
                "worker; drop table notes",
                "worker; set role sample_owner",
                "worker; delete from flyway_schema_history",
                "readonly; insert into notes values (gen_random_uuid(), gen_random_uuid(), 'x')",
                "readonly; update notes set text = 'x'",
                "readonly; delete from notes",
                "readonly; create temporary table t (id int)",
                "owner; create role stranger",
                "owner; alter role sample_app bypassrls",
                "owner; set role sample_app",
                "owner; create database stranger",
                "owner; copy notes to program 'true'"
            })
    void aRoleMayDoOnlyWhatItIsFor(String kind, String statement) throws SQLException {
        try (Connection connection = connect(SAMPLE, SAMPLE, kind);
                Statement attempt = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> attempt.execute(statement))
                    .extracting(SQLException::getSQLState)
                    .isEqualTo("42501");
        }
    }

    @Test
    @Tag("PLT-02")
    void noRoleOfAServiceIsPrivileged() throws SQLException {
        try (Connection connection = SAMPLE.connectAs(SETTINGS.admin())) {
            assertThat(JdbcClient.create(new SingleConnectionDataSource(connection, true))
                            .sql("""
                                    select rolname from pg_roles
                                    where rolname ~ '^(sample|other)_'
                                      and not (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)
                                    """)
                            .query(String.class)
                            .list())
                    .containsAll(SAMPLE.roles())
                    .containsAll(OTHER.roles());
        }
    }

    @Test
    @Tag("PLT-17")
    void theApplicationSeesItsTenantsRowsOnly() {
        assertThat(mine.supply(() -> sample.inTransaction(TenantIsolationDbTest::notesSeen)))
                .containsExactly(myNote);
        assertThat(theirs.supply(() -> sample.inReadTransaction(TenantIsolationDbTest::notesSeen)))
                .containsExactly(theirNote);
        assertThat(mine.<Long>supply(() -> sample.inTransaction(tx ->
                        tx.jdbc().sql("select count_notes()").query(Long.class).single())))
                .isEqualTo(1);
    }

    @Test
    @Tag("PLT-17")
    void theApplicationCannotWriteAnotherTenantsRows() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> mine.run(() -> write(theirs.tenantId(), Ids.next())))
                .withStackTraceContaining("violates row-level security policy");
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> mine.run(() -> sample.inTransaction(tx -> tx.jdbc()
                        .sql("update notes set tenant_id = ?")
                        .param(theirs.tenantId())
                        .update())))
                .withStackTraceContaining("violates row-level security policy");
        int touched = mine.supply(() -> sample.inTransaction(tx -> tx.jdbc()
                .sql("update notes set text = 'stolen' where id = ?")
                .param(theirNote)
                .update()));
        int deleted = mine.supply(() -> sample.inTransaction(tx -> tx.jdbc()
                .sql("delete from notes where tenant_id = ?")
                .param(theirs.tenantId())
                .update()));
        assertThat(touched).isZero();
        assertThat(deleted).isZero();
    }

    @Test
    @Tag("PLT-17")
    void withoutATenantThereAreNoRows() throws SQLException {
        try (Connection connection = connect(SAMPLE, SAMPLE, "app")) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            assertThat(jdbc.sql("select id from notes").query(UUID.class).list())
                    .isEmpty();
            assertThat(jdbc.sql("delete from notes").update()).isZero();
        }
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> sample.inTransaction(TenantIsolationDbTest::notesSeen));
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> RequestContext.ofSystem(null)
                        .run(() -> sample.inReadTransaction(TenantIsolationDbTest::notesSeen)));
    }

    @Test
    @Tag("PLT-17")
    void theTenantEndsWithTheTransaction() throws SQLException {
        DatabaseSettings one = SETTINGS.withPools(new DatabaseSettings.PoolSizes(1, 1, 1, 1, java.time.Duration.ZERO));
        try (Databases databases = new Databases(one, new SimpleMeterRegistry());
                Pools pools = new Pools(SAMPLE, one.pools(), one.limits(), new SimpleMeterRegistry())) {
            Database same = new Database("sample", PlacedPools.shared(pools), new SimpleMeterRegistry());
            mine.run(() -> same.inTransaction(TenantIsolationDbTest::notesSeen));
            try (Connection reused = pools.app().dataSource().getConnection()) {
                assertThat(JdbcClient.create(new SingleConnectionDataSource(reused, true))
                                .sql("select id from notes")
                                .query(UUID.class)
                                .list())
                        .isEmpty();
            }
            assertThat(databases.opened()).isEmpty();
        }
    }

    @Test
    @Tag("PLT-17")
    void theWorkerAndTheReaderSeeAllTenants() {
        assertThat(sample.asWorker(TenantIsolationDbTest::notesSeen)).contains(myNote, theirNote);
        assertThat(mine.supply(() -> sample.asWorker(TenantIsolationDbTest::notesSeen)))
                .contains(myNote, theirNote);
        assertThat(sample.asReadonly(TenantIsolationDbTest::notesSeen)).contains(myNote, theirNote);
        assertThat(sample.<Integer>asWorker(tx -> tx.jdbc()
                        .sql("update notes set version = version + 1 where id = ?")
                        .param(theirNote)
                        .update()))
                .isEqualTo(1);
    }

    @Test
    @Tag("PLT-17")
    void theOwnerTooIsUnderForcedPolicies() throws SQLException {
        try (Connection owner = SAMPLE.connectAsOwner()) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(owner, true));
            assertThat(jdbc.sql("""
                            select relrowsecurity and relforcerowsecurity from pg_class where oid = 'notes'::regclass
                            """).query(Boolean.class).single()).isTrue();
            assertThat(jdbc.sql("select policyname from pg_policies where tablename = 'notes'")
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrder("notes_app", "notes_worker", "notes_readonly", "notes_owner");
        }
    }

    @Test
    @Tag("PLT-17")
    void aTableWhoseRowsMayHaveNoTenantCannotBeIsolated() throws SQLException {
        try (Connection owner = SAMPLE.connectAsOwner();
                Statement attempt = owner.createStatement()) {
            owner.setAutoCommit(false);
            attempt.execute("create table drafts (tenant_id uuid)");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> attempt.execute("call isolate_tenants('drafts')"))
                    .withMessageContaining("of type uuid that is NOT NULL");
            owner.rollback();
        }
    }

    @Test
    @Tag("PLT-17")
    void aTableWithoutATenantCannotBeIsolated() throws SQLException {
        try (Connection owner = SAMPLE.connectAsOwner();
                Statement attempt = owner.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> attempt.execute("call isolate_tenants('schema_fingerprint')"))
                    .withMessageContaining("has no column tenant_id");
        }
    }
}
