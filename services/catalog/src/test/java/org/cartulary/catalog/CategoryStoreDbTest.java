package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.cartulary.catalog.CategoryStore.PutResult;
import org.cartulary.platform.http.Precondition;
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
import tools.jackson.databind.json.JsonMapper;

@Tag("CAT-02")
class CategoryStoreDbTest {

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final CategoryStore categories = new CategoryStore(catalog.database());

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private PutResult put(String slug, String parent) {
        return Contexts.system(tenant)
                .supply(() -> categories.put(slug, Drafts.category(slug, parent), Precondition.NONE));
    }

    @Test
    void aCategoryIsCreatedThenLeftAloneThenMoved() {
        assertThat(put("a", null))
                .isInstanceOfSatisfying(
                        PutResult.Put.class, put -> assertThat(put.created()).isTrue());
        put("b", null);
        assertThat(put("a", null)).isInstanceOfSatisfying(PutResult.Put.class, put -> {
            assertThat(put.created()).isFalse();
            assertThat(put.category().version()).isEqualTo(1);
        });
        assertThat(put("a", "b")).isInstanceOfSatisfying(PutResult.Put.class, put -> {
            assertThat(put.category().parentSlug()).isEqualTo("b");
            assertThat(put.category().version()).isEqualTo(2);
        });
        assertThat(Contexts.visitor(tenant).supply(() -> categories.shown(Integer.MIN_VALUE, "", 10)))
                .extracting(CategoryView::slug)
                .containsExactly("a", "b");
    }

    @Test
    void aCategoryIsPutOnlyIfItIsAsWasDemanded() {
        var absent = new Precondition(null, true);
        assertThat(put("a", Drafts.category("A", null), new Precondition(1L, false)))
                .as("not there")
                .isInstanceOf(PutResult.Stale.class);
        assertThat(put("a", Drafts.category("A", null), absent)).isInstanceOf(PutResult.Put.class);
        assertThat(put("a", Drafts.category("Another", null), absent)).isInstanceOf(PutResult.Exists.class);
        assertThat(put("a", Drafts.category("B", null), new Precondition(1L, false)))
                .isInstanceOfSatisfying(
                        PutResult.Put.class,
                        put -> assertThat(put.category().name()).isEqualTo("B"));
        assertThat(put("a", Drafts.category("C", null), new Precondition(1L, false)))
                .isInstanceOf(PutResult.Stale.class);
        assertThat(put("a", Drafts.category("B", "none"), new Precondition(2L, false)))
                .isInstanceOf(PutResult.UnknownParent.class);
        assertThat(put("a", Drafts.category("B", null), new Precondition(2L, false)))
                .as("nothing to change")
                .isInstanceOfSatisfying(
                        PutResult.Put.class,
                        put -> assertThat(put.category().version()).isEqualTo(2));
    }

    @Test
    void oneOfTwoWhoAddTheSameCategoryIsToldThatItExists() throws Exception {
        for (int round = 0; round < 10; round++) {
            String slug = "same" + round;
            List<PutResult> results = Concurrently.run(
                            2, i -> put(slug, Drafts.category("By " + i, null), new Precondition(null, true)))
                    .valuesOrThrow();
            assertThat(results)
                    .hasAtLeastOneElementOfType(PutResult.Put.class)
                    .hasAtLeastOneElementOfType(PutResult.Exists.class);
        }
    }

    @Test
    void descriptionAndPictureStayUntilTheyAreCleared() {
        var whole = new CategoryDraft("A", null, null, "Words", "https://img.example/a.png", null, null);
        put("a", whole, Precondition.NONE);
        PutResult.Put kept = (PutResult.Put) put("a", Drafts.category("B", null), Precondition.NONE);
        assertThat(kept.category().description()).isEqualTo("Words");
        assertThat(kept.category().imageUrl()).isEqualTo("https://img.example/a.png");
        var without = new CategoryDraft("B", null, null, null, null, null, List.of("description", "imageUrl"));
        PutResult.Put cleared = (PutResult.Put) put("a", without, Precondition.NONE);
        assertThat(cleared.category().description()).isNull();
        assertThat(cleared.category().imageUrl()).isNull();
        assertThat(cleared.category().version()).isEqualTo(3);
    }

    private PutResult put(String slug, CategoryDraft draft, Precondition precondition) {
        return Contexts.staff(tenant).supply(() -> categories.put(slug, draft, precondition));
    }

