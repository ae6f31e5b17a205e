package org.cartulary.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} names each of the ten risks, and only tests that exist. */
class SecurityDocumentTest {

    private static final Pattern RISK = Pattern.compile("(?m)^\\| API(\\d+) [^|]+\\|[^|]+\\|([^|]+)\\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)`");
    private static final String DOCUMENT = Repository.read(Repository.root().resolve("docs/security.md"));

    @Test
    void eachRiskNamesTestsThatExist() {
        Set<String> tests = tests();
        List<String> risks =
                RISK.matcher(DOCUMENT).results().map(risk -> risk.group(1)).toList();

        assertThat(risks).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        Matcher rows = RISK.matcher(DOCUMENT);
        while (rows.find()) {
            List<String> named = NAME.matcher(rows.group(2))
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            assertThat(named).as("API" + rows.group(1)).isNotEmpty().isSubsetOf(tests);
        }
    }

    private static Set<String> tests() {
        try (Stream<Path> files = Files.walk(Repository.root())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whoever cannot open connections cannot be made to open one to an address that a request names. */
    @Test
    void servicesOpenNoConnectionsByThemselves() {
        String[] services = Repository.services().stream()
                .map(name -> "org.cartulary." + name)
                .toArray(String[]::new);

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "org.springframework.web.client..",
                        "org.springframework.web.reactive..",
                        "java.nio.channels..",
                        "javax.net..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.URL")
                .check(new ClassFileImporter()
                        .withImportOption(location -> !location.contains("/test-classes/"))
                        .importPackages(services));
    }
}
