package org.cartulary.tests.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.app.Cartulary;
import org.cartulary.platform.testing.PreparedOnce;
import org.springframework.util.FileSystemUtils;

/**
 * How tests start the platform in a Java machine of its own. Where all of the platform lies in jars, as it does once Maven has
 * packaged it, these machines read its classes from an archive which is made once for all tests of a build: two fifths of the work of a
 * start are to read and link classes. What runs is the same; where no archive can be made, classes are read from the jars. Thread-safe.
 */
public final class ForkedJava {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** An archive fits only machines that were told the same. */
    private static final List<String> MACHINE =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private static final String ARCHIVE = "classes.jsa";
    private static final long REHEARSAL_MINUTES = 10;

    private ForkedJava() {}

    private static final class Holder {
        static final List<Path> CLASS_PATH = classPath();
        static final List<String> ARCHIVE_OPTIONS = archiveOptions(CLASS_PATH);
    }

    /** A command that starts the platform; its arguments follow. */
    public static List<String> command(int megabytes, Map<String, String> properties) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx" + megabytes + "m"));
        command.addAll(MACHINE);
        command.addAll(Holder.ARCHIVE_OPTIONS);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", joined(Holder.CLASS_PATH), Cartulary.class.getName()));
        return command;
    }

    /** That of this program, what the platform consists of first: the archive is made of the beginning, which has to be the same for all. */
    private static List<Path> classPath() {
        Set<String> ofThePlatform = librariesOfThePlatform();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .sorted(Comparator.<Path>comparingInt(path -> isOfThePlatform(path, ofThePlatform) ? 0 : 1)
                        .thenComparing(path -> isOfThePlatform(path, ofThePlatform) ? nameOf(path) : ""))
                .toList();
    }

    private static boolean isOfThePlatform(Path path, Set<String> names) {
        return names.contains(nameOf(path)) && Files.isRegularFile(path);
    }

    private static String nameOf(Path path) {
        return Objects.toString(path.getFileName());
    }

    /** By the names of their files; none where the platform was not packaged. */
    private static Set<String> librariesOfThePlatform() {
        Path application = locationOf(Cartulary.class);
        Path libraries = application.resolveSibling("cartulary").resolve("lib");
        if (!Files.isRegularFile(application) || !Files.isDirectory(libraries)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(libraries)) {
            return Stream.concat(Stream.of(application), files)
                    .map(ForkedJava::nameOf)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path locationOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static List<String> archiveOptions(List<Path> classPath) {
        Set<String> names = librariesOfThePlatform();
        List<Path> head = classPath.stream()
                .takeWhile(path -> isOfThePlatform(path, names))
                .toList();
        if (head.isEmpty()) {
            return List.of();
        }
        List<String> options = new ArrayList<>();
        try {
            PreparedOnce.ofTheBuild("classes")
                    .use(
                            madeOf(head),
                            folder -> makeArchive(folder, head),
                            folder -> options.addAll(List.of(
                                    "-XX:SharedArchiveFile=" + folder.resolve(ARCHIVE),
                                    "-Xshare:auto",
                                    "-Xlog:cds=off",
                                    "-Xlog:aot=off")));
        } catch (IllegalStateException e) {
            System.err.println("Platforms are started without an archive of their classes: " + e.getMessage());
        }
        return options;
    }

    private static List<String> madeOf(List<Path> head) {
        List<String> parts = new ArrayList<>(MACHINE);
        try {
            parts.add(Files.readString(Path.of(System.getProperty("java.home"), "release")));
            for (Path jar : head) {
                parts.add("%s %d %s".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }

    /** By a platform that sells a few things. */
    private static void makeArchive(Path folder, List<Path> head) {
        Path data = folder.resolve("data");
        Path output = folder.resolve("rehearsal.out");
        MigratedCluster.prepareDataDirectory(data);
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx512m"));
        command.addAll(MACHINE);
        command.addAll(List.of(
                "-XX:ArchiveClassesAtExit=" + folder.resolve(ARCHIVE),
                "-cp",
                joined(head),
                Cartulary.class.getName(),
                "rehearse",
                "--data-dir=" + data));
        try {
            Process rehearsal = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!rehearsal.waitFor(REHEARSAL_MINUTES, TimeUnit.MINUTES)) {
                rehearsal.destroy();
                throw new IllegalStateException("the rehearsal takes more than " + REHEARSAL_MINUTES + " minutes");
            }
            if (rehearsal.exitValue() != 0 || !Files.isRegularFile(folder.resolve(ARCHIVE))) {
                throw new IllegalStateException("the rehearsal failed: " + Files.readString(output));
            }
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the rehearsal", e);
        }
    }

    private static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
