package org.cartulary.platform.files;

import java.util.Optional;
import java.util.UUID;

/**
 * Keeps files of shops, each under the hash of its content. It knows nothing of what they are for: whoever writes one keeps a row
 * that says so, before it writes and until it has deleted it. Thread-safe.
 */
public interface FileStore {

    /**
     * Keeps the file, and returns when it survives the loss of power. One that is there already is written once more.
     *
     * @throws java.io.UncheckedIOException if it cannot be kept
     */
    void write(UUID tenantId, ContentHash hash, byte[] content);

    /**
     * The file, or empty where there is none.
     *
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    Optional<byte[]> read(UUID tenantId, ContentHash hash);

    /**
     * Deletes the file, if it is there.
     *
     * @throws java.io.UncheckedIOException if it cannot be deleted
     */
    void delete(UUID tenantId, ContentHash hash);

    /**
     * Files can be kept and read at this moment, as far as that can be told without doing it.
     *
     * @throws java.io.UncheckedIOException if they cannot
     */
    void requireReachable();
}
