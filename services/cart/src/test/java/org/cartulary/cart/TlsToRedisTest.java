package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.util.FileSystemUtils;

/** A Redis whose certificate says {@code localhost}, and clients that trust its authority, or another one. */
@Tag("PLT-28")
@Isolated("the Java machine's trust store is said by properties of the whole program")
class TlsToRedisTest {

    private static final String PASSWORD = "of a test";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    private static Path folder;
    private static TestRedis redis;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory("cartulary-redis-tls-");
        Path ours = keys("ours");
        redis = TestRedis.createEncrypted(
                pem(ours, "CERTIFICATE", store -> store.getCertificate("server").getEncoded()),
                pem(
                        ours,
                        "PRIVATE KEY",
                        store -> store.getKey("server", PASSWORD.toCharArray()).getEncoded()));
        keys("theirs");
    }

    @AfterAll
    static void stop() throws IOException {
        redis.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    /** An authority of its own, and the key of a server that it has certified. */
    private static Path keys(String name) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        keytool(store, "-alias", "ca", "-dname", "CN=An authority", "-ext", "bc:c");
        keytool(store, "-alias", "server", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-signer", "ca");
        return store;
    }

    private static void keytool(Path store, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** What is to be taken from a key store. */
    @FunctionalInterface
    private interface Content {
        byte[] of(KeyStore store) throws Exception;
    }

    private static Path pem(Path keys, String kind, Content content) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, PASSWORD.toCharArray());
        }
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content.of(store));
        return Files.writeString(
                folder.resolve(kind + ".pem"),
                "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    /** The trust store is one of this program, as that of a server that is told by the properties of Java is. */
    private static String pingTrusting(String keys, String url) {
        String store = System.getProperty(TRUST_STORE);
        String password = System.getProperty(TRUST_STORE_PASSWORD);
        System.setProperty(TRUST_STORE, folder.resolve(keys + ".p12").toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
        try (RedisServer server = new RedisServer(RedisURI.create(url))) {
            return server.ask(
                    commands -> commands.ping() + " " + commands.info("clients").contains("connected_clients"));
        } finally {
            restore(TRUST_STORE, store);
            restore(TRUST_STORE_PASSWORD, password);
        }
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    private static String refusal(String keys, String url) {
        return catchThrowableOfType(ProblemException.class, () -> pingTrusting(keys, url))
                .code();
    }

    @Test
    void whoeverTrustsTheAuthorityTalksToItEncrypted() {
        assertThat(pingTrusting("ours", redis.encryptedUrl("localhost"))).isEqualTo("PONG true");
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() {
        assertThat(refusal("theirs", redis.encryptedUrl("localhost"))).isEqualTo("service-unavailable");
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        assertThat(refusal("ours", redis.encryptedUrl("127.0.0.1"))).isEqualTo("service-unavailable");
    }

    @Test
    void plainTextIsNotSpokenWhereTlsIsAskedFor() {
        assertThat(refusal("ours", redis.url().replace("redis://", "rediss://").replace("127.0.0.1", "localhost")))
                .isEqualTo("service-unavailable");
    }
}
