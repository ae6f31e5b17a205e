package org.cartulary.platform.files;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.operations.OutsideStore;

/**
 * Keeps files of shops, each under the hash of its content. It knows nothing of what they are for: whoever writes one keeps a row
 * that says so, before it writes and until it has deleted it. Thread-safe.
 */
public interface FileStore extends OutsideStore {

    /**
     * Keeps the file, and returns when it survives the loss of power. One that is there already is written once more.
     *
     * @throws FilesUnavailableException if it cannot be kept
     */
    void write(UUID tenantId, ContentHash hash, byte[] content);

    /**
     * The file, or empty where there is none.
     *
     * @throws FilesUnavailableException if it cannot be read
     */
    Optional<byte[]> read(UUID tenantId, ContentHash hash);

    /**
     * The file as a stream, of which little is in memory at a time, or empty where there is none. Whoever opens it closes it.
     *
     * @throws FilesUnavailableException if it cannot be read
     */
    Optional<InputStream> open(UUID tenantId, ContentHash hash);

    /**
     * Deletes the file, if it is there.
     *
     * @throws FilesUnavailableException if it cannot be deleted
     */
    void delete(UUID tenantId, ContentHash hash);

    /**
     * Deletes what writes have left behind that never came to their end, such as those of a process that was killed.
     *
     * @param before only of writes that began before that
     * @throws FilesUnavailableException if it cannot be deleted
     */
    void discardDrafts(Instant before);

    @Override
    default String holds() {
        return "files";
    }

    /**
     * Files can be kept and read at this moment, as far as that can be told without doing it.
     *
     * @throws FilesUnavailableException if they cannot
     */
    @Override
    void requireReachable();
}
