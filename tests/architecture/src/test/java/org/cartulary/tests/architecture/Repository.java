package org.cartulary.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folders of the repository that these tests run in. */
final class Repository {

    private Repository() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("these tests have to run inside the repository");
            }
            folder = parent;
        }
        return folder;
    }

    /** The names of all services, which are also those of their folders, packages and databases. */
    static List<String> services() {
        return list(root().resolve("services"), folder -> Files.exists(folder.resolve("pom.xml"))).stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    /** The modules that hold migrations, each in {@code src/main/resources/db/<name>}: the platform and the services. */
    static List<Path> migratedFolders() {
        return Stream.concat(
                        Stream.of(databaseFolder(root().resolve("platform"), "platform")),
                        services().stream()
                                .map(service -> databaseFolder(
                                        root().resolve("services").resolve(service), service)))
                .filter(Files::isDirectory)
                .toList();
    }

    /** Where the migrations of a service are. */
    static Path migrationsOf(String service) {
        return databaseFolder(root().resolve("services").resolve(service), service)
                .resolve("migrations");
    }

    /** Where the migrations are that every database has. */
    static Path platformMigrations() {
        return databaseFolder(root().resolve("platform"), "platform").resolve("migrations");
    }

    private static Path databaseFolder(Path module, String name) {
        return module.resolve("src/main/resources/db").resolve(name);
    }

    /** The entries of a folder that pass, in the order of their names; none where there is no such folder. */
    static List<Path> list(Path folder, Predicate<Path> filter) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(filter).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
