package org.cartulary.postgres;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder where the PostgreSQL programs are unpacked once per release. Several processes may use it at once: each
 * unpacks into a folder of its own and renames it, so that a finished folder is always whole.
 */
final class BinaryCache {
    private static final Logger LOG = LoggerFactory.getLogger(BinaryCache.class);
    private static final String VERSION_FILE = "cartulary.version";

    private final ServerUser user;
    private final BinaryArchive archive;

    BinaryCache(ServerUser user, BinaryArchive archive) {
        this.user = user;
        this.archive = archive;
    }

    /** The programs from the first usable folder: the given one, or one of the usual ones. */
    PostgresBinaries binaries(@Nullable Path chosenFolder) {
        List<Path> folders = chosenFolder == null ? usualFolders() : List.of(chosenFolder.toAbsolutePath());
        EmbeddedPostgresException failure =
                new EmbeddedPostgresException("The PostgreSQL programs could not be unpacked into any of " + folders
                        + ". Make one of them writable, free some disk space, or choose another folder for them.");
        for (Path folder : folders) {
            try {
                return binariesIn(folder);
            } catch (IOException unusable) {
                failure.addSuppressed(unusable);
            }
        }
        throw failure;
    }

    private List<Path> usualFolders() {
        // Root's home is closed to the unprivileged user the server runs as then.
        String preferred = user.callerId() == 0 ? "/var/cache" : System.getProperty("user.home", "") + "/.cache";
        String temporary = System.getProperty("java.io.tmpdir", "/tmp");
        return Stream.of(
                        Path.of(preferred, "cartulary", "postgres"),
                        Path.of(temporary, "cartulary-postgres-" + user.callerId()))
                .filter(Path::isAbsolute)
                .toList();
    }

    private PostgresBinaries binariesIn(Path folder) throws IOException {
        FileTree.createOpenFolders(folder);
        Path realFolder = folder.toRealPath();
        if (!user.trusts(realFolder)) {
            throw new IOException(realFolder + " can be changed by other users");
        }
        if (user.barrierOnTheWayTo(realFolder).isPresent()) {
            throw new IOException(realFolder + " cannot be entered by the user with id " + user.userId());
        }
        Path home = realFolder.resolve(archive.key());
        if (!Files.exists(home)) {
            unpack(home);
        }
        return new PostgresBinaries(home, Files.readString(home.resolve(VERSION_FILE)));
    }

    private void unpack(Path home) throws IOException {
        LOG.info("Unpacking the PostgreSQL programs into {}", home);
        Path unfinished = Files.createTempDirectory(home.resolveSibling(""), ".unpacking-");
        try (var content = archive.open()) {
            new ArchiveUnpacking(unfinished).unpack(content);
            Files.writeString(unfinished.resolve(VERSION_FILE), PostgresBinaries.versionOf(unfinished));
            moveIntoPlace(unfinished, home);
        } finally {
            FileTree.delete(unfinished);
        }
    }

    private static void moveIntoPlace(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsupported) {
            throw unsupported;
        } catch (IOException failure) {
            boolean anotherProcessWasFirst = Files.exists(home);
            if (!anotherProcessWasFirst) {
                throw failure;
            }
        }
    }
}
