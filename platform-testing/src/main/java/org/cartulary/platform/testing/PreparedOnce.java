package org.cartulary.platform.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;

/**
 * A folder that is costly to make and the same for all tests of a build: the first program that asks makes it, others that ask
 * meanwhile wait, and all later ones find it. It is named after what it was made of, so that a change of that makes another one,
 * which takes the place of the old one. An interruption leaves nothing or all. Thread-safe, also between programs.
 */
public final class PreparedOnce {

    private static final Object IN_THIS_PROGRAM = new Object();
    private static final String DRAFT = ".draft";

    private final Path parent;

    /** Folders in this one, which is made when it is missing; no two kinds of them may be in the same. */
    public PreparedOnce(Path parent) {
        this.parent = parent.toAbsolutePath();
    }

    /** Folders of a kind below {@code target} of the whole source tree. */
    public static PreparedOnce ofTheBuild(String kind) {
        return new PreparedOnce(
                sourceTree().resolve("target").resolve("prepared").resolve(kind));
    }

    /** Where the build's script is; else the folder that this program was started in. */
    private static Path sourceTree() {
        Path here = Path.of("").toAbsolutePath();
        for (Path path = here; path != null; path = path.getParent()) {
            if (Files.isExecutable(path.resolve("mvnw"))) {
                return path;
            }
        }
        return here;
    }

    /** The files of that name on the class path, which tell releases by their names: something of which folders are made. */
    public static List<String> librariesNamed(String beginning) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Objects.toString(Path.of(entry).getFileName()))
                .filter(name -> name.startsWith(beginning))
                .sorted()
                .toList();
    }

    /** The names and contents of what is found on the class path by patterns of Spring: something of which folders are made. */
    public static List<String> contentsOf(List<String> patterns) {
        List<String> contents = new ArrayList<>();
        try {
            for (String pattern : patterns) {
                for (Resource resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                    contents.add(resource.getFilename() + " "
                            + DigestUtils.md5DigestAsHex(resource.getContentAsByteArray()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(contents);
        return contents;
    }

    /** Copies a folder with owners and rights, and shares its blocks where the file system can do that until one is written to. */
    public static void copy(Path from, Path to) {
        try {
            Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                    .inheritIO()
                    .start();
            if (copying.waitFor() != 0) {
                throw new IllegalStateException(from + " could not be copied to " + to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a folder is copied", e);
        }
    }

    /**
     * Makes the folder if it is missing, and lets it be used while nobody replaces it.
     *
     * @param madeOf everything that makes a difference
     * @param making fills the empty folder that it is given, which gets its own name afterwards
     * @param use of the whole folder
     */
    public void use(List<String> madeOf, Consumer<Path> making, Consumer<Path> use) {
        synchronized (IN_THIS_PROGRAM) {
            try {
                Files.createDirectories(parent);
                // The lock ends with the channel.
                try (FileChannel file =
                        FileChannel.open(parent.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    file.lock();
                    Path folder = parent.resolve(keyOf(madeOf));
                    if (!Files.isDirectory(folder)) {
                        removeOthers();
                        make(folder, making);
                    }
                    use.accept(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void make(Path folder, Consumer<Path> making) throws IOException {
        Path draft = Files.createDirectory(parent.resolve(folder.getFileName() + DRAFT));
        making.accept(draft);
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What an earlier build, or one that was interrupted, has left. */
    private void removeOthers() throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.list(parent)) {
            others = all.filter(Files::isDirectory).toList();
        }
        for (Path other : others) {
            FileSystemUtils.deleteRecursively(other);
        }
    }

    private static String keyOf(List<String> madeOf) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : madeOf) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
