package org.cartulary.platform.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.secrets.UnknownSecretException;
import org.jspecify.annotations.Nullable;

/**
 * The key from which everything hangs: it wraps the keys of tenants, which wrap the keys of subjects, and the root of the blind
 * indexes, each by AES-256-GCM bound to what it is the key of. It is derived from the installation's secret; what was wrapped by
 * another secret that the process knows is unwrapped as well. Thread-safe.
 */
public final class MasterKey {

    private static final int KEY_BYTES = 32;
    private static final byte[] INDEX_ROOT_CONTEXT = "index root".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final InstallationSecrets secrets;
    /** The first one wraps. */
    private final List<Wrapping> wrappings;

    /** What a secret wraps and unwraps with. */
    private record Wrapping(SecretKeySpec extracted, Aead aead) {

        static Wrapping of(String secret) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            byte[] purpose = "cartulary privacy: wrap the keys of tenants".getBytes(StandardCharsets.UTF_8);
            SecretKeySpec extracted = new SecretKeySpec(
                    derive(HKDFParameterSpec.ofExtract().addIKM(bytes).extractOnly()), "HmacSHA256");
            return new Wrapping(
                    extracted, MasterKey.aead(derive(HKDFParameterSpec.expandOnly(extracted, purpose, KEY_BYTES))));
        }

        /** From which the version before derives the keys of indexes, by the second half of HKDF. */
        byte[] indexRoot() {
            return extracted.getEncoded();
        }

        private static byte[] derive(HKDFParameterSpec how) {
            try {
                return KDF.getInstance("HKDF-SHA256").deriveData(how);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java lacks HKDF-SHA256", e);
            }
        }
    }

    private MasterKey(InstallationSecrets secrets) {
        this.secrets = secrets;
        this.wrappings = secrets.each(Wrapping::of);
    }

    /**
     * The master key of an installation with one secret.
     *
     * @param secret at least 32 characters
     */
    public static MasterKey ofSecret(String secret) {
        return of(InstallationSecrets.of(secret));
    }

    /** The master key of an installation: the first secret wraps, any unwraps. */
    public static MasterKey of(InstallationSecrets secrets) {
        return new MasterKey(secrets);
    }

    /** The id of the secret that wraps. */
    public String secretId() {
        return secrets.firstId();
    }

    /** The secrets that unwrap. */
    public InstallationSecrets secrets() {
        return secrets;
    }

    /** A new key of a tenant, wrapped, in Base64. */
    public String newTenantKey(UUID tenantId, int version) {
        return wrap(first(), randomKey(), tenantContext(tenantId, version));
    }

    /**
     * The tenant's key wrapped by the secret that wraps now; the key itself stays as it is.
     *
     * @throws UnknownSecretException if no secret of this process unwraps it
     */
    public String rewrapTenantKey(UUID tenantId, int version, String wrapped) {
        return wrap(first(), unwrapTenantKey(tenantId, version, wrapped), tenantContext(tenantId, version));
    }

    /** A new root of indexes, wrapped, in Base64. */
    public WrappedIndexRoot newIndexRoot() {
        return new WrappedIndexRoot(wrap(first(), randomKey(), INDEX_ROOT_CONTEXT));
    }

    /**
     * The root of the indexes that were made while they were derived from the secret that wraps this key of a tenant.
     *
     * @throws UnknownSecretException if that secret is none of this process
     */
    public WrappedIndexRoot indexRootOf(UUID tenantId, int version, String wrappedTenantKey) {
        byte[] context = tenantContext(tenantId, version);
        Wrapping by = wrappings.stream()
                .filter(wrapping -> unwraps(wrapping, wrappedTenantKey, context))
                .findFirst()
                .orElseThrow(() -> unknown("the key of the tenant " + tenantId, null));
        return new WrappedIndexRoot(wrap(first(), by.indexRoot(), INDEX_ROOT_CONTEXT));
    }

    /**
     * The root wrapped by the secret that wraps now; the root itself stays as it is.
     *
     * @throws UnknownSecretException if no secret of this process unwraps it
     */
    public WrappedIndexRoot rewrap(WrappedIndexRoot root) {
        return new WrappedIndexRoot(wrap(first(), unwrapped(root), INDEX_ROOT_CONTEXT));
    }

    /**
     * Makes sure that a secret of this process unwraps it.
     *
     * @throws UnknownSecretException if none does
     */
    public void requireUnwraps(WrappedIndexRoot root) {
        unwrapped(root);
    }

    IndexRoot unwrap(WrappedIndexRoot root) {
        return new IndexRoot(unwrapped(root));
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

    private byte[] unwrapped(WrappedIndexRoot root) {
        return unwrapByAny("the root of the indexes", root.wrappedKey(), INDEX_ROOT_CONTEXT);
    }

    private byte[] unwrapped(UUID tenantId, WrappedSubjectKey key) {
        try {
            return tenantKey(tenantId, key.tenantKeyVersion(), key.wrappedTenantKey())
                    .decrypt(
                            Base64.getDecoder().decode(key.wrappedKey()),
                            subjectContext(tenantId, key.subjectId(), key.id()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the key " + key.id() + " cannot be unwrapped by the key of the tenant " + tenantId
                            + ": its row was changed",
                    e);
        }
    }

    private Aead tenantKey(UUID tenantId, int version, String wrapped) {
        return aead(unwrapTenantKey(tenantId, version, wrapped));
    }

    private byte[] unwrapTenantKey(UUID tenantId, int version, String wrapped) {
        return unwrapByAny(
                "version " + version + " of the key of the tenant " + tenantId,
                wrapped,
                tenantContext(tenantId, version));
    }

    private byte[] unwrapByAny(String what, String wrapped, byte[] context) {
        Exception refusal = null;
        for (Wrapping wrapping : wrappings) {
            try {
                return wrapping.aead().decrypt(Base64.getDecoder().decode(wrapped), context);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                refusal = e;
            }
        }
        throw unknown(what, refusal);
    }

    private UnknownSecretException unknown(String what, @Nullable Exception cause) {
        return new UnknownSecretException(what, secrets, cause);
    }

    private static boolean unwraps(Wrapping wrapping, String wrapped, byte[] context) {
        try {
            wrapping.aead().decrypt(Base64.getDecoder().decode(wrapped), context);
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private Aead first() {
        return wrappings.getFirst().aead();
    }

    private byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
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
