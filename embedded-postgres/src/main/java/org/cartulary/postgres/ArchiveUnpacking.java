package org.cartulary.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks a {@code .txz} archive, keeping symbolic links and executable bits; all may read the result. */
final class ArchiveUnpacking {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> DOCUMENT = PosixFilePermissions.fromString("rw-r--r--");
    private static final int ANY_EXECUTABLE_BIT = 0b001_001_001;

    private final Path target;

    ArchiveUnpacking(Path target) {
        this.target = target;
    }

    void unpack(InputStream archive) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar);
            }
        }
        FileTree.visit(target, path -> {
            if (Files.isDirectory(path)) {
                Files.setPosixFilePermissions(path, FileTree.OPEN_FOLDER);
            }
        });
    }

    private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = inside(target.resolve(entry.getName()));
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Path folder = path.resolveSibling("");
        Files.createDirectories(folder);
        if (entry.isSymbolicLink()) {
            inside(folder.resolve(entry.getLinkName()));
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, (entry.getMode() & ANY_EXECUTABLE_BIT) == 0 ? DOCUMENT : PROGRAM);
        } else {
            throw new IOException("Unexpected kind of archive entry: " + entry.getName());
        }
    }

    private Path inside(Path path) throws IOException {
        Path normalized = path.normalize();
        if (!normalized.startsWith(target)) {
            throw new IOException("Archive entry outside of its folder: " + path);
        }
        return normalized;
    }
}
