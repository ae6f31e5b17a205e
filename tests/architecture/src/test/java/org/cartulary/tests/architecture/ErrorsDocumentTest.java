package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/errors.md} names every code that the sources make, under the service that makes it, and no other. */
class ErrorsDocumentTest {

    private static final Pattern HEADING = Pattern.compile("^## ([a-z]+)$");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z-]+)` \\| (\\d{3}) \\| [^|]*[^| ] \\| [^|]*[^| ] \\|$");

    private static ProblemCodes sources;
    private static List<ProblemCode> documented;

    @BeforeAll
    static void readBoth() {
        sources = ProblemCodes.in(Repository.root());
        documented = rows(Repository.read(Repository.root().resolve("docs/errors.md")));
    }

    @Test
    void everyCodeIsDocumented() {
        SortedSet<ProblemCode> missing = new TreeSet<>(sources.found());
        missing.removeIf(code -> documented.contains(code) || documented.contains(code.ofPlatform()));

        assertThat(sources.found()).hasSizeGreaterThan(100);
        assertThat(missing).as("codes that docs/errors.md does not name").isEmpty();
    }

    @Test
    void everyDocumentedCodeIsMade() {
        SortedSet<ProblemCode> stale = new TreeSet<>(documented);
        stale.removeAll(sources.found());

        assertThat(stale)
                .as("codes that docs/errors.md names and nothing makes")
                .isEmpty();
    }

    @Test
    void everyCodeIsDocumentedOnceAndInOrder() {
        assertThat(documented).doesNotHaveDuplicates();
        assertThat(documented)
                .filteredOn(code -> !code.service().equals(ProblemCode.PLATFORM))
                .noneMatch(code -> documented.contains(code.ofPlatform()));
        List<String> services =
                documented.stream().map(ProblemCode::service).distinct().toList();
        assertThat(services)
                .allSatisfy(service -> assertThat(documented)
                        .filteredOn(code -> code.service().equals(service))
                        .isSorted());
    }

    /** A new name here needs a pattern in {@link ProblemCodes} that finds the codes which that file makes. */
    @Test
    void codesAreLiteralsButInKnownFiles() {
        assertThat(sources.computed())
                .containsExactly(
                        "ApiResponse.java",
                        "OpeningCheckout.java",
                        "ProblemDocuments.java",
                        "ProblemHandler.java",
                        "Refusal.java",
                        "RemoteProblems.java",
                        "WritingProducts.java");
    }

    @Test
    void codesAreFoundWhereTheyAreMade(@TempDir Path root) throws IOException {
        Path stock = Files.createDirectories(root.resolve("services/stock/src/main/java/stock"));
        Files.writeString(stock.resolve("Counting.java"), """
                throw ProblemException.conflict(
                        "stock-moved", "the stock has moved");
                throw ProblemException.of(HttpStatus.GONE, "stock-gone", "there is none");
                throw ProblemException.notFound(code, "there is none");
                new StepResult.Refused<>(state.with(List.of("x")), "out-of-stock", "there is not enough");
                """);
        Path tests = Files.createDirectories(root.resolve("services/stock/src/test/java/stock"));
        Files.writeString(tests.resolve("CountingTest.java"), "ProblemException.conflict(\"of-a-test\", \"\")");

        ProblemCodes codes = ProblemCodes.in(root);

        assertThat(codes.found())
                .containsExactly(
                        new ProblemCode("stock", "out-of-stock", 409),
                        new ProblemCode("stock", "stock-gone", 410),
                        new ProblemCode("stock", "stock-moved", 409));
        assertThat(codes.computed()).containsExactly("Counting.java");
    }

    @Test
    void rowsBelongToTheHeadingAbove() {
        assertThat(rows("""
                ## stock

                | code | status | it means | what to do |
                |---|---|---|---|
                | `stock-gone` | 410 | There is none. | Buy something else. |
                | `half-written` | 409 | There is none. | |
                """)).containsExactly(new ProblemCode("stock", "stock-gone", 410));
    }

    private static List<ProblemCode> rows(String document) {
        List<ProblemCode> rows = new ArrayList<>();
        String service = "";
        for (String line : document.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                service = heading.group(1);
            } else if (row.matches()) {
                rows.add(new ProblemCode(service, row.group(1), Integer.parseInt(row.group(2))));
            }
        }
        return rows;
    }
}
