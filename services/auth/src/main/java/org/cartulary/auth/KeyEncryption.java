package org.cartulary.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts at rest what hashes cannot keep, with AES-256-GCM under a key derived from the installation's secret: one for each
 * purpose, so that what is kept for one is nothing for another. Thread-safe.
 */
final class KeyEncryption {

    private static final int MIN_SECRET_CHARACTERS = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    /** Of the private keys that sign access tokens. */
    KeyEncryption(String secret) {
        this(secret, "cartulary signing keys");
    }

    /**
     * Of something else.
     *
     * @param purpose never changes: what was encrypted for another purpose cannot be read
     */
    KeyEncryption(String secret, String purpose) {
        if (secret.length() < MIN_SECRET_CHARACTERS) {
            throw new IllegalArgumentException(
                    "cartulary.secret must have at least " + MIN_SECRET_CHARACTERS + " characters");
        }
        try {
            key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256", e);
        }
    }

    /** The nonce, then the encrypted text, which decrypts for this id only; in Base64. */
    String encrypt(UUID id, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                            .put(nonce)
                            .put(encrypted)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot be used", e);
        }
    }

    /**
     * What was encrypted for the id.
     *
     * @throws IllegalStateException if it was encrypted under another secret, for another id, or was changed
     */
    String decrypt(UUID id, String nonceAndText) {
        ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(nonceAndText));
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] encrypted = new byte[buffer.remaining()];
        buffer.get(encrypted);
        try {
            return new String(cipher(Cipher.DECRYPT_MODE, id, nonce).doFinal(encrypted), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "what is kept for " + id
                            + " cannot be decrypted: cartulary.secret is not the one that encrypted it",
                    e);
        }
    }

    private Cipher cipher(int mode, UUID id, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
