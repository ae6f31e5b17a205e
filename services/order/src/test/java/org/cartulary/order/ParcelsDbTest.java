package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** What the database says to those who write parcels by hand, and what verify finds. */
@Tag("SHP-02")
class ParcelsDbTest {

    private static final SendingFixture SHOP = new SendingFixture();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static final String PUT = """
            INSERT INTO order_shipment_items (tenant_id, id, shipment_id, order_item_id, quantity)
            SELECT s.tenant_id, gen_random_uuid(), s.id, i.id, %d
            FROM order_shipments s JOIN order_items i ON i.tenant_id = s.tenant_id AND %s
            WHERE s.id = :id AND i.line_number = 1
            """;

    private static UUID emptyParcel(UUID order) {
        UUID id = UUID.randomUUID();
        SHOP.write(
                "INSERT INTO order_shipments (tenant_id, id, order_id) SELECT tenant_id, '" + id
                        + "', id FROM orders WHERE id = :id",
                order);
        return id;
    }

    @Test
    void neverMoreIsPackedThanWasBoughtWhoeverWrites() {
        UUID order = SHOP.confirmed();
        UUID parcel = emptyParcel(order);
        assertThatThrownBy(() -> SHOP.write(PUT.formatted(3, "i.order_id = s.order_id"), parcel))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("chk_order_items_units");
        assertThat(SHOP.write(PUT.formatted(2, "i.order_id = s.order_id"), parcel))
                .isEqualTo(1);
        assertThat(SHOP.units(order)).containsExactly("2 0 0 0", "0 0 0 0");
    }

    @Test
    void inAParcelLieLinesOfItsOwnOrderOnlyAndNothingIsAddedOnceItLeft() {
        UUID order = SHOP.confirmed();
        UUID other = SHOP.confirmed();
        UUID parcel = emptyParcel(order);
        assertThatThrownBy(() -> SHOP.write(PUT.formatted(1, "i.order_id = '" + other + "'"), parcel))
                .hasMessageContaining("only lines of a parcel's own order are packed");
        ShipmentState sent = SHOP.pack(order, true, SHOP.units(order, 2, 1));
        assertThatThrownBy(() -> SHOP.write(PUT.formatted(1, "i.order_id = s.order_id"), sent.shipmentId()))
                .hasMessageContaining("only while it is PENDING");
    }

    @Test
    void theDatabaseRefusesIllegalStatesOfParcelsWhoeverWrites() {
        UUID order = SHOP.confirmed();
        ShipmentState packed = SHOP.pack(order, false);
        for (String illegal : List.of("DELIVERED", "IN_TRANSIT", "FAILED", "RETURNED")) {
            assertThatThrownBy(() -> SHOP.admin()
                            .sql("UPDATE order_shipments SET status = '" + illegal
                                    + "', shipped_at = now(), version = version + 1,"
                                    + " delivered_at = CASE WHEN '" + illegal + "' = 'DELIVERED' THEN now() END"
                                    + " WHERE id = :id")
                            .param("id", packed.shipmentId())
                            .update())
                    .hasMessageContaining("cannot go from PENDING to " + illegal);
        }
        assertThatThrownBy(() -> SHOP.write(
                        "INSERT INTO order_shipments (tenant_id, id, order_id, status, shipped_at)"
                                + " SELECT tenant_id, gen_random_uuid(), id, 'SHIPPED', now() FROM orders WHERE id = :id",
                        order))
                .hasMessageContaining("cannot go from nothing to SHIPPED");
    }

    @Test
    void aDayThatNobodyCouldReadIsNotKeptWhoeverWrites() {
        ShipmentState packed = SHOP.pack(SHOP.confirmed(), false);
        for (String day : List.of("10000-01-01", "2101-01-01", "1999-12-31", "infinity")) {
            assertThatThrownBy(() -> SHOP.write(
                            "UPDATE order_shipments SET estimated_delivery = '" + day + "' WHERE id = :id",
                            packed.shipmentId()))
                    .as(day)
                    .hasMessageContaining("chk_order_shipments_estimated_delivery");
        }
    }

