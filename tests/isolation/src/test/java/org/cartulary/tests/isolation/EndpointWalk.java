package org.cartulary.tests.isolation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cartulary.tests.support.HttpShop;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for any endpoint, with the parameters that the OpenAPI document says it needs. Thread-safe. */
final class EndpointWalk {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode paths;
    private final String product;

    /** Asks for the product of this shop where a path names one beside its object. */
    EndpointWalk(WalkedShop shop) {
        this.paths = shop.visitor().get("/openapi.json").expect(200).path("paths");
        this.product = shop.product();
    }

    /** The operations of the document, by method and path. */
    List<String> documented() {
        List<String> operations = new ArrayList<>();
        paths.forEachEntry((path, verbs) ->
                verbs.propertyNames().forEach(verb -> operations.add(verb.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    /**
     * Asks for an endpoint.
     *
     * @param object what the first variable of its path names
     * @param wanted the body, {@code null} for an empty one where it takes one
     */
    HttpShop.Answer ask(PublicEndpoint endpoint, WalkCaller caller, String object, @Nullable Object wanted) {
        Map<String, String> headers = new HashMap<>();
        StringBuilder query = new StringBuilder();
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        headers.put("If-Match", "\"1\"");
        for (JsonNode parameter : operation(endpoint).path("parameters")) {
            String name = parameter.path("name").asString();
            boolean required = parameter.path("required").asBoolean(false);
            if (required && parameter.path("in").asString().equals("query")) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value(name, object));
            } else if (required && parameter.path("in").asString().equals("header")) {
                headers.putIfAbsent(name, "1");
            }
        }
        operation(endpoint).path("requestBody").path("content").propertyNames().stream()
                .findFirst()
                .ifPresent(type -> headers.put("Content-Type", type));
        boolean hasBody = endpoint.method().equals("POST") || endpoint.method().equals("PUT");
        String body = hasBody ? JSON.writeValueAsString(wanted == null ? Map.of() : wanted) : null;
        return caller.shop()
                .apply(endpoint.access())
                .send(endpoint.method(), path(endpoint, object) + query, body, headers);
    }

    private JsonNode operation(PublicEndpoint endpoint) {
        return paths.path(endpoint.path()).path(endpoint.method().toLowerCase(Locale.ROOT));
    }

    /** The first variable names the object. */
    private String path(PublicEndpoint endpoint, String object) {
        return VARIABLE.matcher(endpoint.path()).replaceAll(variable -> value(variable.group(1), object));
    }

    private String value(String variable, String object) {
        return switch (variable) {
            case "time", "from", "to" -> "2026-01-01T00:00:00Z";
            case "since", "until" -> "2026-01-01";
            case "service" -> "order";
            case "kind" -> "saga";
            case "provider" -> "test";
            case "productId" -> product;
            case "size" -> "800";
            default -> object;
        };
    }
}
