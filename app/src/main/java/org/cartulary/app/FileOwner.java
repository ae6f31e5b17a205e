package org.cartulary.app;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** To whom of the operating system's users a file belongs, and who this process is. */
final class FileOwner {

    private FileOwner() {}

    /** Whether it belongs to another user than the one who runs this process. */
    static boolean isAnother(Path file) throws IOException {
        Object owner = Files.getAttribute(file, "unix:uid", NOFOLLOW_LINKS);
        return Integer.toUnsignedLong((Integer) owner) != new UnixSystem().getUid();
    }

    /** Both names: "belongs to the user ada, and this is the user root". */
    static String words(Path file) throws IOException {
        return "belongs to the user " + nameOf(file) + ", and this is the user " + System.getProperty("user.name", "?");
    }

    /** The owner's name, the number of one who has none. */
    static String nameOf(Path file) throws IOException {
        return Files.getOwner(file, NOFOLLOW_LINKS).getName();
    }
}
