package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.cartulary.platform.http.EdgeSettings;
import org.cartulary.platform.http.RateLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EdgePropertiesTest {

    private static EdgeSettings settings(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", new HashMap<>(properties)));
        return EdgeProperties.of(environment);
    }

    @Test
    void whoeverDecidesNothingHasTheUsualSettings() {
        assertThat(settings(Map.of())).isEqualTo(EdgeSettings.DEFAULT);
    }

    @Test
    void everythingCanBeDecided() throws Exception {
        EdgeSettings chosen = settings(Map.of(
                "cartulary.http.limits.address", "off",
                "cartulary.http.limits.credentials", "30/1m",
                "cartulary.http.limits.exempt-addresses", "",
                "cartulary.http.trusted-proxies", "10.0.0.0/8, fd00::/8",
                "cartulary.http.allowed-origins", "https://a.example, https://b.example",
                "cartulary.http.behind-tls", "true"));

        assertThat(chosen.limits().address()).isEqualTo(RateLimit.NONE);
        assertThat(chosen.limits().credentials()).isEqualTo(new RateLimit(30, Duration.ofMinutes(1)));
        assertThat(chosen.limits().person()).isEqualTo(EdgeSettings.Limits.DEFAULT.person());
        assertThat(chosen.limits().exemptAddresses()).isEmpty();
        assertThat(chosen.trustedProxies().get(1).contains(InetAddress.getByName("fd12::1")))
                .isTrue();
        assertThat(chosen.allowedOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(chosen.behindTls()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"limits.person,often", "trusted-proxies,proxy.example", "limits.exempt-addresses,10.0.0.0/99"})
    void whatCannotBeUnderstoodIsNamed(String name, String value) {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> settings(Map.of("cartulary.http." + name, value)))
                .withMessageContaining("cartulary.http." + name);
    }
}
