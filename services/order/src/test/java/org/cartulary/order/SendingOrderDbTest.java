package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CancelOrderResult;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.eventstore.EventStore;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHP-02")
class SendingOrderDbTest {

    private static final SendingFixture SHOP = new SendingFixture();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static ProblemException refused(ThrowingCallable call) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem).isNotNull();
        return problem;
    }

    private static CancelOrderResult cancel(UUID order) {
        return SHOP.orders.asSystem(() -> SHOP.orders.orders.cancel(new CancelOrder(order, "changed-my-mind")));
    }

    @Test
    @Tag("ORD-01")
    @Tag("ORD-02")
    void anOrderGoesOutInPartsAndIsDeliveredWithTheLast() {
        UUID order = SHOP.confirmed();

        ShipmentState first = SHOP.pack(order, false, SHOP.units(order, 1, 1), SHOP.units(order, 2, 3));
        assertThat(first.status()).isEqualTo("PENDING");
        assertThat(first.orderStatus()).isEqualTo("PROCESSING");
        assertThat(SHOP.units(order)).containsExactly("1 0 0 0", "3 0 0 0");

        assertThat(SHOP.move(first, "SHIPPED").orderStatus()).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(SHOP.units(order)).containsExactly("1 1 0 0", "3 3 0 0");
        ShipmentState second = SHOP.pack(order, true);
        assertThat(second.orderStatus()).isEqualTo("SHIPPED");
        assertThat(SHOP.units(order)).containsExactly("2 2 0 0", "3 3 0 0");

        assertThat(SHOP.move(second, "DELIVERED").orderStatus()).isEqualTo("SHIPPED");
        SHOP.move(first, "IN_TRANSIT");
        assertThat(SHOP.move(first, "DELIVERED").orderStatus()).isEqualTo("DELIVERED");

        assertThat(SHOP.units(order)).containsExactly("2 2 2 0", "3 3 3 0");
        OrderView view = SHOP.find(order);
        assertThat(view.completedAt()).isNotNull();
        assertThat(view.shipments())
                .extracting(shipment -> shipment.lines().stream()
                        .map(line -> line.sku() + line.quantity())
                        .toList())
                .containsExactly(List.of("A1", "B3"), List.of("A1"));
        assertThat(view.shipments().getFirst().history())
                .extracting(OrderView.ShipmentChange::to)
                .containsExactly("PENDING", "SHIPPED", "IN_TRANSIT", "DELIVERED");
        assertThat(SHOP.orders.history(order))
                .containsExactly(
                        "CREATED", "PAID", "CONFIRMED", "PROCESSING", "PARTIALLY_SHIPPED", "SHIPPED", "DELIVERED");
        assertThat(SHOP.orders.events(order))
                .containsExactly(
                        "order.placed.v1 1",
                        "order.confirmed.v1 3",
                        "order.shipment-sent.v1 5",
                        "order.shipment-sent.v1 6",
                        "order.shipment-delivered.v1 7",
                        "order.shipment-delivered.v1 9",
                        "order.delivered.v1 10");
        assertThat(view.version()).isEqualTo(10);
        assertThat(SHOP.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PLT-11")
    void thePastOfAnOrderKnowsItsParcels() {
        UUID order = SHOP.confirmed();
        ShipmentState sent = SHOP.pack(order, true, SHOP.units(order, 1, 2));
        ShipmentState rest = SHOP.pack(order, true);
        SHOP.move(sent, "DELIVERED");
        var reading =
                new ReadingOrderEvents(new EventStore(SHOP.orders.database), SHOP.orders.json, SHOP.orders.cursors);
        Instant now = Instant.now().plus(Duration.ofHours(1));

        OrderAsOf onItsWay = SHOP.orders.asSystem(() -> reading.asOf(order, now).orElseThrow());
        assertThat(onItsWay.status()).isEqualTo("SHIPPED");
        assertThat(onItsWay.shipmentsSent()).containsExactly(sent.shipmentId(), rest.shipmentId());
        assertThat(onItsWay.shipmentsDelivered()).containsExactly(sent.shipmentId());
        SHOP.move(rest, "DELIVERED");
        OrderAsOf delivered =
                SHOP.orders.asSystem(() -> reading.asOf(order, now).orElseThrow());
        assertThat(delivered.status()).isEqualTo("DELIVERED");
        assertThat(delivered.completedAt()).isNotNull();
        assertThat(delivered.unknownEvents()).isEmpty();
    }

    @Test
    void whatCameBackIsSentAnewAndTheOrderStaysWhereItIs() {
        UUID order = SHOP.confirmed();
        ShipmentState lost = SHOP.pack(order, true, SHOP.units(order, 1, 2));
        ShipmentState rest = SHOP.pack(order, true);
        assertThat(rest.orderStatus()).isEqualTo("SHIPPED");

        assertThat(SHOP.move(lost, "FAILED").orderStatus()).isEqualTo("SHIPPED");
        assertThat(SHOP.units(order)).containsExactly("0 0 0 0", "3 3 0 0");
        assertThat(SHOP.move(rest, "DELIVERED").orderStatus()).isEqualTo("SHIPPED");
        assertThat(SHOP.brokenInvariants()).isEmpty();

        ShipmentState returned = SHOP.pack(order, true);
        SHOP.move(returned, "IN_TRANSIT");
        SHOP.move(returned, "RETURNED");
        ShipmentState last = SHOP.pack(order, true);
        assertThat(SHOP.move(last, "DELIVERED").orderStatus()).isEqualTo("DELIVERED");
        assertThat(SHOP.parcels(order)).containsExactly("FAILED", "DELIVERED", "RETURNED", "DELIVERED");
        assertThat(SHOP.brokenInvariants()).isEmpty();
    }

    @Test
    void noMoreIsPackedThanIsLeftAndOnlyLinesOfTheOrder() {
        UUID order = SHOP.confirmed();
        UUID other = SHOP.confirmed();
        SHOP.pack(order, false, SHOP.units(order, 2, 2));

        ProblemException tooMuch = refused(() -> SHOP.pack(order, false, SHOP.units(order, 2, 2)));
        assertThat(tooMuch.code()).isEqualTo("more-than-left");
        assertThat(tooMuch.properties())
                .containsEntry("left", 1)
                .containsEntry("orderItemId", SHOP.units(order, 2, 1).orderItemId());
        assertThat(refused(() -> SHOP.pack(order, false, SHOP.units(other, 1, 1)))
                        .code())
                .isEqualTo("invalid-request");
        assertThat(refused(() -> SHOP.pack(order, false, SHOP.units(order, 1, 1), SHOP.units(order, 1, 1)))
                        .code())
                .isEqualTo("invalid-request");
        SHOP.pack(order, false);
        assertThat(refused(() -> SHOP.pack(order, false)).code()).isEqualTo("nothing-to-send");
        assertThat(refused(() -> SHOP.pack(Ids.next(), false)).code()).isEqualTo("order-not-found");
        assertThat(refused(() -> SHOP.pack(SHOP.orders.placed(null), false)).code())
                .isEqualTo("order-not-sendable");
        assertThat(SHOP.units(order)).containsExactly("2 0 0 0", "3 0 0 0");
    }

    @Test
    void anOrderHasManyParcelsAndNotAnyNumber() {
        UUID order = SHOP.confirmed();
        SHOP.admin()
                .sql(
                        "INSERT INTO order_shipments (tenant_id, id, order_id) SELECT tenant_id, gen_random_uuid(), id FROM orders,"
                                + " generate_series(1, :many) WHERE id = :id")
                .param("many", ShipmentStore.MAX_PARCELS)
                .param("id", order)
                .update();

        assertThat(refused(() -> SHOP.pack(order, false)).code()).isEqualTo("too-many-shipments");
        SHOP.admin()
                .sql("DELETE FROM order_shipments WHERE order_id = :id")
                .param("id", order)
                .update();
    }

    @Test
    void aRequestThatComesTwicePacksOneParcel() {
        UUID order = SHOP.confirmed();
        RequestContext staff = Contexts.staff(SHOP.orders.tenant, Permissions.ORDERS_SEND);
        PackOrder request = new PackOrder(null, "Post", "1Z999", "https://track.example/1Z999", null, true);
        var once = staff.supply(() -> SHOP.sending.pack(order, request, "one"));
        var again = staff.supply(() -> SHOP.sending.pack(order, request, "one"));
        assertThat(again.body()).isEqualTo(once.body());
        assertThat(SHOP.parcels(order)).containsExactly("SHIPPED");
    }

    @Test
    void aStateToldTwiceIsOneAndAnIllegalOneIsRefused() {
        UUID order = SHOP.confirmed();
        ShipmentState packed = SHOP.pack(order, false);
        assertThat(refused(() -> SHOP.move(packed, "DELIVERED")).properties())
                .containsEntry("shipmentStatus", "PENDING");
        ShipmentState sent = SHOP.move(packed, "SHIPPED");
        assertThat(SHOP.move(packed, "SHIPPED")).isEqualTo(sent);
        assertThat(refused(() -> SHOP.move(packed, "CANCELLED")).code()).isEqualTo("illegal-shipment-state");
        SHOP.move(packed, "DELIVERED");
        for (String further : List.of("SHIPPED", "IN_TRANSIT", "FAILED", "RETURNED", "CANCELLED")) {
            assertThat(refused(() -> SHOP.move(packed, further)).code()).isEqualTo("illegal-shipment-state");
        }
        UUID other = SHOP.confirmed();
        assertThat(refused(() -> SHOP.move(new ShipmentState(other, packed.shipmentId(), "", 1, ""), "DELIVERED"))
                        .code())
                .isEqualTo("shipment-not-found");
    }

    @Test
    void whatHappenedIsPastAndAfterItLeft() {
        UUID order = SHOP.confirmed();
        ShipmentState sent = SHOP.pack(order, true);
        Instant now = Instant.now();
        for (Instant wrong : List.of(now.plus(Duration.ofHours(1)), now.minus(Duration.ofHours(1)))) {
            assertThat(refused(() -> SHOP.move(sent, new MoveShipment("DELIVERED", wrong, null, null)))
                            .code())
                    .isEqualTo("invalid-request");
        }
        ShipmentState packed = SHOP.pack(SHOP.confirmed(), false);
        Instant left = SHOP.find(packed.orderId()).placedAt().plusMillis(1);
        SHOP.move(packed, new MoveShipment("SHIPPED", left, null, null));
        assertThat(SHOP.find(packed.orderId()).shipments().getFirst().shippedAt())
                .isEqualTo(left);
    }

    @Test
    void timesAreOfOurTimeSoThatEverybodyCanReadThem() {
        UUID order = SHOP.confirmed();
        ShipmentState packed = SHOP.pack(order, false);
        for (LocalDate day : List.of(
                LocalDate.of(10_000, 1, 1),
                LocalDate.of(2101, 1, 1),
                LocalDate.of(1999, 12, 31),
                LocalDate.MAX,
                LocalDate.MIN)) {
            ShipmentTracking tracking = new ShipmentTracking(null, null, null, day);
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> SHOP.pack(order, new PackOrder(null, null, null, null, day, null)),
                    () -> SHOP.follow(packed, packed.version(), tracking))) {
                ProblemException problem = refused(call);
                assertThat(problem.code()).isEqualTo("invalid-request");
                assertThat(problem.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.pointer()).isEqualTo("/estimatedDelivery"));
            }
        }
        for (LocalDate day : List.of(LocalDate.of(2000, 1, 1), LocalDate.of(2100, 12, 31))) {
            long version = SHOP.find(order).shipments().getFirst().version();
            SHOP.follow(packed, version, new ShipmentTracking(null, null, null, day));
            assertThat(SHOP.find(order).shipments().getFirst().estimatedDelivery())
                    .isEqualTo(day);
        }
        for (Instant at : List.of(Instant.MIN, Instant.MAX)) {
            assertThat(refused(() -> SHOP.move(packed, new MoveShipment("SHIPPED", at, null, null)))
                            .errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.pointer()).isEqualTo("/at"));
        }
    }

    @Test
    @Tag("ORD-06")
    void aCancellationTakesParcelsThatWaitAlongAndComesTooLateForThoseThatLeft() {
        UUID waiting = SHOP.confirmed();
        ShipmentState packed = SHOP.pack(waiting, false);
        assertThat(cancel(waiting)).isEqualTo(new CancelOrderResult.Cancelled());
        assertThat(SHOP.parcels(waiting)).containsExactly("CANCELLED");
        assertThat(SHOP.units(waiting)).containsExactly("0 0 0 0", "0 0 0 0");
        assertThat(refused(() -> SHOP.move(packed, "SHIPPED")).code()).isEqualTo("illegal-shipment-state");
        assertThat(refused(() -> SHOP.pack(waiting, false)).code()).isEqualTo("order-not-sendable");

        UUID onItsWay = SHOP.confirmed();
        SHOP.pack(onItsWay, true, SHOP.units(onItsWay, 1, 1));
        assertThat(cancel(onItsWay)).isEqualTo(new CancelOrderResult.NotCancellable("PARTIALLY_SHIPPED"));
    }

    @Test
    void aParcelThatIsNotSentAfterAllGivesItsUnitsBack() {
        UUID order = SHOP.confirmed();
        ShipmentState packed = SHOP.pack(order, false);
        SHOP.move(packed, "CANCELLED");
        assertThat(SHOP.units(order)).containsExactly("0 0 0 0", "0 0 0 0");
        assertThat(SHOP.orders.status(order)).isEqualTo("PROCESSING");
        assertThat(SHOP.pack(order, true).orderStatus()).isEqualTo("SHIPPED");
        assertThat(SHOP.brokenInvariants()).isEmpty();
    }

    @Test
    void aParcelIsFollowedByItsBuyerAndNobodyElse() {
        UUID order = SHOP.confirmed();
        ShipmentState sent = SHOP.pack(
                order,
                new PackOrder(null, "Post", "1Z999", "https://track.example/1Z999", LocalDate.of(2026, 12, 24), true));
        SHOP.move(sent, new MoveShipment("IN_TRANSIT", null, "Leeds", "at the depot"));

        OrderView.Shipment seen = Contexts.customer(SHOP.orders.tenant, SHOP.customer)
                .supply(() -> SHOP.details.find(order).orElseThrow())
                .shipments()
                .getFirst();
        assertThat(seen.carrier()).isEqualTo("Post");
        assertThat(seen.trackingNumber()).isEqualTo("1Z999");
        assertThat(seen.trackingUrl()).isEqualTo("https://track.example/1Z999");
        assertThat(seen.estimatedDelivery()).isEqualTo(LocalDate.of(2026, 12, 24));
        assertThat(seen.lines()).hasSize(2);
        assertThat(seen.history().getLast().place()).isEqualTo("Leeds");
        assertThat(seen.history().getLast().note()).isEqualTo("at the depot");
        RequestContext stranger = Contexts.customer(SHOP.orders.tenant, Ids.next());
        assertThat(stranger.supply(() -> SHOP.details.find(order))).isEmpty();
        for (String table : List.of("order_shipments", "order_shipment_items", "order_shipment_events")) {
            assertThat(seenBy(stranger, table)).as(table).isZero();
        }
    }

    @Test
    @Tag("PLT-30")
    void whereAParcelWentIsForgottenWithTheBuyer() {
        UUID customer = Ids.next();
        UUID order = SHOP.orders.confirmed(customer);
        ShipmentState sent =
                SHOP.pack(order, new PackOrder(null, "Post", "1Z999", "https://track.example/1Z999", null, true));
        SHOP.move(sent, new MoveShipment("IN_TRANSIT", null, "Leeds", "with the neighbour"));
        for (String table : List.of("order_shipments", "order_shipment_events", "domain_events", "idempotency_keys")) {
            assertThat(SHOP.admin()
                            .sql("SELECT coalesce(string_agg(t::text, ''), '') FROM " + table + " t")
                            .query(String.class)
                            .single())
                    .as(table)
                    .doesNotContain("1Z999", "track.example", "Leeds", "neighbour");
        }
        var records = new OrderRecordsEndpoint(SHOP.orders.database, SHOP.details, SHOP.orders.json);
        Person person = new Person(customer, null);
        assertThat(SHOP.orders
                        .asSystem(() -> records.export(person))
                        .records()
                        .getFirst()
                        .json())
                .contains("1Z999", "track.example", "Leeds", "with the neighbour");

        SHOP.orders.asSystem(() -> records.erase(person));

        OrderView.Shipment after = SHOP.find(order).shipments().getFirst();
        assertThat(after.trackingNumber()).isNull();
        assertThat(after.trackingUrl()).isNull();
        assertThat(after.carrier()).isEqualTo("Post");
        assertThat(after.history()).extracting(OrderView.ShipmentChange::place).containsOnlyNulls();
        assertThat(SHOP.admin()
                        .sql("SELECT count(tracking_number_sealed) + count(tracking_url_sealed) + count(s.words_sealed)"
                                + " + count(e.words_sealed) FROM order_shipments s JOIN order_shipment_events e"
                                + " ON e.shipment_id = s.id WHERE s.order_id = :id")
                        .param("id", order)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(SHOP.orders.asSystem(() -> records.unfinished(person)).undelivered())
                .isZero();
    }

    /** The words were sealed before the buyer was forgotten, and come to the database after it. */
    @Test
    @Tag("PLT-30")
    void whatWasSealedBeforeTheBuyerWasForgottenIsNotKept() {
        UUID customer = Ids.next();
        UUID order = SHOP.orders.confirmed(customer);
        ShipmentStore store = new ShipmentStore();
        var sealing = new SealingShipments(SHOP.orders.database, SHOP.orders.sealing, SHOP.orders.json);
        UUID parcel = Ids.next();
        ShipmentTracking tracking = new ShipmentTracking(null, "1Z999", "https://track.example", null);
        ShipmentStore.SealedTracking sealed = SHOP.orders.asSystem(() -> sealing.seal(order, parcel, tracking));
        String words = SHOP.orders.asSystem(() -> sealing.sealWords(order, parcel, "Leeds", null));
        var records = new OrderRecordsEndpoint(SHOP.orders.database, SHOP.details, SHOP.orders.json);
        SHOP.orders.asSystem(() -> records.erase(new Person(customer, null)));

        SHOP.orders.asSystem(() -> SHOP.orders.database.inTransaction(tx -> {
            store.pack(tx, order, parcel, null, sealed, false);
            store.move(tx, order, parcel, "SHIPPED", null, words);
            return store.follow(tx, order, parcel, 2, sealed);
        }));

        assertThat(SHOP.admin()
                        .sql(
                                "SELECT s.version || ' ' || num_nonnulls(tracking_number_sealed, tracking_url_sealed, s.words_sealed,"
                                        + " (SELECT max(e.words_sealed) FROM order_shipment_events e WHERE e.shipment_id = s.id))"
                                        + " FROM order_shipments s WHERE id = :id")
                        .param("id", parcel)
                        .query(String.class)
                        .single())
                .isEqualTo("3 0");
    }

    @Test
    @Tag("PLT-30")
    void noIdOfAGuestIsLeftWithWhatTheGuestDid() {
        try (SendingFixture shop = new SendingFixture()) {
            UUID guest = Ids.next();
            UUID order = Ids.next();
            shop.orders.asSystem(() -> shop.orders.orders.create(OrderFixture.order(
                    order, null, guest, OrderFixture.WIDE, null, null, List.of(OrderFixture.line("A", 1, "1.00")))));
            shop.orders.asSystem(() -> shop.orders.orders.confirm(new ConfirmOrder(order, Ids.next(), "CARD")));
            shop.pack(order, false);
            Contexts.guest(shop.orders.tenant, guest)
                    .supply(() -> shop.orders.orders.cancel(new CancelOrder(order, "changed-my-mind")));
            UUID subject = shop.admin()
                    .sql("SELECT subject_id FROM orders")
                    .query(UUID.class)
                    .single();
            for (String table : List.of("order_status_history", "order_shipment_events")) {
                assertThat(whoChanged(shop, table)).as(table).contains("GUEST:" + guest);
            }

            var records = new OrderRecordsEndpoint(shop.orders.database, shop.details, shop.orders.json);
            shop.orders.asSystem(() -> records.erase(Person.guest(subject)));

            for (String table : List.of("order_status_history", "order_shipment_events")) {
                assertThat(whoChanged(shop, table)).as(table).contains("GUEST").doesNotContain("GUEST:" + guest);
                assertThatThrownBy(() -> shop.write(
                                "UPDATE " + table + " SET changed_by = 'NOBODY' WHERE :id::uuid IS NOT NULL", order))
                        .as(table)
                        .hasMessageContaining("who changed it is kept");
            }
            assertThat(shop.brokenInvariants()).isEmpty();
        }
    }

    private static List<String> whoChanged(SendingFixture shop, String table) {
        return shop.admin()
                .sql("SELECT changed_by FROM " + table)
                .query(String.class)
                .list();
    }

    @Test
    void theShopFindsWhatIsToBeSent() {
        try (SendingFixture shop = new SendingFixture()) {
            UUID untouched = shop.confirmed();
            UUID packed = shop.confirmed();
            shop.pack(packed, false);
            UUID partly = shop.confirmed();
            shop.pack(partly, true, shop.units(partly, 1, 1));
            UUID sent = shop.confirmed();
            shop.pack(sent, true);
            UUID cameBack = shop.confirmed();
            shop.move(shop.pack(cameBack, true), "RETURNED");
            shop.pack(cameBack, false);
            UUID sentAnew = shop.confirmed();
            shop.move(shop.pack(sentAnew, true), "FAILED");
            shop.move(shop.pack(sentAnew, false), "SHIPPED");
            shop.orders.placed(null);
            for (boolean wasPacked : List.of(false, true)) {
                UUID withdrawn = shop.confirmed();
                if (wasPacked) {
                    shop.move(shop.pack(withdrawn, false), "CANCELLED");
                }
                assertThat(shop.withdraw(withdrawn, shop.units(withdrawn, 1, 2), shop.units(withdrawn, 2, 3)))
                        .isEqualTo(wasPacked ? "PROCESSING" : "CONFIRMED");
            }
            OrderLists lists = new OrderLists(shop.orders.database, shop.orders.cursors);
            OrderFilter toBeSent = new OrderFilter(null, null, null, true);

            Page<OrderRow> first = shop.orders.asSystem(() -> lists.all(toBeSent, 2, null));
            Page<OrderRow> rest = shop.orders.asSystem(
                    () -> lists.all(toBeSent, 10, first.page().next()));

            assertThat(first.items()).extracting(OrderRow::id).containsExactly(cameBack, partly);
            assertThat(rest.items()).extracting(OrderRow::id).containsExactly(packed, untouched);
            assertThat(shop.orders
                            .asSystem(() -> lists.all(new OrderFilter("SHIPPED", shop.customer, null, true), 10, null))
                            .items())
                    .extracting(OrderRow::id)
                    .containsExactly(cameBack);
            assertThat(shop.brokenInvariants()).isEmpty();
        }
    }

    private static int seenBy(RequestContext reader, String table) {
        return reader.supply(() -> SHOP.orders.database.inReadTransaction(tx -> tx.jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Integer.class)
                .single()));
    }

    @Test
    void howAParcelIsFollowedChangesWithTheVersionThatWasRead() {
        UUID order = SHOP.confirmed();
        ShipmentState packed = SHOP.pack(order, new PackOrder(null, "Post", "1Z999", null, null, null));
        ShipmentTracking other = new ShipmentTracking("Courier", null, "https://courier.example/7", null);

        ShipmentState changed = SHOP.follow(packed, packed.version(), other);

        assertThat(changed.version()).isEqualTo(packed.version() + 1);
        OrderView.Shipment seen = SHOP.find(order).shipments().getFirst();
        assertThat(seen.carrier()).isEqualTo("Courier");
        assertThat(seen.trackingNumber()).isNull();
        assertThat(seen.trackingUrl()).isEqualTo("https://courier.example/7");
        assertThat(seen.history()).hasSize(1);
        assertThat(refused(() -> SHOP.follow(packed, packed.version(), other)).code())
                .isEqualTo("precondition-failed");
        assertThat(refused(() -> SHOP.follow(new ShipmentState(order, Ids.next(), "", 1, ""), 1, other))
                        .code())
                .isEqualTo("shipment-not-found");
        for (String unsafe : List.of(
                "http://courier.example/7",
                "javascript:alert(1)",
                "https:///7",
                "https://ada@courier.example",
                "seven")) {
            assertThat(refused(() -> SHOP.follow(
                                    packed, changed.version(), new ShipmentTracking(null, null, unsafe, null)))
                            .code())
                    .as(unsafe)
                    .isEqualTo("invalid-request");
        }
    }
}
