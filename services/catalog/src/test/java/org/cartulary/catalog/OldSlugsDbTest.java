package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.change;
import static org.cartulary.catalog.Drafts.product;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-01")
class OldSlugsDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final ProductStore products = new ProductStore(catalog.database(), JSON);
    private final WritingProducts writing =
            new WritingProducts(products, new Idempotency(catalog.database(), JSON), new FixedTenants("GBP"));

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private <T extends @Nullable Object> T inShop(Supplier<T> work) {
        return Contexts.system(tenant).supply(work);
    }

    private UUID create(String sku, String name) {
        return inShop(() -> writing.upsert(batch(product(sku, name, "1.00"))))
                .getFirst()
                .id();
    }

    private void rename(UUID id, String slug) {
        Contexts.system(tenant)
                .run(() -> writing.change(
                        id, Objects.requireNonNull(products.get(id)).version(), change(Map.of("slug", slug))));
    }

    private @Nullable UUID ledTo(String slug) {
        ProductView product = inShop(() -> products.forSaleByOldSlug(slug, Drafts.now()));
        return product == null ? null : product.id();
    }

    private @Nullable String refusal(Runnable work) {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> Contexts.system(tenant).run(work));
        return problem == null ? null : problem.code();
    }

    @Test
    void everyOldSlugLeadsToTheProductAndNotToOneThatTakesItOver() {
        UUID mug = create("A", "Mug");
        rename(mug, "cup");
        rename(mug, "beaker");
        assertThat(ledTo("mug")).isEqualTo(mug);
        assertThat(ledTo("cup")).isEqualTo(mug);
        assertThat(ledTo("beaker")).isNull();
        assertThat(Objects.requireNonNull(inShop(() -> products.forSaleBySlug("beaker", Drafts.now())))
                        .id())
                .isEqualTo(mug);

        UUID other = create("B", "Mug");
        assertThat(inShop(() -> products.forSaleBySlug("mug-b", Drafts.now())))
                .extracting(ProductView::id)
                .isEqualTo(other);
        assertThat(ledTo("mug")).isEqualTo(mug);
        rename(other, "mug");
        assertThat(Objects.requireNonNull(inShop(() -> products.forSaleBySlug("mug", Drafts.now())))
                        .id())
                .isEqualTo(other);
        assertThat(ledTo("mug")).isNull();

        rename(mug, "cup");
        assertThat(ledTo("cup")).isNull();
        assertThat(ledTo("beaker")).isEqualTo(mug);
        rename(other, "beaker");
        assertThat(ledTo("beaker")).isNull();
        assertThat(ledTo("mug")).isEqualTo(other);
    }

    @Test
    void aSlugThatIsDerivedEndsNoRedirect() {
        UUID mug = create("A", "Mug");
        rename(mug, "mug-b");
        rename(mug, "beaker");

        UUID other = create("B", "Mug");

        assertThat(ledTo("mug")).isEqualTo(mug);
        assertThat(ledTo("mug-b")).isEqualTo(mug);
        assertThat(Objects.requireNonNull(inShop(() -> products.get(other))).slug())
                .startsWith("mug-b-");
    }

    @Test
    void aSlugIsUniqueAndWellFormedAndLeadsToNothingThatIsDeletedOrOfAnotherShop() {
        UUID mug = create("A", "Mug");
        create("B", "Bowl");
        assertThat(refusal(() -> rename(mug, "bowl"))).isEqualTo("slug-exists");
        assertThat(refusal(() -> rename(mug, "Big Mug"))).isEqualTo("invalid-slug");
        rename(mug, "cup");
        assertThat(Contexts.system(Contexts.newTenant())
                        .<@Nullable ProductView>supply(() -> products.forSaleByOldSlug("mug", Drafts.now())))
                .isNull();
        inShop(() -> products.delete(mug));
        assertThat(ledTo("mug")).isNull();
    }

    @Test
    void whoDerivesASlugWaitsForWhoeverGivesItToAnotherProduct() throws Exception {
        UUID lamp = create("L1", "Light");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<UUID> created = inShop(() -> catalog.database().inTransaction(tx -> {
                assertThat(tx.jdbc()
                                .sql("SELECT change_product(:id, 1, '{\"slug\": \"lamp\"}')")
                                .param("id", lamp)
                                .query(String.class)
                                .single())
                        .isEqualTo("changed");
                Future<UUID> creating = threads.submit(() -> create("L2", "Lamp"));
                catalog.awaitLockWaits(1);
                return creating;
            }));
            UUID other = created.get(60, TimeUnit.SECONDS);
            assertThat(Objects.requireNonNull(inShop(() -> products.get(other))).slug())
                    .isEqualTo("lamp-l2");
        }
    }

    @Test
    void aSlugThatIsGivenUpAndTakenAtOnceBelongsToOneProduct() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            String slug = "wanted-" + round;
            UUID first = create("A" + round, slug);
            UUID second = create("B" + round, "other " + round);
            List<Boolean> taken = Concurrently.run(
                            2,
                            i -> i == 0
                                    ? refusal(() -> rename(first, slug + "-before")) != null
                                    : refusal(() -> rename(second, slug)) == null)
                    .valuesOrThrow();
            assertThat(ledTo(slug)).isEqualTo(taken.contains(true) ? null : first);
        }
        assertThat(new CatalogInvariants(catalog.database()).check()).allMatch(result -> result.holds());
    }
}
