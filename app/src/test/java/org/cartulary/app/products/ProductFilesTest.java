package org.cartulary.app.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.app.InstallationException;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files when the platform does not answer as it should: here a server that does what it is told. */
@Tag("CAT-01")
class ProductFilesTest {

    private static final UUID IMPORT = UUID.fromString("01a202cf-a21f-7842-a639-6aeb88e94614");

    private final StringWriter printed = new StringWriter();
    private final Deque<String> looks = new ArrayDeque<>();

    @TempDir
    private Path folder;

    private HttpServer server;
    private ApiClient operator;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/v1/admin/tenants",
                exchange -> answer(exchange, 200, "{\"items\":[{\"id\":\"t\"}],\"key\":\"k\"}"));
        server.createContext("/api/v1/admin/product-export", ProductFilesTest::breakOff);
        server.createContext("/api/v1/admin/product-imports", exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/errors")) {
                answer(exchange, 200, "{\"items\":[],\"page\":{\"hasMore\":false}}");
                return;
            }
            String next = looks.size() > 1 ? looks.removeFirst() : looks.getFirst();
            if (next.equals("hang up")) {
                exchange.close();
            } else {
                answer(exchange, next.startsWith("{\"code") ? 503 : 200, next);
            }
        });
        server.start();
        operator = ApiClient.of("http://127.0.0.1:" + server.getAddress().getPort(), "operator");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void breakOff(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("sku,name,price\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private ProductFiles files() {
        return new ProductFiles(operator, "default", new PrintWriter(printed));
    }

    private static String found(boolean ended, String state) {
        return "{\"state\":\"%s\",\"lines\":3,\"created\":3,\"changed\":0,\"unchanged\":0,\"failed\":0,\"finishedAt\":%s}"
                .formatted(state, ended ? "\"2026-11-22T10:00:00Z\"" : "null");
    }

    @Test
    void anExportThatBreaksOffLeavesTheFileAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("products.csv"), "the one before");

        assertThatThrownBy(() -> files().exportTo(file))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("does not answer");
        assertThat(file).hasContent("the one before");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void whileThePlatformIsStartedAgainTheImportIsWaitedFor() {
        looks.addAll(List.of(
                found(false, "running"),
                "hang up",
                "{\"code\":\"unavailable\"}",
                found(false, "waiting"),
                found(true, "completed")));

        assertThat(files().await(IMPORT)).isTrue();
        assertThat(printed.toString()).contains("3 products read: 3 created, 0 changed, 0 unchanged, 0 refused.");
    }

    @Test
    void whoeverHasWaitedTooLongLearnsHowToWaitAgain() {
        looks.add("{\"code\":\"unavailable\"}");
        WaitingForImport impatient = new WaitingForImport(operator, new PrintWriter(printed), Duration.ZERO);

        assertThatThrownBy(() -> impatient.until("/api/v1/admin/product-imports/" + IMPORT, IMPORT))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("./cartulary products import --resume=" + IMPORT);
    }

    @Test
    void anImportThatDidNotReadAllOfItsFileIsAFailure() {
        looks.add(found(true, "cancelled"));

        assertThat(files().await(IMPORT)).isFalse();
        assertThat(printed.toString()).contains("The rest of the file was not read: the import was cancelled.");
    }

    @Test
    void theNameOfTheFileSaysHowItIsWritten() {
        assertThat(ProductFileFormat.of(Path.of("a/Products.CSV"))).isEqualTo(ProductFileFormat.CSV);
        assertThat(ProductFileFormat.of(Path.of("p.jsonl"))).isEqualTo(ProductFileFormat.JSON_LINES);
        assertThat(ProductFileFormat.of(Path.of("p.ndjson"))).isEqualTo(ProductFileFormat.JSON_LINES);
        assertThatThrownBy(() -> ProductFiles.requireFormat(Path.of("products.xls")))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining(".csv or .jsonl");
    }
}
