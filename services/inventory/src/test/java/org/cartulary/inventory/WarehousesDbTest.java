package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.inventory.StockForTests.line;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.inventory.StockAllocationController.AllocationChoice;
import org.cartulary.inventory.StockController.StockAdjustment;
import org.cartulary.inventory.StockForTests.Quantities;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("INV-01")
class WarehousesDbTest {

    private static StockForTests stock;
    private final StockForTests.Shop shop = stock.newShop();
    private final RequestContext staff = Contexts.staff(shop.tenant, "stock:write", "stock:read");

    @BeforeAll
    static void create() {
        stock = new StockForTests();
    }

    @AfterAll
    static void close() {
        assertThat(stock.broken()).isEmpty();
        stock.close();
    }

    @Test
    void aWarehouseIsOpenedOnceUnderItsName() {
        WarehouseView opened = open(new WarehouseDraft(" Leeds ", 7, null, "GB"));

        assertThat(opened)
                .extracting(
                        WarehouseView::name,
                        WarehouseView::priority,
                        WarehouseView::active,
                        WarehouseView::country,
                        WarehouseView::isDefault,
                        WarehouseView::version)
                .containsExactly("Leeds", 7, true, "GB", false, 1L);
        assertThat(staff.supply(() -> stock.warehouses.find(opened.id())).getBody())
                .isEqualTo(opened);
        assertExists(opened.id(), () -> open(named("Leeds")));
        assertProblem("warehouse-not-found", () -> stock.warehouses.find(Ids.next()));
        assertThatThrownBy(() -> Contexts.staff(stock.newShop().tenant, "stock:read")
                        .supply(() -> stock.warehouses.find(opened.id())))
                .as("in another shop")
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void warehousesAreListedByNamePageByPage() {
        open(named("York"));
        open(named("Leeds"));
        open(named("Bath"));

        Page<WarehouseView> first = staff.supply(() -> stock.warehouses.list(2, null));
        Page<WarehouseView> second =
                staff.supply(() -> stock.warehouses.list(2, first.page().next()));

        assertThat(first.items()).extracting(WarehouseView::name).containsExactly("Bath", "Leeds");
        assertThat(second.items()).extracting(WarehouseView::name).containsExactly("York");
    }

    @Test
    void aWarehouseChangesForTheVersionThatWasRead() {
        UUID leeds = open(named("Leeds")).id();
        UUID york = open(named("York")).id();

        assertThat(change(leeds, 1, new WarehouseDraft("Leeds North", 3, false, null)))
                .extracting(WarehouseView::name, WarehouseView::priority, WarehouseView::active, WarehouseView::version)
                .containsExactly("Leeds North", 3, false, 2L);
        assertProblem("precondition-failed", () -> change(leeds, 1, named("Leeds")));
        assertExists(york, () -> change(leeds, 2, named("York")));
        assertProblem("warehouse-not-found", () -> change(Ids.next(), 1, named("Hull")));
    }

    @Test
    void whatIsReceivedInARenamedDefaultWarehouseStillGoesThere() {
        UUID product = shop.product(1);
        UUID main = shop.warehouse("main");

        assertProblem("default-warehouse", () -> change(main, 1, new WarehouseDraft("main", 1, false, null)));
        change(main, 1, named("Headquarters"));
        shop.receive(null, product, 2);

        assertThat(shop.availableIn("Headquarters", product)).isEqualTo(3);
    }

    @Test
    void whatIsLeftInAWarehouseThatIsNotActiveIsSoldAndNothingComesIn() {
        UUID product = shop.product("north", 5);
        UUID order = shop.sold(line(product, 2));
        change(shop.warehouse("north"), 1, new WarehouseDraft("north", null, false, null));

        assertProblem("warehouse-inactive", () -> received("north", product, "late"));
        assertProblem("warehouse-inactive", () -> adjusted(product, 1));
        assertThat(adjusted(product, -1)).isEqualTo(2);
        assertThat(shop.reserve(Ids.next(), line(product, 2))).isInstanceOf(ReserveStockResult.Reserved.class);
        shop.restock(Ids.next(), order, line(product, 1));
        assertThat(shop.quantities(product)).as("what comes back").isEqualTo(new Quantities(1, 2));
    }

    @Test
    void aReceiptThatIsRepeatedAfterItsWarehouseWasClosedIsAnsweredAsBefore() {
        UUID product = shop.product("north", 5);
        assertThat(received("north", product, "once")).isTrue();
        change(shop.warehouse("north"), 1, new WarehouseDraft("north", null, false, null));

        assertThat(received("north", product, "once")).isFalse();
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(6, 0));
    }

    @Test
    void aReceiptWaitsForWhoeverClosesItsWarehouse() throws InterruptedException {
        UUID product = shop.product("north", 1);

        Future<Boolean> late;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            late = staff.supply(() -> stock.test.database().inTransaction(tx -> {
                tx.jdbc()
                        .sql("UPDATE warehouses SET active = false WHERE tenant_id = ? AND name = 'north'")
                        .param(shop.tenant)
                        .update();
                Future<Boolean> begun = threads.submit(() -> received("north", product, "late"));
                stock.test.awaitLockWaits(1);
                return begun;
            }));
        }

