package org.cartulary.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.platform.files.ContentHash;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.files.FilesUnavailableException;

/** Keeps files elsewhere, counts how they are read, and fails to delete some. */
final class WatchedFiles implements FileStore {

    final Set<ContentHash> undeletable = new HashSet<>();
    final AtomicInteger opened = new AtomicInteger();

    /** How many were read as a whole. */
    final AtomicInteger wholes = new AtomicInteger();

    private final FileStore files;

    WatchedFiles(FileStore files) {
        this.files = files;
    }

    @Override
    public void write(UUID tenantId, ContentHash hash, byte[] content) {
        files.write(tenantId, hash, content);
    }

    @Override
    public Optional<byte[]> read(UUID tenantId, ContentHash hash) {
        wholes.incrementAndGet();
        return files.read(tenantId, hash);
    }

    @Override
    public Optional<InputStream> open(UUID tenantId, ContentHash hash) {
        opened.incrementAndGet();
        return files.open(tenantId, hash);
    }

    @Override
    public void delete(UUID tenantId, ContentHash hash) {
        if (undeletable.contains(hash)) {
            throw new FilesUnavailableException("the disk is gone", new IOException());
        }
        files.delete(tenantId, hash);
    }

    @Override
    public void discardDrafts(Instant before) {
        files.discardDrafts(before);
    }

    @Override
    public void requireReachable() {
        files.requireReachable();
    }
}
