package org.cartulary.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From which address a request comes, as limits count it: of IPv6 the first half, since a household has the other half to itself.
 * What a proxy says counts only if it is a trusted one. Thread-safe.
 */
final class ClientAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int MAX_REMEMBERED = 20_000;
    private static final int HALF_OF_IPV6 = 8;
    private static final String EXEMPT = "";

    private final AtomicBoolean warned = new AtomicBoolean();
    private final List<AddressRange> trustedProxies;
    private final List<AddressRange> exempt;

    /** From an address as the network writes it to the one that is counted, so that it is not read for each request. */
    private final Cache<String, String> counted =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    ClientAddresses(List<AddressRange> trustedProxies, List<AddressRange> exempt) {
        this.trustedProxies = trustedProxies;
        this.exempt = exempt;
    }

    /** What is counted for the request; {@code null} if its address is exempt. */
    @Nullable String of(HttpServletRequest request) {
        String peer = withoutBrackets(String.valueOf(request.getRemoteAddr()));
        String client = trustedProxies.isEmpty() ? alone(peer, request) : behindProxies(peer, request);
        String key = counted.get(client, this::countedAs);
        return EXEMPT.equals(key) ? null : key;
    }

    /** Whoever has put a proxy in front and forgotten to name it has no limits by address, and should know. */
    private String alone(String peer, HttpServletRequest request) {
        if (!warned.get() && request.getHeader(FORWARDED_FOR) != null && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "{} sends {}, but no proxy is trusted: limits by address count it and not those for whom it asks",
                    peer,
                    FORWARDED_FOR);
        }
        return peer;
    }

    /** From the nearest to the farthest: the first that is not trusted is the client, whatever it says of others. */
    private String behindProxies(String peer, HttpServletRequest request) {
        String client = peer;
        List<String> path = forwardedFor(request);
        for (int hop = path.size() - 1; hop >= 0 && isTrusted(client); hop--) {
            String next = withoutBrackets(path.get(hop).strip());
            if (literal(next) == null) {
                return client;
            }
            client = next;
        }
        return client;
    }

    private static List<String> forwardedFor(HttpServletRequest request) {
        Enumeration<String> lines = request.getHeaders(FORWARDED_FOR);
        return lines.hasMoreElements()
                ? Arrays.asList(String.join(",", Collections.list(lines)).split(",", -1))
                : List.of();
    }

    private boolean isTrusted(String text) {
        InetAddress address = literal(text);
        return address != null && trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    private String countedAs(String text) {
        InetAddress address = literal(text);
        if (address == null) {
            return text;
        }
        if (exempt.stream().anyMatch(range -> range.contains(address))) {
            return EXEMPT;
        }
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, HALF_OF_IPV6)
                : address.getHostAddress();
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }
}
