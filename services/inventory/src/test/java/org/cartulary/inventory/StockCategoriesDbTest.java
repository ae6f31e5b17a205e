package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.cartulary.inventory.StockForTests.line;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.inventory.ReorderPointsController.ReorderPointDraft;
import org.cartulary.inventory.StockAlerts.Alert;
import org.cartulary.inventory.StockCategoriesController.CategorizedProduct;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("INV-05")
class StockCategoriesDbTest {

    private StockForTests stock;
    private StockForTests.Shop shop;
    private RequestContext staff;

    @BeforeEach
    void open() {
        stock = new StockForTests();
        shop = stock.newShop();
        staff = Contexts.staff(shop.tenant, "stock:write", "stock:read");
    }

    @AfterEach
    void close() {
        stock.close();
    }

    @Test
    void aCategoryIsMadeOnceAndChangesForTheVersionThatWasRead() {
        StockCategoriesController categories = stock.categories;
        StockCategoryView fragile = make("fragile", 5, 20);
        StockCategoryView cold = make("cold", null, null);

        assertThat(fragile.name()).isEqualTo("Goods that are fragile");
        assertThat(cold.reorderPoint()).isZero();
        assertExists(fragile.id(), () -> categories.make(draft("fragile", 1, 1)));
        assertExists(fragile.id(), () -> categories.change(cold.id(), "\"1\"", draft("fragile", 1, 1)));

        StockCategoryView changed = staff.supply(() -> categories.change(fragile.id(), "\"1\"", draft("glass", 7, 30)))
                .getBody();
        assertThat(staff.supply(() -> categories.find(fragile.id())).getBody()).isEqualTo(changed);
        assertThat(changed)
                .extracting(StockCategoryView::code, StockCategoryView::reorderPoint, StockCategoryView::version)
                .containsExactly("glass", 7, 2L);
        assertProblem("precondition-failed", () -> categories.change(fragile.id(), "\"1\"", draft("glass", 0, 0)));
        assertProblem("stock-category-not-found", () -> categories.change(Ids.next(), "\"1\"", draft("new", 0, 0)));
        assertProblem("stock-category-not-found", () -> categories.find(Ids.next()));

        Page<StockCategoryView> first = staff.supply(() -> categories.list(1, null));
        assertThat(first.items()).containsExactly(cold);
        assertThat(staff.supply(() -> categories.list(1, first.page().next())).items())
                .containsExactly(changed);
    }

