package org.cartulary.auth;

import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.TransactionWork;
import org.jspecify.annotations.Nullable;

/**
 * Transactions about people who have yet to show who they are: at registration, at log-in, and with a refresh token or a token that
 * came by mail. To a visitor the database shows no account, so these transactions are the platform's own, within the shop in which
 * it is asked; whatever runs in them looks for the one account that fits what was shown. Whoever is known already works in transactions of
 * their own. Thread-safe.
 */
record UnidentifiedCallers(Database database) {

    <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) {
        return RequestContext.current().asSystem().supply(() -> database.inTransaction(work));
    }

    /** As {@link #inTransaction}, for work that writes nothing. */
    <T extends @Nullable Object> T inReadTransaction(TransactionWork<T> work) {
        return RequestContext.current().asSystem().supply(() -> database.inReadTransaction(work));
    }
}
