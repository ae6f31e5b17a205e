package org.cartulary.platform.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 under a key of its own for each purpose, derived from a secret: the first of several, while what is signed with any of
 * them is recognised. Thread-safe.
 */
final class Signatures {

    /** The fewest bytes that a secret has. */
    static final int MIN_SECRET_BYTES = 32;

    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    /**
     * Signs with the first secret.
     *
     * @param secrets at least one, each of at least 32 bytes
     */
    Signatures(List<byte[]> secrets, String purpose) {
        keys = secrets.stream().map(secret -> key(secret, purpose)).toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no secret to sign with");
        }
    }

    private static SecretKeySpec key(byte[] secret, String purpose) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret has at least " + MIN_SECRET_BYTES + " bytes");
        }
        return new SecretKeySpec(
                sign(new SecretKeySpec(secret, ALGORITHM), purpose.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    byte[] sign(byte[] message) {
        return sign(keys.getFirst(), message);
    }

    /** Whether it is the whole signature of the message. */
    boolean matches(byte[] message, byte[] signature) {
        return matches(message, signature, BYTES);
    }

    /**
     * Whether it is the beginning of the signature of the message.
     *
     * @param bytes how many bytes of it there have to be
     */
    boolean matches(byte[] message, byte[] signature, int bytes) {
        boolean isSigned = false;
        for (SecretKeySpec key : keys) {
            isSigned |= MessageDigest.isEqual(Arrays.copyOf(sign(key, message), bytes), signature);
        }
        return isSigned;
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
