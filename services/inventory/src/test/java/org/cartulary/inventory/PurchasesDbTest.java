package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.inventory.PurchaseOrdersController.Delivery;
import org.cartulary.inventory.StockController.StockReceipt;
import org.cartulary.inventory.StockController.StockReceiptResult;
import org.cartulary.inventory.StockForTests.Quantities;
import org.cartulary.inventory.SuppliersController.OfferDraft;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

@Tag("INV-05")
class PurchasesDbTest {

    private final UUID lamp = Ids.next();
    private final UUID rug = Ids.next();
    private StockForTests stock;
    private StockForTests.Shop shop;
    private RequestContext staff;
    private SupplierView supplier;

    @BeforeEach
    void open() {
        stock = new StockForTests();
        shop = stock.newShop();
        staff = Contexts.staff(shop.tenant, "stock:write", "stock:read");
        shop.product("north", 1);
        supplier = staff.supply(() -> stock.suppliers.enter(new SupplierDraft(" Lamps Ltd ", 7, null)))
                .getBody();
    }

    @AfterEach
    void close() {
        stock.close();
    }

    @Test
    void aSupplierIsEnteredOnceAndChangesForTheVersionThatWasRead() {
        SuppliersController suppliers = stock.suppliers;
        assertThat(supplier.name()).isEqualTo("Lamps Ltd");
        assertExists(
                "supplier-exists",
                "supplierId",
                supplier.id(),
                () -> suppliers.enter(new SupplierDraft("Lamps Ltd", 1, null)));
        UUID other = staff.supply(() -> suppliers.enter(new SupplierDraft("Rugs Ltd", 1, null)))
                .getBody()
                .id();
        assertExists(
                "supplier-exists",
                "supplierId",
                supplier.id(),
                () -> suppliers.change(other, "\"1\"", new SupplierDraft("Lamps Ltd", 1, null)));

        SupplierView changed = staff.supply(
                        () -> suppliers.change(supplier.id(), "\"1\"", new SupplierDraft("Lamps plc", 3, false)))
                .getBody();
        assertThat(staff.supply(() -> suppliers.find(supplier.id())).getBody()).isEqualTo(changed);
        assertThat(changed.leadTimeDays()).isEqualTo(3);
        assertProblem(
                "precondition-failed",
                () -> suppliers.change(supplier.id(), "\"1\"", new SupplierDraft("Lamps plc", 3, true)));
        assertProblem("supplier-not-found", () -> suppliers.find(Ids.next()));
        assertProblem("supplier-inactive", () -> place("P-1", null, line(lamp, 1)));
        assertThat(staff.supply(() -> suppliers.list(null, null)).items())
                .contains(changed)
                .hasSize(2);
    }

    @Test
    void whatASupplierOffersIsOrderedInItsQuantities() {
        OfferDraft offer = new OfferDraft("L-1", Money.of(new BigDecimal("3.50"), Money.currencyOf("EUR")), 10);
        staff.supply(() -> stock.suppliers.offer(supplier.id(), lamp, offer));
        assertProblem("supplier-not-found", () -> stock.suppliers.offer(Ids.next(), lamp, offer));

        assertThat(staff.supply(() -> stock.suppliers.products(supplier.id(), null, null))
                        .items())
                .containsExactly(new SupplierProduct(lamp, "L-1", offer.price(), 10));
        assertProblem("below-minimum", () -> place("P-1", null, line(lamp, 9)));
        assertThat(place("P-1", null, line(lamp, 10), line(rug, 1)).lines()).hasSize(2);
    }

