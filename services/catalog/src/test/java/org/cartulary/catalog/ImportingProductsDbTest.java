package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.platform.database.Work;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("CAT-01")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ImportingProductsDbTest {

    private static final ImportingProducts.Pace SMALL_STEPS =
            new ImportingProducts.Pace(Duration.ofMillis(1), 10, Duration.ZERO);
    private static final ImportTally ONE = new ImportTally(1, 0, 0, 0, List.of(), List.of());

    private static TestDatabase catalog;

    private final ImportingShop shop = new ImportingShop(catalog);

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    @AfterEach
    void endImports() {
        ImportingShop.endAll(catalog);
    }

    private static String line(String sku, String fields) {
        return """
                {"sku": "%s", "name": "Mug %s", "price": {"amount": "2.50", "currency": "GBP"}%s}
                """.formatted(sku, sku, fields);
    }

    private static String shirt(String price) {
        return line("SHIRT", """
                , "options": [{"name": "size", "type": "text", "choices": ["S", "M"]}],
                "variants": [{"sku": "SHIRT-S", "options": {"size": "S"}}, {"sku": "SHIRT-M", "options": {"size": "M"},
                    "price": {"amount": "%s", "currency": "GBP"}}],
                "prices": [{"price": {"amount": "3.00", "currency": "EUR"}},
                    {"variantSku": "SHIRT-M", "price": {"amount": "1.00", "currency": "GBP"}, "startsAt": "2999-01-01T00:00:00Z"}]
                """.formatted(price)).replace("\n", " ") + "\n";
    }

    @Test
    void whatIsImportedAgainChangesNothing() {
        String file = line("A", ", \"tags\": [\"kitchen\"]") + shirt("9.00");

        ImportView first = shop.imported(FileFormat.JSONL, file);

        assertThat(first.state()).isEqualTo("completed");
        assertThat(List.of(first.lines(), first.created(), first.failed())).containsExactly(2L, 2L, 0L);
        assertThat(shop.product("SHIRT").variants()).hasSize(2);
        ImportView again = shop.imported(FileFormat.JSONL, file);
        assertThat(List.of(again.lines(), again.unchanged())).containsExactly(2L, 2L);
        ImportView dearer = shop.imported(FileFormat.JSONL, line("A", "") + shirt("9.50"));
        assertThat(List.of(dearer.unchanged(), dearer.changed())).containsExactly(1L, 1L);
        ProductView shirt = shop.product("SHIRT");
        assertThat(shirt.version()).isEqualTo(2);
        assertThat(shirt.variants().get(1).price()).isEqualTo(Drafts.pounds("9.50"));
        // What a line leaves out stays.
        assertThat(shop.product("A").tags()).containsExactly("kitchen");
        assertThat(invariants()).allMatch(InvariantResult::holds);
    }

    @Test
    void variantsAndPricesThatALineNamesNoMoreGo() {
        shop.imported(FileFormat.JSONL, shirt("9.00"));

        ImportView gone =
                shop.imported(FileFormat.JSONL, line("SHIRT", ", \"options\": [], \"variants\": [], \"prices\": []"));

        assertThat(gone.changed()).isEqualTo(1);
        assertThat(shop.product("SHIRT").variants()).isEmpty();
        assertThat(shop.exported(FileFormat.JSONL)).contains("\"prices\":[]");
    }

    @Test
    void whatALineLeavesOutStaysAsSomebodyElseChangesItMeanwhile() {
        shop.imported(FileFormat.JSONL, line("A", ", \"description\": \"as it was\""));
        UUID product = shop.product("A").id();
        shop.send(
                FileFormat.JSONL, false, line("A", ", \"tags\": [\"kitchen\"]").getBytes(StandardCharsets.UTF_8));

        CompletableFuture<Void> importing = shop.in(() -> catalog.database().inTransaction(tx -> {
            tx.jdbc()
                    .sql("SELECT change_product(:product, 1, '{\"description\": \"as it is\"}')")
                    .param("product", product)
                    .query(String.class)
                    .single();
            var running = CompletableFuture.runAsync(ImportingShop.worker(catalog, ImportingProducts.Pace.USUAL));
            catalog.awaitLockWaits(1);
            return running;
        }));
        importing.join();

        ProductView changed = shop.product("A");
        assertThat(changed.description()).isEqualTo("as it is");
        assertThat(changed.tags()).containsExactly("kitchen");
        assertThat(changed.version()).isEqualTo(3);
    }

    @Test
    void aSlugThatALineChangesRedirects() {
        shop.imported(FileFormat.JSONL, line("A", ", \"slug\": \"first\""));
        shop.imported(FileFormat.JSONL, line("A", ", \"slug\": \"second\""));

        ProductView found =
                shop.in(() -> new ProductStore(catalog.database(), tools.jackson.databind.json.JsonMapper.shared())
                        .forSaleByOldSlug("first", Drafts.now()));

        assertThat(found).isNotNull();
        assertThat(found.slug()).isEqualTo("second");
    }

    @Test
    void aSkuThatComesTwiceIsDoneInTheOrderOfTheFile() {
        ImportView view =
                shop.imported(FileFormat.JSONL, line("A", ", \"featured\": true") + line("A", ", \"featured\": false"));

        assertThat(List.of(view.created(), view.changed())).containsExactly(1L, 1L);
        assertThat(shop.product("A").featured()).isFalse();
    }

    @Test
    void aTrialTellsTheSameAndLeavesNothing() {
        UUID id = shop.send(
                FileFormat.JSONL,
                true,
                (shirt("9.00") + line("B", ", \"brandSlug\": \"nobody\"")).getBytes(StandardCharsets.UTF_8));
        ImportingShop.worker(catalog, ImportingProducts.Pace.USUAL).run();

        ImportView view = shop.view(id);
        assertThat(List.of(view.created(), view.failed())).containsExactly(1L, 1L);
        assertThat(shop.errors(id)).extracting(LineError::code).containsExactly("unknown-brand");
        assertThat(shop.products()).isEmpty();
    }

    @Test
    void onlyTheLinesThatTheDatabaseRefusesFail() {
        shop.imported(FileFormat.JSONL, line("TAKEN", ", \"slug\": \"taken\""));
        String others = IntStream.range(0, 20).mapToObj(i -> line("P" + i, "")).collect(Collectors.joining());

        ImportView view = shop.imported(
                FileFormat.JSONL,
                others
                        + line("C", ", \"categorySlug\": \"none\"")
                        + line("S", ", \"slug\": \"taken\"")
                        + shirt("9.00").replace("SHIRT-S", "TAKEN")
                        + line(
                                "V",
                                ", \"prices\": [{\"variantSku\": \"?\", \"price\": {\"amount\": \"1\", \"currency\": \"EUR\"}}]")
                        + line(
                                "O",
                                ", \"prices\": ["
                                        + "{\"price\": {\"amount\": \"1\", \"currency\": \"EUR\"}, \"startsAt\": \"2030-01-01T00:00:00Z\"},"
                                        + "{\"price\": {\"amount\": \"2\", \"currency\": \"EUR\"}, \"startsAt\": \"2031-01-01T00:00:00Z\"}]"));

        assertThat(List.of(view.created(), view.failed())).containsExactly(20L, 5L);
        assertThat(shop.errors(view.id()))
                .extracting(error -> error.line() + " " + error.field() + " " + error.code())
                .containsExactly(
                        "21 categorySlug unknown-category",
                        "22 slug slug-exists",
                        "23  sku-exists",
                        "24 prices unknown-variant",
                        "25 prices prices-overlap");
    }

    @Test
    void whereverAWorkerIsKilledEachLineIsDoneAndCountedOnce() {
        byte[] file = IntStream.range(0, 23)
                .mapToObj(i -> line("P" + i, "") + (i % 10 == 5 ? "no JSON\n" : ""))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        int points = 0;
        boolean killed = true;
        while (killed) {
            String point = "commit-" + (points / 2 + 1) + (points % 2 == 0 ? "/before" : "/done");
            ImportingShop its = new ImportingShop(catalog);
            UUID id = its.send(FileFormat.JSONL, false, file);
            KilledWork.killAt(point);
            Throwable end = catchThrowable(() -> Work.during(
                    "import",
                    "",
                    () -> ImportingShop.worker(catalog, SMALL_STEPS).run()));
            killed = end instanceof KilledWork.Killed;
            assertThat(KilledWork.wasNotReached()).as(point).isNotEqualTo(killed);

            ImportingProducts another = ImportingShop.worker(catalog, SMALL_STEPS);
            ImportView view = its.finished(id, another);
            assertThat(view.state()).as(point).isEqualTo("completed");
            assertThat(List.of(view.lines(), view.created(), view.failed()))
                    .as(point)
                    .containsExactly(25L, 23L, 2L);
            assertThat(its.errors(id)).as(point).hasSize(2);
            assertThat(its.products()).as(point).hasSize(23).allMatch(product -> product.version() == 1);
            points++;
        }
        assertThat(points).isGreaterThan(10);
    }

    @Test
    void whoeverLostTheLeaseWritesNothing() {
        UUID id = shop.send(FileFormat.JSONL, false, line("A", "").getBytes(StandardCharsets.UTF_8));
        ImportWorkStore work = new ImportWorkStore(catalog.database(), Duration.ofMillis(1));
        ImportWorkStore.Claimed first = claim(work, id);
        ImportWorkStore.Claimed second = claim(work, id);

        assertThat(advance(first, 0)).isFalse();
        assertThat(advance(second, 0)).isTrue();
        assertThat(shop.view(id).lines()).isEqualTo(1);
    }

    @Test
    void noLineIsWrittenDownTwice() {
        UUID id = shop.send(FileFormat.JSONL, false, line("A", "").getBytes(StandardCharsets.UTF_8));
        ImportWorkStore.Claimed held = claim(new ImportWorkStore(catalog.database(), Duration.ofMillis(1)), id);

        assertThat(advance(held, 0)).isTrue();
        assertThat(advance(held, 0)).isFalse();
        assertThat(shop.view(id).lines()).isEqualTo(1);
    }

    @Test
    void nobodyTakesAnImportOverWhileABatchIsWritten() {
        UUID id = shop.send(FileFormat.JSONL, false, line("A", "").getBytes(StandardCharsets.UTF_8));
        ImportWorkStore work = new ImportWorkStore(catalog.database(), Duration.ZERO);
        ImportWorkStore.Claimed lost = claim(work, id);
        ImportWorkStore.Claimed held = claim(work, id);

        assertThat(whileKept(lost, work::claim)).isEmpty();
        ImportingShop.makeDue(catalog);
        assertThat(whileKept(held, work::claim)).contains(Optional.empty());
        assertThat(whileKept(held, () -> shop.receiving().cancel(id).state())).contains("cancelled");
    }

    @Test
    void workersAtOnceDoEachLineOnce() throws Exception {
        String file = IntStream.range(0, 60).mapToObj(i -> line("P" + i, "")).collect(Collectors.joining());
        UUID id = shop.send(FileFormat.JSONL, false, file.getBytes(StandardCharsets.UTF_8));

        // Their leases are soon over, so that they take the import from one another between two batches.
        var pace = new ImportingProducts.Pace(Duration.ofMillis(50), 2, Duration.ofMinutes(1));
        Concurrently.run(4, () -> {
                    ImportingShop.worker(catalog, pace).run();
                    return id;
                })
                .valuesOrThrow();

        ImportView view = shop.finished(id, ImportingShop.worker(catalog, ImportingProducts.Pace.USUAL));
        assertThat(view.state()).isEqualTo("completed");
        assertThat(List.of(view.lines(), view.created())).containsExactly(60L, 60L);
    }

    @Test
    void whatIsCancelledGoesOnNoMore() {
        UUID id = shop.send(FileFormat.JSONL, false, line("A", "").getBytes(StandardCharsets.UTF_8));
        ImportWorkStore.Claimed held = claim(new ImportWorkStore(catalog.database(), Duration.ofMinutes(1)), id);

        assertThat(shop.in(() -> shop.receiving().cancel(id)).state()).isEqualTo("cancelled");

        assertThat(advance(held, 0)).isFalse();
        ImportingShop.worker(catalog, ImportingProducts.Pace.USUAL).run();
        assertThat(shop.products()).isEmpty();
        assertThat(shop.in(() -> shop.receiving().cancel(id)).state()).isEqualTo("cancelled");
        UUID ended = shop.imported(FileFormat.JSONL, line("A", "")).id();
        assertThat(shop.problem(() -> shop.receiving().cancel(ended))).isEqualTo("product-import-ended");
    }

    @Test
    void aFileThatBreaksOffIsNotImported() {
        InputStream broken = new InputStream() {
            private int left = 2_000_000;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) == 1 ? '\n' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left <= 0) {
                    throw new IOException("the client is gone");
                }
                left -= length;
                Arrays.fill(buffer, offset, offset + length, (byte) '\n');
                return length;
            }
        };

        assertThatThrownBy(() -> shop.in(() -> {
                    try {
                        return shop.receiving().receive(FileFormat.JSONL, false, broken);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .isInstanceOf(UncheckedIOException.class);

        ImportView view = shop.in(() -> shop.imports().list(null, 2)).getFirst();
        assertThat(view.state()).isEqualTo("failed");
        assertThat(view.failure()).isEqualTo("upload-interrupted");
        assertThat(invariants()).allMatch(InvariantResult::holds);
    }

    @Test
    @Tag("PLT-17")
    void otherShopsAndCustomersSeeNoneOfIt() {
        ImportView view = shop.imported(FileFormat.JSONL, line("A", "") + "nonsense\n");
        ImportingShop other = new ImportingShop(catalog);

        assertThat(other.problem(() -> other.receiving().existing(view.id()))).isEqualTo("product-import-not-found");
        assertThat(other.errors(view.id())).isEmpty();
        assertThat(other.exported(FileFormat.JSONL)).isEmpty();
        assertThat(Contexts.customer(shop.tenant(), UUID.randomUUID())
                        .supply(() -> shop.imports().list(null, 10)))
                .isEmpty();
    }

    @Test
    @Tag("PLT-27")
    void errorsThatAreNotCountedAndFilesThatStayAreReported() {
        try (TestDatabase broken = TestDatabase.create("catalog")) {
            ImportingShop its = new ImportingShop(broken);
            UUID id = its.imported(FileFormat.JSONL, "nonsense\n").id();
            broken.admin().sql("DELETE FROM product_import_errors").update();
            broken.admin()
                    .sql("INSERT INTO product_import_parts VALUES (:tenant, :id, 0, 'x')")
                    .param("tenant", its.tenant())
                    .param("id", id)
                    .update();

            assertThat(new CatalogInvariants(broken.database()).check())
                    .filteredOn(result -> !result.holds())
                    .extracting(InvariantResult::name)
                    .containsExactlyInAnyOrder("import-errors-are-counted", "imports-that-ended-keep-no-file");
        }
    }

    private static List<InvariantResult> invariants() {
        return new CatalogInvariants(catalog.database()).check();
    }

    /** Takes the import, once the lease of whoever had it is over. */
    private static ImportWorkStore.Claimed claim(ImportWorkStore work, UUID id) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (System.nanoTime() < end) {
            var claimed = work.claim();
            if (claimed.isPresent() && claimed.get().id().equals(id)) {
                return claimed.get();
            }
        }
        throw new AssertionError("the import could not be taken within a minute");
    }

    private boolean advance(ImportWorkStore.Claimed held, long from) {
        return shop.in(() -> catalog.database()
                .inTransaction(tx -> ImportWorkStore.advance(tx, held, from, ONE, Duration.ofMillis(1))));
    }

    /** What somebody else is answered while the import is kept, if it is still the worker's. */
    private <T> Optional<T> whileKept(ImportWorkStore.Claimed held, Supplier<T> meanwhile) {
        return shop.in(() -> catalog.database()
                .inTransaction(tx -> ImportWorkStore.keep(tx, held)
                        ? Optional.of(CompletableFuture.supplyAsync(() -> shop.in(meanwhile))
                                .join())
                        : Optional.<T>empty()));
    }
}
