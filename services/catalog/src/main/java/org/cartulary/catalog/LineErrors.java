package org.cartulary.catalog;

import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.UnkeepableValueException;

/** What is wrong with a line, at most 50 things. Not thread-safe. */
final class LineErrors {

    private static final int MAX_ERRORS = 50;
    private static final int MAX_FIELD = 200;
    private static final int MAX_DETAIL = 500;

    private final long line;
    private final List<LineError> found;
    private final Set<String> unreadable = new HashSet<>();

    /** Begins with what the reader could not read. */
    LineErrors(ReadLine.Written line) {
        this.line = line.number();
        this.found = new ArrayList<>(line.errors());
        found.forEach(error -> unreadable.add(top(error.field())));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether no more is told. */
    boolean isFull() {
        return found.size() >= MAX_ERRORS;
    }

    List<LineError> found() {
        return List.copyOf(found);
    }

    void add(String pointer, String code, String detail) {
        if (found.size() < MAX_ERRORS) {
            found.add(new LineError(line, shortened(field(pointer), MAX_FIELD), code, shortened(detail, MAX_DETAIL)));
        }
    }

    /** A field has something that it cannot have, and is as if it were missing from now on. */
    void unreadable(String pointer, String code, String detail) {
        unreadable.add(top(field(pointer)));
        add(pointer, code, detail);
    }

    /** A field breaks a rule, unless it only seems so because it could not be read. */
    void violated(ConstraintViolation<?> violation) {
        String path = violation
                .getPropertyPath()
                .toString()
                .replaceAll("\\.?<[^>]*>", "")
                .replaceAll("[.\\[\\]]+", "/")
                .replaceAll("/$", "");
        if (!unreadable.contains(top(path))) {
            String constraint = violation
                    .getConstraintDescriptor()
                    .getAnnotation()
                    .annotationType()
                    .getSimpleName();
            add(
                    path,
                    constraint.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT),
                    violation.getMessage());
        }
    }

    /** Asks a rule, which throws what is wrong. */
    void catching(Runnable rule) {
        try {
            rule.run();
        } catch (ProblemException problem) {
            List<ProblemError> errors = problem.errors();
            add(
                    errors.isEmpty() ? "" : errors.getFirst().pointer(),
                    problem.code(),
                    errors.isEmpty() ? problem.detail() : errors.getFirst().detail());
        }
    }

    /** A value of a line, or of a cell with JSON, cannot be kept as it is. */
    static LineError unkeepable(long line, String cell, UnkeepableValueException fault) {
        return new LineError(
                line,
                shortened(field(cell + fault.pointer()), MAX_FIELD),
                "invalid-value",
                shortened(fault.getOriginalMessage()));
    }

    private static String field(String pointer) {
        return pointer.startsWith("/") ? pointer.substring(1) : pointer;
    }

    private static String top(String field) {
        int slash = field.indexOf('/');
        return slash < 0 ? field : field.substring(0, slash);
    }

    /** As a detail is kept. */
    static String shortened(String detail) {
        return shortened(detail, MAX_DETAIL);
    }

    /** Cut, and without what PostgreSQL cannot keep, which an error may quote. */
    private static String shortened(String text, int length) {
        String clean = text.replaceAll("[\\p{Cs}\\p{Cc}]", "?");
        return clean.codePointCount(0, clean.length()) <= length
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, length));
    }
}