    @Test
    void whatLayInAParcelAndWhatBecameOfItIsNotRewritten() {
        UUID order = SHOP.confirmed();
        ShipmentState sent = SHOP.pack(order, true);
        for (String attempt : List.of(
                "UPDATE order_shipment_items SET quantity = 1 WHERE shipment_id = :id",
                "DELETE FROM order_shipment_items WHERE shipment_id = :id",
                "UPDATE order_shipment_events SET status_to = 'DELIVERED' WHERE shipment_id = :id",
                "DELETE FROM order_shipment_events WHERE shipment_id = :id",
                "DELETE FROM order_shipments WHERE id = :id")) {
            assertThatThrownBy(() -> SHOP.write(attempt, sent.shipmentId()))
                    .as(attempt)
                    .hasStackTraceContaining("permission denied");
        }
        assertThatThrownBy(() -> SHOP.write(
                        "INSERT INTO shipment_state_transitions (from_state, to_state) SELECT 'DELIVERED', 'SHIPPED'"
                                + " WHERE :id::uuid IS NOT NULL",
                        order))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    @Tag("PLT-27")
    void theInvariantsFindParcelsThatDoNotFit() {
        try (SendingFixture broken = new SendingFixture()) {
            UUID miscounted = broken.confirmed();
            broken.pack(miscounted, false, broken.units(miscounted, 1, 1));
            ShipmentState foreign = broken.pack(broken.confirmed(), false);
            ShipmentState jumped = broken.pack(broken.confirmed(), true);
            ShipmentState ahead = broken.pack(broken.confirmed(), true);
            assertThat(broken.orders.brokenInvariants()).isEmpty();
            var admin = broken.admin();
            for (String table : List.of("orders", "order_items", "order_shipments", "order_shipment_items")) {
                admin.sql("ALTER TABLE " + table + " DISABLE TRIGGER USER").update();
            }

            admin.sql("UPDATE order_items SET packed_quantity = 2 WHERE order_id = :id AND line_number = 1")
                    .param("id", miscounted)
                    .update();
            assertThat(broken.orders.brokenInvariants()).containsExactly("line-units-match-parcels");
            admin.sql("UPDATE order_items SET packed_quantity = 1 WHERE order_id = :id AND line_number = 1")
                    .param("id", miscounted)
                    .update();

            admin.sql("UPDATE order_shipments SET order_id = :other WHERE id = :id")
                    .param("other", miscounted)
                    .param("id", foreign.shipmentId())
                    .update();
            assertThat(broken.orders.brokenInvariants()).containsExactly("parcel-holds-own-lines");
            admin.sql("UPDATE order_shipments SET order_id = :own WHERE id = :id")
                    .param("own", foreign.orderId())
                    .param("id", foreign.shipmentId())
                    .update();

            admin.sql("UPDATE order_shipments SET status = 'IN_TRANSIT' WHERE id = :id")
                    .param("id", jumped.shipmentId())
                    .update();
            assertThat(broken.orders.brokenInvariants()).containsExactly("parcel-matches-history");
            admin.sql("UPDATE order_shipments SET status = 'SHIPPED' WHERE id = :id")
                    .param("id", jumped.shipmentId())
                    .update();

            for (String state : List.of("PROCESSING", "PARTIALLY_SHIPPED", "DELIVERED", "CANCELLED")) {
                admin.sql(
                                "UPDATE orders SET status = :state, cancelled_at = CASE WHEN :state = 'CANCELLED' THEN now() END"
                                        + " WHERE id = :id")
                        .param("state", state)
                        .param("id", ahead.orderId())
                        .update();
                assertThat(broken.orders.brokenInvariants()).as(state).contains("order-follows-parcels");
            }
            admin.sql("UPDATE orders SET status = 'SHIPPED', cancelled_at = NULL WHERE id = :id")
                    .param("id", ahead.orderId())
                    .update();
            assertThat(broken.orders.brokenInvariants()).isEmpty();
        }
    }

    @Test
    void anOrderThatWasSentBeforeThereWereParcelsBreaksNothing() {
        UUID order = SHOP.orders.confirmed(null);
        for (String state : List.of("SHIPPED", "DELIVERED")) {
            SHOP.admin()
                    .sql("UPDATE orders SET status = :state, version = version + 1 WHERE id = :id")
                    .param("state", state)
                    .param("id", order)
                    .update();
        }
        assertThat(SHOP.orders.brokenInvariants()).doesNotContain("order-follows-parcels", "line-units-match-parcels");
    }
}
