package org.cartulary.app.api;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call of the {@link ApiStory}. Values may name what an earlier call has kept, as {@code $product}. Immutable, thread-safe.
 *
 * @param operation its method and path with the variables in braces, such as {@code GET /api/v1/store/orders/{id}}
 * @param title what the operation does, in a few words
 * @param tag the part of the API that it belongs to
 * @param notRun why nobody can make the call as it is written, {@code null} where it can be made
 * @param caller the name of whoever calls, {@code null} for a visitor who shows nothing
 * @param variables the values of the path's variables
 * @param query the parameters behind the path
 * @param headers further headers
 * @param body what JSON is made of, {@code null} for none
 * @param answers the status of its success
 * @param kept what later calls need of the answer, by name: the name of a header; or a JSON pointer, and a regular expression
 *     behind a space where only a part of the text is wanted. A {@code GET} is made again until its answer has all of it, as what
 *     it tells may come late
 */
public record ApiCall(
        String operation,
        String title,
        String tag,
        @Nullable String notRun,
        @Nullable String caller,
        Map<String, String> variables,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable Object body,
        int answers,
        Map<String, String> kept) {

    private static final Pattern NAME = Pattern.compile("\\$([A-Za-z]+)");

    /** With the method in capitals. */
    public String method() {
        return operation.substring(0, operation.indexOf(' '));
    }

    /** With its variables in braces. */
    public String path() {
        return operation.substring(operation.indexOf(' ') + 1);
    }

    /** The call with a value in place of each name. */
    public ApiCall with(UnaryOperator<String> values) {
        return new ApiCall(
                operation,
                title,
                tag,
                notRun,
                caller,
                filled(variables, values),
                filled(query, values),
                filled(headers, values),
                body == null ? null : filledAny(body, values),
                answers,
                kept);
    }

    private static Map<String, String> filled(Map<String, String> texts, UnaryOperator<String> values) {
        return texts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Entry::getKey, text -> filled(text.getValue(), values)));
    }

    private static Object filledAny(Object part, UnaryOperator<String> values) {
        return switch (part) {
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Entry::getKey, property -> filledAny(property.getValue(), values)));
            case List<?> array ->
                array.stream().map(element -> filledAny(element, values)).toList();
            case String text -> filled(text, values);
            default -> part;
        };
    }

    private static String filled(String text, UnaryOperator<String> values) {
        return NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(values.apply(name.group(1))));
    }
}
