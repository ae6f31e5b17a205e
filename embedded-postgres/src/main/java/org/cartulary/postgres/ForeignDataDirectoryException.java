package org.cartulary.postgres;

import java.nio.file.Path;

/** The data directory holds files which Cartulary did not create; they are left untouched. */
public final class ForeignDataDirectoryException extends EmbeddedPostgresException {
    ForeignDataDirectoryException(Path directory, String reason) {
        super("The directory " + directory + " cannot be used as data directory: " + reason
                + " Nothing in it was changed. Name a directory that is empty or does not exist yet.");
    }
}
