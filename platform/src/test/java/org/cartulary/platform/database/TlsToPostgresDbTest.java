package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.postgres.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** A server whose certificate says {@code localhost}, and settings that ask for all, some or nothing of TLS. */
class TlsToPostgresDbTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static Path folder;
    private static EmbeddedPostgres encrypted;
    private static EmbeddedPostgres plain;
    private static Path authority;
    private static Path anotherAuthority;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory("cartulary-tls-");
        // Where the tests run as root the server runs as somebody else, who has to get in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Certificates certificates = Certificates.in(folder.resolve("ours"));
        authority = certificates.authority();
        anotherAuthority = Certificates.in(folder.resolve("theirs")).authority();
        plain = EmbeddedPostgres.builder(folder.resolve("plain")).durable(false).start();
        encrypted = EmbeddedPostgres.builder(folder.resolve("encrypted"))
                .durable(false)
                .start();
        encrypt(certificates.serverCertificate(), certificates.serverKey());
    }

    @AfterAll
    static void stop() throws Exception {
        encrypted.close();
        plain.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    /** The server reads a key only if it is the key's owner and nobody else may read it. */
    private static void encrypt(Path certificate, Path key) throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(key, Files.getOwner(encrypted.dataDirectory()));
        try (Connection connection = DriverManager.getConnection(
                        encrypted.jdbcUrl("postgres"), encrypted.superuser(), encrypted.password());
                Statement sql = connection.createStatement()) {
            sql.execute("alter system set ssl_cert_file = '" + certificate + "'");
            sql.execute("alter system set ssl_key_file = '" + key + "'");
            sql.execute("alter system set ssl = on");
            sql.execute("select pg_reload_conf()");
        }
        encrypted.restart();
    }

    /** What a service of these settings says of its own connection. */
    private static String connection(EmbeddedPostgres server, String host, String parameters) {
        DatabaseSettings settings = DatabaseSettings.at(
                        "jdbc:postgresql://" + host + ":" + server.port() + "/" + parameters, role -> "of " + role)
                .withAdmin(server.superuser(), server.password())
                .withDatabaseNames(service -> service + "_tls" + NAMES.incrementAndGet() + "_db");
        try (Databases databases = new Databases(settings, new SimpleMeterRegistry())) {
            return databases
                    .open("sample")
                    .asWorker(tx -> tx.jdbc()
                            .sql(
                                    "select case when ssl then version else 'plain' end from pg_stat_ssl where pid = pg_backend_pid()")
                            .query(String.class)
                            .single());
        }
    }

    private static String verifying(Path root) {
        return "?sslmode=verify-full&sslrootcert=" + root;
    }

    @Test
    @Tag("PLT-28")
    void whoAsksForAVerifiedServerIsConnectedToItEncrypted() {
        assertThat(connection(encrypted, "localhost", verifying(authority))).startsWith("TLSv1.");
    }

    @Test
    @Tag("PLT-28")
    void aServerOfAnotherAuthorityIsRefused() {
        assertThatThrownBy(() -> connection(encrypted, "localhost", verifying(anotherAuthority)))
                .hasStackTraceContaining("PKIX path");
    }

    @Test
    @Tag("PLT-28")
    void aServerOfAnotherNameIsRefused() {
        assertThatThrownBy(() -> connection(encrypted, "127.0.0.1", verifying(authority)))
                .hasStackTraceContaining("127.0.0.1")
                .hasStackTraceContaining("could not be verified");
    }

    @Test
    @Tag("PLT-28")
    void aServerThatSpeaksPlainTextIsRefused() {
        assertThatThrownBy(() -> connection(plain, "localhost", verifying(authority)))
                .hasStackTraceContaining("does not support SSL");
        assertThat(connection(plain, "localhost", "")).isEqualTo("plain");
    }

    @Test
    @Tag("PLT-28")
    void anEmbeddedServerListensOnTheLoopbackInterfaceOnly() throws Exception {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        for (InetAddress address : others) {
            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket()) {
                            socket.connect(new InetSocketAddress(address, plain.port()), 2000);
                        }
                    })
                    .as(address.toString())
                    .isInstanceOf(java.io.IOException.class);
        }
    }
}
