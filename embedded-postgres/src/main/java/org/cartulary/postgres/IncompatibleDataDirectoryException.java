package org.cartulary.postgres;

import java.nio.file.Path;

/** The data directory was written by another major version of PostgreSQL than the one at hand. */
public final class IncompatibleDataDirectoryException extends EmbeddedPostgresException {
    IncompatibleDataDirectoryException(Path directory, String found, int expected) {
        super("The data directory " + directory + " was created by PostgreSQL " + found
                + ", but this program brings PostgreSQL " + expected
                + ". Start it with the release that created it, or move the data with a dump and a restore.");
    }
}
