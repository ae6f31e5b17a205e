package org.cartulary.auth;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.secrets.UnknownSecretException;

/**
 * Encrypts at rest what hashes cannot keep, with AES-256-GCM under a key derived from the installation's secret: one for each
 * purpose, so that what is kept for one is nothing for another. What another secret of the installation has encrypted is decrypted as
 * well. Thread-safe.
 */
final class KeyEncryption {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final InstallationSecrets secrets;
    /** The first one encrypts, any decrypts. */
    private final List<SecretKey> keys;

    /** Of the private keys that sign access tokens. */
    KeyEncryption(InstallationSecrets secrets) {
        this(secrets, "cartulary signing keys");
    }

    /**
     * Of something else.
     *
     * @param purpose never changes: what was encrypted for another purpose cannot be read
     */
    KeyEncryption(InstallationSecrets secrets, String purpose) {
        this.secrets = secrets;
        this.keys = secrets.each(secret -> key(secret, purpose));
    }

    private static SecretKey key(String secret, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256", e);
        }
    }

    /** The id of the secret that encrypts. */
    String secretId() {
        return secrets.firstId();
    }

    /** The nonce, then the encrypted text, which decrypts for this id only; in Base64. */
    String encrypt(UUID id, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), id, nonce)
                    .doFinal(text.getBytes(StandardCharsets.UTF_8));
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
     * @throws UnknownSecretException if it was encrypted under a secret that this process does not know, for another id, or was changed
     */
    String decrypt(UUID id, String nonceAndText) {
        Exception refusal = null;
        for (SecretKey key : keys) {
            try {
                return decrypted(key, id, ByteBuffer.wrap(Base64.getDecoder().decode(nonceAndText)));
            } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException e) {
                refusal = e;
            }
        }
        throw new UnknownSecretException("what is kept for " + id, secrets, refusal);
    }

    private static String decrypted(SecretKey key, UUID id, ByteBuffer nonceAndText) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        nonceAndText.get(nonce);
        byte[] encrypted = new byte[nonceAndText.remaining()];
        nonceAndText.get(encrypted);
        return new String(cipher(Cipher.DECRYPT_MODE, key, id, nonce).doFinal(encrypted), StandardCharsets.UTF_8);
    }

    /**
     * The same text encrypted by the secret that encrypts now.
     *
     * @throws UnknownSecretException as {@link #decrypt}
     */
    String encryptAnew(UUID id, String nonceAndText) {
        return encrypt(id, decrypt(id, nonceAndText));
    }

    private static Cipher cipher(int mode, SecretKey key, UUID id, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
