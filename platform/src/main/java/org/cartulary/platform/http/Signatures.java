package org.cartulary.platform.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under a key of its own for each purpose, derived from one secret. Thread-safe. */
final class Signatures {

    /** The fewest bytes that a secret has. */
    static final int MIN_SECRET_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Signatures(byte[] secret, String purpose) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret has at least " + MIN_SECRET_BYTES + " bytes");
        }
        key = new SecretKeySpec(
                sign(new SecretKeySpec(secret, ALGORITHM), purpose.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    byte[] sign(byte[] message) {
        return sign(key, message);
    }

    boolean matches(byte[] message, byte[] signature) {
        return MessageDigest.isEqual(sign(message), signature);
    }

    private static byte[] sign(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
