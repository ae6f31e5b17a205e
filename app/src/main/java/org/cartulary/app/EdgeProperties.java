package org.cartulary.app;

import java.util.Arrays;
import java.util.List;
import org.cartulary.platform.http.AddressRange;
import org.cartulary.platform.http.EdgeSettings;
import org.cartulary.platform.http.EdgeSettings.Limits;
import org.cartulary.platform.http.RateLimit;
import org.springframework.core.env.Environment;

/**
 * What an installation decides about those who call from outside, each below {@code cartulary.http.}: {@code limits.address},
 * {@code limits.credentials}, {@code limits.person} and {@code limits.key} ({@code 300/60s} or {@code off}), {@code
 * limits.exempt-addresses} and {@code trusted-proxies} (CIDR, separated by commas), {@code allowed-origins} and {@code behind-tls}.
 */
final class EdgeProperties {

    private static final String PREFIX = "cartulary.http.";

    private EdgeProperties() {}

    /** @throws InstallationException if a setting cannot be understood */
    static EdgeSettings of(Environment environment) {
        Limits usual = Limits.DEFAULT;
        return new EdgeSettings(
                new Limits(
                        limit(environment, "address", usual.address()),
                        limit(environment, "credentials", usual.credentials()),
                        limit(environment, "person", usual.person()),
                        limit(environment, "key", usual.key()),
                        ranges(environment, "limits.exempt-addresses", usual.exemptAddresses())),
                ranges(environment, "trusted-proxies", List.of()),
                origins(environment.getProperty(PREFIX + "allowed-origins", "")),
                environment.getProperty(PREFIX + "behind-tls", Boolean.class, false));
    }

    private static RateLimit limit(Environment environment, String name, RateLimit usual) {
        String chosen = environment.getProperty(PREFIX + "limits." + name);
        try {
            return chosen == null ? usual : RateLimit.parse(chosen);
        } catch (IllegalArgumentException e) {
            throw unreadable("limits." + name, e);
        }
    }

    private static List<AddressRange> ranges(Environment environment, String name, List<AddressRange> usual) {
        String chosen = environment.getProperty(PREFIX + name);
        try {
            return chosen == null ? usual : AddressRange.listOf(chosen);
        } catch (IllegalArgumentException e) {
            throw unreadable(name, e);
        }
    }

    private static List<String> origins(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .toList();
    }

    private static InstallationException unreadable(String name, IllegalArgumentException reason) {
        return new InstallationException(PREFIX + name + " cannot be understood: " + reason.getMessage(), reason);
    }
}
