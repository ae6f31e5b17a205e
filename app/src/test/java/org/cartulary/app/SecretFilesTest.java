package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("PLT-28")
class SecretFilesTest {

    @TempDir
    private Path folder;

    private String first() {
        try (DataDirectory data = DataDirectory.open(folder)) {
            return data.secret();
        }
    }

    @Test
    void theNewOneIsUsedAndTheOldOneUnderstoodUntilItIsForgotten() throws IOException {
        String old = first();
        SecretFiles files = new SecretFiles(folder);

        InstallationSecrets changed = files.rotate();
        assertThat(changed.first()).isNotEqualTo(old).hasSizeGreaterThanOrEqualTo(32);
        assertThat(changed.all()).containsExactly(changed.first(), old);
        try (DataDirectory data = DataDirectory.open(folder)) {
            assertThat(data.secrets().all()).isEqualTo(changed.all());
        }
        for (String name : List.of("secret", "other-secrets")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }

        assertThat(files.forgetOthers(changed.firstId()).all()).containsExactly(changed.first());
        assertThat(files.read().all()).containsExactly(changed.first());
        assertThat(files.forgetOthers(changed.firstId()).all()).containsExactly(changed.first());
    }

    @Test
    void nothingIsForgottenBeforeThePlatformUsesTheNewOne() {
        String old = first();
        SecretFiles files = new SecretFiles(folder);
        files.rotate();

        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> files.forgetOthers(InstallationSecrets.idOf(old)))
                .withMessageContainingAll("restart", InstallationSecrets.idOf(old))
                .withMessageNotContaining(old);
        assertThat(files.read().all()).contains(old);
    }

    @Test
    void aCrashInTheMiddleLosesNoSecret() throws IOException {
        String old = first();
        // The others are written first: killed here, the present one stands in both files.
        Files.writeString(folder.resolve("other-secrets"), old + "\n");
        Files.writeString(folder.resolve("secret.new"), "half of a ne");

        assertThat(new SecretFiles(folder).read().all()).containsExactly(old);
        assertThat(new SecretFiles(folder).rotate().all()).hasSize(2).endsWith(old);
    }

    @Test
    void whoChangesItAtTheSameTimeLosesNone() throws InterruptedException {
        String old = first();

        List<InstallationSecrets> made =
                Concurrently.run(4, () -> new SecretFiles(folder).rotate()).valuesOrThrow();

        List<String> known = new SecretFiles(folder).read().all();
        assertThat(known).hasSize(5).contains(old);
        assertThat(made).allSatisfy(secrets -> assertThat(known).contains(secrets.first()));
    }

    @Test
    void aFolderInWhichNoPlatformWasStartedIsLeftAsItIs() throws IOException {
        SecretFiles files = new SecretFiles(folder);

        for (ThrowingCallable change :
                List.<ThrowingCallable>of(files::rotate, () -> files.forgetOthers("0123456789abcdef"))) {
            assertThatExceptionOfType(InstallationException.class)
                    .isThrownBy(change)
                    .withMessageContaining("there is no secret");
        }

        assertThat(folder).isEmptyDirectory();
        assertThat(first()).isNotEmpty();
        assertThat(files.rotate().otherIds()).hasSize(1);
    }

    @Test
    void whoReadsWhileItIsChangedKnowsTheSecretThatWasUsed() throws Exception {
        String old = first();
        // A pipe: who opens it to read waits here, so that the change happens exactly then.
        Path others = folder.resolve("other-secrets");
        assertThat(new ProcessBuilder("mkfifo", others.toString()).start().waitFor())
                .isZero();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<InstallationSecrets> known = threads.submit(() -> new SecretFiles(folder).read());

            try (OutputStream pipe = Files.newOutputStream(others, StandardOpenOption.WRITE)) {
                Files.writeString(folder.resolve("secret"), DataDirectory.randomText());
                pipe.write('\n');
            }

            assertThat(known.get().all()).contains(old);
        }
    }

    @Test
    void aSecretThatIsLostIsNotMadeAnewWhereOthersAreUnderstood() throws IOException {
        first();
        new SecretFiles(folder).rotate();
        Files.delete(folder.resolve("secret"));

        try (DataDirectory data = DataDirectory.open(folder)) {
            assertThatExceptionOfType(InstallationException.class)
                    .isThrownBy(data::secrets)
                    .withMessageContainingAll("is lost", "other-secrets");
        }
        assertThat(folder.resolve("secret")).doesNotExist();
    }

    @Test
    void whereThereIsNoneItIsSaidWhy() throws IOException {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> new SecretFiles(folder).rotate())
                .withMessageContainingAll("there is no secret", "--secret-file");

        Path secret = Files.writeString(folder.resolve("shared"), "a secret that is at least 32 characters long\n");
        Path others =
                Files.writeString(folder.resolve("others"), "another secret that is at least 32 characters long\n\n");
        assertThat(SecretFiles.of(secret, others).all())
                .containsExactly(
                        "a secret that is at least 32 characters long",
                        "another secret that is at least 32 characters long");
        assertThat(SecretFiles.of(secret, null).otherIds()).isEmpty();
        Files.writeString(others, "short\n");
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> SecretFiles.of(secret, others))
                .withMessageContaining("32 characters");
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> SecretFiles.of(folder.resolve("missing"), null))
                .withMessageContaining("--secret-file=");
    }
}
