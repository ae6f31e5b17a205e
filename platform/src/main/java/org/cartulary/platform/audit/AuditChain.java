package org.cartulary.platform.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chain of critical operations that was read from its beginning.
 *
 * @param service in whose database it is
 * @param tenantId whose it is; the one of zeros is the platform itself
 * @param entries how many were found whole, each following the one before it
 * @param hash of the last of them, in lower-case hexadecimal
 * @param broken the first place at which it is not whole, {@code null} where it is
 */
public record AuditChain(
        String service,
        UUID tenantId,
        long entries,
        String hash,
        @Nullable Break broken) {

    /**
     * A place at which a chain was altered.
     *
     * @param number of the entry that is not what was written, or that should be there
     * @param detail what is wrong with it, in words
     */
    public record Break(long number, String detail) {}

    /** Its end, to be kept outside the database. */
    public AuditAnchor anchor() {
        return new AuditAnchor(service, tenantId, entries, hash);
    }
}
