package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Imports that wait: how many there are, and what becomes of those with which nobody can go on. */
@Tag("CAT-01")
class WaitingImportsDbTest {

    private static final byte[] FILE = """
            {"sku": "A", "name": "Mug", "price": {"amount": "2.50", "currency": "GBP"}}
            """.getBytes(StandardCharsets.UTF_8);

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

    /** A directory of tenants that answers each time as somebody says. */
    private record AnsweringTenants(Supplier<Tenant> answer) implements TenantApi {

        @Override
        public @Nullable Tenant findByHost(FindTenantByHost query) {
            return null;
        }

        @Override
        public Tenant find(FindTenant query) {
            return answer.get();
        }

        @Override
        public Tenant ensure(CreateTenant command) {
            throw new UnsupportedOperationException("these tests create no tenants");
        }
    }

    private UUID sent() {
        return shop.send(FileFormat.JSONL, false, FILE);
    }

    /** Has a worker try it whose directory of tenants answers like that. */
    private static void tryOnce(Supplier<Tenant> answer) {
        ImportingShop.makeDue(catalog);
        new ImportingProducts(
                        catalog.database(),
                        ImportingShop.checking(),
                        new AnsweringTenants(answer),
                        ImportingProducts.Pace.USUAL)
                .run();
    }

    private static Tenant absent() {
        throw ProblemException.unavailable("unavailable", "the tenants are away", Duration.ofSeconds(1));
    }

    private static Tenant defective() {
        throw new IllegalStateException("a defect");
    }

    @Test
    void theAbsenceOfAnotherServiceEndsNoImport() {
        UUID id = sent();

        for (int i = 0; i < 20; i++) {
            tryOnce(WaitingImportsDbTest::absent);
            assertThat(shop.view(id).state()).isEqualTo("waiting");
        }

        ImportingShop.makeDue(catalog);
        ImportingShop.worker(catalog, ImportingProducts.Pace.USUAL).run();
        assertThat(shop.view(id).state()).isEqualTo("completed");
    }

    @Test
    void anImportWithWhichNothingGoesOnForADayIsGivenUp() {
        UUID id = sent();
        tryOnce(WaitingImportsDbTest::absent);
        catalog.admin()
                .sql("UPDATE product_imports SET stuck_since = stuck_since - interval '25 hours' WHERE id = :id")
                .param("id", id)
                .update();

        tryOnce(WaitingImportsDbTest::absent);

        assertThat(shop.view(id).failure()).isEqualTo("internal-error");
    }

    @Test
    void faultsThatDoNotPassEndAnImportAfterSeveral() {
        UUID id = sent();

        for (int i = 1; i < ImportWorkStore.MAX_FAULTS; i++) {
            tryOnce(WaitingImportsDbTest::defective);
            assertThat(shop.view(id).state()).isEqualTo("waiting");
        }
        tryOnce(WaitingImportsDbTest::defective);

        assertThat(shop.view(id).failure()).isEqualTo("internal-error");
    }

    @Test
    void anImportThatTakesTheMemoryWaitsBeforeItIsTakenAgain() {
        UUID id = sent();

        assertThatThrownBy(() -> tryOnce(() -> {
                    throw new OutOfMemoryError("as if");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(shop.view(id).state()).isEqualTo("waiting");
        assertThat(faults(id)).isEqualTo(1);
    }

    @Test
    void anImportWhoseWorkersDieIsGivenUp() {
        UUID id = sent();
        ImportWorkStore dying = new ImportWorkStore(catalog.database(), Duration.ZERO);

        for (int i = 0; i < ImportWorkStore.MAX_FAULTS; i++) {
            assertThat(dying.claim()).isPresent();
            assertThat(faults(id)).isEqualTo(i);
            ImportingShop.makeDue(catalog);
        }

        assertThat(dying.claim()).isEmpty();
        assertThat(shop.view(id).failure()).isEqualTo("internal-error");
    }

    @Test
    void othersHaveTheirTurnBeforeAnImportIsTakenOverAgain() {
        UUID first = sent();
        UUID second = new ImportingShop(catalog).send(FileFormat.JSONL, false, FILE);
        ImportWorkStore dying = new ImportWorkStore(catalog.database(), Duration.ZERO);
        assertThat(dying.claim()).map(ImportWorkStore.Claimed::id).contains(first);
        assertThat(dying.claim()).map(ImportWorkStore.Claimed::id).contains(first);

        assertThat(dying.claim()).map(ImportWorkStore.Claimed::id).contains(second);
    }

    @Test
    void aShopHasOnlySoManyImportsThatHaveNotEnded() {
        UUID first = sent();
        for (int i = 1; i < ImportStore.MAX_AT_ONCE; i++) {
            sent();
        }

        assertThat(shop.problem(this::sent)).isEqualTo("too-many-imports");
        assertThat(new ImportingShop(catalog).send(FileFormat.JSONL, false, FILE))
                .isNotNull();

        assertThat(shop.in(() -> shop.receiving().cancel(first)).state()).isEqualTo("cancelled");
        assertThat(shop.problem(this::sent)).isEqualTo("none");
        assertThat(shop.problem(this::sent)).isEqualTo("too-many-imports");
    }

    @Test
    void whoeverBeginsAtOnceIsCountedToo() {
        for (int i = 1; i < ImportStore.MAX_AT_ONCE; i++) {
            sent();
        }

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Optional<UUID>>> callers =
                    shop.in(() -> catalog.database().inTransaction(tx -> {
                        // Whoever is let through has written its import, and waits here to write that into the audit
                        // log.
                        tx.jdbc()
                                .sql("SELECT number FROM audit_heads WHERE tenant_id = :tenant FOR NO KEY UPDATE")
                                .param("tenant", shop.tenant())
                                .query(Long.class)
                                .single();
                        List<CompletableFuture<Optional<UUID>>> begun = Stream.generate(
                                        () -> CompletableFuture.supplyAsync(() -> begun(shop), threads))
                                .limit(3)
                                .toList();
                        catalog.awaitLockWaits(3);
                        return begun;
                    }));

            assertThat(callers)
                    .extracting(CompletableFuture::join)
                    .filteredOn(Optional::isPresent)
                    .hasSize(1);
        }
    }

    private static Optional<UUID> begun(ImportingShop shop) {
        return shop.in(() -> shop.imports().begin(FileFormat.JSONL, false));
    }

    private static int faults(UUID id) {
        return catalog.admin()
                .sql("SELECT faults FROM product_imports WHERE id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }
}
