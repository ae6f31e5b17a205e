package org.cartulary.tests.architecture.samples.order;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** Wrong: somebody else sets its field and opens its transaction. */
class WiredByAnnotation {

    @Autowired
    private @Nullable ListingStore store;

    @Transactional
    boolean isWired() {
        return store != null;
    }
}
