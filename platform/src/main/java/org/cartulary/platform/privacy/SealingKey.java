package org.cartulary.platform.privacy;

import com.google.crypto.tink.Aead;
import java.util.UUID;

/** The key of a subject, ready for use in this process; it is neither kept for long nor sent anywhere. Thread-safe. */
public final class SealingKey {

    private final UUID id;
    private final UUID tenantId;
    private final UUID subjectId;
    private final Aead aead;

    SealingKey(UUID id, UUID tenantId, UUID subjectId, Aead aead) {
        this.id = id;
        this.tenantId = tenantId;
        this.subjectId = subjectId;
        this.aead = aead;
    }

    /** Which key it is; each value that it sealed names it. */
    public UUID id() {
        return id;
    }

    /** Whose it is. */
    public UUID subjectId() {
        return subjectId;
    }

    UUID tenantId() {
        return tenantId;
    }

    Aead aead() {
        return aead;
    }

    @Override
    public String toString() {
        return "SealingKey[id=" + id + "]";
    }
}
