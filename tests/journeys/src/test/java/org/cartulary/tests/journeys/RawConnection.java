package org.cartulary.tests.journeys;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which any bytes can be sent, also such as no HTTP client would send; it is made anew after an answer that
 * announces its end. Not thread-safe.
 */
final class RawConnection implements AutoCloseable {

    private static final int LONGEST_WAIT_MILLIS = 60_000;

    private final int port;
    private @Nullable Socket socket;

    RawConnection(int port) {
        this.port = port;
    }

    /**
     * What came back; the names of its headers are in lower case.
     *
     * @param body as text
     */
    record Answer(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** @throws IOException if there is no answer, it breaks off, or does not come in time */
    Answer send(byte[] request, boolean isHead) throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setSoTimeout(LONGEST_WAIT_MILLIS);
            open.setTcpNoDelay(true);
            socket = open;
        }
        try {
            open.getOutputStream().write(request);
            open.getOutputStream().flush();
        } catch (IOException e) {
            // Who refuses a request may close the connection before all of it is sent; the answer is there all the
            // same.
            return closing(read(open.getInputStream(), isHead));
        }
        return closing(read(open.getInputStream(), isHead));
    }

    /** Whether the next request is not the first one on its connection. */
    boolean isOpen() {
        return socket != null;
    }

    private Answer closing(Answer answer) throws IOException {
        if (answer.header("connection").toLowerCase(Locale.ROOT).contains("close")) {
            close();
        }
        return answer;
    }

    private static Answer read(InputStream in, boolean isHead) throws IOException {
        String statusLine = line(in);
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (a, b) -> a + ", " + b);
        }
        if (status < 200) {
            return read(in, isHead);
        }
        boolean empty = isHead || status == 204 || status == 304;
        return new Answer(status, headers, empty ? "" : body(in, headers));
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                body.write(exactly(in, size));
                line(in);
            }
            line(in);
        } else if (headers.containsKey("content-length")) {
            body.write(exactly(in, Integer.parseInt(headers.get("content-length"))));
        } else {
            in.transferTo(body);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer breaks off");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ends" + (line.isEmpty() ? "" : " after " + line));
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        Socket open = socket;
        if (open != null) {
            socket = null;
            open.close();
        }
    }
}
