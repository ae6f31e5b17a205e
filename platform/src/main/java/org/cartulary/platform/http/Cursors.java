package org.cartulary.platform.http;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.cartulary.platform.context.RequestContext;

/**
 * Opaque keyset cursors: the sort keys of the last row of a page, signed, so that callers can neither make one up nor use
 * it for another list or another tenant. Thread-safe.
 */
public final class Cursors {

    private static final int MAX_CURSOR_CHARACTERS = 2048;
    private static final int SIGNATURE_BYTES = 16;

    private final Signatures signatures;

    /**
     * Cursors signed with the secret, which every process of an installation shares.
     *
     * @param secret at least 32 bytes
     */
    public Cursors(byte[] secret) {
        this(List.of(secret));
    }

    /**
     * Cursors signed with the first secret; those that are signed with another one are taken as well.
     *
     * @param secrets each of at least 32 bytes
     */
    public Cursors(List<byte[]> secrets) {
        signatures = new Signatures(secrets, "cursor");
    }

    /**
     * The cursor that continues after the row with these sort keys.
     *
     * @param scope the list, with its filters and order, such as {@code products?sort=name}
     * @param keys the sort keys, at most about 1,200 bytes together
     */
    public String encode(String scope, List<String> keys) {
        byte[] payload = packed(keys);
        byte[] signature = Arrays.copyOf(signatures.sign(bound(scope, payload)), SIGNATURE_BYTES);
        String cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(SIGNATURE_BYTES + payload.length)
                        .put(signature)
                        .put(payload)
                        .array());
        if (cursor.length() > MAX_CURSOR_CHARACTERS) {
            throw new IllegalArgumentException("the sort keys are too long for a cursor");
        }
        return cursor;
    }

    /**
     * The sort keys that the cursor was made of.
     *
     * @throws ProblemException 400 {@code invalid-cursor} unless it was made for this scope and this tenant
     */
    public List<String> decode(String scope, String cursor) {
        if (cursor.length() > MAX_CURSOR_CHARACTERS) {
            throw invalid();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length < SIGNATURE_BYTES) {
                throw invalid();
            }
            byte[] signature = Arrays.copyOf(bytes, SIGNATURE_BYTES);
            byte[] payload = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
            if (!signatures.matches(bound(scope, payload), signature, SIGNATURE_BYTES)) {
                throw invalid();
            }
            return unpacked(payload);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw invalid();
        }
    }

    private static byte[] bound(String scope, byte[] payload) {
        byte[] owner =
                packed(List.of(scope, String.valueOf(RequestContext.current().tenantId())));
        return ByteBuffer.allocate(owner.length + payload.length)
                .put(owner)
                .put(payload)
                .array();
    }

    private static byte[] packed(List<String> texts) {
        List<byte[]> parts = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer packed = ByteBuffer.allocate(
                parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
        parts.forEach(part -> packed.putInt(part.length).put(part));
        return packed.array();
    }

    private static List<String> unpacked(byte[] payload) {
        ByteBuffer packed = ByteBuffer.wrap(payload);
        List<String> texts = new ArrayList<>();
        while (packed.hasRemaining()) {
            byte[] part = new byte[packed.getInt()];
            packed.get(part);
            texts.add(new String(part, StandardCharsets.UTF_8));
        }
        return List.copyOf(texts);
    }

    private static ProblemException invalid() {
        return ProblemException.badRequest(
                        "invalid-cursor", "this cursor is not one of this list: start again without a cursor")
                .with("?cursor", "invalid", "use the page.next of the list's last answer, unchanged");
    }
}
