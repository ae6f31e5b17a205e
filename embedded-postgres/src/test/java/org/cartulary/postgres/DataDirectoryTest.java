package org.cartulary.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temporaryFolder;

    private Path data;

    @BeforeEach
    void openFolder() throws IOException {
        data = Workspace.in(temporaryFolder).data();
    }

    @Test
    void keepsItsDataFromOneStartToTheNext() throws Exception {
        String password;
        try (EmbeddedPostgres first = quickServer()) {
            password = first.password();
            Workspace.execute(first, "CREATE TABLE note AS SELECT 'kept' AS body");
        }
        try (EmbeddedPostgres second = quickServer()) {
            assertThat(second.password()).isEqualTo(password);
            assertThat(Workspace.ask(second, "SELECT body FROM note")).isEqualTo("kept");
            assertThat(Workspace.ask(second, "SHOW fsync")).isEqualTo("off");
        }
    }

    @Test
    void refusesADirectoryWithForeignFilesAndLeavesThemAlone() throws IOException {
        Files.createDirectory(data);
        Path letter = Files.writeString(data.resolve("letter.txt"), "dear");
        assertThatThrownBy(this::quickServer)
                .isInstanceOf(ForeignDataDirectoryException.class)
                .hasMessageContaining("other files");
        assertThat(letter).hasContent("dear");
        assertThat(data).isDirectoryContaining(letter::equals).isDirectoryNotContaining(file -> !file.equals(letter));
    }

    @Test
    void refusesAClusterThatSomebodyElseCreated() throws IOException {
        Files.createDirectory(data);
        Files.writeString(data.resolve("PG_VERSION"), "18\n");
        assertThatThrownBy(this::quickServer)
                .isInstanceOf(ForeignDataDirectoryException.class)
                .hasMessageContaining("which Cartulary did not create");
    }

    @Test
    void refusesADataDirectoryOfAnotherMajorVersionAndNamesBoth() throws IOException {
        Files.createDirectory(data);
        Files.writeString(data.resolve("PG_VERSION"), "14\n");
        Files.writeString(data.resolve(DataDirectory.PASSWORD_FILE), "secret");
        assertThatThrownBy(this::quickServer)
                .isInstanceOf(IncompatibleDataDirectoryException.class)
                .hasMessageContaining("PostgreSQL 14")
                .hasMessageContaining("brings PostgreSQL " + majorVersion());
    }

    @Test
    void replacesWhatAnInterruptedCreationLeft() throws Exception {
        Path workshop = Files.createDirectory(temporaryFolder.resolve(".data.initializing"));
        Files.createDirectory(workshop.resolve("cluster-1"));
        Files.writeString(workshop.resolve("cluster-1").resolve("PG_VERSION"), "1");
        Files.createFile(workshop.resolve("lock"));
        try (EmbeddedPostgres postgres = quickServer()) {
            assertThat(postgres.isRunning()).isTrue();
        }
        assertThat(workshop).doesNotExist();
    }

    @Test
    void saysWhichFolderIsClosedToTheServer() throws IOException {
        assumeTrue(ServerUser.current().callerId() == 0, "only root runs the server as another user");
        Path closed = Files.createDirectory(
                temporaryFolder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertThatThrownBy(
                        () -> EmbeddedPostgres.builder(closed.resolve("data")).start())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("chmod o+x " + closed);
    }

    @Test
    void showsTheServersOwnWordsWhenItDoesNotStart() {
        assertThatThrownBy(() -> EmbeddedPostgres.builder(data)
                        .durable(false)
                        .setting("shared_buffers", "a lot")
                        .start())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("shared_buffers");
    }

    @Test
    void severalThreadsUnpackTheProgramsAtOnce() throws Exception {
        ServerUser user = ServerUser.current();
        BinaryCache cache = new BinaryCache(user, BinaryArchive.forThisMachine());
        Path folder = temporaryFolder.resolve("programs");
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(() -> cache.binaries(folder));
            var second = threads.submit(() -> cache.binaries(folder));
            assertThat(first.get()).isEqualTo(second.get());
        }
        try (var contents = Files.list(folder)) {
            assertThat(contents).hasSize(1);
        }
    }

    private EmbeddedPostgres quickServer() {
        return EmbeddedPostgres.builder(data).durable(false).start();
    }

    private static int majorVersion() {
        return new BinaryCache(ServerUser.current(), BinaryArchive.forThisMachine())
                .binaries(null)
                .majorVersion();
    }
}