        assertThatThrownBy(late::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("this warehouse takes no units");
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(1, 0));
    }

    @Test
    void stockIsTakenFromTheOldestWarehouseUntilTheShopDecidesForPriorities() {
        UUID product = shop.product("old", 5);
        shop.receive("young", product, 5);
        shop.receive("youngest", product, 5);
        change(shop.warehouse("young"), 1, new WarehouseDraft("young", 1, null, null));

        assertThat(allocation().rule()).isEqualTo(AllocationRule.OLDEST_FIRST);
        shop.reserve(Ids.next(), line(product, 1));
        assertThat(left(product)).containsExactly(4, 5, 5);

        assertThat(decide(0, AllocationRule.BY_PRIORITY).version()).isEqualTo(1);
        shop.reserve(Ids.next(), line(product, 6));
        assertThat(left(product))
                .as("the one that comes first, then the oldest")
                .containsExactly(3, 0, 5);

        assertProblem("precondition-failed", () -> decide(0, AllocationRule.OLDEST_FIRST));
        decide(1, AllocationRule.OLDEST_FIRST);
        shop.reserve(Ids.next(), line(product, 4));
        assertThat(left(product)).containsExactly(0, 0, 4);
    }

    @Test
    void twoWhoDecideFirstDoNotBothSucceed() throws InterruptedException {
        var answers = Concurrently.run(8, thread -> decide(0, AllocationRule.BY_PRIORITY));

        assertThat(answers.values()).hasSize(1);
        assertThat(allocation().version()).isEqualTo(1);
    }

    @Test
    @Tag("INV-02")
    void whileRulesAndPrioritiesChangeNeitherIsAUnitOversoldNorAnOrderLostThatCouldBeServed()
            throws InterruptedException {
        List<UUID> products = IntStream.range(0, 4).mapToObj(i -> Ids.next()).toList();
        for (String warehouse : List.of("a", "b", "c")) {
            products.forEach(product -> shop.receive(warehouse, product, 40));
        }

        List<Integer> reserved = Concurrently.run(12, thread -> {
                    return thread < 10 ? reserveAll(products) : rearrange(new Random(thread));
                })
                .valuesOrThrow();

        assertThat(reserved.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4 * 120);
        assertThat(products)
                .allSatisfy(product -> assertThat(shop.quantities(product)).isEqualTo(new Quantities(0, 120)));
        assertThat(stock.broken()).isEmpty();
    }

    /** Ten buyers want twelve units of each product, one at a time: exactly as many as there are. */
    private int reserveAll(List<UUID> products) {
        int units = 0;
        for (int i = 0; i < 12; i++) {
            for (UUID product : products) {
                assertThat(shop.reserve(Ids.next(), line(product, 1))).isInstanceOf(ReserveStockResult.Reserved.class);
                units++;
            }
        }
        return units;
    }

    private int rearrange(Random random) {
        for (int i = 0; i < 30; i++) {
            String name = List.of("a", "b", "c").get(random.nextInt(3));
            AllocationRule rule = random.nextBoolean() ? AllocationRule.OLDEST_FIRST : AllocationRule.BY_PRIORITY;
            try {
                UUID id = shop.warehouse(name);
                WarehouseView now =
                        staff.supply(() -> stock.warehouses.find(id)).getBody();
                change(id, now.version(), new WarehouseDraft(name, random.nextInt(10), null, null));
                decide(allocation().version(), rule);
            } catch (ProblemException somebodyElseWasFaster) {
                assertThat(somebodyElseWasFaster.code()).isEqualTo("precondition-failed");
            }
        }
        return 0;
    }

    private List<Integer> left(UUID product) {
        return List.of(
                shop.availableIn("old", product),
                shop.availableIn("young", product),
                shop.availableIn("youngest", product));
    }

    private StockAllocation.Decided allocation() {
        return staff.supply(stock.allocation::find).getBody();
    }

    private StockAllocation.Decided decide(long version, AllocationRule rule) {
        return staff.supply(() -> stock.allocation.decide("\"" + version + "\"", new AllocationChoice(rule)))
                .getBody();
    }

    private WarehouseView open(WarehouseDraft draft) {
        return staff.supply(() -> stock.warehouses.open(draft)).getBody();
    }

    private WarehouseView change(UUID id, long version, WarehouseDraft draft) {
        return staff.supply(() -> stock.warehouses.change(id, "\"" + version + "\"", draft))
                .getBody();
    }

    private boolean received(String warehouse, UUID product, String reference) {
        return staff.supply(() ->
                        stock.records.receive(warehouse, List.of(new StockRecords.Receipt(product, 1, reference))))
                .getFirst()
                .received();
    }

    private int adjusted(UUID product, int change) {
        StockAdjustment adjustment = new StockAdjustment(product, change, "counted", "north", null);
        return staff.supply(() -> stock.controller.adjust(Ids.next().toString(), adjustment))
                .getBody()
                .available();
    }

    private static WarehouseDraft named(String name) {
        return new WarehouseDraft(name, null, null, null);
    }

    private void assertExists(UUID existing, Supplier<?> call) {
        assertThatThrownBy(() -> staff.supply(call::get)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo("warehouse-exists");
            assertThat(problem.properties()).containsEntry("warehouseId", existing);
        });
    }

    private void assertProblem(String code, Supplier<?> call) {
        assertThatThrownBy(() -> staff.supply(call::get))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
