package org.cartulary.tests.journeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An endpoint of the public API, as {@code /openapi.json} describes it.
 *
 * @param method such as {@code GET}
 * @param path with its variables in braces
 * @param query the names of its parameters in the address
 * @param body a request that the description allows, {@code null} where there is none
 */
record DescribedEndpoint(
        String method,
        String path,
        List<String> query,
        @Nullable JsonNode body) {

    private static final int DEEPEST = 8;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** All that the document describes. */
    static List<DescribedEndpoint> of(JsonNode document) {
        List<DescribedEndpoint> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode schema = operation.getValue().at("/requestBody/content/application~1json/schema");
                    all.add(new DescribedEndpoint(
                            operation.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            operation
                                    .getValue()
                                    .path("parameters")
                                    .valueStream()
                                    .filter(parameter ->
                                            parameter.path("in").asString("").equals("query"))
                                    .map(parameter -> parameter.path("name").asString())
                                    .collect(Collectors.toList()),
                            schema.isMissingNode() ? null : sample(schema, document, 0)));
                }));
        return List.copyOf(all);
    }

    /** The schema itself, where it refers to another one. */
    static JsonNode resolved(JsonNode schema, JsonNode document) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : resolved(document.at(reference.substring(1)), document);
    }

    private static JsonNode sample(JsonNode given, JsonNode document, int depth) {
        JsonNode schema = resolved(given, document);
        if (depth > DEEPEST) {
            return JSON.nullNode();
        }
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        return switch (typeOf(schema)) {
            case "object" -> object(schema, document, depth);
            case "array" -> {
                ArrayNode array = JSON.createArrayNode();
                array.add(sample(schema.path("items"), document, depth + 1));
                yield array;
            }
            case "integer" -> JSON.valueToTree(1);
            case "number" -> JSON.valueToTree(1.5);
            case "boolean" -> JSON.valueToTree(true);
            default -> JSON.valueToTree(text(schema.path("format").asString("")));
        };
    }

    private static String typeOf(JsonNode schema) {
        JsonNode type = schema.path("type");
        String named = type.isArray() ? type.path(0).asString("") : type.asString("");
        return named.isEmpty() && schema.has("properties") ? "object" : named;
    }

    private static ObjectNode object(JsonNode schema, JsonNode document, int depth) {
        ObjectNode object = JSON.createObjectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> object.set(property.getKey(), named(property, document, depth)));
        return object;
    }

    /** Values that lead further into the platform than any text would. */
    private static JsonNode named(Map.Entry<String, JsonNode> property, JsonNode document, int depth) {
        return switch (property.getKey()) {
            case "email" -> JSON.valueToTree("somebody@guest.example");
            case "password" -> JSON.valueToTree("correct horse battery");
            case "currency" -> JSON.valueToTree("EUR");
            case "amount" -> JSON.valueToTree("1.00");
            case "country" -> JSON.valueToTree("DE");
            case "provider" -> JSON.valueToTree("TEST");
            default -> sample(property.getValue(), document, depth + 1);
        };
    }

    private static String text(String format) {
        return switch (format) {
            case "uuid" -> UUID.randomUUID().toString();
            case "date-time" -> "2026-01-01T00:00:00Z";
            case "date" -> "2026-01-01";
            default -> "something";
        };
    }
}
