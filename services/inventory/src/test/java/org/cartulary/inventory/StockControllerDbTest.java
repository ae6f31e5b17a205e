package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cartulary.inventory.ReorderPointsController.ReorderPointDraft;
import org.cartulary.inventory.StockController.StockAdjustment;
import org.cartulary.inventory.StockController.StockAdjustmentResult;
import org.cartulary.inventory.StockController.StockReceipt;
import org.cartulary.inventory.StockController.StockReceiptBatch;
import org.cartulary.inventory.StockController.StockReceiptBatchResult;
import org.cartulary.inventory.StockController.StockReceiptResult;
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
import org.springframework.http.ResponseEntity;

class StockControllerDbTest {

    private static StockForTests stock;
    private final StockForTests.Shop shop = stock.newShop();
    private final RequestContext staff = Contexts.staff(shop.tenant, "stock:write", "stock:read");

    @BeforeAll
    static void open() {
        stock = new StockForTests();
    }

    @AfterAll
    static void close() {
        assertThat(stock.broken()).isEmpty();
        stock.close();
    }

    @Test
    @Tag("INV-04")
    void aReceiptIsReceivedOnceEver() {
        UUID product = Ids.next();
        UUID other = Ids.next();

        assertThat(receive(null, new StockReceipt(product, 5, "r-1")).results())
                .containsExactly(new StockReceiptResult(product, "received", 5));
        assertThat(receive(
                                null,
                                new StockReceipt(product, 2, "r-3"),
                                new StockReceipt(product, 5, "r-1"),
                                new StockReceipt(other, 7, "r-2"))
                        .results())
                .containsExactly(
                        new StockReceiptResult(product, "received", 7),
                        new StockReceiptResult(product, "already-received", 7),
                        new StockReceiptResult(other, "received", 7));
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(7, 0));
    }

    @Test
    void theSameBatchSentManyTimesAtOnceIsReceivedOnce() throws InterruptedException {
        List<UUID> products = IntStream.range(0, 20).mapToObj(i -> Ids.next()).toList();

        Concurrently.run(10, thread -> {
                    List<StockReceipt> receipts = new ArrayList<>(products.stream()
                            .map(product -> new StockReceipt(product, 3, "batch-" + product))
                            .toList());
                    Collections.shuffle(receipts, new Random(thread));
                    return receive(null, receipts.toArray(StockReceipt[]::new));
                })
                .valuesOrThrow();

        assertThat(products)
                .allSatisfy(product -> assertThat(shop.quantities(product)).isEqualTo(new Quantities(3, 0)));
        assertThat(shop.rows("warehouses")).isEqualTo(1);
    }

    @Test
    @Tag("INV-01")
    void stockIsListedByProductAndWarehousePageByPage() {
        UUID product = Ids.next();
        receive("north", new StockReceipt(product, 1, "n"));
        receive(" south ", new StockReceipt(product, 2, "s"));
        receive(null, new StockReceipt(Ids.next(), 3, "m"));

        Page<StockRecords.Stock> first = staff.supply(() -> stock.controller.list(null, null, null, false, 2, null));
        Page<StockRecords.Stock> second = staff.supply(() ->
                stock.controller.list(null, null, null, false, 2, first.page().next()));

        assertThat(first.items()).extracting(StockRecords.Stock::warehouse).containsExactly("north", "south");
        assertThat(first.page().hasMore()).isTrue();
        assertThat(second.items()).extracting(StockRecords.Stock::warehouse).containsExactly("main");
        assertThat(second.page().hasMore()).isFalse();
        assertThat(listed(product, null, false)).containsExactly("north 1 0 1", "south 2 0 2");
    }

    @Test
    @Tag("INV-01")
    @Tag("INV-05")
    void stockIsListedByWarehouseAndByWhatIsLow() {
        UUID product = Ids.next();
        receive("north", new StockReceipt(product, 5, "n"));
        receive("south", new StockReceipt(product, 6, "s"));
        receive("south", new StockReceipt(Ids.next(), 1, "unwatched"));
        setReorderPoint(product, "north", 5, 20);
        setReorderPoint(product, "south", 5, 20);

        assertThat(listed(null, "south", false)).containsExactlyInAnyOrder("south 6 0 6", "south 1 0 1");
        assertThat(listed(null, null, true)).containsExactly("north 5 0 5");
        assertThat(listed(null, "south", true)).isEmpty();
        shop.reserve(Ids.next(), StockForTests.line(product, 6));
        assertThat(listed(null, null, true)).containsExactly("north 0 5 5", "south 5 1 6");
    }

    @Test
    @Tag("INV-05")
    void aReorderPointIsSetForTheVersionThatWasRead() {
        UUID product = Ids.next();
        receive("north", new StockReceipt(product, 5, "n"));
        UUID north = shop.warehouse("north");
        ReorderPointsController points = stock.reorderPoints;

        assertThat(setReorderPoint(product, "north", 3, 30).getHeaders().getETag())
                .isEqualTo("\"2\"");
        shop.reserve(Ids.next(), StockForTests.line(product, 1));
        assertThat(staff.supply(() -> points.find(product, north)).getBody())
                .as("a sale is none of its versions")
                .isEqualTo(new ReorderPoints.ReorderPoint(product, north, 3, 30, 2));
        assertProblem("precondition-failed", () -> points.set(product, north, "\"1\"", new ReorderPointDraft(1, 1)));
        assertProblem("precondition-required", () -> points.set(product, north, null, new ReorderPointDraft(1, 1)));
        assertProblem("stock-not-found", () -> points.set(product, Ids.next(), "\"1\"", new ReorderPointDraft(1, 1)));
        assertProblem("stock-not-found", () -> points.find(Ids.next(), north));
    }

    @Test
    @Tag("INV-04")
    void anAdjustmentTakesEffectOnceForItsKey() {
        UUID product = shop.product(10);
        StockAdjustment adjustment = new StockAdjustment(product, -3, "counted", null, null);

        StockAdjustmentResult first = adjust("key-1", adjustment);
        assertThat(adjust("key-1", adjustment)).isEqualTo(first);

        assertThat(first.available()).isEqualTo(7);
        assertThat(shop.movements(product)).containsExactly("RESTOCK 10 0", "ADJUSTMENT -3 0");
    }

    @Test
    void anAdjustmentThatWouldLeaveFewerThanNoUnitsIsRefused() {
        UUID product = shop.product(2);

        assertThatThrownBy(() -> adjust("key-2", new StockAdjustment(product, -3, "counted", null, null)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo("insufficient-stock");
                    assertThat(problem.properties()).containsEntry("available", 2);
                });
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(2, 0));
    }

    @Test
    @Tag("INV-04")
    void anAdjustmentIsMadeForAReasonThatFitsIt() {
        UUID product = shop.product(10);
        adjust("key-7", new StockAdjustment(product, -3, null, null, AdjustmentReason.DAMAGED));
        adjust("key-8", new StockAdjustment(product, 2, "behind the shelf", null, AdjustmentReason.FOUND));
        adjust("key-9", new StockAdjustment(product, -1, "a gift", null, null));

        assertThat(staff.supply(() -> stock.controller.movements(product, 3, null))
                        .items())
                .extracting(movement -> movement.reasonCode() + " " + movement.reason())
                .containsExactly("OTHER a gift", "FOUND behind the shelf", "DAMAGED null");
        for (StockAdjustment senseless : List.of(
                new StockAdjustment(product, 3, null, null, AdjustmentReason.LOST),
                new StockAdjustment(product, -3, null, null, AdjustmentReason.RETURNED),
                new StockAdjustment(product, -3, " ", null, AdjustmentReason.OTHER),
                new StockAdjustment(product, -3, null, null, null))) {
            assertProblem("invalid-request", () -> stock.controller.adjust("key-10", senseless));
        }
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(8, 0));
    }

    @Test
    @Tag("INV-04")
    void aWarehouseIsOpenedByAReceiptAndByNoAdjustment() {
        UUID product = shop.product(10);
        long warehouses = shop.rows("warehouses");

        for (int change : List.of(5, -5)) {
            assertProblem(
                    "warehouse-not-found",
                    () -> stock.controller.adjust(
                            "lost-" + change, new StockAdjustment(product, change, "counted", "nowhere", null)));
        }
        assertThat(shop.rows("warehouses")).isEqualTo(warehouses);
        assertThat(shop.movements(product)).containsExactly("RESTOCK 10 0");

        receive("nowhere", new StockReceipt(product, 1, "opens"));
        assertThat(adjust("found", new StockAdjustment(product, 5, "counted", " nowhere ", null))
                        .available())
                .isEqualTo(6);
    }

    @Test
    void aProductThatWasNeverReceivedCanBeFound() {
        UUID product = Ids.next();

        assertThat(adjust("key-3", new StockAdjustment(product, 4, "found", null, null))
                        .available())
                .isEqualTo(4);
    }

    @Test
    void moreUnitsThanCanBeCountedAreRefused() {
        UUID product = Ids.next();
        receive(null, new StockReceipt(product, Integer.MAX_VALUE, "all-there-is"));

        assertThatThrownBy(() -> receive(null, new StockReceipt(product, 1, "one-more")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("stock-too-great"));
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(Integer.MAX_VALUE, 0));
    }

    @Test
    @Tag("INV-04")
    void movementsAreListedNewestFirstWithWhoCausedThem() {
        UUID product = Ids.next();
        receive(null, new StockReceipt(product, 5, "delivery-7"));
        adjust("key-4", new StockAdjustment(product, 1, "found", null, null));

        Page<StockRecords.Movement> first = staff.supply(() -> stock.controller.movements(product, 1, null));
        Page<StockRecords.Movement> second = staff.supply(
                () -> stock.controller.movements(product, 1, first.page().next()));

        assertThat(first.items()).singleElement().satisfies(movement -> {
            assertThat(movement.type()).isEqualTo("ADJUSTMENT");
            assertThat(movement.reason()).isEqualTo("found");
            assertThat(movement.actorKind()).isEqualTo("STAFF");
            assertThat(movement.actorId()).isEqualTo(staff.principal().id());
        });
        assertThat(second.items()).singleElement().satisfies(movement -> {
            assertThat(movement.type()).isEqualTo("RESTOCK");
            assertThat(movement.receipt()).isEqualTo("delivery-7");
        });
        assertThat(second.page().hasMore()).isFalse();
    }

    @Test
    void aReferenceThatComesTwiceInABatchIsRefused() {
        UUID product = Ids.next();

        assertThatThrownBy(() -> receive(null, new StockReceipt(product, 1, "r"), new StockReceipt(product, 1, "r")))
                .isInstanceOf(ProblemException.class);
    }

    private List<String> listed(UUID product, String warehouse, boolean low) {
        return staff.supply(() -> stock.controller.list(product, warehouse, null, low, null, null)).items().stream()
                .map(row -> row.warehouse() + " " + row.available() + " " + row.reserved() + " " + row.total())
                .toList();
    }

    private ResponseEntity<ReorderPoints.ReorderPoint> setReorderPoint(
            UUID product, String warehouse, int point, int quantity) {
        return staff.supply(() -> stock.reorderPoints.set(
                product, shop.warehouse(warehouse), "\"1\"", new ReorderPointDraft(point, quantity)));
    }

    private void assertProblem(String code, Supplier<?> call) {
        assertThatThrownBy(() -> staff.supply(call::get))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private StockReceiptBatchResult receive(String warehouse, StockReceipt... receipts) {
        return staff.supply(() -> stock.controller.receive(new StockReceiptBatch(List.of(receipts), warehouse)));
    }

    private StockAdjustmentResult adjust(String key, StockAdjustment adjustment) {
        return staff.supply(() -> stock.controller.adjust(key, adjustment)).getBody();
    }
}
