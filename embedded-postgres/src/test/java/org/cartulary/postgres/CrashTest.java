package org.cartulary.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left after a kill, which nothing can catch, of the server or of the program. */
class CrashTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path temporaryFolder;

    private Path data;

    @BeforeEach
    void openFolder() throws IOException {
        data = Workspace.in(temporaryFolder).data();
    }

    @Test
    void committedDataSurvivesAKillOfTheServer() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder(data).start()) {
            Workspace.execute(postgres, "CREATE TABLE note AS SELECT 'committed' AS body");
            int port = postgres.port();
            long firstServer = postgres.pid();
            try (Connection openSession = Workspace.connect(postgres)) {
                openSession.setAutoCommit(false);
                openSession.createStatement().execute("INSERT INTO note VALUES ('not committed')");
                kill(firstServer);
                assertThat(Polling.until(() -> !postgres.isRunning(), SOON)).isTrue();
                postgres.restart();
            }
            assertThat(postgres.isRunning()).isTrue();
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(postgres.pid()).isNotEqualTo(firstServer);
            assertThat(Workspace.ask(postgres, "SELECT string_agg(body, ',') FROM note"))
                    .isEqualTo("committed");
        }
    }

    @Test
    void takesOverTheServerOfAKilledProgram() throws Exception {
        ProcessHandle orphan;
        try (OtherProgram other = OtherProgram.start(data)) {
            long processId = Long.parseLong(other.firstLine());
            orphan = ProcessHandle.of(processId).orElseThrow();
            other.kill();
        }
        assertThat(orphan.isAlive()).isTrue();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder(data).start()) {
            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            assertThat(Workspace.ask(postgres, "SELECT body FROM note")).isEqualTo("written by the other program");
        }
    }

    @Test
    void aProcessNumberGivenToAnUnrelatedProcessDoesNotPreventTheStart() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder(data).start()) {
            assertThat(postgres.isRunning()).isTrue();
        }
        ServerUser user = ServerUser.current();
        Process unrelated =
                Command.prepare(user.command(List.of("sleep", "600"))).start();
        try {
            new OwnedFile(data.resolve("postmaster.pid"), user)
                    .write(unrelated.pid() + "\n" + data + "\n1\n5432\n\n127.0.0.1\n0 0\nready\n");
            try (EmbeddedPostgres postgres = EmbeddedPostgres.builder(data).start()) {
                assertThat(postgres.isRunning()).isTrue();
            }
            assertThat(unrelated.isAlive()).isTrue();
        } finally {
            unrelated.destroyForcibly().waitFor();
        }
    }

    @Test
    void aStaleProcessFileOfAnEndedServerIsReplaced() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder(data).start()) {
            kill(postgres.pid());
            assertThat(Polling.until(() -> !postgres.isRunning(), SOON)).isTrue();
        }
        assertThat(Files.exists(data.resolve("postmaster.pid"))).isTrue();
        EmbeddedPostgres postgres = EmbeddedPostgres.builder(data).start();
        postgres.close();
        assertThatThrownBy(postgres::restart).isInstanceOf(IllegalStateException.class);
    }

    private static void kill(long processId) {
        ProcessHandle.of(processId).orElseThrow().destroyForcibly();
    }
}
