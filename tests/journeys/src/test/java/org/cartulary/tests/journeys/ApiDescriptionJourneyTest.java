package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The OpenAPI document keeps to its specification, and to the rules by which people and generators of clients can use it. */
@ExtendWith(SharedInstallation.class)
final class ApiDescriptionJourneyTest {

    private static final int LONGEST_SUMMARY = 80;
    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*|\\{[a-zA-Z]+}");

    private final SwaggerParseResult parsed;

    ApiDescriptionJourneyTest(Installation installation) {
        parsed = new OpenAPIV3Parser()
                .readContents(
                        installation.visitor().get("/openapi.json").expect(200).toString());
    }

    @Test
    void theDocumentKeepsToItsSpecification() {
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
    }

    @Test
    void eachOperationCanBeUsedFromWhatTheDocumentSays() {
        OpenAPI document = parsed.getOpenAPI();
        Set<String> tags = document.getTags().stream().map(Tag::getName).collect(Collectors.toSet());
        Set<String> ids = new HashSet<>();
        List<String> faults = new ArrayList<>();
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    String name = method + " " + path + " ";
                    require(segmentsAreNeat(path), name + "has a segment in another style", faults);
                    require(ids.add(operation.getOperationId()), name + "shares its operationId", faults);
                    require(
                            hasSummary(operation),
                            name + "has no summary of at most 80 characters without a full stop",
                            faults);
                    require(
                            operation.getTags() != null
                                    && operation.getTags().size() == 1
                                    && tags.containsAll(operation.getTags()),
                            name + "is not of one part of the API",
                            faults);
                    require(
                            operation.getResponses().keySet().stream().anyMatch(status -> status.startsWith("2")),
                            name + "says nothing of its success",
                            faults);
                    require(tellsOfErrors(operation), name + "says nothing of its errors", faults);
                    parameters(operation, name, faults);
                    if (operation.getRequestBody() != null) {
                        operation
                                .getRequestBody()
                                .getContent()
                                .values()
                                .forEach(content -> body(content, name, faults));
                    }
                }));
        assertThat(faults).isEmpty();
        assertThat(ids).hasSizeGreaterThan(100);
    }

    @Test
    void eachOperationSaysWhoMayCallIt() {
        Paths paths = parsed.getOpenAPI().getPaths();
        Operation fill = paths.get("/api/v1/store/carts").getPost();
        assertThat(fill.getSecurity()).extracting(Map::size).containsExactly(0, 1);
        assertThat(fill.getParameters()).extracting(Parameter::getName).contains("Guest-Token");
        assertThat(fill.getResponses()).containsKey("201").doesNotContainKey("200");

        Operation merge = paths.get("/api/v1/store/carts/merges").getPost();
        assertThat(merge.getSecurity()).isNull();

        Operation adjust = paths.get("/api/v1/admin/stock-adjustments").getPost();
        assertThat(adjust.getExtensions()).containsEntry("x-permission", "stock:write");
    }

    private static void require(boolean kept, String fault, List<String> faults) {
        if (!kept) {
            faults.add(fault);
        }
    }

    private static boolean segmentsAreNeat(String path) {
        return path.startsWith("/api/v1/")
                && List.of(path.substring(1).split("/", -1)).stream()
                        .allMatch(segment -> SEGMENT.matcher(segment).matches());
    }

    private static boolean hasSummary(Operation operation) {
        String summary = operation.getSummary();
        return summary != null && !summary.isBlank() && summary.length() <= LONGEST_SUMMARY && !summary.endsWith(".");
    }

    private boolean tellsOfErrors(Operation operation) {
        ApiResponse told = operation.getResponses().get(ApiResponses.DEFAULT);
        return told != null
                && parsed.getOpenAPI()
                        .getComponents()
                        .getResponses()
                        .get(told.get$ref().replace("#/components/responses/", ""))
                        .getContent()
                        .containsKey("application/problem+json");
    }

    private static void parameters(Operation operation, String name, List<String> faults) {
        if (operation.getParameters() == null) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            boolean required = Boolean.TRUE.equals(parameter.getRequired());
            require(
                    required || !parameter.getIn().equals("path"),
                    name + parameter.getName() + " is in the path and not required",
                    faults);
            require(
                    !required || parameter.getExample() != null,
                    name + parameter.getName() + " is required and has no example",
                    faults);
        }
    }

    private static void body(MediaType content, String name, List<String> faults) {
        require(content.getExample() != null, name + "takes a body and has no example", faults);
    }
}
