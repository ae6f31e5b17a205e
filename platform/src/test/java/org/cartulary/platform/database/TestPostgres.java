package org.cartulary.platform.database;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.postgres.EmbeddedPostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** One PostgreSQL server for all tests of this program; it ends with the program and leaves nothing behind. */
public final class TestPostgres {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

    private TestPostgres() {}

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();
    }

    private static EmbeddedPostgres start() {
        try {
            Path folder = Files.createTempDirectory("cartulary-platform-");
            // Where the tests run as root the server runs as somebody else, who has to get in.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            EmbeddedPostgres server = EmbeddedPostgres.builder(folder.resolve("data"))
                    .durable(false)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void stop(EmbeddedPostgres server, Path folder) {
        server.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The server, started by the first call. */
    public static EmbeddedPostgres server() {
        return Holder.SERVER;
    }

    /** Settings under which every service gets a new database. */
    public static DatabaseSettings freshDatabases() {
        String suffix = "_test" + NAMES.incrementAndGet();
        return DatabaseSettings.at(server().jdbcUrl(""), DatabaseSettings.derivedPasswords("for tests"))
                .withAdmin(server().superuser(), server().password())
                .withDatabaseNames(service -> service + suffix);
    }

    /** As {@link #freshDatabases()}; that of the service is a copy of one which is migrated once for all tests. */
    public static DatabaseSettings freshCopyOf(String service) {
        String template = TEMPLATES.computeIfAbsent(service, TestPostgres::migrateTemplate);
        DatabaseSettings settings = freshDatabases();
        String copy = settings.databaseNames().apply(service);
        for (String sql : List.of(
                "create database ${copy} template ${template} owner ${service}_owner strategy file_copy",
                // Who may connect is not copied.
                "revoke all on database ${copy} from public",
                "grant connect on database ${copy} to ${service}_owner, ${service}_app, ${service}_worker,"
                        + " ${service}_readonly")) {
            superuser()
                    .sql(sql.replace("${copy}", copy)
                            .replace("${template}", template)
                            .replace("${service}", service))
                    .update();
        }
        return settings;
    }

    /** Drops a database that nobody needs any more. */
    static void drop(String database) {
        superuser().sql("drop database " + database + " with (force)").update();
    }

    private static JdbcClient superuser() {
        return JdbcClient.create(
                new DriverManagerDataSource(server().jdbcUrl("postgres"), server().superuser(), server().password()));
    }

    private static String migrateTemplate(String service) {
        DatabaseSettings settings = freshDatabases();
        try (Databases databases = new Databases(settings, new SimpleMeterRegistry())) {
            databases.open(service);
        }
        return settings.databaseNames().apply(service);
    }
}
