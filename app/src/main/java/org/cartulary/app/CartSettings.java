package org.cartulary.app;

import java.util.Map;

/**
 * Where carts are kept; all processes that host them have to be started alike.
 *
 * @param where {@code postgresql}, or the URL of a Redis
 */
public record CartSettings(String where) {

    /**
     * Reads the option of the command line.
     *
     * @throws InstallationException if it is neither; the message does not repeat it, since it may hold a password
     */
    public static CartSettings of(String where) {
        StoreAddress.require("--carts", where);
        return new CartSettings(where);
    }

    /** The properties of a process with these settings. */
    public Map<String, String> properties() {
        return Map.of("cartulary.cart.store", where);
    }

    /** Without the address, which may hold a password. */
    @Override
    public String toString() {
        return "CartSettings[" + StoreAddress.word(where) + "]";
    }
}
