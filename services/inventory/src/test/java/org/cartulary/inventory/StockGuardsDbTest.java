package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.inventory.StockForTests.line;

import java.util.UUID;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** What the database refuses even to a superuser, and what the reconciler finds when it was made to accept it. */
class StockGuardsDbTest {

    private StockForTests stock;
    private StockForTests.Shop shop;
    private UUID product;
    private UUID order;

    @BeforeEach
    void reserveSomething() {
        stock = new StockForTests();
        shop = stock.newShop();
        product = shop.product(10);
        order = Ids.next();
        shop.reserve(order, line(product, 4));
        assertThat(stock.broken()).isEmpty();
    }

    @AfterEach
    void close() {
        stock.close();
    }

    @Test
    @Tag("INV-01")
    void noStatementMakesStockNegative() {
        assertRefused("UPDATE inventory SET available_quantity = -1", "chk_inventory_available");
        assertRefused("UPDATE inventory SET reserved_quantity = reserved_quantity - 5", "chk_inventory_reserved");
        assertRefused("UPDATE inventory SET reorder_point = -1", "chk_inventory_reorder_point");
    }

    @Test
    @Tag("INV-04")
    void noStatementChangesTheLedger() {
        assertRefused("UPDATE inventory_movements SET available_change = 11", "append-only");
        assertRefused("DELETE FROM inventory_movements", "append-only");
    }

    @Test
    @Tag("INV-04")
    void theLedgerTakesNoMovementThatMeansNothing() {
        assertRefused(movement("RESERVE", -1, 2, "ORDER"), "chk_inventory_movements_changes");
        assertRefused(movement("CONFIRM", 1, -1, "ORDER"), "chk_inventory_movements_changes");
        assertRefused(movement("RESTOCK", 1, 0, "ORDER"), "chk_inventory_movements_reference");
        assertRefused(movement("THEFT", -1, 0, "ORDER"), "chk_inventory_movements_changes");
    }

    @Test
    @Tag("INV-04")
    void theLedgerTakesNoReasonThatContradictsTheMovement() {
        assertRefused(adjustment(3, "LOST", null), "chk_inventory_movements_reason_code");
        assertRefused(adjustment(-3, "FOUND", null), "chk_inventory_movements_reason_code");
        assertRefused(adjustment(-3, "OTHER", null), "chk_inventory_movements_reason_code");
        assertRefused(adjustment(-3, "STOLEN", "x"), "chk_inventory_movements_reason_code");
    }

    private static String adjustment(int change, String code, String words) {
        return """
                INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                                 reserved_change, reference_type, reason_code, reason)
                SELECT tenant_id, gen_random_uuid(), id, 'ADJUSTMENT', %s, 0, 'ADJUSTMENT', '%s', %s FROM warehouses
                """.formatted(change, code, words == null ? "NULL" : "'" + words + "'");
    }

    @Test
    @Tag("INV-02")
    void theLedgerTakesAMovementOfAnOrderOnce() {
        assertRefused("""
                INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                                 reserved_change, reference_type, reference_id)
                SELECT tenant_id, product_id, warehouse_id, movement_type, available_change, reserved_change,
                       reference_type, reference_id
                FROM inventory_movements
                WHERE movement_type = 'RESERVE'
                """, "uq_inventory_movements_order");
    }

    @Test
    void theLedgerTakesAReceiptOnce() {
        assertRefused("""
                INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                                 reserved_change, reference_type, reference)
                SELECT tenant_id, gen_random_uuid(), warehouse_id, movement_type, 1, 0, reference_type, reference
                FROM inventory_movements
                WHERE movement_type = 'RESTOCK'
                """, "uq_inventory_movements_receipt");
    }

    @Test
    void aShopHasOneDefaultWarehouse() {
        assertRefused(
                "INSERT INTO warehouses (tenant_id, id, name, is_default)"
                        + " SELECT tenant_id, gen_random_uuid(), 'other', true FROM warehouses",
                "uq_warehouses_default");
    }

    @Test
    @Tag("INV-04")
    void stockThatItsMovementsDoNotExplainIsFound() {
        corrupt("UPDATE inventory SET available_quantity = available_quantity + 1");

        assertFound("stock-equals-movements");
    }

