package org.cartulary.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CAT-01")
class S3FilesTest {

    private static final byte[] CONTENT = "a picture, or so".getBytes(StandardCharsets.UTF_8);
    private static final ContentHash HASH = ContentHash.of(CONTENT);

    private final UUID shop = Ids.next();
    private FakeS3 store;
    private S3Files files;

    @BeforeEach
    void open() throws IOException {
        store = new FakeS3();
        files = new S3Files(store.settings());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aFileIsWrittenReadAndDeletedByWhoeverSignsForIt() {
        assertThat(files.read(shop, HASH)).isEmpty();

        files.write(shop, HASH, CONTENT);
        files.write(shop, HASH, CONTENT);
        assertThat(files.read(shop, HASH)).hasValue(CONTENT);
        assertThat(store.objects).containsOnlyKeys("/" + FakeS3.BUCKET + "/" + shop + "/" + HASH.hex());
        assertThat(files.read(Ids.next(), HASH)).as("of another shop").isEmpty();

        files.delete(shop, HASH);
        files.delete(shop, HASH);
        assertThat(store.objects).isEmpty();
        files.requireReachable();
    }

    @Test
    void aFileIsOpenedAndReadAsItComes() throws IOException {
        assertThat(files.open(shop, HASH)).isEmpty();
        files.write(shop, HASH, CONTENT);
        store.faults.add(503);
        try (InputStream content = files.open(shop, HASH).orElseThrow()) {
            assertThat(content.readAllBytes()).isEqualTo(CONTENT);
        }
        S3Files elsewhere = new S3Files(store.settings("nowhere", FakeS3.SECRET_KEY));
        assertRefused(() -> elsewhere.open(shop, HASH), "NoSuchBucket");
    }

    @Test
    void whoeverSignsWithAnotherKeyIsRefused() {
        S3Files stranger = new S3Files(store.settings(FakeS3.BUCKET, "another"));

        assertRefused(() -> stranger.write(shop, HASH, CONTENT), "answered 403");
        assertRefused(stranger::requireReachable, "answered 403");
        assertThat(store.objects).isEmpty();
    }

    @Test
    void aMissingBucketIsNoMissingFile() {
        S3Files elsewhere = new S3Files(store.settings("nowhere", FakeS3.SECRET_KEY));

        assertRefused(() -> elsewhere.read(shop, HASH), "NoSuchBucket");
        assertRefused(() -> elsewhere.delete(shop, HASH), "NoSuchBucket");
        assertRefused(elsewhere::requireReachable, "answered 404");
    }

    @Test
    void whatFailsForAMomentIsTriedAgain() {
        store.faults.addAll(List.of(503, 0));
        files.write(shop, HASH, CONTENT);
        assertThat(files.read(shop, HASH)).hasValue(CONTENT);

        store.faults.addAll(List.of(503, 500, 503));
        assertRefused(() -> files.read(shop, HASH), "answered 503");
        store.close();
        assertRefused(() -> files.read(shop, HASH), "does not answer");
    }

    @Test
    void settingsThatCannotWorkAreRefusedAndKeysAreNotTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(URI.create("ftp://s3.example"), "r", "pictures", "a", "s"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(URI.create("https://s3.example"), "r", "Pictures!", "a", "s"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(URI.create("https://s3.example"), "r", "pictures", "a", " "));
        assertThat(store.settings().toString()).doesNotContain(FakeS3.ACCESS_KEY, FakeS3.SECRET_KEY);
    }

    private static void assertRefused(Runnable call, String words) {
        assertThatThrownBy(call::run)
                .isInstanceOf(FilesUnavailableException.class)
                .hasMessageContaining(words);
    }
}
