package org.cartulary.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("AUT-02")
class MailFolderTest {

    private static final String FROM = "Cartulary <no-reply@localhost>";

    @TempDir
    private Path folder;

    @Test
    void aMailIsAFileForItsOwnerAloneAndSentAgainTheSameFile() throws IOException {
        UUID id = UUID.randomUUID();
        MailFolder sender = new MailFolder(folder.resolve("mail"), FROM);
        for (int i = 0; i < 2; i++) {
            sender.send(new Mail(id, "ann@example.org", "Welcome", "Your code: ev_abc\n"));
        }
        try (Stream<Path> files = Files.list(folder.resolve("mail"))) {
            assertThat(files).containsExactly(folder.resolve("mail").resolve(id + ".eml"));
        }
        Path file = folder.resolve("mail").resolve(id + ".eml");
        assertThat(Files.readString(file)).contains("To: ann@example.org", "Subject: Welcome", "Your code: ev_abc");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(sender.reachesPeople()).isFalse();
    }

    @Test
    void aFolderThatCannotBeWrittenIsAFailure() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));
        assertThatExceptionOfType(MailFailedException.class)
                .isThrownBy(() -> new MailFolder(file, FROM)
                        .send(new Mail(UUID.randomUUID(), "ann@example.org", "Welcome", "text")));
    }
}
