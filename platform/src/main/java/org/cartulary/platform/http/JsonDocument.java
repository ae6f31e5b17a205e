package org.cartulary.platform.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer that is made JSON once and sent many times. Its entity tag is strong: it changes with every byte. Immutable.
 *
 * @param <T> what the JSON is of, for the description of the API
 */
@SuppressWarnings("unused") // the parameter is read by whoever describes the API
public final class JsonDocument<T> {

    private static final int DIGEST_BYTES = 16;

    private final byte[] bytes;
    private final String eTag;

    private JsonDocument(byte[] bytes, String eTag) {
        this.bytes = bytes;
        this.eTag = eTag;
    }

    /** The answer as JSON. */
    public static <T> JsonDocument<T> of(T answer, JsonMapper json) {
        byte[] bytes = json.writeValueAsBytes(answer);
        return new JsonDocument<>(bytes, "\"" + digest(bytes) + "\"");
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** How many bytes it has. */
    public int length() {
        return bytes.length;
    }

    /** The entity tag, with its quotes. */
    public String eTag() {
        return eTag;
    }

    /** The JSON. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /**
     * The answer to a request that anyone of the shop may ask: 200, or 304 where the caller names its tag in {@code
     * If-None-Match}. Whoever keeps it asks each time whether it is current. Which shop is asked is said by the host, or by the
     * token of whoever has one.
     */
    public ResponseEntity<JsonDocument<T>> answer() {
        return ResponseEntity.ok()
                .eTag(eTag)
                .cacheControl(CacheControl.noCache())
                .varyBy(HttpHeaders.AUTHORIZATION)
                .body(this);
    }
}
