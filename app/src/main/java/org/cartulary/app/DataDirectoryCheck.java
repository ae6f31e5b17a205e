package org.cartulary.app;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a folder may be used as a data directory, looked at before anything is written there: it is missing or empty, or
 * it is a data directory already, and of the same user. Another user's is refused to root as well, who could write there but
 * would leave files that its owner cannot read any more. An empty folder may belong to anybody who lets us write there, as
 * the mounted volumes of containers do.
 */
record DataDirectoryCheck(Path folder) {

    /** One of these is in every data directory, the first of them from the first moment on. */
    private static final List<String> MARKS = List.of("lock", "operator-key", "postgres/cartulary.password");

    /** Where {@code ./cartulary postgres} makes its cluster, until that is whole. */
    private static final String UNFINISHED_CLUSTER = ".postgres.initializing";

    /** Written by the user who runs the platform, unlike the cluster, which root gives to another. */
    private static final List<String> OWN_FILES = List.of(
            "lock", "operator-key", "secret", "other-secrets", "secret-lock", "connection.json", "database-url");

    /** What operating systems put into folders that are empty for their users. */
    private static final Set<String> OF_THE_SYSTEM = Set.of("lost+found", ".DS_Store");

    /**
     * Refuses the folder if it holds other things or belongs to another user.
     *
     * @throws InstallationException if it does
     * @throws IOException if that cannot be seen
     */
    void require() throws IOException {
        if (isVacant()) {
            return;
        }
        if (!isDataDirectory()) {
            throw new InstallationException("the folder " + folder
                    + " is no data directory of Cartulary and holds other files; say --data-dir=FOLDER with an empty"
                    + " or a new folder");
        }
        for (String name : OWN_FILES) {
            Path file = folder.resolve(name);
            if (Files.exists(file, NOFOLLOW_LINKS) && FileOwner.isAnother(file)) {
                throw new InstallationException("the data directory " + folder + " " + FileOwner.words(file)
                        + "; start Cartulary as " + FileOwner.nameOf(file) + ", or say --data-dir=ANOTHER");
            }
        }
    }

    /** Whether there is nothing yet. */
    boolean isVacant() throws IOException {
        if (Files.notExists(folder, NOFOLLOW_LINKS)) {
            return true;
        }
        try (Stream<Path> contents = Files.list(folder)) {
            return contents.allMatch(file -> OF_THE_SYSTEM.contains(String.valueOf(file.getFileName())));
        }
    }

    private boolean isDataDirectory() {
        return MARKS.stream().anyMatch(mark -> Files.isRegularFile(folder.resolve(mark), NOFOLLOW_LINKS))
                || Files.isDirectory(folder.resolve(UNFINISHED_CLUSTER), NOFOLLOW_LINKS);
    }
}
