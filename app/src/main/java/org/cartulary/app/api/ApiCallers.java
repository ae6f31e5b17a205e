package org.cartulary.app.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.RequirePermission;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Says of each operation who may call it: anybody, whoever shows a token, or who has a permission ({@code x-permission}); and
 * by what visitors are told apart. Thread-safe.
 */
final class ApiCallers implements OperationCustomizer, OpenApiCustomizer {

    static final String BEARER = "bearer";

    /** Below these, visitors have things of their own. */
    private static final List<String> OF_VISITORS = List.of(
            "/api/v1/store/carts", "/api/v1/store/saved-items", "/api/v1/store/checkouts", "/api/v1/store/orders");

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        // What is declared for a method comes before what is for its class.
        AnnotatedElement declared = Stream.of(handler.getMethod(), handler.getBeanType())
                .filter(ApiCallers::declares)
                .findFirst()
                .orElse(handler.getMethod());
        RequirePermission required = AnnotatedElementUtils.findMergedAnnotation(declared, RequirePermission.class);
        if (required != null) {
            operation.addExtension("x-permission", required.value());
        } else if (AnnotatedElementUtils.hasAnnotation(declared, AllowAnyone.class)) {
            operation.setSecurity(List.of(new SecurityRequirement(), new SecurityRequirement().addList(BEARER)));
        }
        return operation;
    }

    private static boolean declares(AnnotatedElement element) {
        return Stream.of(AllowAnyone.class, AllowSignedIn.class, RequirePermission.class)
                .anyMatch(rule -> AnnotatedElementUtils.hasAnnotation(element, rule));
    }

    @Override
    public void customise(OpenAPI document) {
        document.getPaths().forEach((path, item) -> {
            if (OF_VISITORS.stream().anyMatch(path::startsWith)) {
                item.readOperations().stream()
                        .filter(ApiCallers::admitsVisitors)
                        .forEach(ApiCallers::addGuestToken);
            }
        });
    }

    private static boolean admitsVisitors(Operation operation) {
        return operation.getSecurity() != null;
    }

    private static void addGuestToken(Operation operation) {
        boolean isThere = operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> parameter.getName().equalsIgnoreCase("Guest-Token"));
        if (!isThere) {
            operation.addParametersItem(new HeaderParameter()
                    .name("Guest-Token")
                    .description("Tells a visitor without an account apart: 20 to 200 characters that nobody can guess,"
                            + " chosen by the visitor, or answered with the first cart or checkout.")
                    .required(false)
                    .schema(new StringSchema().minLength(20).maxLength(200)));
        }
    }
}
