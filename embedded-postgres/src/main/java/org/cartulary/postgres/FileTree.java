package org.cartulary.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations on whole folders; symbolic links are never followed. */
final class FileTree {
    static final Set<PosixFilePermission> OPEN_FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");
    static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");

    private FileTree() {}

    /** Something done to every file and folder of a tree. */
    @FunctionalInterface
    interface Action {
        void on(Path path) throws IOException;
    }

    /** Creates the missing folders of the path so that everybody may enter them, whatever the umask. */
    static void createOpenFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = folder; path != null && Files.notExists(path); path = path.getParent()) {
            missing.push(path);
        }
        Files.createDirectories(folder);
        for (Path created : missing) {
            Files.setPosixFilePermissions(created, OPEN_FOLDER);
        }
    }

    static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            visit(root, Files::delete);
        }
    }

    /** Waits until the content of the file, or the list of entries of the folder, is on the disk. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Visits the files of every folder before the folder itself. */
    static void visit(Path root, Action action) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                action.on(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                action.on(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
