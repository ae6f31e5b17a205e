package org.cartulary.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows {@code | PLT-01 | text | tests |} of a document: the ids and texts are kept by hand, the tests are those
 * whose annotation {@code Tag} carries the id.
 */
final class RequirementsTable {

    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]{3}-\\d{2}) \\| (.*) \\| ([^|]*) \\|$");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z]{3}-\\d{2})\"\\)");

    private RequirementsTable() {}

    /** The ids of the rows, in their order. */
    static List<String> ids(String document) {
        return document.lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .toList();
    }

    /**
     * The document with the tests filled in.
     *
     * @param tests the files of tests by id
     * @param folder where the document is, from which the links lead
     */
    static String withTests(String document, Map<String, ? extends SortedSet<Path>> tests, Path folder) {
        return document.lines()
                .map(line -> {
                    Matcher row = ROW.matcher(line);
                    if (!row.matches()) {
                        return line;
                    }
                    SortedSet<Path> files = tests.get(row.group(1));
                    String links = files == null ? "none yet" : links(files, folder);
                    return "| %s | %s | %s |".formatted(row.group(1), row.group(2), links);
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String links(SortedSet<Path> files, Path folder) {
        return files.stream()
                .map(file -> "[%s](%s)"
                        .formatted(
                                file.getFileName().toString().replace(".java", ""),
                                folder.relativize(file).toString().replace('\\', '/')))
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .collect(Collectors.joining(", "));
    }

    /** The files of tests under the folder, by the ids that they carry. */
    static SortedMap<String, SortedSet<Path>> tests(Path root) {
        SortedMap<String, SortedSet<Path>> tests = new TreeMap<>();
        for (Path file : javaTests(root)) {
            Matcher tag = TAG.matcher(Repository.read(file));
            while (tag.find()) {
                tests.computeIfAbsent(tag.group(1), id -> new TreeSet<>()).add(file);
            }
        }
        return tests;
    }

    private static List<Path> javaTests(Path root) {
        Path sources = Path.of("src", "test", "java");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> root.relativize(file).toString().contains(sources.toString()))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
