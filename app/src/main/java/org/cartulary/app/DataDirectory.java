package org.cartulary.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder in which an installation keeps what outlives its processes: the cluster of the embedded PostgreSQL, the
 * secret, logs, and the address and keys with which the other commands find the running platform. Files with secrets can
 * be read by their owner only.
 */
public final class DataDirectory implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    /**
     * How to reach the platform, and its first administrator.
     *
     * @param url the base URL
     * @param apiKey the operator's key
     * @param administrator who administers the shop {@code default}; {@code null} where the process does not host it
     */
    public record Connection(
            String url, String apiKey, @Nullable Administrator administrator) {}

    /** An administrator's name and first password. */
    public record Administrator(String email, String password) {

        @Override
        public String toString() {
            return "Administrator[email=" + email + "]";
        }
    }

    private DataDirectory(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens the folder for a process of the platform, and creates it where it is missing.
     *
     * @throws InstallationException if another process uses it, it belongs to another user or holds other files, or it
     *     cannot be written
     */
    public static DataDirectory open(Path folder) {
        Path path = create(folder);
        try {
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw new InstallationException("the data directory " + path
                        + " is in use by another running Cartulary; stop that one, or say --data-dir=ANOTHER");
            }
            return new DataDirectory(path, channel, lock);
        } catch (IOException e) {
            throw unusable(path, FailureReason.of(e), e);
        }
    }

    /**
     * Looks whether the folder can be opened, and leaves nothing behind where there was nothing.
     *
     * @throws InstallationException if another process uses it, it belongs to another user or holds other files, or it
     *     cannot be written
     */
    public static void requireUsable(Path folder) {
        boolean isVacant = requireOurs(folder);
        if (!isVacant) {
            open(folder).close();
        }
    }

    /**
     * Creates the folder where it is missing, without opening it.
     *
     * @return its absolute path
     * @throws InstallationException if it belongs to another user or holds other files, or it cannot be created
     */
    public static Path create(Path folder) {
        requireOurs(folder);
        Path path = absolute(folder);
        try {
            return Files.createDirectories(path);
        } catch (NoSuchFileException e) {
            throw unusable(path, "no folder can be made there", e);
        } catch (IOException e) {
            throw unusable(path, FailureReason.of(e), e);
        }
    }

    /** Says whether there is nothing in it yet. */
    private static boolean requireOurs(Path folder) {
        Path path = absolute(folder);
        DataDirectoryCheck check = new DataDirectoryCheck(path);
        try {
            check.require();
            return check.isVacant();
        } catch (IOException e) {
            throw unusable(path, FailureReason.of(e), e);
        }
    }

    private static Path absolute(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    private static InstallationException unusable(Path path, String reason, IOException cause) {
        return new InstallationException("the data directory " + path + " cannot be used: " + reason, cause);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Where the embedded PostgreSQL keeps its cluster. */
    public Path cluster() {
        return path.resolve("postgres");
    }

    /** Where the log is written. */
    public Path logFile() {
        return path.resolve("logs").resolve("cartulary.log");
    }

    /** Where files of shops are kept, such as pictures. */
    public Path files() {
        return path.resolve("files");
    }

    /** Where mails are put while no mail server is configured. */
    public Path mails() {
        return path.resolve("mail");
    }

    /**
     * The installation's secret, made at the first start.
     *
     * @throws InstallationException if it is lost, or cannot be read or written
     */
    public String secret() {
        new SecretFiles(path).requireNoneLost();
        return readOrCreate("secret");
    }

    /** The same, and those that are understood beside it. */
    public InstallationSecrets secrets() {
        secret();
        return new SecretFiles(path).read();
    }

    /** A random text kept under the name, made when it is first asked for. */
    public String readOrCreate(String name) {
        Path file = path.resolve(name);
        try {
            if (!Files.exists(file)) {
                writePrivately(file, randomText());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new InstallationException(
                    "the file " + file + " cannot be read or written: " + FailureReason.of(e), e);
        }
    }

    /** A text of 256 random bits. */
    static String randomText() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Leaves what the other commands need. */
    public void write(Connection connection) {
        try {
            writePrivately(
                    path.resolve("connection.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(connection));
        } catch (IOException e) {
            throw new InstallationException(
                    "the data directory " + path + " cannot be written: " + FailureReason.of(e), e);
        }
    }

    /**
     * What a running platform has left in the folder, if anything.
     *
     * @throws InstallationException if it is there and cannot be read
     */
    public static Optional<Connection> connection(Path folder) {
        Path file = folder.resolve("connection.json");
        try {
            return Optional.of(JSON.readValue(Files.readString(file), Connection.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new InstallationException("the file " + file + " cannot be read: " + FailureReason.of(e), e);
        } catch (JacksonException e) {
            throw new InstallationException(
                    "the file " + file + " is not what a running platform leaves; start the platform again", e);
        }
    }

    /**
     * Writes the whole file or nothing, readable by the owner only from its first byte on; it outlives a loss of power when this
     * returns.
     */
    static void writePrivately(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        flushNames(file.toAbsolutePath().resolveSibling(""));
    }

    /** Has the names of files reach the disk: until then a loss of power may undo that they were moved or deleted. */
    static void flushNames(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Lets another process use the folder. */
    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new InstallationException("the data directory " + path + " cannot be given back", e);
        }
    }
}
