package org.cartulary.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages say, in both languages. */
class TextsTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/pages/admin");
    private static final Pattern TOLD = Pattern.compile("(said|told)=([a-z][a-z-]*)");
    private static final Pattern NAMED = Pattern.compile("#\\{([a-z][a-z0-9.-]*)[}(]");

    @Test
    void bothLanguagesHaveTheSameTexts() throws IOException {
        assertThat(texts("messages_de").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(texts("messages").stringPropertyNames());
    }

    @Test
    void everyTextThatATemplateNamesIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        Set<String> known = texts("messages").stringPropertyNames();
        int named = 0;
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".html")).toList()) {
                Matcher matcher = NAMED.matcher(Files.readString(file));
                while (matcher.find()) {
                    named++;
                    if (!known.contains(matcher.group(1))) {
                        missing.add(file.getFileName() + ": " + matcher.group(1));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    @Test
    void everyTextIsAFormat() throws IOException {
        for (String language : new String[] {"messages", "messages_de"}) {
            Properties texts = texts(language);
            texts.stringPropertyNames()
                    .forEach(name -> assertThat(new MessageFormat(texts.getProperty(name)).toPattern())
                            .as(name)
                            .isNotBlank());
        }
    }

    @Test
    void everyWordThatIsToldAfterAFormIsThere() throws IOException {
        Set<String> known = texts("messages").stringPropertyNames();
        Set<String> missing = new TreeSet<>();
        int told = 0;
        for (Path sources : List.of(Path.of("src/main/java"), Path.of("../pages/src/main/java"))) {
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    Matcher matcher = TOLD.matcher(Files.readString(file));
                    while (matcher.find()) {
                        told++;
                        String key = matcher.group(1) + "." + matcher.group(2);
                        if (!known.contains(key)) {
                            missing.add(file.getFileName() + ": " + key);
                        }
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(told).isGreaterThan(10);
    }

    private static Properties texts(String file) throws IOException {
        Properties texts = new Properties();
        try (InputStream in = Files.newInputStream(TEMPLATES.resolve(file + ".properties"))) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
