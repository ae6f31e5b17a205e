package org.cartulary.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Exclusive ownership of a folder among all processes of this machine; it ends with the process at the latest. */
final class DirectoryLock implements AutoCloseable {
    // Closing any channel of a file drops the process's lock on it, so a second attempt in this process must be
    // refused before it opens the file.
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks the file, which must exist.
     *
     * @throws DataDirectoryInUseException when anybody holds it already
     */
    static DirectoryLock acquire(Path file, Path directory) throws IOException {
        Path realFile = file.toRealPath();
        if (!HELD_BY_THIS_PROCESS.add(realFile)) {
            throw new DataDirectoryInUseException(directory);
        }
        DirectoryLock lock = null;
        try {
            lock = tryLock(realFile);
        } finally {
            if (lock == null) {
                HELD_BY_THIS_PROCESS.remove(realFile);
            }
        }
        if (lock == null) {
            throw new DataDirectoryInUseException(directory);
        }
        return lock;
    }

    private static @Nullable DirectoryLock tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : new DirectoryLock(file, channel);
    }

    /** For a lock that nobody will need again. */
    void deleteFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("Cannot release " + file, failure);
        } finally {
            HELD_BY_THIS_PROCESS.remove(file);
        }
    }
}
