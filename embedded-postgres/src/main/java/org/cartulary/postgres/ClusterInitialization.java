package org.cartulary.postgres;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a new database cluster beside its final place and renames it, so that an interruption at any moment leaves
 * either nothing or a whole data directory there.
 */
final class ClusterInitialization {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterInitialization.class);
    private static final String CLUSTER_PREFIX = "cluster-";
    private static final int FIRST_WITH_BUILTIN_LOCALE = 17;

    private final PostgresBinaries binaries;
    private final ServerUser user;
    private final Path directory;
    private final Path workshop;

    ClusterInitialization(PostgresBinaries binaries, ServerUser user, Path directory) {
        this.binaries = binaries;
        this.user = user;
        this.directory = directory;
        this.workshop = directory.resolveSibling("." + directory.getFileName() + ".initializing");
    }

    void run(boolean durable) throws IOException {
        LOG.info("Creating a PostgreSQL {} database cluster in {}", binaries.version(), directory);
        createOwned(workshop);
        Path lockFile = workshop.resolve("lock");
        if (Files.notExists(lockFile)) {
            Files.write(lockFile, new byte[0], StandardOpenOption.CREATE);
        }
        try (DirectoryLock lock = DirectoryLock.acquire(lockFile, directory)) {
            deleteLeftovers();
            // Another process may have finished between our look and our lock.
            if (DataDirectory.isVacant(directory)) {
                Path cluster = create(durable);
                if (durable) {
                    forceOurFiles(cluster);
                }
                moveIntoPlace(cluster);
                FileTree.force(directory.resolveSibling(""));
            }
            lock.deleteFile();
            removeWorkshop();
        }
    }

    private void removeWorkshop() throws IOException {
        try {
            Files.deleteIfExists(workshop);
        } catch (DirectoryNotEmptyException anotherProcessCame) {
            LOG.debug("Another process uses {}; it will remove it", workshop);
        }
    }

    private void createOwned(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, FileTree.OWNER_ONLY_FOLDER);
        user.own(folder);
    }

    private void deleteLeftovers() throws IOException {
        List<Path> leftovers;
        try (Stream<Path> contents = Files.list(workshop)) {
            leftovers = contents.filter(path -> path.getFileName().toString().startsWith(CLUSTER_PREFIX))
                    .toList();
        }
        for (Path leftover : leftovers) {
            FileTree.delete(leftover);
        }
    }

    private Path create(boolean durable) throws IOException {
        Path cluster = Files.createTempDirectory(workshop, CLUSTER_PREFIX);
        createOwned(cluster);
        Path passwordFile = cluster.resolveSibling(cluster.getFileName() + ".password");
        new OwnedFile(passwordFile, user).write(newPassword());

        Command.Result result = Command.run(user.command(initdb(cluster, passwordFile, durable)));
        if (!result.succeeded()) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not create the database cluster " + directory + ": " + result.output());
        }
        Files.move(passwordFile, cluster.resolve(DataDirectory.PASSWORD_FILE), StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(
                cluster.resolve("postgresql.conf"),
                "\ninclude_if_exists = '" + DataDirectory.SETTINGS_FILE + "'\n",
                StandardOpenOption.APPEND);
        return cluster;
    }

    /** What was written after initdb had forced its own files to the disk. */
    private static void forceOurFiles(Path cluster) throws IOException {
        FileTree.force(cluster.resolve(DataDirectory.PASSWORD_FILE));
        FileTree.force(cluster.resolve("postgresql.conf"));
        FileTree.force(cluster);
    }

    private List<String> initdb(Path cluster, Path passwordFile, boolean durable) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + cluster,
                "--username=" + EmbeddedPostgres.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth-host=scram-sha-256",
                "--auth-local=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions"));
        if (binaries.majorVersion() >= FIRST_WITH_BUILTIN_LOCALE) {
            command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        if (!durable) {
            command.add("--no-sync");
        }
        return command;
    }

    private void moveIntoPlace(Path cluster) {
        try {
            Files.move(cluster, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failure) {
            throw new EmbeddedPostgresException(
                    "The new database cluster could not be put into its place " + directory
                            + ". If that is a mounted volume, name a directory inside of it instead.",
                    failure);
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("Cannot create " + directory, failure);
        }
    }

    private static String newPassword() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