    @Test
    void reservedUnitsThatNoReservationHoldsAreFound() {
        corrupt("UPDATE inventory SET reserved_quantity = reserved_quantity + 1");

        assertFound("stock-equals-movements", "reserved-equals-open-reservations");
    }

    @Test
    void negativeStockIsFoundWhereTheGuardWasTakenAway() {
        corrupt("ALTER TABLE inventory DROP CONSTRAINT chk_inventory_available");
        corrupt("UPDATE inventory SET available_quantity = -1");

        assertFound("stock-equals-movements", "no-negative-stock");
    }

    @Test
    @Tag("INV-03")
    void aReservationThatNobodyExpiresIsFound() {
        corrupt("UPDATE inventory_reservations SET expires_at = clock_timestamp() - interval '61 seconds'");

        assertFound("open-reservation-not-overdue");
    }

    @Test
    void aReservationWhoseLinesAreOthersIsFound() {
        corrupt("UPDATE inventory_reservations SET units = units + 1");

        assertFound("reservation-lines-match-head", "reservation-equals-its-movements");
    }

    @Test
    void aReservationThatEndedWithoutMovingStockIsFound() {
        corrupt("UPDATE inventory_reservations SET status = 'RELEASED', ended_at = now()");

        assertFound("reserved-equals-open-reservations", "reservation-equals-its-movements");
    }

    @Test
    void aReceiptThatWasReceivedTwiceIsFoundWhereTheGuardWasTakenAway() {
        corrupt("DROP INDEX uq_inventory_movements_receipt");
        corrupt("""
                INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                                 reserved_change, reference_type, reference)
                SELECT tenant_id, product_id, warehouse_id, movement_type, available_change, reserved_change,
                       reference_type, reference
                FROM inventory_movements
                WHERE movement_type = 'RESTOCK'
                """);

        assertFound("stock-equals-movements", "receipts-once");
    }

    @Test
    @Tag("INV-02")
    void noStatementRestocksMoreThanWasSold() {
        assertRefused(
                "UPDATE inventory_reservation_lines SET restocked_quantity = quantity + 1",
                "chk_inventory_reservation_lines_restocked");
        assertRefused(
                "UPDATE inventory_reservation_lines SET restocked_quantity = -1",
                "chk_inventory_reservation_lines_restocked");
        assertRefused(movement("RESTOCK", 1, 0, "RETURN"), "chk_inventory_movements_reference");
    }

    @Test
    @Tag("INV-04")
    void aRestockThatIsNotInTheLedgerIsFound() {
        shop.confirm(order);
        corrupt("UPDATE inventory_reservation_lines SET restocked_quantity = 1");
        corrupt("INSERT INTO inventory_restocks (tenant_id, id, order_id, units)"
                + " SELECT tenant_id, gen_random_uuid(), order_id, 1 FROM inventory_reservations");

        assertFound("reservation-equals-its-movements", "restocked-equals-movements", "restocks-once");
    }

    @Test
    @Tag("INV-04")
    void moreRestockedThanSoldIsFoundWhereTheGuardWasTakenAway() {
        shop.confirm(order);
        shop.restock(Ids.next(), order, line(product, 4));
        corrupt("ALTER TABLE inventory_reservation_lines DROP CONSTRAINT chk_inventory_reservation_lines_restocked");
        corrupt("UPDATE inventory_reservation_lines SET restocked_quantity = 5");

        assertFound("restocked-at-most-sold", "restocked-equals-movements");
    }

    private void assertRefused(String statement, String guard) {
        assertThatThrownBy(() -> stock.admin().sql(statement).update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining(guard);
    }

    private void corrupt(String statement) {
        stock.admin().sql(statement).update();
    }

    private void assertFound(String... invariants) {
        assertThat(stock.broken()).extracting(InvariantResult::name).containsExactly(invariants);
        assertThat(stock.broken()).allSatisfy(result -> {
            assertThat(result.breaches()).isEqualTo(1);
            assertThat(result.rowsChecked()).isPositive();
            assertThat(result.examples()).singleElement().asString().contains(shop.tenant.toString());
        });
    }

    private String movement(String type, int available, int reserved, String referenceType) {
        return """
                INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                                 reserved_change, reference_type, reference_id)
                SELECT tenant_id, gen_random_uuid(), id, '%s', %s, %s, '%s', gen_random_uuid() FROM warehouses
                """.formatted(type, available, reserved, referenceType);
    }
}
