package org.cartulary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    private static final String PLAIN =
            "HTTP/1.1 201 Created\r\netag: \"7\"\r\nContent-Length: 12\r\n\r\n{\"id\":\"abc\"}";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{\"id\":\r\n6\r\n\"def\"}\r\n0\r\n\r\n";
    private static final String EMPTY = "HTTP/1.1 304 Not Modified\r\nETag: W/\"8\"\r\n\r\n";

    /** Answers one request after the other on each connection, a byte at a time. */
    private static final class Server implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));

        Server(List<String> answers) throws IOException {
            Thread.ofVirtual().start(() -> serve(answers));
        }

        private void serve(List<String> answers) {
            int next = 0;
            while (next < answers.size()) {
                try (Socket connection = socket.accept()) {
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                    while (next < answers.size() && skipRequest(in)) {
                        String answer = answers.get(next++);
                        write(connection.getOutputStream(), answer);
                        if (answer.contains("Connection: close") || answer.endsWith("cut")) {
                            break;
                        }
                    }
                } catch (SocketException _) {
                    return;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        /** Up to its empty line; whether there was one. */
        private static boolean skipRequest(BufferedReader in) throws IOException {
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            return line != null;
        }

        private static void write(OutputStream out, String answer) throws IOException {
            for (byte one : answer.getBytes(StandardCharsets.UTF_8)) {
                out.write(one);
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void readsAnswersOneAfterTheOtherHoweverTheyAreSentAndCut() throws IOException {
        try (Server server = new Server(List.of(PLAIN, CHUNKED, EMPTY, PLAIN));
                HttpConnection http = new HttpConnection(server.socket.getLocalPort())) {
            assertThat(http.send("GET", "/", "", null)).isEqualTo(201);
            assertThat(http.field("id")).isEqualTo("abc");
            assertThat(http.etag()).isEqualTo("\"7\"");
            assertThat(http.send("GET", "/", "", null)).isEqualTo(200);
            assertThat(http.body()).isEqualTo("{\"id\":\"def\"}");
            assertThat(http.etag()).isNull();
            assertThat(http.send("GET", "/", "", null)).isEqualTo(304);
            assertThat(http.bodyLength()).isZero();
            assertThat(http.etag()).isEqualTo("W/\"8\"");
            assertThat(http.send("GET", "/", "", null)).isEqualTo(201);
        }
    }

    @Test
    void opensAnotherConnectionAfterOneThatTheServerCloses() throws IOException {
        String last = PLAIN.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        try (Server server = new Server(List.of(last, CHUNKED));
                HttpConnection http = new HttpConnection(server.socket.getLocalPort())) {
            assertThat(http.send("GET", "/", "", null)).isEqualTo(201);
            assertThat(http.send("GET", "/", "", null)).isEqualTo(200);
        }
    }

    @Test
    void doesNotTakeHalfAnAnswerForAWholeOne() throws IOException {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut";
        try (Server server = new Server(List.of(half, PLAIN));
                HttpConnection http = new HttpConnection(server.socket.getLocalPort())) {
            assertThatThrownBy(() -> http.send("GET", "/", "", null)).isInstanceOf(EOFException.class);
            assertThat(http.send("GET", "/", "", null)).isEqualTo(201);
        }
    }
}
