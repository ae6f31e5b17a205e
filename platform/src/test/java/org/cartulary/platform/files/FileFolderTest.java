package org.cartulary.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("CAT-01")
class FileFolderTest {

    private static final byte[] CONTENT = "a picture".getBytes(StandardCharsets.UTF_8);
    private static final ContentHash HASH = ContentHash.of(CONTENT);
    private static final Instant AN_HOUR_AGO = Instant.parse("2026-01-15T12:00:00Z");

    @TempDir
    private Path folder;

    private final UUID shop = Ids.next();

    private Path draft(Instant begun) throws IOException {
        Path place = folder.resolve(shop.toString()).resolve(HASH.hex().substring(0, 2));
        Path draft = place.resolve(HASH.hex() + "." + UUID.randomUUID() + ".new");
        Files.createDirectories(place);
        Files.write(draft, CONTENT);
        return Files.setLastModifiedTime(draft, FileTime.from(begun));
    }

    @Test
    void aFileIsOpenedAndReadAsItComes() throws IOException {
        FileFolder files = new FileFolder(folder);
        assertThat(files.open(shop, HASH)).isEmpty();
        files.write(shop, HASH, CONTENT);
        try (InputStream content = files.open(shop, HASH).orElseThrow()) {
            assertThat(content.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void whatAKilledProcessHasLeftIsDeletedAndNothingElse() throws IOException {
        FileFolder files = new FileFolder(folder);
        files.write(shop, HASH, CONTENT);
        Path abandoned = draft(AN_HOUR_AGO.minusSeconds(1));
        Path atWork = draft(AN_HOUR_AGO.plusSeconds(1));
        Path foreign = Files.createFile(folder.resolve("letter.new"));
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));

        files.discardDrafts(AN_HOUR_AGO);
        new FileFolder(folder.resolve("not-made-yet")).discardDrafts(AN_HOUR_AGO);

        assertThat(abandoned).doesNotExist();
        assertThat(atWork).exists();
        assertThat(foreign).exists();
        assertThat(files.read(shop, HASH)).hasValue(CONTENT);
    }
}
