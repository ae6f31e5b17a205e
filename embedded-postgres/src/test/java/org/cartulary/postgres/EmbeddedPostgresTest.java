package org.cartulary.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server promises; all tests share one. */
class EmbeddedPostgresTest {
    @TempDir
    static Path temporaryFolder;

    static EmbeddedPostgres postgres;

    @BeforeAll
    static void startServer() throws IOException {
        postgres = EmbeddedPostgres.builder(Workspace.in(temporaryFolder).data())
                .setting("application_name", "it's a \\ test")
                .setting("work_mem", "5MB")
                .start();
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
        postgres.close();
        assertThat(postgres.isRunning()).isFalse();
    }

    @Test
    void isDurableUnlessToldOtherwise() throws SQLException {
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
        assertThat(setting("full_page_writes")).isEqualTo("on");
        assertThat(setting("data_checksums")).isEqualTo("on");
        assertThat(setting("wal_level")).isEqualTo("replica");
    }

    @Test
    void hasTheSensibleSettingsAndTheChosenOnes() throws Exception {
        assertThat(setting("max_connections")).isEqualTo("300");
        assertThat(setting("shared_buffers")).isEqualTo("128MB");
        assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(setting("unix_socket_directories")).isEmpty();
        assertThat(setting("server_encoding")).isEqualTo("UTF8");
        assertThat(setting("shared_preload_libraries")).isEqualTo("pg_stat_statements");
        assertThat(setting("log_min_duration_statement")).isEqualTo("200ms");
        assertThat(setting("work_mem")).isEqualTo("5MB");
        assertThat(Workspace.ask(postgres, "SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'"))
                .isEqualTo("UTC");
        assertThat(Files.readString(postgres.dataDirectory().resolve("cartulary.conf")))
                .contains("application_name = 'it''s a \\\\ test'");
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void keepsThePasswordFromOtherUsersAndTheServersUserCanReadEveryFile() throws Exception {
        Path data = postgres.dataDirectory();
        assertThat(Files.getPosixFilePermissions(data.resolve("cartulary.password")))
                .isEqualTo(FileTree.OWNER_ONLY_FILE);
        Object owner = Files.getAttribute(data, "unix:uid");
        FileTree.visit(
                data,
                path -> assertThat(Files.getAttribute(path, "unix:uid"))
                        .as(path.toString())
                        .isEqualTo(owner));
    }

    @Test
    void comparesTextTheSameWayOnEveryMachine() throws SQLException {
        assertThat(Workspace.ask(postgres, "SELECT 'Z' < 'a' COLLATE \"default\""))
                .isEqualTo("t");
    }

    @Test
    void refusesASecondServerForTheSameDirectory() throws Exception {
        assertThatThrownBy(
                        () -> EmbeddedPostgres.builder(postgres.dataDirectory()).start())
                .isInstanceOf(DataDirectoryInUseException.class)
                .hasMessageContaining(postgres.dataDirectory().toString());
        try (OtherProgram other = OtherProgram.start(postgres.dataDirectory())) {
            assertThat(other.firstLine()).isEqualTo("DataDirectoryInUseException");
        }
        assertThat(Workspace.ask(postgres, "SELECT 'untouched'")).isEqualTo("untouched");
    }

    @Test
    void refusesAPortThatAnotherServerUses() throws IOException {
        Path otherData = temporaryFolder.resolve("other");
        assertThatThrownBy(() -> EmbeddedPostgres.builder(otherData)
                        .durable(false)
                        .port(postgres.port())
                        .start())
                .isInstanceOf(PortInUseException.class)
                .hasMessageContaining(Integer.toString(postgres.port()))
                .hasMessageContaining("port 0");
        // The refusal must not hold the directory.
        try (EmbeddedPostgres other =
                EmbeddedPostgres.builder(otherData).durable(false).start()) {
            assertThat(other.isRunning()).isTrue();
        }
    }

    @Test
    void noticesThatAnotherServerAnswers() {
        ServerIdentity ours = new ServerIdentity("/somewhere/else", "1");
        assertThatThrownBy(() -> ours.requireOn(postgres.port(), postgres.password()))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("instead of ours of /somewhere/else");
    }

    @Test
    void refusesSettingsThatHaveAMethodOfTheirOwn() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder(temporaryFolder.resolve("unused"));
        assertThatThrownBy(() -> builder.setting("fsync", "off"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("durable(boolean)");
        assertThatThrownBy(() -> builder.setting("Port", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.setting("work_mem = 1\nfsync", "off"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String setting(String name) throws SQLException {
        return Workspace.ask(postgres, "SHOW " + name);
    }
}
