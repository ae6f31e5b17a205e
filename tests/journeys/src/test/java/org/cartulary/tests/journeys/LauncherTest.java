package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code cartulary} and its cache of classes, with a program of a few lines in the place of the platform: the
 * script knows of the platform only that it is a class with arguments, one of which is {@code rehearse}.
 */
final class LauncherTest {

    private static final long LIMIT_SECONDS = 120;
    private static final String FROM_CACHE = "org.cartulary.app.Cartulary source: shared objects file";
    private static final String PREPARING = "Preparing quick starts";

    @TempDir
    private Path folder;

    private Path home;
    private Path built;
    private Path temporary;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectory(folder.resolve("installation"));
        built = Files.createDirectories(home.resolve("app/target/cartulary"));
        temporary = Files.createDirectory(folder.resolve("temporary"));
        Files.createDirectory(built.resolve("lib"));
        Files.copy(sourceTree().resolve("cartulary"), home.resolve("cartulary"));
        program("first", 0);
        jar(built.resolve("lib/library.jar"), Map.of("some.txt", new byte[] {1}));
        Files.createFile(built.resolve("complete"));
    }

    private static Path sourceTree() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(path.resolve("cartulary"))) {
            path = Objects.requireNonNull(path.getParent(), "the script is above the module");
        }
        return path;
    }

    /** A program that says its word, and whose rehearsal ends with the exit status. */
    private void program(String word, int rehearsal) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = Files.writeString(folder.resolve("Cartulary.java"), """
                package org.cartulary.app;
                public final class Cartulary {
                    public static void main(String[] arguments) {
                        System.out.println("%s " + String.join(" ", arguments));
                        System.exit(arguments[0].equals("rehearse") ? %d : 0);
                    }
                }
                """.formatted(word, rehearsal));
        int status =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(status).isZero();
        String entry = "org/cartulary/app/Cartulary.class";
        jar(built.resolve("app.jar"), Map.of(entry, Files.readAllBytes(classes.resolve(entry))));
    }

    private static void jar(Path file, Map<String, byte[]> contents) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                jar.putNextEntry(new JarEntry(content.getKey()));
                jar.write(content.getValue());
                jar.closeEntry();
            }
        }
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** Runs the script to its end; what it printed, with where each class came from. */
    private String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", home.resolve("cartulary").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("CARTULARY_JAVA_OPTIONS", "-Xlog:class+load");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> some = Files.list(temporary);
                Stream<Path> others = Files.list(built)) {
            return Stream.concat(some, others)
                    .map(path -> String.valueOf(path.getFileName()))
                    .toList();
        }
    }

    @Test
    void firstStartPreparesTheOthersOnce() throws Exception {
        String first = run("up");
        String second = run("up");

        assertThat(first).contains(PREPARING, "first up", FROM_CACHE);
        assertThat(second).contains("first up", FROM_CACHE).doesNotContain(PREPARING);
        assertThat(left())
                .containsExactlyInAnyOrder("app.jar", "lib", "complete", "cartulary.aot", "cartulary.aot.key");
    }

    @Test
    void anotherApplicationIsPreparedAgain() throws Exception {
        run("up");
        program("second", 0);

        assertThat(run("up")).contains(PREPARING, "second up", FROM_CACHE);
    }

    @Test
    void staleCacheThatCannotBeReplacedIsLeftAside() throws Exception {
        run("up");
        program("second", 1);

        String stale = run("up");
        String again = run("up");

        assertThat(stale)
                .contains("Quick starts could not be prepared", "second up")
                .doesNotContain(FROM_CACHE, "first up");
        assertThat(again).contains("second up").doesNotContain(PREPARING, FROM_CACHE);
    }

    @Test
    void spoiltCacheIsLeftAside() throws Exception {
        run("up");
        Files.writeString(built.resolve("cartulary.aot"), "no cache at all");

        assertThat(run("up")).contains("first up").doesNotContain(FROM_CACHE);
    }

    @Test
    void failedRehearsalLeavesNothingAndIsNotRepeated() throws Exception {
        program("first", 1);

        String first = run("up");
        String second = run("up");

        assertThat(first).contains("Quick starts could not be prepared", "first up");
        assertThat(second).contains("first up").doesNotContain(PREPARING);
        assertThat(left()).containsExactlyInAnyOrder("app.jar", "lib", "complete", "cartulary.aot.failed");
    }

    @Test
    void anotherJavaMachineOrNoCacheStartsToo() throws Exception {
        run("up");

        assertThat(run(Map.of("CARTULARY_JAVA_OPTIONS", "-XX:-UseCompactObjectHeaders -Xlog:class+load"), "up"))
                .contains("first up")
                .doesNotContain(FROM_CACHE);
        assertThat(run(Map.of("CARTULARY_CACHE", "off"), "up"))
                .contains("first up")
                .doesNotContain(FROM_CACHE);
    }
}
