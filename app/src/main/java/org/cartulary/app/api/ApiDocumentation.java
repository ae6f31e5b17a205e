package org.cartulary.app.api;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.http.AccessReason;
import org.cartulary.platform.http.JsonDocument;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.PostMapping;

/** The OpenAPI 3.1 document at {@code /openapi.json} and its page at {@code /docs}. */
@Configuration(proxyBeanMethods = false)
public class ApiDocumentation {

    /** A line of a file with JSON in each. */
    private static final String LINE =
            "{\"sku\": \"JUG-1\", \"name\": \"Jug\", \"price\": {\"amount\": \"12.50\", \"currency\": \"EUR\"}}";

    @Bean
    OpenAPI openApi() {
        // What is made JSON once is described as what the JSON is of.
        SpringDocUtils.getConfig().addResponseWrapperToIgnore(JsonDocument.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Cartulary")
                        .version("v1")
                        .description(
                                "A headless commerce platform whose records are always right. Errors are problem"
                                        + " documents (RFC 9457); money is a decimal string with an ISO 4217 currency; lists are"
                                        + " read page by page with a cursor; calls that create money, stock or order effects"
                                        + " carry an Idempotency-Key, which is told apart by its caller: a"
                                        + " visitor who sends one chooses a Guest-Token of 20 to 200 random characters with it.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                ApiCallers.BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An access token of a session, or an API key.")))
                .addSecurityItem(new SecurityRequirement().addList(ApiCallers.BEARER));
    }

    /** The first of the converters: each that follows is asked before it. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), new SchemaNames()).openapi31(true);
    }

    /** Files of products are bodies that no parameter of an endpoint stands for. */
    @Bean
    OperationCustomizer filesCustomizer() {
        return (operation, handler) -> {
            PostMapping mapping = handler.getMethodAnnotation(PostMapping.class);
            if (mapping != null && mapping.consumes().length > 0 && operation.getRequestBody() == null) {
                Content content = new Content();
                for (String type : mapping.consumes()) {
                    MediaType file = new MediaType().schema(new StringSchema().format("binary"));
                    content.addMediaType(type, type.contains("json") ? file.example(LINE) : file);
                }
                operation.setRequestBody(new RequestBody().required(true).content(content));
            }
            return operation;
        };
    }

    @Bean
    ApiExamples apiExamples() {
        return new ApiExamples();
    }

    @Bean
    ApiCallers apiCallers() {
        return new ApiCallers();
    }

    @Bean
    ApiProblems apiProblems() {
        return new ApiProblems();
    }

    /** Where reads are written down, callers may say why they read. */
    @Bean
    OperationCustomizer accessReasonCustomizer() {
        return (operation, handler) -> handler.hasMethodAnnotation(DisclosesPersonalData.class)
                ? operation.addParametersItem(new HeaderParameter()
                        .name(AccessReason.HEADER)
                        .description(
                                "Why staff or an API key reads personal data, such as the number of a ticket; kept with who read what.")
                        .required(false)
                        .schema(new StringSchema().pattern("[A-Za-z0-9][A-Za-z0-9._:#/-]{0,99}")))
                : operation;
    }

    /** What takes bytes takes a picture, as it is. */
    @Bean
    OperationCustomizer picturesCustomizer() {
        return (operation, handler) -> {
            if (Stream.of(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == byte[].class)) {
                Content content = new Content();
                List.of("image/jpeg", "image/png", "image/webp")
                        .forEach(type -> content.addMediaType(
                                type, new MediaType().schema(new StringSchema().format("binary"))));
                operation.setRequestBody(new RequestBody().required(true).content(content));
            }
            return operation;
        };
    }

    /** What is written down in the audit log says so, with the actions of its entries. */
    @Bean
    OperationCustomizer auditedCustomizer() {
        return (operation, handler) -> {
            Audited audited = handler.getMethodAnnotation(Audited.class);
            if (audited != null) {
                operation.addExtension("x-audited", List.of(audited.value()));
            }
            return operation;
        };
    }
}
