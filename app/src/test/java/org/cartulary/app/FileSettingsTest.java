package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.cartulary.platform.files.FileFolder;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.files.S3Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

@Tag("CAT-01")
class FileSettingsTest {

    private static Environment environment(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return environment;
    }

    private static Environment bucket(String endpoint) {
        return environment(Map.of(
                "cartulary.files.folder",
                "files",
                "cartulary.files.s3.endpoint",
                endpoint,
                "cartulary.files.s3.bucket",
                "pictures",
                "cartulary.files.s3.access-key",
                "A",
                "cartulary.files.s3.secret-key",
                "S"));
    }

    @Test
    void filesAreInAFolderUntilABucketIsNamed(@TempDir Path folder) {
        FileStore store = FileSettings.store(environment(Map.of("cartulary.files.folder", folder.toString())));

        assertThat(store).isInstanceOf(FileFolder.class);
        assertThat(status(store)).isEqualTo(Status.UP);
        assertThat(FileSettings.store(bucket("https://s3.example"))).isInstanceOf(S3Files.class);
    }

    @Test
    void aSettingThatIsMissingEndsTheStart() {
        Environment environment = environment(
                Map.of("cartulary.files.s3.endpoint", "https://s3.example", "cartulary.files.s3.bucket", "pictures"));

        assertThatThrownBy(() -> FileSettings.store(environment)).hasMessageContaining("cartulary.files.s3.access-key");
    }

    @Test
    void healthTellsWhetherTheBucketAnswers() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/pictures", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        FileStore store = FileSettings.store(
                bucket("http://127.0.0.1:" + server.getAddress().getPort()));
        try {
            assertThat(status(store)).isEqualTo(Status.UP);
        } finally {
            server.stop(0);
        }
        assertThat(status(store)).isEqualTo(Status.DOWN);
    }

    private static Status status(FileStore store) {
        return Objects.requireNonNull(new HealthOfStore(store).health()).getStatus();
    }
}
