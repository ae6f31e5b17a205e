package org.cartulary.platform.http;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What is wrong with a request that was read and does not keep the constraints. */
final class ValidationProblems {

    private ValidationProblems() {}

    static ProblemException of(Errors errors) {
        ProblemException problem = invalidRequest();
        addAll(problem, "", errors);
        return problem;
    }

    static ProblemException of(HandlerMethodValidationException fault) {
        ProblemException problem = invalidRequest();
        for (ParameterValidationResult result : fault.getParameterValidationResults()) {
            String place = place(result);
            if (result instanceof ParameterErrors errors) {
                addAll(problem, place, errors);
            } else {
                result.getResolvableErrors().forEach(error -> problem.with(place, code(error), detail(error)));
            }
        }
        fault.getCrossParameterValidationResults().forEach(error -> problem.with("", code(error), detail(error)));
        return problem;
    }

    /** Where the parameter of a controller comes from. */
    static String place(MethodParameter parameter) {
        String name = Objects.requireNonNullElse(parameter.getParameterName(), "");
        PathVariable inPath = parameter.getParameterAnnotation(PathVariable.class);
        if (inPath != null) {
            return "{" + named(inPath.name(), name) + "}";
        }
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null) {
            return named(header.name(), name) + ":";
        }
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        return "?" + named(query == null ? "" : query.name(), name);
    }

    private static String place(ParameterValidationResult result) {
        if (!result.getMethodParameter().hasParameterAnnotation(RequestBody.class)) {
            return result instanceof ParameterErrors ? "" : place(result.getMethodParameter());
        }
        if (result.getContainerIndex() != null) {
            return "/" + result.getContainerIndex();
        }
        return result.getContainerKey() == null
                ? ""
                : "/" + JsonProblems.escaped(result.getContainerKey().toString());
    }

    private static ProblemException invalidRequest() {
        return ProblemException.unprocessable("invalid-request", "the request is not valid");
    }

    private static void addAll(ProblemException problem, String prefix, Errors errors) {
        for (ObjectError error : errors.getAllErrors()) {
            if (error instanceof FieldError field) {
                problem.with(prefix + pointer(field.getField()), code(field), detail(field));
            } else {
                problem.with(prefix, code(error), detail(error));
            }
        }
    }

    /** The path of a bean, such as {@code items[0].quantity}, as a JSON pointer, such as {@code /items/0/quantity}. */
    static String pointer(String beanPath) {
        StringBuilder pointer = new StringBuilder();
        for (String step : List.of(beanPath.split("[.\\[\\]]+"))) {
            if (!step.isEmpty()) {
                pointer.append('/').append(JsonProblems.escaped(step));
            }
        }
        return pointer.toString();
    }

    private static String code(MessageSourceResolvable error) {
        if (isBindingFailure(error)) {
            return "invalid-value";
        }
        String[] codes = error.getCodes();
        return codes == null || codes.length == 0 ? "invalid" : kebab(codes[codes.length - 1]);
    }

    private static String detail(MessageSourceResolvable error) {
        if (isBindingFailure(error)) {
            return "this value cannot be read";
        }
        return Objects.requireNonNullElse(error.getDefaultMessage(), "this is not valid");
    }

    private static boolean isBindingFailure(MessageSourceResolvable error) {
        return error instanceof FieldError field && field.isBindingFailure();
    }

    private static String kebab(String constraint) {
        return constraint.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static String named(String declared, String otherwise) {
        return declared.isEmpty() ? otherwise : declared;
    }
}
