package org.cartulary.platform.http;

import java.util.List;

/**
 * What an installation decides about those who call from outside.
 *
 * @param limits how often they may call
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param allowedOrigins the origins, such as {@code https://shop.example}, whose pages may call from a browser; none for no other
 *     origin than the platform's own
 * @param behindTls whether a proxy in front speaks TLS, so that browsers may be told to insist on it
 */
public record EdgeSettings(
        Limits limits, List<AddressRange> trustedProxies, List<String> allowedOrigins, boolean behindTls) {

    /** For an installation that has decided nothing. */
    public static final EdgeSettings DEFAULT = new EdgeSettings(Limits.DEFAULT, List.of(), List.of(), false);

    public EdgeSettings {
        trustedProxies = List.copyOf(trustedProxies);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /**
     * How often callers may call. All limits are those of one process: each of several counts by itself.
     *
     * @param address calls from one address by those who show neither token nor key, or one that does not count
     * @param credentials calls from one address in which somebody logs in, registers, or shows or asks for what lets somebody in
     * @param person calls of one customer or member of staff
     * @param key calls with one API key; the operator of the platform has no limit
     * @param exemptAddresses addresses that say nothing of who calls: they have no limit
     */
    public record Limits(
            RateLimit address,
            RateLimit credentials,
            RateLimit person,
            RateLimit key,
            List<AddressRange> exemptAddresses) {

        /**
         * Far above what shoppers do. Whoever calls from the machine itself is a program of its operator, or a proxy that does not
         * tell for whom it asks: behind its one address all shoppers would share one limit.
         */
        public static final Limits DEFAULT = new Limits(
                RateLimit.parse("12000/60s"),
                RateLimit.parse("300/60s"),
                RateLimit.parse("6000/60s"),
                RateLimit.parse("120000/60s"),
                AddressRange.listOf("127.0.0.0/8,::1"));

        public Limits {
            exemptAddresses = List.copyOf(exemptAddresses);
        }
    }
}
