package org.cartulary.operations;

import java.util.List;

/**
 * On which secrets of the installation something hangs.
 *
 * @param secrets those that are known or named by anything, the one that is used first
 * @param othersCanGo whether everything hangs on one secret, which all services that were asked use
 * @param unavailable services that did not answer; what hangs there is missing, and nothing can go
 */
record SecretStatus(List<NamedSecret> secrets, boolean othersCanGo, List<UnavailableService> unavailable) {

    /** How services stand to a secret. */
    enum Standing {
        /** A service makes everything new with it. */
        USED,
        /** It is only understood. */
        UNDERSTOOD,
        /** No service knows it, or nobody has looked yet which it is. */
        UNKNOWN
    }

    /**
     * A secret.
     *
     * @param id 16 hexadecimal digits; {@code unknown} for what no known secret has encrypted, {@code not-looked-at} for what an older
     *     version has written and no job has come by yet
     * @param uses what hangs on it
     */
    record NamedSecret(String id, Standing standing, List<ServiceUse> uses) {}

    /**
     * How many things of a kind a service keeps under it.
     *
     * @param kind such as {@code signing-keys}
     */
    record ServiceUse(String service, String kind, long count) {}
}
