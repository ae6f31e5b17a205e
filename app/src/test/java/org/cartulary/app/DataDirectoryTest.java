package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final int SOMEBODY = 65_534;

    @TempDir
    private Path folder;

    private static void refused(ThrowingCallable call, String... words) {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @Test
    void whatIsThereIsOpenedAgain() throws IOException {
        Path data = folder.resolve("new");
        DataDirectory.requireUsable(data);
        assertThat(data).doesNotExist();

        String secret;
        try (DataDirectory first = DataDirectory.open(data)) {
            secret = first.secret();
        }
        Files.writeString(data.resolve("notes.txt"), "of its owner");
        DataDirectory.requireUsable(data);
        try (DataDirectory second = DataDirectory.open(data)) {
            assertThat(second.secret()).isEqualTo(secret);
            refused(() -> DataDirectory.requireUsable(data), "in use by another running Cartulary");
        }
    }

    @Test
    void aFirstStartThatWasInterruptedIsRepeated() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.createFile(locked.resolve("lock"));
        Path initializing = Files.createDirectories(folder.resolve("other/.postgres.initializing"));
        Path mounted = Files.createDirectories(folder.resolve("mounted/lost+found"));

        for (Path data : new Path[] {locked, initializing.getParent(), mounted.getParent()}) {
            DataDirectory.open(data).close();
        }
        assertThat(mounted.resolveSibling("lock")).exists();
    }

    @Test
    void aBackupWithoutItsLockIsADataDirectory() throws IOException {
        Files.writeString(folder.resolve("operator-key"), "key");
        Files.writeString(folder.resolve("secret"), "secret");

        DataDirectory.open(folder).close();
    }

    @Test
    void aFolderWithOtherFilesIsRefusedAndLeftAsItIs() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "dear");
        Files.createDirectory(folder.resolve("lock"));

        refused(() -> DataDirectory.requireUsable(folder), folder.toString(), "an empty or a new folder");
        refused(() -> DataDirectory.open(folder), "an empty or a new folder");
        refused(() -> DataDirectory.create(folder), "an empty or a new folder");

        assertThat(folder).isDirectoryContaining(letter::equals);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("letter.txt", "lock");
    }

    @Test
    void aDataDirectoryOfAnotherUserIsRefusedToRootToo() throws IOException {
        DataDirectory.open(folder).close();
        assumeThat(System.getProperty("user.name"))
                .as("only root gives files away")
                .isEqualTo("root");
        Files.setAttribute(folder.resolve("lock"), "unix:uid", SOMEBODY);

        refused(
                () -> DataDirectory.open(folder),
                "belongs to the user " + FileOwner.nameOf(folder.resolve("lock")),
                "this is the user root");
        refused(() -> DataDirectory.requireUsable(folder), "belongs to the user");
        assertThat(folder.toFile().list()).containsExactly("lock");
    }

    @Test
    void anEmptyFolderOfAnotherUserIsAsGoodAsAnyThatCanBeWritten() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("only root gives files away")
                .isEqualTo("root");
        Files.setAttribute(folder, "unix:uid", SOMEBODY);

        DataDirectory.open(folder).close();
        DataDirectory.open(folder).close();
        Files.setAttribute(folder, "unix:uid", 0);
    }

    @Test
    void reasonsAreWords() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        refused(() -> DataDirectory.open(file), "file is not a folder");
        refused(() -> DataDirectory.open(file.resolve("below")), "cannot be used: not a directory");
        refused(() -> DataDirectory.connection(file), "cannot be read: not a directory");
        assertThat(DataDirectory.connection(folder.resolve("none"))).isEmpty();
        Files.writeString(folder.resolve("connection.json"), "{");
        refused(() -> DataDirectory.connection(folder), "not what a running platform leaves");
    }
}
