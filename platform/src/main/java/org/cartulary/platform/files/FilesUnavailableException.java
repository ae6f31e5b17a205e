package org.cartulary.platform.files;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A store of files cannot keep, read or delete one now. Buyers are answered 503 {@code service-unavailable}. */
public final class FilesUnavailableException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    /** Because of this. */
    public FilesUnavailableException(String message, IOException cause) {
        super(message, cause);
    }

    /** Because the store said so. */
    FilesUnavailableException(String message) {
        this(message, new IOException(message));
    }
}
