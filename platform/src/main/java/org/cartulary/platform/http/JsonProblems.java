package org.cartulary.platform.http;

import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.money.UnsupportedCurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a body that could not be read. No name of a Java class reaches the caller. */
public final class JsonProblems {

    private JsonProblems() {}

    static ProblemException of(HttpMessageNotReadableException fault) {
        RequestTooLargeException tooLarge = cause(fault, RequestTooLargeException.class);
        if (tooLarge != null) {
            return tooLarge.problem();
        }
        JacksonException json = cause(fault, JacksonException.class);
        return json == null ? ProblemException.badRequest("missing-body", "this needs a body") : of(json);
    }

    /** What is wrong with a document that could not be read, or has values of other types than those that are asked for. */
    public static ProblemException of(JacksonException fault) {
        UnkeepableValueException unkeepable = fault instanceof UnkeepableValueException itself
                ? itself
                : cause(fault, UnkeepableValueException.class);
        if (unkeepable != null) {
            return unkeepable.problem();
        }
        return switch (fault) {
            case UnrecognizedPropertyException e -> unknownProperty(e);
            case InputCoercionException e -> invalidValue(e, "this has to be " + expected(e.getTargetType()));
            case InvalidFormatException e -> invalidValue(e, "this has to be " + expected(e.getTargetType()));
            case MismatchedInputException e when isTrailing(e) -> malformed("there is text after the JSON document");
            case MismatchedInputException e -> mismatch(e);
            case ValueInstantiationException e -> refusedByType(e);
            case StreamConstraintsException _ ->
                malformed("the document is nested too deeply, or a number or a name in it is too long");
            case StreamReadException e
            when isDuplicate(e) -> malformed("an object has two properties of one name" + position(e));
            case JacksonException e -> malformed("the body is not a JSON document" + position(e));
        };
    }

    private static ProblemException malformed(String detail) {
        return ProblemException.badRequest("malformed-json", detail);
    }

    private static String position(JacksonException fault) {
        var location = fault.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ": look at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static ProblemException unknownProperty(UnrecognizedPropertyException fault) {
        String detail = "there is no property \"" + fault.getPropertyName() + "\" here";
        return ProblemException.unprocessable("unknown-property", detail)
                .with(pointer(fault), "unknown-property", detail);
    }

    private static ProblemException mismatch(MismatchedInputException fault) {
        return fault.getTargetType() == Money.class
                ? invalidMoney(fault, "an amount of money is {\"amount\": \"12.99\", \"currency\": \"EUR\"}")
                : invalidValue(fault, "this has to be " + expected(fault.getTargetType()));
    }

    private static ProblemException refusedByType(ValueInstantiationException fault) {
        Throwable reason = fault.getCause();
        if (reason instanceof UnsupportedCurrencyException) {
            String detail = String.valueOf(reason.getMessage());
            return ProblemException.unprocessable("unsupported-currency", detail)
                    .with(pointer(fault), "unsupported-currency", detail);
        }
        if (fault.getType() != null && fault.getType().hasRawClass(Money.class)) {
            return invalidMoney(fault, reason == null ? "this is not money" : String.valueOf(reason.getMessage()));
        }
        return reason instanceof IllegalArgumentException && reason.getMessage() != null
                ? invalidValue(fault, reason.getMessage())
                : invalidValue(fault, "this is not complete");
    }

    private static ProblemException invalidMoney(JacksonException fault, String detail) {
        return ProblemException.unprocessable("invalid-money", detail).with(pointer(fault), "invalid-money", detail);
    }

    private static ProblemException invalidValue(JacksonException fault, String detail) {
        return ProblemException.unprocessable("invalid-request", "the request is not valid")
                .with(pointer(fault), "invalid-value", detail);
    }

    /** What a caller has to send for a type. */
    static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return RequestTimes.EXPECTED;
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return type == String.class ? "a text" : expectedShape(type);
    }

    private static String expectedShape(Class<?> type) {
        if (type.isArray() || Iterable.class.isAssignableFrom(type)) {
            return "an array";
        }
        return type.isRecord() ? "an object" : "a valid value";
    }

    private static boolean isTrailing(MismatchedInputException fault) {
        return String.valueOf(fault.getOriginalMessage()).startsWith("Trailing token");
    }

    private static boolean isDuplicate(StreamReadException fault) {
        return String.valueOf(fault.getOriginalMessage()).startsWith("Duplicate");
    }

    private static String pointer(JacksonException fault) {
        List<JacksonException.Reference> path = fault.getPath();
        return path.stream().map(JsonProblems::segment).collect(Collectors.joining());
    }

    private static String segment(JacksonException.Reference step) {
        String name = step.getPropertyName();
        return "/" + (name == null ? Integer.toString(step.getIndex()) : escaped(name));
    }

    /** A step of a JSON pointer (RFC 6901). */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static <T extends Throwable> @Nullable T cause(Throwable fault, Class<T> type) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
