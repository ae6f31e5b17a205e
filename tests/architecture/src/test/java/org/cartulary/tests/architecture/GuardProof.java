package org.cartulary.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A patch of {@code tests/proofs/guards}, which takes a guard out, and the test that fails without it.
 *
 * @param name its folder and name, such as {@code order/refund-claims}
 * @param guard what the guard does
 * @param without what goes wrong without it
 * @param module the folder of the module that the test is in
 * @param method the method of the test class that fails
 */
record GuardProof(
        String name, Path file, String guard, String without, String module, String testClass, String method) {

    private static final String SUFFIX = ".patch";
    private static final Pattern TEST = Pattern.compile("(\\S+) (\\w+)#(\\w+)");

    /** All of them, in the order of their names. */
    static List<GuardProof> all(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(file -> read(folder, file))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static GuardProof read(Path folder, Path file) {
        List<String> header = Repository.read(file)
                .lines()
                .takeWhile(line -> !line.startsWith("diff "))
                .toList();
        String path = folder.relativize(file).toString().replace('\\', '/');
        Matcher test = TEST.matcher(field(header, "Test", path));
        if (!test.matches()) {
            throw new IllegalStateException(path + ": Test names a module, a class and a method: module Class#method");
        }
        return new GuardProof(
                path.substring(0, path.length() - SUFFIX.length()),
                file,
                field(header, "Guard", path),
                field(header, "Without it", path),
                test.group(1),
                test.group(2),
                test.group(3));
    }

    private static String field(List<String> header, String name, String path) {
        return header.stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2).strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(path + " has no line that begins with " + name + ":"));
    }

    /** Where the test is. */
    Optional<Path> testFile(Path root) {
        Path tests = root.resolve(module).resolve("src/test");
        if (!Files.isDirectory(tests)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(file -> file.getFileName().toString().equals(testClass + ".java"))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whether the test exists. */
    boolean namesATest(Path root) {
        return testFile(root)
                .map(Repository::read)
                .filter(source -> Pattern.compile("void " + method + "\\(")
                        .matcher(source)
                        .find())
                .isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
