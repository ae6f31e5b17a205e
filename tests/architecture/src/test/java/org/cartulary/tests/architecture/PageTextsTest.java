package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages say, in all their languages. */
class PageTextsTest {

    private static final Path WEB = Repository.root().resolve("web");
    private static final Path SHARED = WEB.resolve("pages/src/main/resources/pages/shared");
    private static final Path SHARED_SOURCES = WEB.resolve("pages/src/main/java");
    private static final List<String> LANGUAGES = List.of("messages", "messages_de");

    private static final Pattern NAMED = Pattern.compile("#\\{([a-z][A-Za-z0-9.-]*)[}(]");
    private static final Pattern TOLD = Pattern.compile("(?:said|told)=[a-z][a-z-]*");
    private static final Pattern CODE = Pattern.compile("(?:problem|error)\\.([a-z-]+)(?:\\.title)?");
    /** What the pages themselves refuse, and the line below an error. */
    private static final Set<String> OF_PAGES =
            Set.of("unknown-page", "cross-site-form", "unreadable-form", "category-exists", "trace");

    @ParameterizedTest
    @ValueSource(strings = {"shared", "storefront", "admin"})
    void allLanguagesHaveTheSameTexts(String site) {
        Set<String> names = texts(folder(site), "messages").stringPropertyNames();

        assertThat(names).hasSizeGreaterThan(40);
        for (String language : LANGUAGES) {
            assertThat(texts(folder(site), language).stringPropertyNames())
                    .as(language)
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "storefront", "admin"})
    void everyTextIsAFormat(String site) {
        for (String language : LANGUAGES) {
            Properties texts = texts(folder(site), language);
            for (String name : texts.stringPropertyNames()) {
                assertThat(new MessageFormat(texts.getProperty(name)).toPattern())
                        .as(name)
                        .isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"storefront", "admin"})
    void whatAllSitesSayAlikeIsSaidOnce(String site) {
        for (String language : LANGUAGES) {
            Properties shared = texts(SHARED, language);
            Properties own = texts(folder(site), language);
            assertThat(own.stringPropertyNames())
                    .as("texts of %s that %s says alike", SHARED.getFileName(), language)
                    .noneMatch(name -> own.getProperty(name).equals(shared.getProperty(name)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"storefront", "admin"})
    void everyTextThatATemplateNamesIsThere(String site) {
        Set<String> named = matches(NAMED, 1, files(".html", folder(site), SHARED));

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(missing(site, named)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"storefront", "admin"})
    void everyWordThatIsToldAfterAFormIsThere(String site) {
        Path sources = WEB.resolve(site).resolve("src/main/java");
        Set<String> told = matches(TOLD, 0, files(".java", sources, SHARED_SOURCES)).stream()
                .map(query -> query.replace('=', '.'))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).hasSizeGreaterThan(10);
        assertThat(missing(site, told)).isEmpty();
    }

    @Test
    void everyErrorThatTheyNameIsOneThatIsAnswered() {
        Set<String> codes = ProblemCodes.in(Repository.root()).found().stream()
                .map(ProblemCode::code)
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (String site : List.of("shared", "storefront", "admin")) {
            for (String name : texts(folder(site), "messages").stringPropertyNames()) {
                Matcher matcher = CODE.matcher(name);
                if (matcher.matches() && !codes.contains(matcher.group(1)) && !OF_PAGES.contains(matcher.group(1))) {
                    unknown.add(site + ": " + name);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static Path folder(String site) {
        return site.equals("shared")
                ? SHARED
                : WEB.resolve(site).resolve("src/main/resources/pages").resolve(site);
    }

    private static Set<String> missing(String site, Set<String> names) {
        Set<String> known = new HashSet<>(texts(folder(site), "messages").stringPropertyNames());
        known.addAll(texts(SHARED, "messages").stringPropertyNames());
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(known);
        return missing;
    }

    private static Set<String> matches(Pattern pattern, int group, List<Path> files) {
        Set<String> found = new TreeSet<>();
        for (Path file : files) {
            pattern.matcher(Repository.read(file)).results().forEach(match -> found.add(match.group(group)));
        }
        return found;
    }

    private static List<Path> files(String ending, Path... folders) {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(ending)).forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static Properties texts(Path folder, String language) {
        Properties texts = new Properties();
        try {
            texts.load(new StringReader(Repository.read(folder.resolve(language + ".properties"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
