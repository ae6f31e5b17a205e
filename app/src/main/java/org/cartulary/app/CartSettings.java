package org.cartulary.app;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * Where carts are kept; all processes that host them have to be started alike.
 *
 * @param where {@code postgresql}, or the URL of a Redis
 */
public record CartSettings(String where) {

    private static final String POSTGRESQL = "postgresql";
    private static final Set<String> SCHEMES = Set.of("redis", "rediss");

    /**
     * Reads the option of the command line.
     *
     * @throws InstallationException if it is neither; the message does not repeat it, since it may hold a password
     */
    public static CartSettings of(String where) {
        if (!where.equals(POSTGRESQL) && !isRedis(where)) {
            throw new InstallationException(
                    "--carts is postgresql, redis://USER:PASSWORD@HOST:PORT/DATABASE, or rediss://…"
                            + " for a Redis that is reached over TLS");
        }
        return new CartSettings(where);
    }

    private static boolean isRedis(String where) {
        try {
            URI url = URI.create(where);
            return url.getScheme() != null
                    && SCHEMES.contains(url.getScheme())
                    && url.getHost() != null
                    && url.getPath().matches("(/\\d*)?");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The properties of a process with these settings. */
    public Map<String, String> properties() {
        return Map.of("cartulary.cart.store", where);
    }

    /** Without the address, which may hold a password. */
    @Override
    public String toString() {
        return "CartSettings[" + (where.equals(POSTGRESQL) ? POSTGRESQL : "redis") + "]";
    }
}
