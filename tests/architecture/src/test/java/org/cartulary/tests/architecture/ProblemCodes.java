package org.cartulary.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/**
 * The codes of problems, as the sources make them. Most stand where a {@code ProblemException} is made; {@link #computed}
 * are the places where they do not, and for each of these there is a pattern that finds where its codes come from.
 */
record ProblemCodes(SortedSet<ProblemCode> found, SortedSet<String> computed) {

    private static final Map<String, HttpStatus> FACTORIES = Map.ofEntries(
            Map.entry("badRequest", HttpStatus.BAD_REQUEST),
            Map.entry("unauthorized", HttpStatus.UNAUTHORIZED),
            Map.entry("forbidden", HttpStatus.FORBIDDEN),
            Map.entry("notFound", HttpStatus.NOT_FOUND),
            Map.entry("gone", HttpStatus.GONE),
            Map.entry("conflict", HttpStatus.CONFLICT),
            Map.entry("preconditionFailed", HttpStatus.PRECONDITION_FAILED),
            Map.entry("unprocessable", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("preconditionRequired", HttpStatus.PRECONDITION_REQUIRED),
            Map.entry("tooManyRequests", HttpStatus.TOO_MANY_REQUESTS),
            Map.entry("unavailable", HttpStatus.SERVICE_UNAVAILABLE));

    private static final String CODE = "\"([a-z]+(?:-[a-z]+)*)\"";
    private static final Pattern CALL = Pattern.compile("ProblemException\\s*\\.\\s*(\\w+)\\(");
    private static final Pattern ARGUMENTS = Pattern.compile("\\s*(?:HttpStatus\\.(\\w+),\\s*)?" + CODE);

    /** What is missing in a request: its codes are given to a method of {@code ProblemHandler}. */
    private static final Pattern MISSING = Pattern.compile("\\bmissing\\(" + CODE);

    private static final Pattern TOKEN = Pattern.compile("String (?:INVALID|EXPIRED) = " + CODE);

    /** What a buyer needs a permission for: its codes are given to a method of {@code OpeningCheckout}. */
    private static final Pattern PERMISSION = Pattern.compile("\\brequire\\(\\s*caller,\\s*[\\w.]+,\\s*" + CODE);

    /** Why a step of the saga that places an order is refused. */
    private static final Pattern REFUSED = Pattern.compile("Refused<>\\([^;]*?\"([a-z]+(?:-[a-z]+)+)\"");

    private static final Pattern REFUSED_WITH = Pattern.compile("case " + CODE + " -> HttpStatus\\.(\\w+)");

    /** What a batch of products names and the shop does not have: outcomes of SQL functions. */
    private static final Pattern SQL_OUTCOME = Pattern.compile("'(unknown-[a-z]+)'");

    /** The codes in the main sources under the folder. */
    static ProblemCodes in(Path root) {
        ProblemCodes codes = new ProblemCodes(new TreeSet<>(), new TreeSet<>());
        Map<String, HttpStatus> refusals = new HashMap<>();
        List<Path> files = sources(root);
        for (Path file : files) {
            if (file.endsWith("checkout/Refusal.java")) {
                matches(REFUSED_WITH, Repository.read(file))
                        .forEach(match -> refusals.put(match.group(1), HttpStatus.valueOf(match.group(2))));
            }
        }
        for (Path file : files) {
            codes.read(service(root.relativize(file)), file.getFileName().toString(), Repository.read(file), refusals);
        }
        return codes;
    }

    private void read(String service, String file, String text, Map<String, HttpStatus> refusals) {
        if (file.endsWith(".sql")) {
            addAll(service, HttpStatus.UNPROCESSABLE_CONTENT, SQL_OUTCOME, text);
            return;
        }
        matches(CALL, text).forEach(call -> readCall(service, file, call.group(1), text.substring(call.end())));
        addAll(service, HttpStatus.BAD_REQUEST, MISSING, text);
        addAll(service, HttpStatus.UNAUTHORIZED, TOKEN, text);
        addAll(service, HttpStatus.FORBIDDEN, PERMISSION, text);
        matches(REFUSED, text).forEach(match -> {
            String code = match.group(1);
            add(service, code, refusals.getOrDefault(code, HttpStatus.CONFLICT));
        });
    }

    private void readCall(String service, String file, String factory, String rest) {
        HttpStatus status = FACTORIES.get(factory);
        Matcher arguments = ARGUMENTS.matcher(rest);
        boolean literal = arguments.lookingAt();
        if (literal && arguments.group(1) != null) {
            status = HttpStatus.valueOf(arguments.group(1));
        }
        if (literal && status != null) {
            add(service, arguments.group(2), status);
        } else {
            computed.add(file);
        }
    }

    private void addAll(String service, HttpStatus status, Pattern pattern, String text) {
        matches(pattern, text).forEach(match -> add(service, match.group(1), status));
    }

    private void add(String service, String code, HttpStatus status) {
        found.add(new ProblemCode(service, code, status.value()));
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    /** The folder of the module. */
    private static String service(Path file) {
        return file.getName(0).toString().equals("services")
                ? file.getName(1).toString()
                : file.getName(0).toString();
    }

    private static List<Path> sources(Path root) {
        Path java = Path.of("src", "main", "java");
        Path functions = Path.of("db", "catalog", "functions");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> {
                        String path = root.relativize(file).toString();
                        boolean code = path.endsWith(".java") && path.contains(java.toString());
                        boolean sql = path.endsWith(".sql") && path.contains(functions.toString());
                        return code || (sql && !path.contains("target"));
                    })
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
