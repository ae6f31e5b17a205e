package org.cartulary.platform.privacy;

import java.util.UUID;

/**
 * The key of a subject as it is kept and sent: encrypted by a key of its tenant, which is encrypted by the master key. Without
 * the master key, which only the processes of the platform have, it opens nothing.
 *
 * @param id the key
 * @param tenantKeyVersion which key of the tenant encrypts it
 * @param wrappedTenantKey that one, encrypted, in Base64
 * @param wrappedKey the subject's, encrypted, in Base64
 */
public record WrappedSubjectKey(
        UUID id, UUID subjectId, int tenantKeyVersion, String wrappedTenantKey, String wrappedKey) {

    @Override
    public String toString() {
        return "WrappedSubjectKey[id=" + id + "]";
    }
}
