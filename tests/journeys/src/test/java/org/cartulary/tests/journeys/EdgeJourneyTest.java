package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.TakesCredentials;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What the platform says and bears at its edge, as it is started without any settings. */
@HoldsThePlatform("sends what a proxy in front would answer in its own words")
@ExtendWith(SharedInstallation.class)
final class EdgeJourneyTest {

    /** Amounts are parsed within limits of their own; the others have to be known ones, of which none is long. */
    private static final Set<String> BOUNDED_BY_THEIR_MEANING =
            Set.of("amount", "currency", "language", "timeZone", "permissions/0");

    private final HttpShop visitor;

    EdgeJourneyTest(Installation installation) {
        this.visitor = installation.visitor();
    }

    private RawConnection.Answer raw(String head) throws IOException {
        URI url = URI.create(visitor.url("/"));
        try (RawConnection connection = new RawConnection(url.getPort())) {
            return connection.send((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8), false);
        }
    }

    private static void assertProblem(RawConnection.Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Server")).isEmpty();
    }

    @Test
    void requestsHaveTheirLimits() throws IOException {
        String host = "\r\nHost: localhost";
        assertProblem(raw("GET /api/v1/store/products HTTP/1.1" + host + "\r\nX-Long: " + "x".repeat(9000)), 431);
        assertProblem(raw("GET /api/v1/store/products HTTP/1.1" + host + "\r\nX-Short: x".repeat(2000)), 431);
        RawConnection.Answer address = raw("GET /" + "x".repeat(9000) + " HTTP/1.1" + host);
        assertThat(address.status()).isIn(414, 431);
        assertProblem(address, address.status());
        assertProblem(raw("POST /api/v1/store/carts HTTP/1.1" + host + "\r\nContent-Length: 5000000"), 413);
    }

    @Test
    void theDocumentationRunsItsOwnScriptsOnly() {
        HttpShop.Answer page = visitor.get("/swagger-ui/index.html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("script-src 'self';", "default-src 'none'"));
        assertThat(page.text()).as("no script stands in the page").doesNotContainPattern("<script(?![^>]*src=)");
        assertThat(visitor.get("/docs").status()).isEqualTo(302);
    }

    @Test
    void pagesOfOtherOriginsMayNotCallUnlessTheyAreNamed() {
        Map<String, String> question = Map.of("Origin", "https://shop.example", "Access-Control-Request-Method", "GET");

        HttpShop.Answer refused = visitor.send("OPTIONS", "/api/v1/store/products", null, question);

        refused.expectProblem(403, "origin-not-allowed");
        assertThat(refused.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }

    @Test
    void whatIsPersonalIsKeptByNoCache() {
        HttpShop customer = Buyer.customer(visitor).shop();
        for (String path :
                List.of("/api/v1/store/orders", "/api/v1/store/sessions", "/api/v1/store/customers/me/addresses")) {
            assertThat(customer.get(path).headers().firstValue("Cache-Control"))
                    .as(path)
                    .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        }
    }

    @Test
    void everybodyWhoShowsOrAsksForCredentialsIsLimitedStrictly() {
        List<String> missing = new ArrayList<>();
        int found = 0;
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        for (var bean : scanner.findCandidateComponents("org.cartulary.auth")) {
            Class<?> controller = ClassUtils.resolveClassName(
                    Objects.requireNonNull(bean.getBeanClassName()), EdgeJourneyTest.class.getClassLoader());
            for (Method method : controller.getDeclaredMethods()) {
                if (AnnotatedElementUtils.hasAnnotation(method, PostMapping.class)
                        && (AnnotatedElementUtils.hasAnnotation(method, AllowAnyone.class)
                                || AnnotatedElementUtils.hasAnnotation(controller, AllowAnyone.class))) {
                    found++;
                    if (!method.isAnnotationPresent(TakesCredentials.class)) {
                        missing.add(method.toString());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThanOrEqualTo(7);
    }

    @Test
    void listsAndTextsOfRequestsAreBounded() {
        JsonNode document = visitor.get("/openapi.json").expect(200);
        Set<String> unbounded = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode schema = operation.getValue().at("/requestBody/content/application~1json/schema");
                    collect(operation.getKey() + " " + path.getKey(), schema, document, new HashSet<>(), unbounded);
                }));
        unbounded.removeIf(
                text -> BOUNDED_BY_THEIR_MEANING.stream().anyMatch(name -> text.contains("/" + name + " is a text")));
        assertThat(unbounded).isEmpty();
    }

    private static void collect(
            String place, JsonNode given, JsonNode document, Set<String> seen, Set<String> unbounded) {
        if (given.has("$ref") && !seen.add(given.path("$ref").asString())) {
            return;
        }
        JsonNode schema = DescribedEndpoint.resolved(given, document);
        String types = schema.path("type").toString();
        if (types.contains("array")) {
            if (!schema.has("maxItems")) {
                unbounded.add(place + " is a list of any length");
            }
            collect(place + "/0", schema.path("items"), document, seen, unbounded);
        }
        if (types.contains("string")
                && Arrays.stream(new String[] {"maxLength", "format", "enum", "pattern"})
                        .noneMatch(schema::has)) {
            unbounded.add(place + " is a text of any length");
        }
        schema.path("properties")
                .properties()
                .forEach(property ->
                        collect(place + "/" + property.getKey(), property.getValue(), document, seen, unbounded));
    }
}
