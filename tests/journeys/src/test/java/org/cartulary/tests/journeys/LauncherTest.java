package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.cartulary.tests.support.Commands;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code cartulary} and its cache of classes, with a program of a few lines in the place of the platform: the
 * script knows of the platform only that it is a class with arguments, one of which is {@code rehearse}.
 */
final class LauncherTest {

    private static final long LIMIT_SECONDS = 360;
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
        return ended(builder, output, 0);
    }

    private static String ended(ProcessBuilder builder, Path output, int status)
            throws IOException, InterruptedException {
        Process process = builder.start();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isEqualTo(status);
        return printed;
    }

    /** Runs the script where it finds no Java and nothing that was built. */
    private String answer(int status, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", home.resolve("cartulary").toString()));
        command.addAll(List.of(arguments));
        Files.deleteIfExists(built.resolve("complete"));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().remove("JAVA_HOME");
        String printed = ended(builder, output, status);
        assertThat(printed).doesNotContain("Building");
        return printed;
    }

    private static Set<String> commandsIn(String help) {
        return Pattern.compile("^  ([a-z-]+) +[A-Z]", Pattern.MULTILINE)
                .matcher(help)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
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

    @Test
    void helpIsSaidAtOnce() throws Exception {
        String help = answer(0, "help");

        assertThat(help).contains("Usage: ./cartulary COMMAND");
        assertThat(answer(0)).isEqualTo(help);
        assertThat(answer(0, "--help")).isEqualTo(help);
        assertThat(answer(0, "-h")).isEqualTo(help);
        assertThat(answer(0, "test", "--help"))
                .contains("Usage: ./cartulary test")
                .isEqualTo(answer(0, "help", "test"));
        assertThat(answer(0, "bench", "--help")).contains("bench --smoke", "bench micro", "bench simulate");
    }

    @Test
    void helpNamesWhatThePlatformUnderstandsAndWhatOnlyTheScriptDoes() throws Exception {
        Set<String> ofThePlatform = commandsIn(Commands.run("help").out());
        Set<String> ofTheScript = commandsIn(answer(0, "help"));

        assertThat(ofThePlatform).contains("up", "stuck-work");
        assertThat(ofTheScript).containsAll(ofThePlatform).contains("bench", "build", "jdk", "test");
        ofThePlatform.removeAll(Set.of("help", "test"));
        Files.createFile(built.resolve("complete"));
        for (String command : ofThePlatform) {
            assertThat(run(Map.of("CARTULARY_CACHE", "off"), command)).contains("first " + command);
        }
    }

    @Test
    void unknownCommandsAreRefusedAtOnce() throws Exception {
        assertThat(answer(2, "verfy")).contains("there is no command \"verfy\"", "verify");
        assertThat(answer(2, "help", "verfy")).contains("there is no command \"verfy\"");
        assertThat(answer(2, "--verbose")).contains("there is no command \"--verbose\"");
    }

    @Test
    void versionIsThatOfTheSources() throws Exception {
        Files.copy(sourceTree().resolve("pom.xml"), home.resolve("pom.xml"));

        assertThat(answer(0, "--version")).matches("cartulary \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void whoeverMayNotWriteRunsWhatWasBuilt() throws Exception {
        Files.writeString(home.resolve("pom.xml"), "newer than the build");
        Files.setLastModifiedTime(built.resolve("complete"), FileTime.fromMillis(0));
        List<String> command = new ArrayList<>(asReaderOnly());
        command.addAll(List.of("bash", home.resolve("cartulary").toString()));

        String started = readerRuns(command, 0, "up");
        String tested = readerRuns(command, 1, "test");
        Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(built.resolve("complete"));
        Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("r-xr-xr-x"));
        String notBuilt = readerRuns(command, 1, "up");

        assertThat(started).contains("what was built is run", "first up").doesNotContain("denied");
        assertThat(tested).contains("may not write to " + home).doesNotContain("denied");
        assertThat(notBuilt).contains("is not built yet").doesNotContain("denied");
    }

    private String readerRuns(List<String> command, int status, String argument)
            throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add(argument);
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return ended(builder, output, status);
    }

    /** Takes the right to write away; root, who has it always, lets nobody run the script. */
    private List<String> asReaderOnly() throws IOException {
        Set<PosixFilePermission> readOnly = PosixFilePermissions.fromString("r-xr-xr-x");
        if (Files.isWritable(Files.setPosixFilePermissions(built, readOnly))) {
            assumeThat(Path.of("/usr/bin/setpriv")).isExecutable();
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        }
        return List.of();
    }
}
