package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.inventory.StockController.StockAdjustment;
import org.cartulary.inventory.StockController.StockAdjustmentResult;
import org.cartulary.inventory.StockController.StockReceipt;
import org.cartulary.inventory.StockController.StockReceiptBatch;
import org.cartulary.inventory.StockController.StockReceiptBatchResult;
import org.cartulary.inventory.StockController.StockReceiptResult;
import org.cartulary.inventory.StockController.StockView;
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

        Page<StockView> first = staff.supply(() -> stock.controller.list(null, 2, null));
        Page<StockView> second =
                staff.supply(() -> stock.controller.list(null, 2, first.page().next()));

        assertThat(first.items()).extracting(StockView::warehouse).containsExactly("north", "south");
        assertThat(first.page().hasMore()).isTrue();
        assertThat(second.items()).extracting(StockView::warehouse).containsExactly("main");
        assertThat(second.page().hasMore()).isFalse();
        assertThat(staff.supply(() -> stock.controller.list(product, null, null))
                        .items())
                .containsExactly(
                        new StockView(product, "north", 1, 0, 1, 1), new StockView(product, "south", 2, 0, 2, 1));
    }

    @Test
    @Tag("INV-04")
    void anAdjustmentTakesEffectOnceForItsKey() {
        UUID product = shop.product(10);
        StockAdjustment adjustment = new StockAdjustment(product, -3, "counted", null);

        StockAdjustmentResult first = adjust("key-1", adjustment);
        assertThat(adjust("key-1", adjustment)).isEqualTo(first);

        assertThat(first.available()).isEqualTo(7);
        assertThat(shop.movements(product)).containsExactly("RESTOCK 10 0", "ADJUSTMENT -3 0");
    }

    @Test
    void anAdjustmentThatWouldLeaveFewerThanNoUnitsIsRefused() {
        UUID product = shop.product(2);

        assertThatThrownBy(() -> adjust("key-2", new StockAdjustment(product, -3, "counted", null)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo("insufficient-stock");
                    assertThat(problem.properties()).containsEntry("available", 2);
                });
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(2, 0));
    }

    @Test
    void aProductThatWasNeverReceivedCanBeFound() {
        UUID product = Ids.next();

        assertThat(adjust("key-3", new StockAdjustment(product, 4, "found", null))
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
        adjust("key-4", new StockAdjustment(product, 1, "found", null));

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

    private StockReceiptBatchResult receive(String warehouse, StockReceipt... receipts) {
        return staff.supply(() -> stock.controller.receive(new StockReceiptBatch(List.of(receipts), warehouse)));
    }

    private StockAdjustmentResult adjust(String key, StockAdjustment adjustment) {
        return staff.supply(() -> stock.controller.adjust(key, adjustment)).getBody();
    }
}
