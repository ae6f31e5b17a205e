package org.cartulary.platform.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;

/**
 * What a sealed value looks like: {@code s1.}, then in the alphabet of URLs the id of its key, the nonce, the encrypted text and
 * the tag. Tenant, subject, place and row are bound to it, and it opens for these only.
 */
final class SealedText {

    private static final String PREFIX = "s1.";
    private static final int ID_BYTES = 16;

    private SealedText() {}

    static boolean looksSealed(String text) {
        return text.startsWith(PREFIX);
    }

    static String seal(SealingKey key, Place place, UUID rowId, String text) {
        try {
            byte[] sealed = key.aead().encrypt(text.getBytes(StandardCharsets.UTF_8), context(key, place, rowId));
            return PREFIX
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(ByteBuffer.allocate(ID_BYTES + sealed.length)
                                    .putLong(key.id().getMostSignificantBits())
                                    .putLong(key.id().getLeastSignificantBits())
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot be used", e);
        }
    }

    /** The key that opens it. */
    static UUID keyId(String sealed) {
        ByteBuffer bytes = bytes(sealed);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /**
     * What was sealed.
     *
     * @throws IllegalStateException if it was sealed for another place or row, or was changed
     */
    static String open(SealingKey key, Place place, UUID rowId, String sealed) {
        ByteBuffer bytes = bytes(sealed).position(ID_BYTES);
        byte[] encrypted = new byte[bytes.remaining()];
        bytes.get(encrypted);
        try {
            return new String(key.aead().decrypt(encrypted, context(key, place, rowId)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "what is kept in " + place.name() + " of " + rowId + " does not open: it was sealed for another"
                            + " place, or was changed",
                    e);
        }
    }

    private static ByteBuffer bytes(String sealed) {
        if (!looksSealed(sealed)) {
            throw new IllegalStateException("this value is not sealed");
        }
        byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(PREFIX.length()));
        if (bytes.length <= ID_BYTES) {
            throw new IllegalStateException("this value is too short to be a sealed one");
        }
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] context(SealingKey key, Place place, UUID rowId) {
        return (key.tenantId() + "|" + key.subjectId() + "|" + place.name() + "|" + rowId)
                .getBytes(StandardCharsets.UTF_8);
    }
}
