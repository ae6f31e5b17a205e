package org.cartulary.app.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Says of each operation that whatever it refuses is answered with a problem document (RFC 9457). Thread-safe. */
final class ApiProblems implements OpenApiCustomizer {

    private static final String PROBLEM = "Problem";
    private static final String FAULT = "ProblemError";

    @Override
    public void customise(OpenAPI document) {
        document.getComponents()
                .addSchemas(FAULT, fault())
                .addSchemas(PROBLEM, problem())
                .addResponses(
                        PROBLEM,
                        new ApiResponse()
                                .description("Refused, or failed: the code says why, docs/errors.md lists all of them.")
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType().schema(reference(PROBLEM)))));
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation ->
                        operation.getResponses().addApiResponse(ApiResponses.DEFAULT, new ApiResponse().$ref(PROBLEM)));
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref(name);
    }

    private static Schema<?> of(String type, String description) {
        Schema<?> schema = new Schema<>();
        schema.addType(type);
        schema.setDescription(description);
        return schema;
    }

    private static Schema<?> fault() {
        Schema<?> fault = of("object", "What is wrong with one part of a request.");
        fault.addProperty(
                "pointer",
                of(
                        "string",
                        "A JSON pointer into the body; ?name for a query parameter, {name} for a part of the path, Name:"
                                + " for a header."));
        fault.addProperty("code", of("string", "Stable, in kebab-case."));
        fault.addProperty("detail", of("string", "A sentence for people."));
        return fault;
    }

    private static Schema<?> problem() {
        Schema<?> problem = of("object", "A problem document (RFC 9457).");
        problem.addProperty("type", of("string", "urn:cartulary:problem: and the code."));
        problem.addProperty("title", of("string", "The status in words."));
        problem.addProperty("status", of("integer", "The HTTP status."));
        problem.addProperty("detail", of("string", "What is wrong, for people."));
        problem.addProperty("instance", of("string", "The path that was asked."));
        problem.addProperty("code", of("string", "Why it was refused, in kebab-case; stable."));
        problem.addProperty("traceId", of("string", "Names the request in the logs."));
        Schema<?> errors = of("array", "Where single parts of the request are to blame.");
        errors.setItems(reference(FAULT));
        problem.addProperty("errors", errors);
        return problem;
    }
}
