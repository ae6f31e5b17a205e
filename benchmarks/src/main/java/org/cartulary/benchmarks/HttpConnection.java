package org.cartulary.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive connection of HTTP/1.1 that does as little as it can: the load generator shares the processors with what
 * it measures. It knows lengths and chunks, and nothing of redirects, compression or TLS. Not thread-safe.
 */
final class HttpConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final int port;
    private @Nullable Socket socket;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;
    private int status;
    private @Nullable String etag;
    private byte[] body = new byte[16 * 1024];
    private int bodyLength;

    HttpConnection(int port) {
        this.port = port;
    }

    /** The status of the last answer. */
    int status() {
        return status;
    }

    /** The entity tag of the last answer, if it had one. */
    @Nullable String etag() {
        return etag;
    }

    /** The body of the last answer. */
    String body() {
        return new String(body, 0, bodyLength, StandardCharsets.UTF_8);
    }

    /** The length of the body of the last answer, in bytes. */
    int bodyLength() {
        return bodyLength;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param headers further headers, each with its line end
     * @param content the body in JSON, {@code null} for none
     * @return the status
     * @throws IOException if the connection broke; the next request opens another one
     */
    int send(String method, String path, String headers, @Nullable String content) throws IOException {
        byte[] bytes = content == null ? new byte[0] : content.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n")
                .append(headers);
        if (content != null) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(bytes.length)
                    .append("\r\n");
        }
        byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = Arrays.copyOf(headBytes, headBytes.length + bytes.length);
        System.arraycopy(bytes, 0, request, headBytes.length, bytes.length);
        try {
            Socket open = open();
            OutputStream out = open.getOutputStream();
            out.write(request);
            readAnswer(open.getInputStream());
        } catch (IOException e) {
            close();
            throw e;
        }
        return status;
    }

    private Socket open() throws IOException {
        Socket current = socket;
        if (current == null) {
            current = new Socket();
            current.setTcpNoDelay(true);
            current.setSoTimeout(TIMEOUT_MILLIS);
            current.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
            socket = current;
            filled = 0;
        }
        return current;
    }

    private void readAnswer(InputStream in) throws IOException {
        int endOfHead = readHead(in);
        status = (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + (buffer[11] - '0');
        etag = null;
        int length = 0;
        boolean chunked = false;
        boolean closing = false;
        for (int line = lineAfter(0); line < endOfHead; line = lineAfter(line)) {
            switch (buffer[line] | 0x20) {
                case 'c' -> {
                    if (startsWith(line, "content-length:")) {
                        length = Integer.parseInt(valueOf(line));
                    } else if (startsWith(line, "connection:")) {
                        closing = valueOf(line).equalsIgnoreCase("close");
                    }
                }
                case 't' ->
                    chunked |= startsWith(line, "transfer-encoding:")
                            && valueOf(line).equals("chunked");
                case 'e' -> etag = startsWith(line, "etag:") ? valueOf(line) : etag;
                default -> {}
            }
        }
        consume(endOfHead + END_OF_HEAD.length);
        bodyLength = 0;
        if (chunked) {
            readChunks(in);
        } else {
            readBody(in, length);
        }
        if (closing) {
            close();
        }
    }

    /** Where the empty line after the headers begins. */
    private int readHead(InputStream in) throws IOException {
        int searched = 0;
        while (true) {
            for (int i = searched; i <= filled - END_OF_HEAD.length; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                    return i;
                }
            }
            searched = Math.max(0, filled - END_OF_HEAD.length + 1);
            fill(in);
        }
    }

    private void readChunks(InputStream in) throws IOException {
        while (true) {
            int end = endOfLine(in);
            int size = Integer.parseInt(new String(buffer, 0, end, StandardCharsets.ISO_8859_1), 16);
            consume(end + 2);
            readBody(in, size);
            while (filled < 2) {
                fill(in);
            }
            consume(2);
            if (size == 0) {
                return;
            }
        }
    }

    private int endOfLine(InputStream in) throws IOException {
        int searched = 0;
        while (true) {
            for (int i = searched; i < filled - 1; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
                    return i;
                }
            }
            searched = Math.max(0, filled - 1);
            fill(in);
        }
    }

    private void readBody(InputStream in, int length) throws IOException {
        if (bodyLength + length > body.length) {
            body = Arrays.copyOf(body, Math.max(body.length * 2, bodyLength + length));
        }
        int there = Math.min(filled, length);
        System.arraycopy(buffer, 0, body, bodyLength, there);
        consume(there);
        int missing = length - there;
        if (missing > 0 && in.readNBytes(body, bodyLength + there, missing) < missing) {
            throw new EOFException("the connection ended within an answer");
        }
        bodyLength += length;
    }

    private void fill(InputStream in) throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException("the connection ended before an answer");
        }
        filled += read;
    }

    private void consume(int bytes) {
        System.arraycopy(buffer, bytes, buffer, 0, filled - bytes);
        filled -= bytes;
    }

    private int lineAfter(int from) {
        int i = from;
        while (buffer[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    private boolean startsWith(int line, String lowerCaseName) {
        for (int i = 0; i < lowerCaseName.length(); i++) {
            char wanted = lowerCaseName.charAt(i);
            int there = wanted >= 'a' && wanted <= 'z' ? buffer[line + i] | 0x20 : buffer[line + i];
            if (there != wanted) {
                return false;
            }
        }
        return true;
    }

    private String valueOf(int line) {
        int colon = line;
        while (buffer[colon] != ':') {
            colon++;
        }
        int end = lineAfter(line) - 2;
        return new String(buffer, colon + 1, end - colon - 1, StandardCharsets.ISO_8859_1).strip();
    }

    /** The text after the first {@code "name":"} of the last body, up to the next quotation mark. */
    String field(String name) {
        String text = body();
        String key = "\"" + name + "\":\"";
        int from = text.indexOf(key);
        if (from < 0) {
            throw new IllegalStateException("no " + name + " in " + status + " " + text);
        }
        return text.substring(from + key.length(), text.indexOf('"', from + key.length()));
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
