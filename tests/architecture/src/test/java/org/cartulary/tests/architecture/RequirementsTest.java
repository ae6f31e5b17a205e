package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/requirements.md} names the tests of each requirement. With {@code -Drequirements.write=true} this writes
 * them there; without, it fails where they are not up to date.
 */
class RequirementsTest {

    private static final String DOCUMENT = """
            # Wants

            | id | requirement | tests |
            |---|---|---|
            | INV-01 | `a|b` is stored | [Old](Old.java) |
            | INV-02 | it is never oversold | none yet |
            """;

    @Test
    void theDocumentNamesTheTests() throws IOException {
        Path file = Repository.root().resolve("docs/requirements.md");
        String document = Files.readString(file);
        String written = RequirementsTable.withTests(
                document,
                RequirementsTable.tests(Repository.root()),
                Repository.root().resolve("docs"));
        if (Boolean.getBoolean("requirements.write")) {
            Files.writeString(file, written);
        } else {
            assertThat(document)
                    .as("docs/requirements.md; -Drequirements.write=true writes it")
                    .isEqualTo(written);
        }
    }

    @Test
    void testsCarryKnownRequirementsOnly() throws IOException {
        String document = Files.readString(Repository.root().resolve("docs/requirements.md"));

        assertThat(RequirementsTable.ids(document)).doesNotHaveDuplicates();
        assertThat(RequirementsTable.ids(document))
                .containsAll(RequirementsTable.tests(Repository.root()).keySet());
    }

    @Test
    void testsAreFoundByTheirTags(@TempDir Path root) throws IOException {
        Path tests = Files.createDirectories(root.resolve("stock/src/test/java/stock"));
        Path first = Files.writeString(tests.resolve("CountingTest.java"), "@Tag(\"INV-02\") class CountingTest {}");
        Path second = Files.writeString(tests.resolve("AddingTest.java"), "@Tag(\"INV-02\") class AddingTest {}");
        Path code = Files.createDirectories(root.resolve("stock/src/main/java/stock"));
        Files.writeString(code.resolve("Counting.java"), "@Tag(\"INV-01\") class Counting {}");

        SortedMap<String, SortedSet<Path>> found = RequirementsTable.tests(root);

        assertThat(found).containsOnlyKeys("INV-02");
        assertThat(found.get("INV-02")).containsExactly(second, first);
        assertThat(RequirementsTable.withTests(DOCUMENT, found, root.resolve("docs")))
                .isEqualTo("""
                # Wants

                | id | requirement | tests |
                |---|---|---|
                | INV-01 | `a|b` is stored | none yet |
                | INV-02 | it is never oversold | [AddingTest](../stock/src/test/java/stock/AddingTest.java), \
                [CountingTest](../stock/src/test/java/stock/CountingTest.java) |
                """);
    }
}
