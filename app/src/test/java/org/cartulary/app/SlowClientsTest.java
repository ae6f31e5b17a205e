package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

class SlowClientsTest {

    private static final Duration GRACE = Duration.ofSeconds(1);
    /** For those who are not slow, on a machine that may be. */
    private static final Duration MORE_GRACE = Duration.ofSeconds(3);

    private static final int LONGER_THAN_ANY_GRACE_MILLIS = 4500;
    private static final int LONG_ENOUGH_MILLIS = 120_000;
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\n";

    private WebServer server;

    private static final class Reading extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = request.getInputStream().readAllBytes();
            if (request.getHeader("Pause") != null) {
                pause(LONGER_THAN_ANY_GRACE_MILLIS);
            }
            response.getWriter().print("read " + body.length);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void start() {
        start(GRACE);
    }

    private void start(Duration grace) {
        JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
        new SlowClients(grace, 100).customize(factory);
        server = factory.getWebServer(
                context -> context.addServlet("reading", new Reading()).addMapping("/"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        socket.setSoTimeout(LONG_ENOUGH_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String answer(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("read ") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("cut off after " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Sends a byte each 100 ms, until the connection is closed. */
    private static boolean isCutOff(Socket socket, String drop) throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(LONG_ENOUGH_MILLIS).toNanos();
        socket.setSoTimeout(100);
        while (System.nanoTime() < end) {
            try {
                send(socket, drop);
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketException e) {
                return true;
            } catch (java.net.SocketTimeoutException e) {
                // Nobody has answered, as is meant: the request is not complete.
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {HEAD + "X-Long: ", HEAD + "Content-Length: 100000\r\n\r\n", "G"})
    void aRequestThatDripsInIsCutOff(String beginning) throws IOException {
        try (Socket socket = connect()) {
            send(socket, beginning);
            assertThat(isCutOff(socket, "a")).isTrue();
        }
    }

    @Test
    void theSecondRequestOfAConnectionMayNotDripInEither() throws IOException {
        try (Socket socket = connect()) {
            send(socket, HEAD + "Content-Length: 2\r\n\r\nok");
            assertThat(answer(socket)).contains("200");
            pause(1500);
            assertThat(isCutOff(socket, "G")).isTrue();
        }
    }

    @Test
    void whoWaitsForAnAnswerOrForTheNextRequestIsLeftAlone() throws IOException {
        stop();
        start(MORE_GRACE);
        try (Socket socket = connect()) {
            send(socket, HEAD + "Pause: 1\r\nContent-Length: 2\r\n\r\no");
            pause(200);
            send(socket, "k");
            assertThat(answer(socket)).contains("200");
            pause(LONGER_THAN_ANY_GRACE_MILLIS);
            send(socket, HEAD + "Content-Length: 2\r\n\r\nok");
            assertThat(answer(socket)).contains("200");
        }
    }
}
