package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.catalog.Drafts.batch;
import static org.cartulary.catalog.Drafts.product;
import static org.cartulary.catalog.Drafts.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How those who manage products find them, for sale or not. */
@Tag("CAT-04")
final class AdminListDbTest {

    private static TestDatabase catalog;

    private final UUID tenant = Contexts.newTenant();
    private final ProductStore products = new ProductStore(catalog.database(), JsonMapper.shared());
    private final WritingProducts writing = new WritingProducts(
            products, new Idempotency(catalog.database(), JsonMapper.shared()), new FixedTenants("GBP"));
    private final AdminProductsController controller =
            new AdminProductsController(writing, products, new Cursors(new byte[32]));

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private void fill(UUID shop) {
        Contexts.system(shop)
                .run(() -> writing.upsert(batch(
                        with("T-1", "Blue teapot", "9.00", Map.of("status", "draft", "description", "For two.")),
                        product("T-2", "Red teapot", "9.00"),
                        with("T-3", "Old teapots", "9.00", Map.of("status", "archived")),
                        product("L-1", "Lamp 100%", "9.00"))));
    }

    private Page<ProductView> page(
            @Nullable String query, @Nullable String status, @Nullable Integer limit, @Nullable String cursor) {
        return Contexts.staff(tenant)
                .supply(() ->
                        controller.list(null, query, status == null ? null : new String[] {status}, limit, cursor));
    }

    private List<String> found(@Nullable String query, @Nullable String status) {
        return page(query, status, null, null).items().stream()
                .map(ProductView::sku)
                .toList();
    }

    @Test
    void productsAreFoundByWordsWhateverTheirState() {
        fill(tenant);
        fill(Contexts.newTenant());
        assertThat(found(null, null)).containsExactly("T-1", "T-2", "T-3", "L-1");
        assertThat(found("teapot", null)).containsExactly("T-1", "T-2", "T-3");
        assertThat(found("two", null)).as("by its description").containsExactly("T-1");
        assertThat(found("Lam", null)).as("by a part of the name").containsExactly("L-1");
        assertThat(found("t-", null)).as("by a part of the sku").containsExactly("T-1", "T-2", "T-3");
        assertThat(found("%", null)).containsExactly("L-1");
        assertThat(found("kettle", null)).isEmpty();
    }

    @Test
    void theyAreListedByState() {
        fill(tenant);
        assertThat(found(null, "draft")).containsExactly("T-1");
        assertThat(found(null, "active")).containsExactly("T-2", "L-1");
        assertThat(found("teapot", "archived")).containsExactly("T-3");
        assertThat(found("teapot", "active")).containsExactly("T-2");
        assertThat(foundIn("draft", "active")).containsExactly("T-1", "T-2");
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> found(null, "sold"));
        assertThat(refused.code()).isEqualTo("invalid-filter");
    }

    private List<String> foundIn(String... statuses) {
        return Contexts.staff(tenant).supply(() -> controller.list("", "teapot", statuses, null, null)).items().stream()
                .map(ProductView::sku)
                .toList();
    }

    @Test
    void aVariantLeadsToItsProduct() {
        fill(tenant);
        Contexts.system(tenant).run(() -> {
            ProductView lamp = products.list(AdminProductFilter.of(null, "L-1", null, null), null, 1)
                    .getFirst();
            var size = new OptionDraft("size", null, List.of("S", "M"));
            var small = new VariantDraft("V-1", Map.of("size", "S"), null, null, null, null);
            new SettingVariants(products, new VariantStore(catalog.database(), JsonMapper.shared()))
                    .set(lamp.id(), lamp.version(), new VariantsDraft(List.of(size), List.of(small)));
        });
        assertThat(found("V-1", null)).containsExactly("L-1");
        assertThat(found("V-1", "draft")).isEmpty();
    }

    @Test
    void pagesFollowOneAnotherAndACursorFitsItsListOnly() {
        // Those of others come before its own ones, and would take their places.
        fill(Contexts.newTenant());
        fill(tenant);
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<ProductView> page = page("teapot", null, 1, cursor);
            page.items().forEach(product -> seen.add(product.sku()));
            cursor = page.page().next();
        } while (cursor != null);
        assertThat(seen).containsExactly("T-1", "T-2", "T-3");
        String ofWords =
                Objects.requireNonNull(page("teapot", null, 1, null).page().next());
        assertThat(catchThrowableOfType(ProblemException.class, () -> page(null, null, 1, ofWords))
                        .code())
                .isEqualTo("invalid-cursor");
    }
}
