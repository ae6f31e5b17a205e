package org.cartulary.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file which only the server's user may read or write; a backup of the data directory must be able to read it. */
record OwnedFile(Path path, ServerUser user) {
    OwnedFile create() throws IOException {
        if (Files.notExists(path)) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(FileTree.OWNER_ONLY_FILE));
            user.own(path);
        }
        return this;
    }

    void write(String content) throws IOException {
        create();
        Files.writeString(path, content);
    }
}