    @Test
    void aProductIsInOneCategoryAndTheStockIsListedByIt() {
        UUID glass = make("glass", null, null).id();
        UUID cold = make("cold", null, null).id();
        UUID jug = shop.product("north", 3);
        shop.receive("south", jug, 4);
        UUID milk = shop.product(2);
        shop.product(9);

        put(glass, jug);
        put(glass, milk);
        put(cold, milk);
        put(cold, milk);

        assertThat(inStock("glass", false))
                .extracting(StockRecords.Stock::warehouse)
                .containsExactly("north", "south");
        assertThat(inStock("cold", false)).singleElement().satisfies(record -> {
            assertThat(record.productId()).isEqualTo(milk);
            assertThat(record.category()).isEqualTo("cold");
        });
        assertThat(inStock("unheard-of", false)).isEmpty();
        assertThat(inStock(null, false)).hasSize(4);
        assertThat(products(glass)).containsExactly(new CategorizedProduct(jug));

        takeOut(glass, milk);
        assertThat(products(cold)).as("it is in another one").hasSize(1);
        takeOut(cold, milk);
        takeOut(cold, milk);
        assertThat(products(cold)).isEmpty();
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void nothingIsPutIntoACategoryThatTheShopHasNot() {
        UUID elsewhere = make("glass", 1, 1).id();
        UUID product = shop.product(1);
        RequestContext other = Contexts.staff(stock.newShop().tenant, "stock:write", "stock:read");

        assertProblem("stock-category-not-found", () -> stock.categories.put(Ids.next(), product));
        assertThat(codeOf(other, () -> stock.categories.put(elsewhere, product)))
                .isEqualTo("stock-category-not-found");
        assertProblem("stock-category-not-found", () -> stock.categories.products(Ids.next(), null, null));
        assertThat(codeOf(other, () -> {
                    stock.categories.takeOut(elsewhere, product);
                    return null;
                }))
                .isEqualTo("stock-category-not-found");
    }

    @Test
    void stockThatHasNoReorderPointOfItsOwnIsWatchedByThatOfItsCategory() {
        StockCategoryView glass = make("glass", 4, 40);
        UUID jug = shop.product(5);
        UUID vase = shop.product(3);
        put(glass.id(), jug);
        put(glass.id(), vase);
        setReorderPoint(vase, 2, 20);
        watch();
        assertThat(alerts())
                .as("the vase has one of its own, and the jug is above the category's")
                .isEmpty();
        assertThat(inStock("glass", false))
                .extracting(StockRecords.Stock::reorderPoint, StockRecords.Stock::reorderQuantity)
                .containsExactlyInAnyOrder(tuple(4, 40), tuple(2, 20));

        shop.sold(line(jug, 1));
        watch();
        watch();
        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.productId()).isEqualTo(jug);
            assertThat(alert.available()).isEqualTo(4);
            assertThat(alert.reorderPoint()).isEqualTo(4);
            assertThat(alert.reorderQuantity()).isEqualTo(40);
        });
        assertThat(inStock(null, true))
                .extracting(StockRecords.Stock::productId)
                .containsExactly(jug);

        staff.supply(() -> stock.categories.change(glass.id(), "\"1\"", draft("glass", 3, 40)));
        watch();
        assertThat(alerts()).as("the category watches from fewer on").isEmpty();
        staff.supply(() -> stock.categories.change(glass.id(), "\"2\"", draft("glass", 9, 40)));
        watch();
        assertThat(alerts()).hasSize(1);
        takeOut(glass.id(), jug);
        watch();
        assertThat(alerts()).as("it is in no category").isEmpty();
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void recordsOfBothKindsAreWalkedThroughBatchByBatch() {
        UUID glass = make("glass", 4, 40).id();
        for (int i = 0; i < 4; i++) {
            UUID product = shop.product("north", 1);
            shop.receive("south", product, 2);
            put(glass, product);
            setReorderPoint(shop.product(1), 1, 10);
        }
        WatchingStock shortRuns = new WatchingStock(stock.lowStock, stock.meters, 3, 1);

        for (int run = 1; run <= 4; run++) {
            RequestContext.ofSystem(null).run(shortRuns);
            assertThat(alerts()).hasSize(3 * run);
        }
        RequestContext.ofSystem(null).run(shortRuns);
        assertThat(alerts()).as("from the beginning again").hasSize(12);
    }

    @Test
    void whileCategoriesAreChangedAndGoodsSoldNoAlertIsLostOrDoubled() throws InterruptedException {
        UUID glass = make("glass", 5, 40).id();
        UUID cold = make("cold", 2, 40).id();
        UUID product = shop.product(1000);
        put(glass, product);

        Concurrently.run(6, thread -> {
                    for (int i = 0; i < 20; i++) {
                        switch (thread % 3) {
                            case 0 -> watch();
                            case 1 -> put(i % 2 == 0 ? cold : glass, product);
                            default -> shop.sold(line(product, i % 2 == 0 ? 20 : 4));
                        }
                    }
                    return thread;
                })
                .valuesOrThrow();
        int left = shop.quantities(product).available();
        shop.sold(line(product, left - 3));
        put(glass, product);
        watch();
        assertThat(alerts()).hasSize(1);
        put(cold, product);
        watch();

        assertThat(alerts()).isEmpty();
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void anAlertThatIsMissingForACategoryIsFoundOnceThereWasTimeToOpenIt() {
        UUID glass = make("glass", 4, 40).id();
        UUID product = shop.product(1);
        put(glass, product);
        stock.admin()
                .sql("UPDATE inventory SET updated_at = now() - interval '11 minutes'")
                .update();
        assertThat(stock.broken()).as("it has just been put there").isEmpty();

        stock.admin().sql("""
                        UPDATE inventory_categories SET updated_at = now() - interval '11 minutes';
                        UPDATE inventory_category_products SET changed_at = now() - interval '11 minutes'
                        """).update();

        assertFound("alerts-follow-stock");
        watch();
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void aProductInACategoryThatIsNotThereIsFound() {
        stock.admin().sql("""
                        ALTER TABLE inventory_category_products DROP CONSTRAINT fk_inventory_category_products_category;
                        INSERT INTO inventory_category_products (tenant_id, product_id, category_id)
                        VALUES ('%s', gen_random_uuid(), gen_random_uuid())
                        """.formatted(shop.tenant)).update();

        assertFound("categorized-products-in-known-categories");
    }

    @Test
    void nobodyButTheShopSeesHowItSortsItsStock() {
        put(make("glass", 4, 40).id(), shop.product(1));
        List<RequestContext> others = List.of(
                Contexts.visitor(shop.tenant),
                Contexts.customer(shop.tenant, Ids.next()),
                new RequestContext(
                        shop.tenant,
                        new Principal(Principal.Kind.VENDOR, Ids.next(), Set.of(), Ids.next()),
                        "0".repeat(31) + "1"));

        for (String table : List.of("inventory_categories", "inventory_category_products")) {
            assertThat(rows(staff, table)).as(table).isEqualTo(1);
            others.forEach(other -> assertThat(rows(other, table)).as(table).isZero());
        }
    }

    private long rows(RequestContext caller, String table) {
        return caller.supply(() -> stock.test
                .database()
                .inTransaction(tx -> tx.jdbc()
                        .sql("SELECT count(*) FROM " + table)
                        .query(Long.class)
                        .single()));
    }

    private StockCategoryView make(String code, Integer point, Integer quantity) {
        return staff.supply(() -> stock.categories.make(draft(code, point, quantity)))
                .getBody();
    }

    private static StockCategoryDraft draft(String code, Integer point, Integer quantity) {
        return new StockCategoryDraft(code, " Goods that are " + code, point, quantity);
    }

    private void put(UUID category, UUID product) {
        staff.supply(() -> stock.categories.put(category, product));
    }

    private void takeOut(UUID category, UUID product) {
        staff.run(() -> stock.categories.takeOut(category, product));
    }

    private List<CategorizedProduct> products(UUID category) {
        return staff.supply(() -> stock.categories.products(category, null, null))
                .items();
    }

    private List<StockRecords.Stock> inStock(String category, boolean low) {
        return staff.supply(() -> stock.controller.list(null, null, category, low, null, null))
                .items();
    }

    private void setReorderPoint(UUID product, int point, int quantity) {
        staff.supply(() -> stock.reorderPoints.set(
                product, shop.warehouse("main"), "\"1\"", new ReorderPointDraft(point, quantity)));
    }

    private void watch() {
        RequestContext.ofSystem(null).run(new WatchingStock(stock.lowStock, stock.meters));
    }

    private List<Alert> alerts() {
        return staff.supply(() -> stock.alerts.list(false, null, null)).items();
    }

    private void assertFound(String invariant) {
        assertThat(stock.broken()).singleElement().satisfies(result -> {
            assertThat(result.name()).isEqualTo(invariant);
            assertThat(result.breaches()).isEqualTo(1);
            assertThat(result.examples()).singleElement().asString().contains(shop.tenant.toString());
        });
    }

    private void assertExists(UUID existing, Supplier<?> call) {
        assertThatThrownBy(() -> staff.supply(call::get)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo("stock-category-exists");
            assertThat(problem.properties()).containsEntry("stockCategoryId", existing);
        });
    }

    private void assertProblem(String code, Supplier<?> call) {
        assertThat(codeOf(staff, call)).isEqualTo(code);
    }

    private static String codeOf(RequestContext caller, Supplier<?> call) {
        try {
            caller.supply(call::get);
            return "none";
        } catch (ProblemException problem) {
            return problem.code();
        }
    }
}
