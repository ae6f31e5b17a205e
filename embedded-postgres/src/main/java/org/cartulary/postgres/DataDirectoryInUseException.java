package org.cartulary.postgres;

import java.nio.file.Path;

/** Another running instance, in this process or another one, owns the data directory. */
public final class DataDirectoryInUseException extends EmbeddedPostgresException {
    DataDirectoryInUseException(Path directory) {
        super("The data directory " + directory + " is already used by a running Cartulary."
                + " Stop that one first, or start this one with another data directory.");
    }
}
