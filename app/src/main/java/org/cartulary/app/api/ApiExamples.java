package org.cartulary.app.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;

/** Gives each operation of the document its title, its part of the API, and an example out of the {@link ApiStory}. Thread-safe. */
final class ApiExamples implements OpenApiCustomizer {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    @Override
    public void customise(OpenAPI document) {
        ApiStory story = ApiStory.read();
        List<Tag> tags = new ArrayList<>();
        story.tags().forEach((name, told) -> tags.add(new Tag().name(name).description(told)));
        document.setTags(tags);
        for (ApiCall example : story.examples()) {
            PathItem path = document.getPaths().get(example.path());
            if (path != null) {
                path.readOperationsMap().forEach((method, operation) -> {
                    if (method.name().equals(example.method())) {
                        describe(operation, example);
                    }
                });
            }
        }
    }

    private static void describe(Operation operation, ApiCall example) {
        operation.setSummary(example.title());
        operation.setTags(List.of(example.tag()));
        answer(operation.getResponses(), String.valueOf(example.answers()));
        if (operation.getParameters() != null) {
            // Said by the security requirement; as a parameter the specification has it ignored.
            operation.getParameters().removeIf(parameter -> parameter.getName().equals(HttpHeaders.AUTHORIZATION));
            operation.getParameters().forEach(parameter -> describe(parameter, example));
        }
        if (operation.getRequestBody() != null && example.body() != null) {
            operation.getRequestBody().getContent().values().stream()
                    .filter(content -> content.getExample() == null)
                    .forEach(content -> content.setExample(example.body()));
        }
    }

    /** What is known of its success is told of the status that it has. */
    private static void answer(ApiResponses responses, String status) {
        ApiResponse success = responses.remove("200");
        if (success != null) {
            responses.addApiResponse(status, success);
        }
    }

    private static void describe(Parameter parameter, ApiCall example) {
        String name = parameter.getName();
        String value = switch (parameter.getIn().toLowerCase(Locale.ROOT)) {
            case "path" -> example.variables().get(name);
            case "query" -> example.query().get(name);
            default ->
                name.equalsIgnoreCase(IDEMPOTENCY_KEY)
                        ? new UUID(0, 1).toString()
                        : example.headers().get(name);
        };
        if (value != null) {
            parameter.setExample(value);
        }
    }
}
