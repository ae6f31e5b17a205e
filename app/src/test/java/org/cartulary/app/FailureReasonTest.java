package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReasonTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsOnlyAPathBecomesAReason() throws IOException {
        String file = Files.writeString(folder.resolve("file"), "").toString();

        assertThat(FailureReason.of(new AccessDeniedException(file))).isEqualTo("permission denied");
        assertThat(FailureReason.of(new AccessDeniedException(null))).isEqualTo("permission denied");
        assertThat(FailureReason.of(new NoSuchFileException("x"))).isEqualTo("x does not exist");
        assertThat(FailureReason.of(new FileAlreadyExistsException(file))).isEqualTo(file + " is a file");
        assertThat(FailureReason.of(new FileSystemException("x", null, "Read-only file system")))
                .isEqualTo("read-only file system (x)");
        assertThat(FailureReason.of(new EOFException())).isEqualTo("it ends too early");
        assertThat(FailureReason.of(new MalformedInputException(1))).isEqualTo("it is not text in UTF-8");
        assertThat(FailureReason.of(new IOException("Not in GZIP format"))).isEqualTo("Not in GZIP format");
        assertThat(FailureReason.of(new IOException())).isEqualTo("no reason was given");
    }
}
