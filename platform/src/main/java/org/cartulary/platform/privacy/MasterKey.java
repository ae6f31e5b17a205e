package org.cartulary.platform.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key from which everything hangs: it wraps the keys of tenants, which wrap the keys of subjects, each by AES-256-GCM bound
 * to what it is the key of. It is derived from the installation's secret, and so are the keys of the tenants' blind indexes.
 * Thread-safe.
 */
public final class MasterKey {

    private static final int LEAST_SECRET_CHARACTERS = 32;
    private static final int KEY_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final byte[] secret;
    private final Aead wrapping;

    private MasterKey(byte[] secret) {
        this.secret = secret;
        this.wrapping = aead(derive("cartulary privacy: wrap the keys of tenants"));
    }

    /**
     * The master key of an installation.
     *
     * @param secret that of the installation, at least 32 characters
     */
    public static MasterKey ofSecret(String secret) {
        if (secret.length() < LEAST_SECRET_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the secret of the installation is at least " + LEAST_SECRET_CHARACTERS + " characters long");
        }
        return new MasterKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** A new key of a tenant, wrapped, in Base64. */
    public String newTenantKey(UUID tenantId, int version) {
        return wrap(wrapping, randomKey(), tenantContext(tenantId, version));
    }

    /** A new key of a subject, wrapped by the tenant's, in Base64. */
    public String newSubjectKey(
            UUID tenantId, int tenantKeyVersion, String wrappedTenantKey, UUID subjectId, UUID keyId) {
        return wrap(
                tenantKey(tenantId, tenantKeyVersion, wrappedTenantKey),
                randomKey(),
                subjectContext(tenantId, subjectId, keyId));
    }

    /**
     * The subject's key wrapped by another key of its tenant; the key itself, and what it sealed, stay as they are.
     *
     * @param version that of the other key
     * @param wrappedTenantKey the other key
     */
    public String rewrap(UUID tenantId, WrappedSubjectKey key, int version, String wrappedTenantKey) {
        return wrap(
                tenantKey(tenantId, version, wrappedTenantKey),
                unwrapped(tenantId, key),
                subjectContext(tenantId, key.subjectId(), key.id()));
    }

    SealingKey unwrap(UUID tenantId, WrappedSubjectKey key) {
        return new SealingKey(key.id(), tenantId, key.subjectId(), aead(unwrapped(tenantId, key)));
    }

    /** A key that is kept nowhere. */
    SealingKey throwaway(UUID tenantId, UUID id) {
        return new SealingKey(id, tenantId, id, aead(randomKey()));
    }

    /** HMAC-SHA-256 of the text under the tenant's own index key, in lower-case hexadecimal. */
    String index(UUID tenantId, String purpose, String text) {
        return HexFormat.of().formatHex(hmac(tenantId, purpose, text));
    }

    byte[] hmac(UUID tenantId, String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(derive("cartulary privacy: " + purpose + " of " + tenantId), HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    private byte[] unwrapped(UUID tenantId, WrappedSubjectKey key) {
        return unwrap(
                tenantKey(tenantId, key.tenantKeyVersion(), key.wrappedTenantKey()),
                key.wrappedKey(),
                subjectContext(tenantId, key.subjectId(), key.id()));
    }

    private Aead tenantKey(UUID tenantId, int version, String wrapped) {
        return aead(unwrap(wrapping, wrapped, tenantContext(tenantId, version)));
    }

    private byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    private byte[] derive(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256", e);
        }
    }

    private static Aead aead(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot be used", e);
        }
    }

    private static String wrap(Aead by, byte[] key, byte[] context) {
        try {
            return Base64.getEncoder().encodeToString(by.encrypt(key, context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot be used", e);
        }
    }

    private static byte[] unwrap(Aead by, String wrapped, byte[] context) {
        try {
            return by.decrypt(Base64.getDecoder().decode(wrapped), context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a key cannot be unwrapped: cartulary.secret is not the one that wrapped it, or its row was changed",
                    e);
        }
    }

    private static byte[] tenantContext(UUID tenantId, int version) {
        return ("tenant key|" + tenantId + "|" + version).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] subjectContext(UUID tenantId, UUID subjectId, UUID keyId) {
        return ("subject key|" + tenantId + "|" + subjectId + "|" + keyId).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "MasterKey";
    }
}
