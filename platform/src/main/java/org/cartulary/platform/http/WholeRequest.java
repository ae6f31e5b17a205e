package org.cartulary.platform.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is held in memory, so that it can be looked at before it is read: a signature of the whole says
 * nothing about a part. The request that it wraps bounds its length.
 */
final class WholeRequest extends HttpServletRequestWrapper {

    private byte @Nullable [] body;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    WholeRequest(HttpServletRequest request) {
        super(request);
    }

    /** The body, empty if there is none. Not to be changed. */
    byte[] body() throws IOException {
        byte[] known = body;
        if (known == null) {
            known = super.getInputStream().readAllBytes();
            body = known;
        }
        return known;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (stream == null) {
            stream = new HeldStream(new ByteArrayInputStream(body()));
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

    private static final class HeldStream extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        HeldStream(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("a body that is held is read at once");
        }
    }
}
