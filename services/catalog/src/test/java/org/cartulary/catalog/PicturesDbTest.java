package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.product;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cartulary.platform.files.ContentHash;
import org.cartulary.platform.files.FileFolder;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-01")
class PicturesDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();
    private static final RenderingPictures RENDERING = new RenderingPictures();

    private static TestDatabase catalog;

    @TempDir
    private static Path folder;

    private final UUID tenant = Contexts.newTenant();
    private final ProductStore products = new ProductStore(catalog.database(), JSON);
    private final WritingProducts writing =
            new WritingProducts(products, new Idempotency(catalog.database(), JSON), new FixedTenants("GBP"));
    private final PictureStore pictures = new PictureStore(catalog.database());

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private FileStore files() {
        return new FileFolder(folder);
    }

    private SendingPictures sending() {
        return new SendingPictures(RENDERING, pictures, files());
    }

    private <T extends @Nullable Object> T inShop(Supplier<T> work) {
        return Contexts.staff(tenant).supply(work);
    }

    private UUID mug() {
        return inShop(() -> writing.upsert(batch(product("MUG", "Mug", "1.00"))))
                .getFirst()
                .id();
    }

    private ProductView read(UUID id) {
        return Objects.requireNonNull(inShop(() -> products.get(id)));
    }

    private UUID send(UUID product, byte[] picture) {
        return inShop(() -> sending().send(product, picture, null, false));
    }

    private static byte[] picture(int colour) {
        return Pictures.png(200, 100, BufferedImage.TYPE_INT_RGB, colour);
    }

    private long filesBelow() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(tenant.toString()))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private void change(UUID product, List<Map<String, Object>> images) {
        inShop(() -> {
            writing.change(product, read(product).version(), Drafts.change(Map.of("images", images)));
            return true;
        });
    }

    /** Makes everything look as if it had been sent two days ago. */
    private void age() {
        catalog.admin().sql("""
                        UPDATE picture_files SET claimed_at = now() - interval '2 days' WHERE tenant_id = :tenant;
                        UPDATE product_pictures SET created_at = now() - interval '2 days' WHERE tenant_id = :tenant
                        """).param("tenant", tenant).update();
    }

    private void sweep() {
        new SweepPicturesJob(catalog.database(), files()).sweep();
    }

    @Test
    void aPictureIsShownInAllSizesAndTheFirstOneIsPrimary() {
        UUID mug = mug();
        UUID first = inShop(() -> sending().send(mug, picture(0xFF0000), "A red mug", false));
        UUID second = inShop(() -> sending().send(mug, picture(0x00FF00), null, true));

        assertThat(read(mug).images())
                .satisfiesExactly(
                        image -> {
                            assertThat(image.url()).isEqualTo("/api/v1/store/images/" + first + "/800");
                            assertThat(image.altText()).isEqualTo("A red mug");
                            assertThat(image.primary()).isFalse();
                            assertThat(image.sizes())
                                    .extracting(ProductView.ImageSize::width)
                                    .containsExactly(200, 200, 200, 160);
                        },
                        image -> {
                            assertThat(image.url()).contains(second.toString());
                            assertThat(image.primary()).isTrue();
                        });
        assertThat(new PictureInvariants(catalog.database(), files()).check().holds())
                .isTrue();
        assertThat(new CatalogInvariants(catalog.database()).check()).allMatch(InvariantResult::holds);
    }

    @Test
    void theSamePictureSentAtTheSameTimeIsOneImage() throws InterruptedException {
        UUID mug = mug();
        List<UUID> sent =
                Concurrently.run(4, () -> send(mug, picture(0x0000FF))).valuesOrThrow();
        assertThat(sent).containsOnly(sent.getFirst());
        assertThat(read(mug).images())
                .singleElement()
                .satisfies(image -> assertThat(image.primary()).isTrue());
    }

    @Test
    void imagesAreReorderedByTheirAddressesAndKeepTheirPictures() {
        UUID mug = mug();
        send(mug, picture(1));
        send(mug, picture(2));
        List<String> urls =
                read(mug).images().stream().map(ProductView.Image::url).toList();

        change(mug, List.of(Map.of("url", urls.get(1), "altText", "Back"), Map.of("url", urls.get(0))));

        assertThat(read(mug).images()).extracting(ProductView.Image::url).containsExactly(urls.get(1), urls.get(0));
        assertThat(read(mug).images())
                .allSatisfy(image -> assertThat(image.sizes()).hasSize(4));
        assertThat(read(mug).images().getFirst().primary()).isTrue();
    }

    @Test
    void aPictureOfAnotherShopIsNotThere() {
        UUID picture = send(mug(), picture(3));
        assertThat(inShop(() -> pictures.find(picture, 800))).isPresent();
        assertThat(inShop(() -> pictures.find(picture, 801))).isEmpty();
        assertThat(Contexts.system(Contexts.newTenant()).supply(() -> pictures.find(picture, 800)))
                .isEmpty();
        UUID mug = mug();
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> Contexts.staff(Contexts.newTenant())
                                        .supply(() -> sending().send(mug, picture(4), null, false)))
                        .code())
                .isEqualTo("product-not-found");
    }

    @Test
    void aVendorSendsNoPicturesOfOthers() {
        UUID mug = mug();
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> Pictures.asVendor(tenant, UUID.randomUUID())
                                        .supply(() -> sending().send(mug, picture(5), null, false)))
                        .code())
                .isEqualTo("product-not-found");
        assertThat(read(mug).images()).isEmpty();
        UUID picture = send(mug, picture(5));
        assertThat(Pictures.asVendor(tenant, UUID.randomUUID()).supply(() -> pictures.find(picture, 800)))
                .isEmpty();
    }

    @Test
    void whatNothingShowsIsSweptAndWhatIsShownStays() throws IOException {
        UUID mug = mug();
        UUID kept = send(mug, picture(6));
        long needed = filesBelow();
        UUID dropped = send(mug, picture(7));
        change(mug, List.of(Map.of("url", "/api/v1/store/images/" + kept + "/800")));
        sweep();
        assertThat(inShop(() -> pictures.find(dropped, 800)))
                .as("within a day it may be shown again")
                .isPresent();

        age();
        sweep();

        assertThat(inShop(() -> pictures.find(dropped, 800))).isEmpty();
        assertThat(inShop(() -> pictures.find(kept, 800))).isPresent();
        assertThat(filesBelow()).isEqualTo(needed);
        assertThat(new PictureInvariants(catalog.database(), files()).check().holds())
                .isTrue();
    }

    @Test
    void aFileThatWasWrittenForARowThatNeverCameIsSwept() throws IOException {
        List<RenderedPicture> sizes = RENDERING.render(picture(8));
        inShop(() -> {
            pictures.claim(sizes);
            sizes.forEach(size -> files().write(tenant, size.hash(), size.content()));
            return true;
        });
        sweep();
        assertThat(filesBelow()).as("it may still come").isPositive();
        age();
        sweep();
        assertThat(filesBelow()).isZero();
    }

    @Test
    void whoeverNeedsAFileThatIsBeingSweptWritesItAgain() throws Exception {
        UUID mug = mug();
        for (int round = 0; round < 5; round++) {
            byte[] picture = picture(100 + round);
            List<RenderedPicture> sizes = RENDERING.render(picture);
            inShop(() -> {
                pictures.claim(sizes);
                sizes.forEach(size -> files().write(tenant, size.hash(), size.content()));
                return true;
            });
            age();
            Concurrently.run(2, i -> {
                        if (i == 0) {
                            sweep();
                            return true;
                        }
                        send(mug, picture);
                        return true;
                    })
                    .valuesOrThrow();
        }
        assertThat(new PictureInvariants(catalog.database(), files()).check().holds())
                .isTrue();
    }

    @Test
    void aFileThatCannotBeDeletedStopsNoOther() throws IOException {
        List<RenderedPicture> sizes = RENDERING.render(picture(11));
        List<ContentHash> hashes = sizes.stream()
                .map(RenderedPicture::hash)
                .distinct()
                .sorted(Comparator.comparing(ContentHash::hex))
                .toList();
        inShop(() -> {
            pictures.claim(sizes);
            sizes.forEach(size -> files().write(tenant, size.hash(), size.content()));
            return true;
        });
        ContentHash first = hashes.getFirst();
        Path draft = folder.resolve(
                tenant + "/" + first.hex().substring(0, 2) + "/" + first.hex() + "." + UUID.randomUUID() + ".new");
        Files.setLastModifiedTime(Files.createFile(draft), FileTime.from(Instant.EPOCH));
        age();
        WatchedFiles stuck = new WatchedFiles(files());
        stuck.undeletable.add(first);

        assertThatIllegalStateException()
                .isThrownBy(new SweepPicturesJob(catalog.database(), stuck)::sweep)
                .withMessageContaining("1 files");

        assertThat(hashes).hasSizeGreaterThan(1);
        assertThat(filesBelow()).as("it alone is left, without the draft").isOne();
        sweep();
        assertThat(filesBelow()).isZero();
    }

    @Test
    void aFileIsOpenedWhenItIsSentAndNeverReadAsAWhole() throws IOException {
        UUID picture = send(mug(), picture(12));
        WatchedFiles watched = new WatchedFiles(files());
        ResponseEntity<Resource> answer = inShop(() -> new PicturesController(pictures, watched).get(picture, 800));
        Resource file = Objects.requireNonNull(answer.getBody());
        assertThat(watched.opened)
                .as("whoever has it already is told so by its tag")
                .hasValue(0);

        byte[] sent = file.getContentAsByteArray();
        assertThat(watched.opened).hasValue(1);
        assertThat(watched.wholes).hasValue(0);
        assertThat(file.contentLength()).isEqualTo(sent.length);
        assertThat(answer.getHeaders().getETag())
                .isEqualTo("\"" + ContentHash.of(sent).hex() + "\"");
    }

    @Test
    void aFileThatIsNeededCannotLoseItsRow() {
        send(mug(), picture(9));
        assertThat(catchThrowableOfType(
                        org.springframework.dao.DataIntegrityViolationException.class,
                        () -> catalog.admin()
                                .sql("DELETE FROM picture_files WHERE tenant_id = :tenant")
                                .param("tenant", tenant)
                                .update()))
                .hasMessageContaining("fk_picture_sizes_file");
    }

    @Test
    void missingAndSpoiltFilesAndMissingSizesAreReported() throws IOException {
        UUID mug = mug();
        UUID picture = send(mug, picture(10));
        ContentHash large =
                inShop(() -> pictures.find(picture, 1600)).orElseThrow().hash();
        ContentHash small =
                inShop(() -> pictures.find(picture, 160)).orElseThrow().hash();
        PictureInvariants invariants = new PictureInvariants(catalog.database(), files());
        Files.write(
                folder.resolve(tenant + "/" + large.hex().substring(0, 2) + "/" + large.hex()),
                "spoilt".getBytes(StandardCharsets.UTF_8));
        files().delete(tenant, small);

        assertThat(invariants.check().examples())
                .filteredOn(example -> example.contains(tenant.toString()))
                .hasSize(2);
        send(mug, picture(10));
        assertThat(invariants.check().holds())
                .as("who sends it once more has the files written once more")
                .isTrue();

        try (TestDatabase broken = TestDatabase.create("catalog")) {
            broken.admin().sql("""
                            ALTER TABLE products DISABLE TRIGGER USER;
                            INSERT INTO products (tenant_id, id, sku, slug, name, price, currency, search_vector)
                            SELECT g.shop, g.id, g.id, 'p-' || n, 'P', 1, 'GBP', ''
                            FROM (SELECT uuidv7() AS shop) s, LATERAL (SELECT s.shop, uuidv7() AS id, n
                                  FROM generate_series(1, 2) n) g;
                            INSERT INTO product_pictures (tenant_id, id, product_id, upload_hash)
                            SELECT tenant_id, id, id, repeat('a', 64) FROM products WHERE slug = 'p-1';
                            INSERT INTO product_images (tenant_id, id, product_id, url, sort_order, picture_id)
                            SELECT k.tenant_id, uuidv7(), p.id, 'u', 0, k.id FROM product_pictures k, products p
                            WHERE p.slug = 'p-2'
                            """).update();
            assertThat(new CatalogInvariants(broken.database()).check())
                    .filteredOn(result -> !result.holds())
                    .extracting(InvariantResult::name)
                    .contains("images-show-pictures-of-their-product", "pictures-have-all-sizes");
        }
    }
}
