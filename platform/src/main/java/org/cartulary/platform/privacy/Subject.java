package org.cartulary.platform.privacy;

import java.util.UUID;

/**
 * A person whose data is sealed under a key of its own.
 *
 * @param id unique in its tenant
 */
public record Subject(UUID id, Kind kind) {

    /** How a person is known. */
    public enum Kind {
        /** By the id of an account or a customer's record. Once erased it gets no other key: whoever comes again has another id. */
        ACCOUNT,
        /** By an e-mail address only. Once erased it gets another key with its next purchase. */
        GUEST
    }

    /** Somebody with an account or a customer's record. */
    public static Subject account(UUID id) {
        return new Subject(id, Kind.ACCOUNT);
    }
}
