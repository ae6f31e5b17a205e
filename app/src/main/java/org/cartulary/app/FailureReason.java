package org.cartulary.app;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why something failed with files, in words: the message of many an exception is nothing but a path. */
public final class FailureReason {

    private FailureReason() {}

    /** The reason, to stand behind a colon. */
    public static String of(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied" + whose(denied.getFile());
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileAlreadyExistsException there -> there.getFile() + whatIsThere(there.getFile());
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            case DirectoryNotEmptyException folder -> folder.getFile() + " is not empty";
            case FileSystemException other
            when other.getReason() != null ->
                decapitalised(other.getReason()) + (other.getFile() == null ? "" : " (" + other.getFile() + ")");
            case EOFException _ -> "it ends too early";
            case CharacterCodingException _ -> "it is not text in UTF-8";
            default -> failure.getMessage() == null ? "no reason was given" : failure.getMessage();
        };
    }

    private static String decapitalised(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String whatIsThere(String file) {
        return Files.isRegularFile(Path.of(file)) ? " is a file" : " is there already";
    }

    /** Whose it is, if it is another's: of what may not even be seen, the folder around it says so. */
    private static String whose(@Nullable String file) {
        if (file == null) {
            return "";
        }
        Path seen = Path.of(file).toAbsolutePath();
        while (!Files.exists(seen) && seen.getParent() != null) {
            seen = seen.getParent();
        }
        try {
            return FileOwner.isAnother(seen) ? "; " + seen + " " + FileOwner.words(seen) : "";
        } catch (IOException _) {
            // Whose it is would have been a help; that permission was denied is true without.
            return "";
        }
    }
}