    @Test
    void aCategoryThatIsNotShownTakesThoseBelowItAlongUntilItIsShownAgain() {
        put("a", null);
        put("b", "a");
        put("c", null);
        assertThat(putActive("a", false)).isFalse();
        assertThat(shown()).containsExactly("c");
        assertThat(Contexts.staff(tenant).supply(() -> categories.all(Integer.MIN_VALUE, "", 10)))
                .extracting(CategoryView::slug)
                .containsExactly("a", "b", "c");

        assertThat(putActive("a", null)).as("what is left out stays").isFalse();
        assertThat(putActive("a", true)).isTrue();
        assertThat(shown()).containsExactly("a", "b", "c");
        assertThat(putActive("d", false)).isFalse();
        assertThat(shown()).doesNotContain("d");
    }

    private boolean putActive(String slug, @Nullable Boolean active) {
        PutResult result = Contexts.staff(tenant)
                .supply(() -> categories.put(
                        slug, new CategoryDraft(slug, null, null, null, null, active, null), Precondition.NONE));
        return ((PutResult.Put) result).category().active();
    }

    private List<String> shown() {
        return Contexts.visitor(tenant).supply(() -> categories.shown(Integer.MIN_VALUE, "", 10)).stream()
                .map(CategoryView::slug)
                .toList();
    }

    @Test
    void anUnknownParentAndACircleAreRefused() {
        assertThat(put("a", "none")).isInstanceOf(PutResult.UnknownParent.class);
        put("a", null);
        put("b", "a");
        put("c", "b");
        assertThat(put("b", "none")).isInstanceOf(PutResult.UnknownParent.class);
        assertThat(put("a", "c")).isInstanceOf(PutResult.ParentBelow.class);
        assertThat(put("a", "a")).isInstanceOf(PutResult.ParentBelow.class);
    }

    @Test
    void movesThatMeetNeverCloseACircle() throws Exception {
        for (int round = 0; round < 10; round++) {
            String left = "left" + round;
            String right = "right" + round;
            put(left, null);
            put(right, null);
            List<PutResult> results = Concurrently.run(2, i -> i == 0 ? put(left, right) : put(right, left))
                    .valuesOrThrow();
            assertThat(results).hasAtLeastOneElementOfType(PutResult.ParentBelow.class);
        }
        assertThat(ownResults(new CatalogInvariants(catalog.database()))).allMatch(InvariantResult::holds);
    }

    /** The service's own invariants, which come before those of every database. */
    private static List<InvariantResult> ownResults(CatalogInvariants invariants) {
        return invariants.check().subList(0, 6);
    }

    @Test
    void theReconcilerSeesEveryBrokenInvariant() {
        try (TestDatabase broken = TestDatabase.create("catalog")) {
            ProductStore products =
                    new ProductStore(broken.database(), JsonMapper.builder().build());
            WritingProducts writing = new WritingProducts(
                    products, new Idempotency(broken.database(), JsonMapper.shared()), new FixedTenants("GBP"));
            CatalogInvariants invariants = new CatalogInvariants(broken.database());
            Contexts.system(tenant)
                    .run(() -> writing.upsert(
                            Drafts.batch(Drafts.product("A", "Mug", "1.00"), Drafts.product("B", "Jug", "1.00"))));
            assertThat(ownResults(invariants)).allMatch(InvariantResult::holds);
            assertThat(invariants.check().getFirst().rowsChecked()).isEqualTo(2);

            broken.admin().sql("""
                    DROP INDEX uq_products_sku, uq_products_slug, uq_product_images_primary;
                    ALTER TABLE products DROP CONSTRAINT fk_products_category, DROP CONSTRAINT chk_products_compare_at_price;
                    ALTER TABLE categories DISABLE TRIGGER USER;
                    ALTER TABLE products DISABLE TRIGGER USER;
                    UPDATE products SET sku = 'A', slug = 'mug', category_id = gen_random_uuid(), compare_at_price = 0;
                    INSERT INTO product_images (tenant_id, id, product_id, url, is_primary, sort_order)
                        SELECT tenant_id, gen_random_uuid(), id, 'u', true, n FROM products, generate_series(0, 1) n;
                    INSERT INTO categories (tenant_id, id, name, slug)
                        SELECT DISTINCT ON (tenant_id) tenant_id, id, 'x', 'x' FROM products;
                    INSERT INTO categories (tenant_id, id, parent_id, name, slug)
                        SELECT tenant_id, gen_random_uuid(), id, 'y', 'y' FROM categories;
                    UPDATE categories SET parent_id = (SELECT id FROM categories WHERE slug = 'y') WHERE slug = 'x'
                    """).update();

            assertThat(ownResults(invariants))
                    .noneMatch(InvariantResult::holds)
                    .allSatisfy(result -> assertThat(result.examples()).isNotEmpty());
        }
    }
}