    @Test
    void aPurchaseOrderIsPlacedOnceUnderItsNumber() {
        PurchaseOrderView order = place("P-1", null, line(lamp, 10));

        assertThat(order.expectedOn())
                .isEqualTo(
                        LocalDate.ofInstant(order.orderedAt(), ZoneOffset.UTC).plusDays(7));
        assertThat(staff.supply(() -> stock.purchases.find(order.id()))).isEqualTo(order);
        assertExists("purchase-order-exists", "purchaseOrderId", order.id(), () -> place("P-1", null, line(lamp, 10)));
        assertProblem("invalid-request", () -> place("P-2", null, line(lamp, 1), line(lamp, 2)));
        assertProblem("purchase-order-not-found", () -> stock.purchases.find(Ids.next()));
        PurchaseOrderView second = place("P-2", null, line(rug, 1));
        Page<PurchaseOrderView> page = staff.supply(() -> stock.purchases.list(supplier.id(), 1, null));
        assertThat(page.items()).containsExactly(second);
        assertThat(staff.supply(() -> stock.purchases.list(
                                supplier.id(), 1, page.page().next()))
                        .items())
                .containsExactly(order);
        assertProblemOfAStranger(order.id());
    }

    @Test
    void whatComesIsReceivedOnceAndNeverMoreThanWasOrderedUnlessThatIsAccepted() {
        UUID order = place("P-1", null, line(lamp, 10), line(rug, 5)).id();

        assertThat(receive(order, null, receipt(lamp, 4, "d-1"), receipt(rug, 5, "d-2")))
                .containsExactly(
                        new StockReceiptResult(lamp, "received", 4), new StockReceiptResult(rug, "received", 5));
        assertThat(receive(order, null, receipt(lamp, 4, "d-1")))
                .containsExactly(new StockReceiptResult(lamp, "already-received", 4));
        assertProblem(
                "more-than-ordered", () -> receive(order, null, receipt(lamp, 4, "d-3"), receipt(lamp, 3, "d-4")));
        assertProblem("product-not-ordered", () -> receive(order, null, receipt(Ids.next(), 1, "d-5")));
        assertProblem("purchase-order-not-found", () -> receive(Ids.next(), null, receipt(lamp, 1, "d-6")));
        assertThat(shop.quantities(lamp)).as("nothing of what was refused").isEqualTo(new Quantities(4, 0));

        receive(order, true, receipt(lamp, 4, "d-3"), receipt(lamp, 3, "d-4"));
        assertThat(shop.quantities(lamp)).isEqualTo(new Quantities(11, 0));
        assertThat(shop.availableIn("north", lamp)).isEqualTo(11);
        assertThat(staff.supply(() -> stock.purchases.find(order)).lines())
                .containsExactlyInAnyOrder(
                        new PurchaseOrderView.Line(lamp, 10, 11), new PurchaseOrderView.Line(rug, 5, 5));
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void aSurplusIsAcceptedEachTimeItComes() {
        UUID order = place("P-1", null, line(lamp, 10)).id();
        receive(order, true, receipt(lamp, 4, "d-1"));
        assertProblem("more-than-ordered", () -> receive(order, null, receipt(lamp, 7, "d-2")));
        receive(order, true, receipt(lamp, 7, "d-2"));
        assertProblem("more-than-ordered", () -> receive(order, null, receipt(lamp, 1, "d-3")));
        assertProblem("more-than-ordered", () -> receive(order, false, receipt(lamp, 1, "d-3")));

        receive(order, true, receipt(lamp, 1, "d-3"));

        assertThat(shop.quantities(lamp)).isEqualTo(new Quantities(12, 0));
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void whatIsKeptOfASupplierIsAskedOfOneThatIsThere() {
        LocalDate day = LocalDate.of(2026, 3, 10);
        assertProblem("supplier-not-found", () -> stock.suppliers.products(Ids.next(), null, null));
        assertProblem("supplier-not-found", () -> stock.suppliers.performance(Ids.next(), day, day));
        assertThat(staff.supply(() -> stock.suppliers.products(supplier.id(), null, null))
                        .items())
                .isEmpty();
    }

    @Test
    void purchaseOrdersOfOneSupplierAreListedByAnIndex() {
        stock.admin().sql("""
                        BEGIN;
                        SET LOCAL session_replication_role = replica;
                        INSERT INTO inventory_purchase_orders (tenant_id, id, number, supplier_id, warehouse_id, expected_on)
                        SELECT '%1$s', gen_random_uuid(), 'B-' || n,
                            CASE WHEN n %% 100 = 0 THEN '%2$s' ELSE gen_random_uuid() END,
                            (SELECT id FROM warehouses WHERE tenant_id = '%1$s' AND name = 'north'), current_date
                        FROM generate_series(1, 20000) n;
                        COMMIT
                        """.formatted(shop.tenant, supplier.id())).update();
        stock.admin().sql("VACUUM ANALYZE inventory_purchase_orders").update();

        List<String> plan = staff.supply(() -> stock.test
                .database()
                .inReadTransaction(tx -> tx.jdbc()
                        .sql("EXPLAIN " + PurchaseOrders.listing(true, false))
                        .param("tenant", shop.tenant)
                        .param("supplier", supplier.id())
                        .param("limit", 20)
                        .query(String.class)
                        .list()));

        assertThat(plan).anyMatch(line -> line.contains("idx_inventory_purchase_orders_supplier_id_id"));
    }

    @Test
    @Tag("PLT-30")
    void nobodyButTheShopSeesWhatItPaysAndWhatItRunsOutOf() {
        UUID order = place("P-1", null, line(lamp, 10)).id();
        receive(order, null, receipt(lamp, 4, "d-1"));
        OfferDraft offer = new OfferDraft("L-1", Money.of(new BigDecimal("3.50"), Money.currencyOf("EUR")), 1);
        staff.supply(() -> stock.suppliers.offer(supplier.id(), lamp, offer));
        stock.admin().sql("""
                        INSERT INTO inventory_alerts (tenant_id, id, product_id, warehouse_id, available_quantity, reorder_point,
                                                      reorder_quantity)
                        VALUES ('%1$s', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 2, 3);
                        INSERT INTO inventory_analytics VALUES ('%1$s', gen_random_uuid(), current_date, 1, 0, 0, 0, 0, 0)
                        """.formatted(shop.tenant)).update();
        List<RequestContext> others = List.of(
                Contexts.visitor(shop.tenant),
                Contexts.customer(shop.tenant, Ids.next()),
                new RequestContext(
                        shop.tenant,
                        new Principal(Principal.Kind.VENDOR, Ids.next(), Set.of(), Ids.next()),
                        "0".repeat(31) + "1"));

        for (String table : List.of(
                "inventory_suppliers",
                "inventory_supplier_products",
                "inventory_purchase_orders",
                "inventory_purchase_order_lines",
                "inventory_purchase_receipts",
                "inventory_alerts",
                "inventory_analytics")) {
            assertThat(rows(staff, table)).as(table).isPositive();
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

    @Test
    void ofManyDeliveriesAtOnceNoMoreAreReceivedThanWereOrdered() throws InterruptedException {
        UUID order = place("P-1", null, line(lamp, 10)).id();

        var results = Concurrently.run(12, thread -> receive(order, null, receipt(lamp, 2, "at-once-" + thread)));

        assertThat(results.values()).hasSize(5);
        assertThat(results.failures())
                .hasSize(7)
                .allSatisfy(failure ->
                        assertThat(((ProblemException) failure).code()).isEqualTo("more-than-ordered"));
        assertThat(shop.quantities(lamp)).isEqualTo(new Quantities(10, 0));
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void theSameDeliverySentManyTimesAtOnceIsReceivedOnce() throws InterruptedException {
        UUID order = place("P-1", null, line(lamp, 10)).id();

        Concurrently.run(8, thread -> receive(order, null, receipt(lamp, 6, "same")))
                .valuesOrThrow();

        assertThat(shop.quantities(lamp)).isEqualTo(new Quantities(6, 0));
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void performanceTellsWhatCameInTimeAndHowLateTheRestWas() {
        LocalDate day = LocalDate.of(2026, 3, 10);
        UUID punctual = place("P-1", day, line(lamp, 10)).id();
        UUID late = place("P-2", day, line(lamp, 10), line(rug, 10)).id();
        place("P-3", day.plusMonths(1), line(lamp, 100));
        receive(punctual, null, receipt(lamp, 4, "a"), receipt(lamp, 6, "b"));
        receive(late, null, receipt(lamp, 5, "c"), receipt(lamp, 5, "d"));
        cameOn(day, "a");
        cameOn(day.minusDays(3), "b");
        cameOn(day, "c");
        cameOn(day.plusDays(8), "d");

        SupplierPerformance march = staff.supply(
                () -> stock.suppliers.performance(supplier.id(), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31)));

        assertThat(march)
                .isEqualTo(new SupplierPerformance(
                        LocalDate.of(2026, 3, 1),
                        LocalDate.of(2026, 3, 31),
                        2,
                        1,
                        30,
                        20,
                        new BigDecimal("0.5000"),
                        new BigDecimal("0.6667"),
                        new BigDecimal("2.00")));
        assertThat(staff.supply(() -> stock.suppliers.performance(
                                supplier.id(), LocalDate.of(2025, 1, 1), LocalDate.of(2025, 1, 31)))
                        .fillRate())
                .isNull();
        assertProblem("invalid-request", () -> stock.suppliers.performance(supplier.id(), day, day.minusDays(1)));
    }

    @Test
    void noStatementReceivesMoreThanWasOrdered() {
        place("P-1", null, line(lamp, 10));

        assertThatThrownBy(() -> stock.admin()
                        .sql("UPDATE inventory_purchase_order_lines SET received_quantity = 11")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("chk_inventory_purchase_order_lines_surplus");
    }

    @Test
    void whatReceiptsAndLedgerDoNotExplainIsFound() {
        UUID order = place("P-1", null, line(lamp, 10)).id();
        receive(order, null, receipt(lamp, 6, "a"));
        stock.admin().sql("UPDATE inventory_purchase_receipts SET quantity = 5").update();

        assertThat(stock.broken())
                .extracting(result -> result.name() + " " + result.breaches())
                .containsExactly("purchases-equal-receipts 1", "purchase-receipts-in-ledger 1");
        assertThat(stock.broken())
                .allSatisfy(result ->
                        assertThat(result.examples()).singleElement().asString().contains(shop.tenant.toString()));
    }

    private void cameOn(LocalDate day, String reference) {
        int changed = stock.admin()
                .sql("UPDATE inventory_purchase_receipts SET received_at = ? WHERE reference = ?")
                .params(day.atTime(23, 59).atOffset(ZoneOffset.UTC), reference)
                .update();
        assertThat(changed).isEqualTo(1);
    }

    private PurchaseOrderView place(String number, LocalDate expectedOn, PurchaseOrderDraft.Goods... lines) {
        PurchaseOrderDraft draft =
                new PurchaseOrderDraft(number, supplier.id(), "north", expectedOn, Arrays.asList(lines));
        return staff.supply(() -> stock.purchases.place(draft)).getBody();
    }

    private List<StockReceiptResult> receive(UUID order, Boolean acceptSurplus, StockReceipt... receipts) {
        return staff.supply(() -> stock.purchases.receive(order, new Delivery(List.of(receipts), acceptSurplus)))
                .results();
    }

    private static PurchaseOrderDraft.Goods line(UUID product, int quantity) {
        return new PurchaseOrderDraft.Goods(product, quantity);
    }

    private static StockReceipt receipt(UUID product, int quantity, String reference) {
        return new StockReceipt(product, quantity, reference);
    }

    private void assertExists(String code, String property, UUID existing, Supplier<?> call) {
        assertThatThrownBy(() -> staff.supply(call::get)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.properties()).containsEntry(property, existing);
        });
    }

    private void assertProblem(String code, Supplier<?> call) {
        assertThatThrownBy(() -> staff.supply(call::get))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private void assertProblemOfAStranger(UUID order) {
        assertThatThrownBy(() ->
                        Contexts.staff(stock.newShop().tenant, "stock:read").supply(() -> stock.purchases.find(order)))
                .isInstanceOf(ProblemException.class);
    }
}
