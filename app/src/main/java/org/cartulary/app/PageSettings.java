package org.cartulary.app;

import java.util.Map;

/**
 * Where page sessions are kept; all processes that host auth have to be started alike.
 *
 * @param where {@code postgresql}, or the URL of a Redis
 */
public record PageSettings(String where) {

    /**
     * Reads the option of the command line.
     *
     * @throws InstallationException if it is neither; the message does not repeat it, since it may hold a password
     */
    public static PageSettings of(String where) {
        StoreAddress.require("--page-sessions", where);
        return new PageSettings(where);
    }

    /** The properties of a process with these settings. */
    public Map<String, String> properties() {
        return Map.of("cartulary.pages.session-store", where);
    }

    /** Without the address, which may hold a password. */
    @Override
    public String toString() {
        return "PageSettings[" + StoreAddress.word(where) + "]";
    }
}
