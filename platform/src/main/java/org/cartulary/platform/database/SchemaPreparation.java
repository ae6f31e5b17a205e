package org.cartulary.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one service's database to the state this program needs. What was done is recorded in the database, so that a
 * start with nothing to do costs one connection and two statements instead of a run of Flyway.
 */
final class SchemaPreparation {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaPreparation.class);
    private static final String NO_SUCH_TABLE = "42P01";

    /** The database is missing; the role is missing or has another password; the role may not connect. */
    private static final Set<String> NOT_PROVISIONED = Set.of("3D000", "28P01", "28000", "42501");

    private final ServiceDatabase target;
    private final DatabaseSettings.@Nullable Admin admin;
    private final Provisioning provisioning;

    SchemaPreparation(ServiceDatabase target, DatabaseSettings.@Nullable Admin admin) {
        this.target = target;
        this.admin = admin;
        this.provisioning = new Provisioning(target);
    }

    /** What an earlier start did. */
    private record Done(String fingerprint, String accessMark) {
        static final Done NOTHING = new Done("", "");
    }

    /** Returns whether Flyway had to run. */
    boolean run() throws SQLException {
        long begin = System.nanoTime();
        MigrationScripts scripts = MigrationScripts.of(target.service());
        Done wanted = new Done(scripts.fingerprint(), target.accessMark());
        Done done = done();
        if (done.equals(wanted)) {
            LOG.debug("{} is up to date, seen in {} ms", target.name(), millisSince(begin));
            return false;
        }
        if (!done.accessMark().equals(wanted.accessMark())) {
            provision();
        }
        migrate(scripts);
        record(wanted);
        LOG.info("{} was brought up to date in {} ms", target.name(), millisSince(begin));
        return true;
    }

    private static long millisSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private Done done() throws SQLException {
        try (Connection owner = target.connectAsOwner()) {
            Done done = done(owner);
            provisioning.requirePlainRoles(owner);
            return done;
        } catch (SQLException failure) {
            if (admin != null && NOT_PROVISIONED.contains(failure.getSQLState())) {
                return Done.NOTHING;
            }
            throw failure;
        }
    }

    private static Done done(Connection owner) throws SQLException {
        try (PreparedStatement select =
                        owner.prepareStatement("select fingerprint, access_mark from schema_fingerprint");
                ResultSet row = select.executeQuery()) {
            return row.next() ? new Done(row.getString(1), row.getString(2)) : Done.NOTHING;
        } catch (SQLException failure) {
            if (NO_SUCH_TABLE.equals(failure.getSQLState())) {
                return Done.NOTHING;
            }
            throw failure;
        }
    }

    private void provision() throws SQLException {
        if (admin != null) {
            provisioning.createRolesAndDatabase(admin);
        }
        try (Connection owner = target.connectAsOwner()) {
            provisioning.requirePlainRoles(owner);
            provisioning.grantAccess(owner);
        }
    }

    private void migrate(MigrationScripts scripts) {
        Properties connecting = new Properties();
        connecting.putAll(ServiceDatabase.connecting());
        Flyway.configure(SchemaPreparation.class.getClassLoader())
                // No limit for silence: an index may be built for hours. The operating system finds out who is gone.
                .dataSource(target.connections(target.owner(), connecting))
                .locations(scripts.locations().toArray(String[]::new))
                .outOfOrder(true)
                // A function that nobody calls any more stays until a migration drops it: older processes may still
                // run.
                .ignoreMigrationPatterns("*:future", "repeatable:missing")
                .group(false)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                // PL/pgSQL has dollar signs and braces of its own.
                .placeholderReplacement(false)
                // Its lock would otherwise be a transaction, for whose end CREATE INDEX CONCURRENTLY waits for ever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    private void record(Done done) throws SQLException {
        try (Connection owner = target.connectAsOwner();
                PreparedStatement upsert = owner.prepareStatement("""
                        insert into schema_fingerprint (fingerprint, access_mark) values (?, ?)
                        on conflict (only_row) do update
                        set fingerprint = excluded.fingerprint, access_mark = excluded.access_mark, recorded_at = now()
                        """)) {
            upsert.setString(1, done.fingerprint());
            upsert.setString(2, done.accessMark());
            if (upsert.executeUpdate() != 1) {
                throw new IllegalStateException("the fingerprint of " + target.name() + " was not recorded");
            }
        }
    }
}
