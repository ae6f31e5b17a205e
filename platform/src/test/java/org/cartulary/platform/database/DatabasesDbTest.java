package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

class DatabasesDbTest {

    private final DatabaseSettings settings = TestPostgres.freshDatabases();

    private static Databases databases(DatabaseSettings settings) {
        return new Databases(settings, new SimpleMeterRegistry());
    }

    private static String whoAmI(Database database) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("select current_user || '@' || current_database()")
                .query(String.class)
                .single());
    }

    private boolean prepare(DatabaseSettings with, String service) throws SQLException {
        return new SchemaPreparation(ServiceDatabase.of(with, service), with.admin()).run();
    }

    private void asOwner(String statement) throws SQLException {
        try (Connection owner = ServiceDatabase.of(settings, "sample").connectAsOwner();
                Statement sql = owner.createStatement()) {
            sql.execute(statement);
        }
    }

    private static void asAdmin(String statement) throws SQLException {
        DatabaseSettings any = TestPostgres.freshDatabases();
        try (Connection admin = ServiceDatabase.of(any, "sample").connectAs(any.admin());
                Statement sql = admin.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    @Tag("PLT-01")
    void eachServiceGetsItsOwnDatabase() {
        try (Databases databases = databases(settings)) {
            Database sample = databases.open("sample");
            Database other = databases.open("other");
            assertThat(whoAmI(sample)).startsWith("sample_worker@sample_test");
            assertThat(whoAmI(other)).startsWith("other_worker@other_test");
            assertThat(databases.open("sample")).isSameAs(sample);
            assertThat(databases.opened()).containsExactlyInAnyOrder(sample, other);
        }
    }

    @Test
    void aSecondStartDoesNotRunFlyway() throws SQLException {
        long first = System.nanoTime();
        assertThat(prepare(settings, "sample")).isTrue();
        long second = System.nanoTime();
        assertThat(prepare(settings, "sample")).isFalse();
        long third = System.nanoTime();
        asOwner("delete from schema_fingerprint");
        long fourth = System.nanoTime();
        assertThat(prepare(settings, "sample")).isTrue();
        LoggerFactory.getLogger(DatabasesDbTest.class)
                .info(
                        "Created in {} ms, found up to date in {} ms, with Flyway in {} ms",
                        Duration.ofNanos(second - first).toMillis(),
                        Duration.ofNanos(third - second).toMillis(),
                        Duration.ofNanos(System.nanoTime() - fourth).toMillis());
    }

    @Test
    void aChangedSchemaIsMigrated() throws SQLException {
        prepare(settings, "sample");
        asOwner("update schema_fingerprint set fingerprint = 'of an older release'");
        assertThat(prepare(settings, "sample")).isTrue();
        assertThat(prepare(settings, "sample")).isFalse();
    }

    @Test
    void aSchemaMayBeNewerThanTheProcessAndHoldFunctionsThatItDoesNotKnow() throws SQLException {
        prepare(settings, "sample");
        String row = """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                                                   installed_by, execution_time, success)
                SELECT max(installed_rank) + 1, %s, '%s', 'SQL', '%s', 1, 'sample_owner', 1, true
                FROM flyway_schema_history
                """;
        asOwner(row.formatted("'9999'", "of a later release", "V9999__of_a_later_release.sql"));
        asOwner(row.formatted("NULL", "unused function", "R__unused_function.sql"));
        asOwner("update schema_fingerprint set fingerprint = 'of another release'");
        assertThat(prepare(settings, "sample")).isTrue();
    }

    @Test
    @Tag("PLT-02")
    void anotherPasswordIsSetAtTheNextStart() throws SQLException {
        DatabaseSettings rotating = new DatabaseSettings(
                settings.servers(),
                settings.databaseNames(),
                role -> "an older password of " + role,
                settings.admin(),
                settings.pools());
        prepare(rotating, "rotated");
        DatabaseSettings rotated = new DatabaseSettings(
                settings.servers(),
                settings.databaseNames(),
                role -> role.equals("rotated_worker")
                        ? "a newer one"
                        : rotating.passwords().apply(role),
                settings.admin(),
                settings.pools());
        assertThat(prepare(rotated, "rotated")).isTrue();
        assertThat(prepare(rotated, "rotated")).isFalse();
        try (Databases databases = databases(rotated)) {
            assertThat(whoAmI(databases.open("rotated"))).startsWith("rotated_worker@");
        }
    }

    private DatabaseSettings knowing(String first, String... others) {
        return new DatabaseSettings(
                        settings.servers(),
                        settings.databaseNames(),
                        DatabaseSettings.derivedPasswords(first),
                        settings.admin(),
                        settings.pools())
                .withOtherPasswords(Stream.of(others)
                        .map(DatabaseSettings::derivedPasswords)
                        .toList());
    }

    @Test
    @Tag("PLT-28")
    void processesOfNeighbouringPhasesOpenConnectionsWhoeverHasSetThePasswordsLast() {
        try (Databases before = databases(knowing("old"));
                Databases announced = databases(knowing("old", "new"));
                Databases changed = databases(knowing("new", "old"));
                Databases forgotten = databases(knowing("new"))) {
            assertThat(whoAmI(before.open("rotated"))).startsWith("rotated_worker@");
            Database ofAnnounced = announced.open("rotated");
            assertThat(newSession(before.open("rotated"))).isEqualTo("rotated_worker");

            Database ofChanged = changed.open("rotated");
            // The pool is older than the password: new connections take the new one, at any time.
            assertThat(newSession(ofAnnounced)).isEqualTo("rotated_worker");
            assertThat(newSession(ofChanged)).isEqualTo("rotated_worker");
            try (Databases restarted = databases(knowing("old", "new"))) {
                // It sets the old ones again, which the others understand.
                assertThat(newSession(restarted.open("rotated"))).isEqualTo("rotated_worker");
                assertThat(newSession(ofChanged)).isEqualTo("rotated_worker");
            }

            assertThat(newSession(forgotten.open("rotated"))).isEqualTo("rotated_worker");
            assertThat(newSession(ofChanged)).isEqualTo("rotated_worker");
            assertThatThrownBy(() -> newSession(before.open("rotated"))).hasStackTraceContaining("password");
        }
    }

    /** Whose connection it is that is opened now, and none that was kept. */
    private static String newSession(Database database) {
        HikariPoolMXBean pool = ((HikariDataSource) database.workerDataSource()).getHikariPoolMXBean();
        // A pool that nobody has asked yet has none.
        if (pool != null) {
            pool.softEvictConnections();
        }
        return database.asWorker(
                tx -> tx.jdbc().sql("select current_user").query(String.class).single());
    }

    @Test
    void severalProcessesMayStartAtOnce() throws Exception {
        List<Databases> processes =
                Stream.generate(() -> databases(settings)).limit(4).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> starts = Stream.of("sample", "other")
                    .flatMap(service ->
                            processes.stream().map(process -> (Callable<String>) () -> whoAmI(process.open(service))))
                    .toList();
            for (Future<String> start : threads.invokeAll(starts)) {
                assertThat(start.get()).contains("_worker@");
            }
        }
        processes.forEach(Databases::close);
    }

    @Test
    @Tag("PLT-02")
    void whoGrantsAccessWaitsForWhoeverDoesSo() throws Exception {
        prepare(settings, "sample");
        asOwner("update schema_fingerprint set access_mark = 'of other roles'");
        ServiceDatabase sample = ServiceDatabase.of(settings, "sample");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> second;
            try (Connection first = sample.connectAsOwner()) {
                new Provisioning(sample).grantAccess(first);
                second = threads.submit(() -> prepare(settings, "sample"));
                Shop.await(() -> second.isDone() || waitsForALock(sample));
                assertThat(second).isNotDone();
            }
            assertThat(second.get()).isTrue();
        }
    }

    private static boolean waitsForALock(ServiceDatabase database) {
        try (Connection owner = database.connectAsOwner();
                Statement sql = owner.createStatement();
                ResultSet row = sql.executeQuery("""
                        select exists (select from pg_locks l join pg_database d on d.oid = l.database
                                       where d.datname = current_database() and l.locktype = 'advisory' and not l.granted)
                        """)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    @Tag("PLT-02")
    void theAdminNeedNotBeASuperuser() throws SQLException {
        asAdmin("create role cloud_admin login createrole createdb nosuperuser password 'of the cloud'");
        DatabaseSettings cloud = settings.withAdmin("cloud_admin", "of the cloud");
        try (Databases databases = databases(cloud)) {
            assertThat(whoAmI(databases.open("managed"))).startsWith("managed_worker@");
        }
        assertThat(prepare(cloud.withDatabaseNames(service -> service + "_second_db"), "managed"))
                .isTrue();
    }

    @Test
    @Tag("PLT-02")
    void aPrivilegedRoleIsRefused() throws SQLException {
        try (Databases databases = databases(settings)) {
            databases.open("privileged");
        }
        asAdmin("alter role privileged_app bypassrls");
        try (Databases databases = databases(settings)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> databases.open("privileged"))
                    .withMessageContaining("BYPASSRLS");
            asAdmin("alter role privileged_app nobypassrls");
            assertThat(whoAmI(databases.open("privileged"))).startsWith("privileged_worker@");
        }
    }

    @Test
    void withoutAnAdminAMissingDatabaseIsAFault() throws SQLException {
        prepare(settings, "sample");
        DatabaseSettings alone = DatabaseSettings.at(TestPostgres.server().jdbcUrl(""), settings.passwords());
        try (Databases databases = databases(alone.withDatabaseNames(service -> "nowhere"))) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> databases.open("sample"))
                    .withStackTraceContaining("\"nowhere\" does not exist");
        }
        try (Databases databases = databases(alone.withDatabaseNames(settings.databaseNames()))) {
            assertThat(whoAmI(databases.open("sample"))).startsWith("sample_worker@");
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        try (Databases databases = databases(settings)) {
            assertThatIllegalArgumentException().isThrownBy(() -> databases.open("x; drop database y"));
        }
    }

    @Test
    void closedDatabasesDoNotOpen() {
        Databases closed = databases(settings);
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> closed.open("sample"));
    }

    @Test
    void theServersParametersAreKept() {
        DatabaseSettings secured = DatabaseSettings.at("jdbc:postgresql://db.example:5432?sslmode=verify-full", r -> r);
        assertThat(ServiceDatabase.of(secured, "order").url())
                .isEqualTo("jdbc:postgresql://db.example:5432/order_db?sslmode=verify-full");
        assertThat(secured.withAdmin("root", "secret").toString()).doesNotContain("secret");
    }
}
