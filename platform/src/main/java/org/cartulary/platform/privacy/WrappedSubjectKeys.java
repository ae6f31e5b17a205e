package org.cartulary.platform.privacy;

import java.util.List;

/** Keys that were asked for, in no order. Those that were destroyed, or never were, are not among them. */
public record WrappedSubjectKeys(List<WrappedSubjectKey> keys) {

    public WrappedSubjectKeys {
        keys = List.copyOf(keys);
    }
}
