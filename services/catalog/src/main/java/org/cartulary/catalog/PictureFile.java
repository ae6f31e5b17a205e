package org.cartulary.catalog;

import java.io.InputStream;
import java.util.UUID;
import org.cartulary.catalog.PictureStore.Served;
import org.cartulary.platform.files.FileStore;
import org.springframework.core.io.AbstractResource;

/** The file of a picture, which is opened when the first of its bytes is sent, and of which little is in memory at a time. Thread-safe. */
final class PictureFile extends AbstractResource {

    private final FileStore files;
    private final UUID tenantId;
    private final Served picture;

    PictureFile(FileStore files, UUID tenantId, Served picture) {
        this.files = files;
        this.tenantId = tenantId;
        this.picture = picture;
    }

    @Override
    public InputStream getInputStream() {
        return files.open(tenantId, picture.hash())
                .orElseThrow(
                        () -> new IllegalStateException("the file " + picture.hash() + " of a picture is missing"));
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public long contentLength() {
        return picture.length();
    }

    @Override
    public String getDescription() {
        return "file " + picture.hash().hex() + " of tenant " + tenantId;
    }
}
