package org.cartulary.app;

import java.net.URI;
import java.util.Set;

/** Where something is kept that is either in PostgreSQL or in a Redis, as options of the command line say it. */
final class StoreAddress {

    private static final String POSTGRESQL = "postgresql";
    private static final Set<String> SCHEMES = Set.of("redis", "rediss");

    private StoreAddress() {}

    /**
     * Checks what an option says.
     *
     * @throws InstallationException if it is neither; the message does not repeat it, since it may hold a password
     */
    static void require(String option, String where) {
        if (!where.equals(POSTGRESQL) && !isRedis(where)) {
            throw new InstallationException(option
                    + " is postgresql, redis://USER:PASSWORD@HOST:PORT/DATABASE, or rediss://…"
                    + " for a Redis that is reached over TLS");
        }
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

    /** One word, without the address. */
    static String word(String where) {
        return where.equals(POSTGRESQL) ? POSTGRESQL : "redis";
    }
}
