package org.cartulary.checkout;

import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;

/** Reads checkouts for those who may see them. Thread-safe. */
record ReadingCheckouts(Database database, CheckoutStore store) {

    /** The checkout; one that the caller may not see is not there. */
    CheckoutSession find(UUID id) {
        return database.inReadTransaction(tx -> {
            CheckoutSession session = store.find(tx, id);
            if (session == null || !session.isOpenTo(RequestContext.current().principal())) {
                throw CheckoutProblems.notFound();
            }
            return session;
        });
    }
}
