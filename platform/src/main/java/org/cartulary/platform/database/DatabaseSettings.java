package org.cartulary.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Where the services' databases are and how to get in. Immutable.
 *
 * @param servers from a service's name to its server, such as {@code jdbc:postgresql://db.example:5432/} with optional
 *     parameters after a question mark; services may live on different servers
 * @param databaseNames from a service's name to the name of its database
 * @param passwords from the name of a role, such as {@code inventory_app}, to its password
 * @param admin who creates missing roles and databases; {@code null} where somebody else has created the four roles and
 *     the database, which the owner role must own
 * @param pools how many connections each service may keep
 * @param limits how long statements may take
 * @param otherPasswords what else the passwords may be, in the same form, while they are changed: tried where the server refuses
 *     the first
 */
public record DatabaseSettings(
        UnaryOperator<String> servers,
        UnaryOperator<String> databaseNames,
        UnaryOperator<String> passwords,
        @Nullable Admin admin,
        PoolSizes pools,
        StatementLimits limits,
        List<UnaryOperator<String>> otherPasswords) {

    /** With {@linkplain StatementLimits#DEFAULT the usual limits} and no other passwords. */
    public DatabaseSettings(
            UnaryOperator<String> servers,
            UnaryOperator<String> databaseNames,
            UnaryOperator<String> passwords,
            @Nullable Admin admin,
            PoolSizes pools) {
        this(servers, databaseNames, passwords, admin, pools, StatementLimits.DEFAULT, List.of());
    }

    public DatabaseSettings {
        Objects.requireNonNull(servers);
        Objects.requireNonNull(databaseNames);
        Objects.requireNonNull(passwords);
        Objects.requireNonNull(pools);
        Objects.requireNonNull(limits);
        otherPasswords = List.copyOf(otherPasswords);
    }

    /**
     * A role that may create roles and databases; it need not be a superuser.
     *
     * @param database the database it connects to, usually {@code postgres}
     */
    public record Admin(String user, String password, String database) {

        @Override
        public String toString() {
            return "Admin[user=" + user + ", database=" + database + "]";
        }
    }

    /**
     * The limits of one service's pools.
     *
     * @param app the most connections of the application role
     * @param appIdle how many of them stay open while idle
     * @param worker the most connections of the worker role
     * @param readonly the most connections of the read-only role
     * @param leakDetection after how long a connection that was not given back is reported; zero for never
     */
    public record PoolSizes(int app, int appIdle, int worker, int readonly, Duration leakDetection) {

        /** For a server that belongs to this program: at most 16 connections a service, one kept idle. */
        public static PoolSizes embedded() {
            return new PoolSizes(10, 1, 4, 2, Duration.ZERO);
        }

        /** For a server of its own: at most 26 connections a service, five kept idle, leaks reported after 60 seconds. */
        public static PoolSizes production() {
            return new PoolSizes(20, 5, 4, 2, Duration.ofSeconds(60));
        }
    }

    /** All services on one server, in databases named {@code <service>_db}, with small pools and without an admin. */
    public static DatabaseSettings at(String server, UnaryOperator<String> passwords) {
        return new DatabaseSettings(
                service -> server, service -> service + "_db", passwords, null, PoolSizes.embedded());
    }

    /** These settings with an admin who connects to the database {@code postgres}. */
    public DatabaseSettings withAdmin(String user, String password) {
        return withAdmin(new Admin(user, password, "postgres"));
    }

    /** These settings with an admin. */
    public DatabaseSettings withAdmin(Admin other) {
        return new DatabaseSettings(servers, databaseNames, passwords, other, pools, limits, otherPasswords);
    }

    /** These settings with other names for the databases. */
    public DatabaseSettings withDatabaseNames(UnaryOperator<String> names) {
        return new DatabaseSettings(servers, names, passwords, admin, pools, limits, otherPasswords);
    }

    /** These settings with other limits for the pools. */
    public DatabaseSettings withPools(PoolSizes sizes) {
        return new DatabaseSettings(servers, databaseNames, passwords, admin, sizes, limits, otherPasswords);
    }

    /** These settings with further passwords that are tried. */
    public DatabaseSettings withOtherPasswords(List<UnaryOperator<String>> others) {
        return new DatabaseSettings(servers, databaseNames, passwords, admin, pools, limits, others);
    }

    /** These settings with other limits for statements. */
    public DatabaseSettings withLimits(StatementLimits other) {
        return new DatabaseSettings(servers, databaseNames, passwords, admin, pools, other, otherPasswords);
    }

    /** A different password for every role, each derived from one secret, from which it cannot be guessed back. */
    public static UnaryOperator<String> derivedPasswords(String secret) {
        Objects.requireNonNull(secret);
        return role -> Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(authenticationCode(secret, "database role " + role));
    }

    static byte[] authenticationCode(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
