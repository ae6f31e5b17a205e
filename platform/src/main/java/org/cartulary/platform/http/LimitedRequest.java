package org.cartulary.platform.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A request whose body ends in an error once it is too long; its length need not be known before. */
final class LimitedRequest extends HttpServletRequestWrapper {

    private final int maxBytes;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    LimitedRequest(HttpServletRequest request, int maxBytes) {
        super(request);
        this.maxBytes = maxBytes;
    }

    /**
     * Reads what nobody has read of the body, so that the next request on the connection can be understood. A client that waits to
     * be asked for its body is not asked. Of a long body no more than those bytes are read: then nothing can follow it.
     *
     * @throws RequestTooLargeException if it is too long
     * @throws IOException if the rest of it does not come
     */
    void readToEnd(int atMost) throws IOException {
        boolean announced = getContentLengthLong() > 0 || getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if (announced && getHeader(HttpHeaders.EXPECT) == null) {
            drain(getInputStream(), atMost);
        }
    }

    private static void drain(ServletInputStream body, int atMost) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int left = atMost;
        int read = body.read(buffer);
        while (read >= 0 && left > 0) {
            left -= read;
            read = body.read(buffer);
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (stream == null) {
            stream = new LimitedStream(super.getInputStream(), maxBytes);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (reader == null) {
            String encoding = getCharacterEncoding();
            Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
            reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
        return reader;
    }

    private static final class LimitedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final int maxBytes;
        private long readBytes;

        LimitedStream(ServletInputStream body, int maxBytes) {
            this.body = body;
            this.maxBytes = maxBytes;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            if (next >= 0) {
                count(1);
            }
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = body.read(buffer, offset, length);
            if (read > 0) {
                count(read);
            }
            return read;
        }

        private void count(int read) throws RequestTooLargeException {
            readBytes += read;
            if (readBytes > maxBytes) {
                throw new RequestTooLargeException(maxBytes);
            }
        }

        @Override
        public int available() throws IOException {
            return body.available();
        }

        @Override
        public void close() throws IOException {
            body.close();
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
