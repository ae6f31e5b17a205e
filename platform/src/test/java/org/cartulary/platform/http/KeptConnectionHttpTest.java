package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection serves the next request, or the answer says that it does not. */
class KeptConnectionHttpTest {

    private static final String BODY = "{\"items\":[]}";

    private static SampleServer server;

    @BeforeAll
    static void start() {
        server = new SampleServer(SampleApplication.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/store/orders HTTP/1.1\r\nAuthorization: Bearer forged",
                "POST /api/v1/store/orders HTTP/1.1\r\nAuthorization: Basic aaa",
                "POST /api/v1/store/orders?name=%00 HTTP/1.1",
                "PUT /api/v1/admin/catalog HTTP/1.1",
                "PUT /api/v1/store/who HTTP/1.1",
                "POST /nowhere HTTP/1.1",
                "POST /internal/stock HTTP/1.1",
                "POST /internal/stock HTTP/1.1\r\nCartulary-Context: forged",
            })
    void aRequestWhoseBodyComesAfterItsAnswerIsFollowedByTheNextOne(String refused) throws IOException {
        try (Connection connection = new Connection()) {
            Head answer = connection.sendAndRead(head(refused, "Content-Length: " + BODY.length()));
            assertThat(answer.headers()).doesNotContain("connection: close");

            connection.send(BODY);
            connection.readBody(answer);
            assertThat(connection
                            .sendAndRead(head("GET /api/v1/store/who HTTP/1.1"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBodyThatIsNotReadToItsEndEndsTheConnectionAndTheAnswerSaysSo() throws IOException {
        try (Connection connection = new Connection()) {
            Head answer = connection.sendAndRead(head("POST /api/v1/store/orders HTTP/1.1", "Content-Length: 999999"));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.headers()).contains("connection: close");
        }
    }

    @Test
    void whoWaitsToBeAskedForABodyThatIsNotNeededIsTold() throws IOException {
        try (Connection connection = new Connection()) {
            Head answer = connection.sendAndRead(
                    head("PUT /api/v1/admin/catalog HTTP/1.1", "Expect: 100-continue", "Content-Length: 10"));

            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.headers()).contains("connection: close");
        }
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\nHost: 127.0.0.1\r\n\r\n";
    }

    private record Head(int status, List<String> headers) {}

    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader answers;

        Connection() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(60_000);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Head sendAndRead(String text) throws IOException {
            send(text);
            return read();
        }

        /** Reads the beginning of an answer, and throws if the connection has ended instead. */
        private Head read() throws IOException {
            String first = line();
            List<String> headers = new ArrayList<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                headers.add(line.toLowerCase(Locale.ROOT));
            }
            return new Head(Integer.parseInt(first.substring(9, 12)), headers);
        }

        void readBody(Head head) throws IOException {
            if (head.headers().contains("transfer-encoding: chunked")) {
                for (int size = chunk(); size > 0; size = chunk()) {
                    skip(size + "\r\n".length());
                }
                assertThat(line()).isEmpty();
            } else {
                String length = "content-length: ";
                head.headers().stream()
                        .filter(header -> header.startsWith(length))
                        .forEach(header -> skip(Integer.parseInt(header.substring(length.length()))));
            }
        }

        private int chunk() throws IOException {
            return Integer.parseInt(line(), 16);
        }

        private String line() throws IOException {
            String line = answers.readLine();
            assertThat(line).as("a line of the answer").isNotNull();
            return line;
        }

        private void skip(int characters) {
            try {
                assertThat(answers.skip(characters)).as("the body").isEqualTo(characters);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
