package org.cartulary.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.jspecify.annotations.Nullable;

/**
 * The secrets in a data directory: {@code secret}, which is used, and {@code other-secrets}, one a line, which are understood. A
 * running platform has read them and does not look again. Every file is written whole or not at all, and a secret is in one of them at
 * every moment until it is forgotten. Thread-safe, also among processes.
 */
public final class SecretFiles {

    private static final String SECRET = "secret";
    private static final String OTHERS = "other-secrets";
    /** It stays: who waits for a lock must wait for that of the same file. */
    private static final String LOCK = "secret-lock";

    private final Path folder;

    /** Those in the folder. */
    public SecretFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Work with files. */
    private interface Work<E extends Exception> {

        InstallationSecrets run() throws E;
    }

    /**
     * What the next start knows.
     *
     * @throws InstallationException if there is no secret, or it cannot be read
     */
    public InstallationSecrets read() {
        return reported(this::present);
    }

    /**
     * Makes a new secret and has the present one understood.
     *
     * @return what the next start knows
     * @throws InstallationException if there is no secret yet, the folder is another user's, or it cannot be written
     */
    public InstallationSecrets rotate() {
        return alone(() -> {
            InstallationSecrets present = present();
            // A crash between the two leaves the present secret in both, and the new one nowhere.
            DataDirectory.writePrivately(folder.resolve(OTHERS), lines(present.all()));
            DataDirectory.writePrivately(folder.resolve(SECRET), DataDirectory.randomText());
            return present();
        });
    }

    /**
     * Forgets all but the secret that is used.
     *
     * @param used the id of the secret that the running platform uses
     * @return what the next start knows
     * @throws InstallationException if that is not the one that the next start uses, the folder is another user's, or it cannot be
     *     written
     */
    public InstallationSecrets forgetOthers(String used) {
        return alone(() -> {
            InstallationSecrets present = present();
            if (!present.firstId().equals(used)) {
                throw new InstallationException(
                        "the running platform uses the secret " + used
                                + ", and the next start of " + folder + " would use " + present.firstId()
                                + ": restart it, and say this again when ./cartulary secret status says that the others can go");
            }
            Files.deleteIfExists(folder.resolve(OTHERS));
            DataDirectory.flushNames(folder);
            return present();
        });
    }

    /**
     * The one that is used is read first: the others are written before it, so that whoever reads while it is changed finds what it
     * was, or finds that among the others.
     */
    private InstallationSecrets present() throws IOException {
        String secret = Files.readString(folder.resolve(SECRET)).strip();
        return InstallationSecrets.of(secret, list(others()));
    }

    private String others() throws IOException {
        try {
            return Files.readString(folder.resolve(OTHERS));
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    /**
     * Makes sure that a secret which is missing was never there.
     *
     * @throws InstallationException if there are others that are understood, and none that is used
     */
    void requireNoneLost() {
        if (Files.notExists(folder.resolve(SECRET)) && Files.exists(folder.resolve(OTHERS))) {
            throw new InstallationException("the file " + folder.resolve(SECRET) + " is lost, and " + OTHERS
                    + " is there: nothing is started with a new secret; put the file back, or the first line of "
                    + OTHERS
                    + " into it");
        }
    }

    /** The secrets in a text that holds one a line. */
    static List<String> list(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static String lines(List<String> secrets) {
        return String.join("\n", secrets) + "\n";
    }

    /**
     * Secrets in files elsewhere.
     *
     * @param secret the one that is used
     * @param others a file with one a line that is understood, {@code null} for none
     * @throws InstallationException if one cannot be read, or is too short
     */
    public static InstallationSecrets of(Path secret, @Nullable Path others) {
        String first = text("--secret-file", secret).strip();
        List<String> understood = others == null ? List.of() : list(text("--other-secrets-file", others));
        return requireLong(() -> InstallationSecrets.of(first, understood));
    }

    private static String text(String option, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InstallationException(option + "=" + file + " cannot be read: " + FailureReason.of(e), e);
        }
    }

    /** The lock of the file keeps other processes away, that of the class other threads: they would be refused the file's. */
    private InstallationSecrets alone(Work<IOException> work) {
        return reported(() -> {
            new DataDirectoryCheck(folder).require();
            requireSecret();
            synchronized (SecretFiles.class) {
                try (FileChannel channel = FileChannel.open(
                                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock _ = channel.lock()) {
                    return work.run();
                }
            }
        });
    }

    /** Looked at before anything is written: a folder that is no data directory yet stays one in which a platform can be started. */
    private void requireSecret() throws NoSuchFileException {
        Path secret = folder.resolve(SECRET);
        if (Files.notExists(secret)) {
            throw new NoSuchFileException(secret.toString());
        }
    }

    private InstallationSecrets reported(Work<IOException> work) {
        try {
            return requireLong(work);
        } catch (NoSuchFileException e) {
            throw new InstallationException(
                    "there is no secret in " + folder
                            + ": no platform was started there yet, or it is started with --secret-file, whose file is"
                            + " changed by whoever keeps it, as docs/runbooks/secret.md says",
                    e);
        } catch (IOException e) {
            throw new InstallationException(
                    "the secrets in " + folder + " cannot be read or written: " + FailureReason.of(e), e);
        }
    }

    private static <E extends Exception> InstallationSecrets requireLong(Work<E> work) throws E {
        try {
            return work.run();
        } catch (IllegalArgumentException tooShort) {
            throw new InstallationException(String.valueOf(tooShort.getMessage()), tooShort);
        }
    }
}
