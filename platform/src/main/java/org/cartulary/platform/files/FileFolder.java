package org.cartulary.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Keeps files in a folder, one below it for each shop. A file is written under another name, synchronised and then renamed, so that
 * under its name there is never a part of it. Thread-safe, for several processes on one machine, too.
 */
public final class FileFolder implements FileStore {

    private static final int DIGITS_OF_FOLDERS = 2;
    private static final int DEPTH_OF_FILES = 3;
    private static final Pattern DRAFT = Pattern.compile("[0-9a-f]{64}\\.[0-9a-f-]{36}\\.new");

    private final Path folder;

    /** Keeps files below this folder, which is made when the first one comes. */
    public FileFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    private Path place(UUID tenantId, ContentHash hash) {
        return folder.resolve(tenantId.toString())
                .resolve(hash.hex().substring(0, DIGITS_OF_FOLDERS))
                .resolve(hash.hex());
    }

    @Override
    public void write(UUID tenantId, ContentHash hash, byte[] content) {
        Path place = place(tenantId, hash);
        Path draft = place.resolveSibling(hash.hex() + "." + UUID.randomUUID() + ".new");
        try {
            Files.createDirectories(parentOf(place));
            try (FileChannel file = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    file.write(rest);
                }
                file.force(true);
            }
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            synchronise(place);
        } catch (IOException e) {
            throw new FilesUnavailableException("a file cannot be kept in " + folder, e);
        } finally {
            discard(draft);
        }
    }

    /** Names are kept by their folders, up to the one that was there before. */
    private void synchronise(Path place) throws IOException {
        for (Path parent = parentOf(place); parent.startsWith(folder); parent = parentOf(parent)) {
            try (FileChannel names = FileChannel.open(parent, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private static Path parentOf(Path place) {
        return Objects.requireNonNull(place.getParent());
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new FilesUnavailableException("the draft " + draft + " cannot be deleted", e);
        }
    }

    @Override
    public Optional<byte[]> read(UUID tenantId, ContentHash hash) {
        try {
            return Optional.of(Files.readAllBytes(place(tenantId, hash)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new FilesUnavailableException("a file in " + folder + " cannot be read", e);
        }
    }

    @Override
    public Optional<InputStream> open(UUID tenantId, ContentHash hash) {
        try {
            return Optional.of(Files.newInputStream(place(tenantId, hash)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new FilesUnavailableException("a file in " + folder + " cannot be read", e);
        }
    }

    @Override
    public void delete(UUID tenantId, ContentHash hash) {
        try {
            Files.deleteIfExists(place(tenantId, hash));
        } catch (IOException e) {
            throw new FilesUnavailableException("a file in " + folder + " cannot be deleted", e);
        }
    }

    @Override
    public void discardDrafts(Instant before) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, Set.of(), DEPTH_OF_FILES, new OldDrafts(before));
        } catch (IOException e) {
            throw new FilesUnavailableException("the drafts in " + folder + " cannot be deleted", e);
        }
    }

    /** Deletes drafts. What vanishes meanwhile was deleted or renamed by its owner. */
    private static final class OldDrafts extends SimpleFileVisitor<Path> {

        private final Instant before;

        OldDrafts(Instant before) {
            this.before = before;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (DRAFT.matcher(String.valueOf(file.getFileName())).matches()
                    && attributes.lastModifiedTime().toInstant().isBefore(before)) {
                Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }

    /** The folder is there and may be written, or is still to be made. */
    @Override
    public void requireReachable() {
        if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            throw new FilesUnavailableException(folder + " is no folder in which files can be kept");
        }
    }
}
