package org.cartulary.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory with a database cluster that Cartulary created. The password file is what marks it as such. */
final class DataDirectory {
    static final String PASSWORD_FILE = "cartulary.password";
    static final String SETTINGS_FILE = "cartulary.conf";
    private static final String LOCK_FILE = "cartulary.lock";
    private static final String STARTUP_LOG_FILE = "cartulary.startup.log";
    private static final String VERSION_FILE = "PG_VERSION";
    private static final int LINES_OF_LOG_WORTH_SHOWING = 15;

    private final Path path;
    private final ServerUser user;

    private DataDirectory(Path path, ServerUser user) {
        this.path = path;
        this.user = user;
    }

    /** Opens the directory, creating the cluster first when there is nothing yet. */
    static DataDirectory open(Path requested, PostgresBinaries binaries, ServerUser user, boolean durable)
            throws IOException {
        Path directory = located(requested);
        user.requireWayTo(directory.resolveSibling(""));
        if (isVacant(directory)) {
            new ClusterInitialization(binaries, user, directory).run(durable);
        }
        DataDirectory data = new DataDirectory(directory, user);
        data.requireOurs();
        data.requireVersion(binaries.majorVersion());
        data.requireOwner();
        return data;
    }

    private static Path located(Path requested) throws IOException {
        Path absolute = requested.toAbsolutePath().normalize();
        if (absolute.getNameCount() == 0) {
            throw new EmbeddedPostgresException("The root of the file system cannot be the data directory");
        }
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        Path parent = absolute.resolveSibling("");
        FileTree.createOpenFolders(parent);
        return parent.toRealPath().resolve(absolute.getFileName());
    }

    static boolean isVacant(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return true;
        }
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> contents = Files.list(directory)) {
            return contents.findAny().isEmpty();
        }
    }

    private void requireOurs() {
        if (!Files.isDirectory(path)) {
            throw new ForeignDataDirectoryException(path, "it is a file.");
        }
        if (Files.exists(path.resolve(PASSWORD_FILE)) && Files.exists(path.resolve(VERSION_FILE))) {
            return;
        }
        boolean isCluster = Files.exists(path.resolve(VERSION_FILE));
        throw new ForeignDataDirectoryException(
                path,
                isCluster
                        ? "it holds a PostgreSQL database cluster which Cartulary did not create."
                        : "it holds other files.");
    }

    private void requireVersion(int majorVersion) throws IOException {
        String found = Files.readString(path.resolve(VERSION_FILE)).strip();
        if (!found.equals(Integer.toString(majorVersion))) {
            throw new IncompatibleDataDirectoryException(path, found, majorVersion);
        }
    }

    /** PostgreSQL insists on owning its files; as root we can give them to it, for instance after a restore. */
    private void requireOwner() throws IOException {
        if (user.owns(path) && user.owns(path.resolve(VERSION_FILE))) {
            return;
        }
        if (user.callerId() != 0) {
            throw new EmbeddedPostgresException(
                    "The data directory %s belongs to another user of the operating system. Run this program as that user, or give the directory to the user with id %d: chown -R %d %s"
                            .formatted(path, user.userId(), user.userId(), path));
        }
        FileTree.visit(path, user::own);
    }

    /** Claims the directory for this process. */
    DirectoryLock lock() throws IOException {
        return DirectoryLock.acquire(ownedFile(LOCK_FILE).create().path(), path);
    }

    Path path() {
        return path;
    }

    String password() throws IOException {
        return Files.readString(path.resolve(PASSWORD_FILE)).strip();
    }

    void writeSettings(String settings) throws IOException {
        ownedFile(SETTINGS_FILE).write(settings);
    }

    /** Where the server writes until its own log is open. */
    Path emptyStartupLog() throws IOException {
        OwnedFile file = ownedFile(STARTUP_LOG_FILE);
        file.write("");
        return file.path();
    }

    private OwnedFile ownedFile(String name) {
        return new OwnedFile(path.resolve(name), user);
    }

    Optional<PostmasterFile> postmasterFile() {
        return PostmasterFile.read(postmasterFilePath());
    }

    Path postmasterFilePath() {
        return path.resolve("postmaster.pid");
    }

    /** The number PostgreSQL gave this cluster at its creation, unique in the world for practical purposes. */
    String systemIdentifier() throws IOException {
        ByteBuffer identifier = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel control = FileChannel.open(path.resolve("global/pg_control"))) {
            if (control.read(identifier) != Long.BYTES) {
                throw new IOException("The control file of " + path + " is too short");
            }
        }
        return Long.toUnsignedString(identifier.getLong(0));
    }

    /** The last lines the server wrote at its start, for a message to a person. */
    String latestLogLines() throws IOException {
        StringBuilder lines = new StringBuilder(Files.readString(path.resolve(STARTUP_LOG_FILE)));
        Path currentLogs = path.resolve("current_logfiles");
        if (Files.exists(currentLogs)) {
            String name = Files.readString(currentLogs).strip().replaceFirst("^stderr ", "");
            List<String> log = Files.readAllLines(path.resolve(name));
            log.stream()
                    .skip(Math.max(0, log.size() - LINES_OF_LOG_WORTH_SHOWING))
                    .forEach(line -> lines.append(line).append('\n'));
        }
        return lines.toString().strip();
    }
}
