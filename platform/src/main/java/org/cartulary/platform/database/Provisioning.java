package org.cartulary.platform.database;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Creates the roles and the database of a service and gives each role what it needs. Repeating it is harmless, and so
 * is doing it from several processes at once. The admin needs CREATEROLE and CREATEDB, but not be a superuser.
 */
final class Provisioning {

    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Roles belong to the whole server, so one lock in the admin's database guards the creation of all services' roles, and one in
     * each service's database what is granted there: PostgreSQL refuses who changes the same grants at the same time.
     */
    private static final long LOCK_KEY = 0x6361_7274_756c_6172L;

    private final ServiceDatabase target;

    Provisioning(ServiceDatabase target) {
        this.target = target;
    }

    void createRolesAndDatabase(DatabaseSettings.Admin admin) throws SQLException {
        try (Connection connection = target.connectAs(admin)) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            lock(jdbc);
            createRoles(jdbc);
            createDatabase(jdbc);
        }
    }

    /** Until the connection ends; it is waited for no longer than a minute. */
    private static void lock(JdbcClient jdbc) {
        jdbc.sql("select set_config('lock_timeout', '60s', false)").query().singleValue();
        jdbc.sql("select pg_advisory_lock(:key)::text")
                .param("key", LOCK_KEY)
                .query()
                .singleValue();
    }

    private void createRoles(JdbcClient jdbc) {
        Set<String> existing = new HashSet<>(jdbc.sql("select rolname from pg_roles where rolname in (:roles)")
                .param("roles", target.roles())
                .query(String.class)
                .list());
        for (String role : target.roles()) {
            if (!existing.contains(role)) {
                jdbc.sql("create role " + role + " login nosuperuser nobypassrls nocreatedb nocreaterole noreplication")
                        .update();
            }
            // Hashed here, so that it appears in no log of the server.
            jdbc.sql("alter role " + role + " password '" + verifier(target.password(role)) + "'")
                    .update();
        }
    }

    /**
     * What the server keeps of a password (RFC 5803). It is hashed once and not some thousand times, which is to hold up those who
     * try out what people choose: this one is derived from a secret, as long as the hash itself, and each of the many
     * connections of a start would repeat that work.
     */
    private static String verifier(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return PasswordUtil.encodeScramSha256(password.toCharArray(), 1, salt);
    }

    private void createDatabase(JdbcClient jdbc) {
        boolean exists = jdbc.sql("select exists (select from pg_database where datname = :name)")
                .param("name", target.name())
                .query(Boolean.class)
                .single();
        if (exists) {
            return;
        }
        boolean superuser = jdbc.sql("select rolsuper from pg_roles where rolname = current_user")
                .query(Boolean.class)
                .single();
        if (!superuser) {
            // Only a member of the owner role may create a database for it.
            jdbc.sql("grant " + target.owner() + " to current_user").update();
        }
        jdbc.sql("create database \"" + target.name() + "\" owner " + target.owner()
                        + " template template0 encoding 'UTF8'")
                .update();
        LOG.info("Created the database {} of {}", target.name(), target.service());
    }

    /** Runs as the owner, who owns the database and so may do all this without the admin; others wait until the connection ends. */
    void grantAccess(Connection owner) {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(owner, true));
        lock(jdbc);
        jdbc.sql("""
                revoke all on database "${database}" from public;
                grant connect on database "${database}" to ${owner}, ${app}, ${worker}, ${readonly};
                alter schema public owner to ${owner};
                revoke all on schema public from public;
                grant usage on schema public to ${app}, ${worker}, ${readonly};
                alter default privileges revoke execute on routines from public;
                alter default privileges in schema public
                    grant select, insert, update, delete on tables to ${app}, ${worker};
                alter default privileges in schema public grant select on tables to ${readonly};
                alter default privileges in schema public grant usage, select on sequences to ${app}, ${worker};
                alter default privileges in schema public grant execute on routines to ${app}, ${worker}
                """.replace("${database}", target.name())
                        .replace("${owner}", target.owner())
                        .replace("${app}", target.app())
                        .replace("${worker}", target.worker())
                        .replace("${readonly}", target.readonly()))
                .update();
    }

    /**
     * Row-level security and grants bind plain roles only, so no service runs with any other.
     *
     * @throws IllegalStateException if a role is missing, cannot log in, or may do what no role of a service may
     */
    void requirePlainRoles(Connection owner) {
        List<String> plain = JdbcClient.create(new SingleConnectionDataSource(owner, true))
                .sql("""
                        select rolname from pg_roles
                        where rolname in (:roles) and rolcanlogin
                          and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
                        """)
                .param("roles", target.roles())
                .query(String.class)
                .list();
        if (plain.size() != target.roles().size()) {
            throw new IllegalStateException("Each of " + target.roles()
                    + " has to be a login role without SUPERUSER, BYPASSRLS, CREATEROLE, CREATEDB and REPLICATION,"
                    + " but only these are: " + plain);
        }
    }
}
