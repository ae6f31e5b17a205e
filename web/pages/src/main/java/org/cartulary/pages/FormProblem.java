package org.cartulary.pages;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a form was not taken, in the visitor's words: for the page that shows the form again. Immutable.
 *
 * @param code of the problem
 * @param message what is wrong on the whole
 * @param isOfFields whether it is the fields that say what is wrong, and not the message
 * @param fields what is wrong with which field, by its name
 */
public record FormProblem(String code, String message, boolean isOfFields, Map<String, String> fields) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    public FormProblem {
        fields = Map.copyOf(fields);
    }

    /**
     * A refusal in the visitor's words.
     *
     * @throws ApiException if it says that the visitor has to sign in first, which is no matter of the form
     */
    public static FormProblem of(Visit visit, Problem problem) {
        boolean signInFirst = problem.is("unauthorized", "invalid-token", "token-expired");
        if ((problem.status() == UNAUTHORIZED && signInFirst) || problem.status() == FORBIDDEN) {
            throw new ApiException(problem);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        problem.faults().forEach(fault -> fields.putIfAbsent(fault.field(), words(visit, fault)));
        String general = visit.textOfProblem(problem);
        return new FormProblem(
                problem.code(),
                general == null ? problem.detail() : general,
                general == null || problem.is("invalid-request"),
                fields);
    }

    private static String words(Visit visit, Problem.Fault fault) {
        String text = visit.textOrNull("invalid." + fault.code());
        return text == null ? fault.detail() : text;
    }

    /** Whether what was sent may still be done: it was sent before, and nobody knows yet what comes of that. */
    boolean isUnderWay() {
        return code.equals("request-in-progress");
    }

    /** Whether the form shows again what was typed, and not what somebody else has made of it meanwhile. */
    boolean keepsTyped() {
        return !code.equals("precondition-failed");
    }

    /** What is wrong with a field, {@code null} if nothing is. */
    public @Nullable String of(String field) {
        return fields.get(field);
    }
}
