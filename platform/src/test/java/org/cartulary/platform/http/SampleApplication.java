package org.cartulary.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A small application that serves the {@link SampleEndpoints}. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(HttpConfiguration.class)
class SampleApplication {

    static final String SECRET = "0123456789abcdef0123456789abcdef";
    static final int MAX_REQUEST_BYTES = 2000;
    static final UUID SHOP = new UUID(0, 1);
    static final UUID CLOSED_SHOP = new UUID(0, 9);
    static final UUID CUSTOMER = new UUID(0, 2);

    /** Whether the token {@code withdrawn} admits nobody any more. */
    static final AtomicBoolean WITHDRAWN = new AtomicBoolean();

    @Bean
    HttpSettings httpSettings() {
        return new HttpSettings(List.of(SECRET), "sample", MAX_REQUEST_BYTES);
    }

    @Bean
    EdgeSettings edgeSettings() {
        return EdgeSettings.DEFAULT;
    }

    @Bean
    AccessVerifier accessVerifier() {
        return new SampleVerifier();
    }

    @Bean
    MeterRegistry meterRegistry() {
        return new SimpleMeterRegistry();
    }

    @Bean
    RunningCalls runningCalls() {
        return new RunningCalls();
    }

    @Bean
    SampleEndpoints.ShopController shopController() {
        return new SampleEndpoints.ShopController();
    }

    @Bean
    SampleEndpoints.FaultyController faultyController() {
        return new SampleEndpoints.FaultyController();
    }

    @Bean
    SampleEndpoints.GuardedController guardedController() {
        return new SampleEndpoints.GuardedController();
    }

    @Bean
    SampleEndpoints.OperatorController operatorController() {
        return new SampleEndpoints.OperatorController();
    }

    @Bean
    SampleEndpoints.StockEndpoint stockEndpoint() {
        return new SampleEndpoints.StockEndpoint();
    }

    @Bean
    PageSite samplePages() {
        return new PageSite("/pages", Set.of("/pages/sign-in"));
    }

    @Bean
    ProblemPages sampleProblems(PageSite site) {
        return (request, status, code, traceId) -> {
            if (request.getRequestURI().endsWith("/spoilt")) {
                throw new IllegalStateException("a page that cannot be made");
            }
            return site.owns(request) && "text/html".equals(request.getHeader("Accept"))
                    ? "<h1>" + status.value() + " " + code + "</h1>"
                    : null;
        };
    }

    /** Answers with what a form says. */
    @Bean
    RouterFunction<ServerResponse> sampleForms() {
        return RouterFunctions.route()
                .POST(
                        "/pages/{form}",
                        request ->
                                ServerResponse.ok().body(request.param("name").orElse("nobody")))
                .build();
    }

    /** Only 127.0.0.1 is a shop; {@code localhost} is not. */
    static final class SampleVerifier implements AccessVerifier {

        private static final Map<String, Access> TOKENS = Map.of(
                "customer", new Access(SHOP, new Principal(Principal.Kind.CUSTOMER, CUSTOMER, Set.of())),
                "locked-out",
                        new Access(CLOSED_SHOP, new Principal(Principal.Kind.STAFF, CUSTOMER, Set.of("catalog:write"))),
                "staff", new Access(SHOP, new Principal(Principal.Kind.STAFF, CUSTOMER, Set.of("catalog:write"))),
                "machine", new Access(SHOP, new Principal(Principal.Kind.INTEGRATION, new UUID(0, 3), Set.of())),
                "vain", new Access(SHOP, new Principal(Principal.Kind.STAFF, CUSTOMER, Set.of("tenants:write"))),
                "operator", new Access(null, new Principal(Principal.Kind.STAFF, CUSTOMER, Set.of("tenants:write"))));

        @Override
        public Access verifyBearer(String token) {
            assertAskedByThePlatform();
            if (token.equals("expired")) {
                throw new InvalidTokenException(InvalidTokenException.EXPIRED);
            }
            Access access = TOKENS.get(token.equals("withdrawn") && !WITHDRAWN.get() ? "operator" : token);
            if (access == null) {
                throw new InvalidTokenException(InvalidTokenException.INVALID);
            }
            return access;
        }

        @Override
        public boolean isSuspended(UUID tenantId) {
            assertAskedByThePlatform();
            return tenantId.equals(CLOSED_SHOP);
        }

        @Override
        public @Nullable UUID tenantOfHost(String host) {
            assertAskedByThePlatform();
            return switch (host) {
                case "127.0.0.1" -> SHOP;
                case "127.0.0.9" -> CLOSED_SHOP;
                default -> null;
            };
        }

        private static void assertAskedByThePlatform() {
            if (!RequestContext.current().principal().equals(Principal.system())) {
                throw new IllegalStateException("the directory is asked by the platform itself");
            }
        }
    }
}
