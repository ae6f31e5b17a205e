package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.tenant.OrderRules;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CHK-02")
@Tag("ORD-06")
class ExpiringOrdersDbTest {

    private UndoingFixture shop;

    @BeforeEach
    void open() {
        shop = new UndoingFixture();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private int expire(OrderUndoing node, int limit) {
        return RequestContext.ofSystem(null).supply(() -> node.expiring().expire(limit));
    }

    private void letTimePass(UUID orderId) {
        shop.orders
                .testDatabase
                .admin()
                .sql("UPDATE orders SET payment_due_at = clock_timestamp() - interval '1 second' WHERE id = :id")
                .param("id", orderId)
                .update();
    }

    private UUID overdue() {
        UUID id = shop.placed();
        letTimePass(id);
        return id;
    }

    @Test
    void aPaymentIsDueAfterTheMinutesOfTheShop() {
        UUID id = Ids.next();
        var rules = new OrderRules(BigDecimal.ZERO, new BigDecimal("1000"), 10, 10, 7);
        shop.orders.asSystem(() ->
                shop.orders.orders.create(OrderFixture.order(id, null, rules, OrderFixture.line("A", 1, "5.00"))));

        assertThat(shop.orders
                        .testDatabase
                        .admin()
                        .sql("SELECT payment_due_at - created_at = interval '7 minutes' FROM orders WHERE id = :id")
                        .param("id", id)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void anUnpaidOrderIsCancelledWithItsPaymentAndStockAndOthersAreNot() {
        UUID due = overdue();
        UUID early = shop.placed();
        UUID paid = shop.confirmed();
        letTimePass(paid);

        assertThat(expire(shop.undoing, 100)).isEqualTo(1);
        assertThat(shop.inventory.released).as("left to a recovery").isEmpty();
        assertThat(recover()).as("at once, since nobody holds its lease").isEqualTo(1);

        assertThat(shop.orders.status(due)).isEqualTo("CANCELLED");
        assertThat(shop.orders.status(early)).isEqualTo("CREATED");
        assertThat(shop.orders.status(paid)).isEqualTo("CONFIRMED");
        assertThat(shop.inventory.released).containsExactly(due);
        assertThat(shop.payments.accounts.get(due).status).isEqualTo("CANCELLED");
        assertThat(shop.orders
                        .testDatabase
                        .admin()
                        .sql("SELECT changed_by || ' ' || reason FROM order_status_history"
                                + " WHERE order_id = :id AND status_to = 'CANCELLED'")
                        .param("id", due)
                        .query(String.class)
                        .single())
                .isEqualTo("SYSTEM unpaid");
        assertThat(shop.orders.events(due)).containsExactly("order.placed.v1 1", "order.cancelled.v1 2");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void anExpiredOrderIsNotConfirmedAnyMore() {
        UUID id = overdue();
        expire(shop.undoing, 100);

        assertThat(shop.orders.asSystem(() -> shop.orders.orders.confirm(new ConfirmOrder(id, Ids.next(), "CARD"))))
                .isEqualTo(new ConfirmOrderResult.NotConfirmable("CANCELLED"));
    }

    @Test
    void severalNodesAtOnceCancelEachOrderOnce() throws InterruptedException {
        List<UUID> due = Stream.generate(this::overdue).limit(12).toList();
        List<OrderUndoing> nodes = Stream.generate(shop::node).limit(4).toList();

        List<Integer> expired =
                Concurrently.run(4, index -> expire(nodes.get(index), 100)).valuesOrThrow();

        assertThat(expired.stream().mapToInt(Integer::intValue).sum()).isEqualTo(12);
        assertThat(shop.orders.count("saga_instances")).isEqualTo(12);
        assertThat(due).allSatisfy(id -> {
            assertThat(shop.orders.status(id)).isEqualTo("CANCELLED");
            assertThat(shop.orders.events(id)).hasSize(2);
        });
    }

    @Test
    void aConfirmationAndTheExpiryAtOnceHaveOneWinner() throws InterruptedException {
        for (int round = 0; round < 12; round++) {
            UUID id = overdue();
            UUID payment = Ids.next();
            shop.payments.authorized(id, payment, UndoingFixture.TOTAL);
            Concurrently.<Object>run(
                            2,
                            index -> index == 0
                                    ? expire(shop.undoing, 100)
                                    : shop.orders.asSystem(
                                            () -> shop.orders.orders.confirm(new ConfirmOrder(id, payment, "CARD"))))
                    .valuesOrThrow();
            recover();
            boolean isConfirmed = shop.orders.status(id).equals("CONFIRMED");
            assertThat(shop.payments.accounts.get(id).status).isEqualTo(isConfirmed ? "AUTHORIZED" : "CANCELLED");
            assertThat(shop.inventory.units(id)).isEqualTo(isConfirmed ? 5 : 0);
        }
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    /** Deterministic, unlike the one above: the expiry comes while the confirmation is written and not committed yet. */
    @Test
    void anOrderThatIsConfirmedWhileItsExpiryWaitsStaysConfirmed() throws Exception {
        UUID id = overdue();
        OrderStore store = new OrderStore(shop.orders.json);
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> expired = shop.orders.asSystem(() -> shop.orders.database.inTransaction(tx -> {
                store.confirm(tx, List.of(new ConfirmOrder(id, Ids.next(), "CARD")));
                Future<Integer> waiting = other.submit(() -> expire(shop.undoing, 100));
                shop.orders.testDatabase.awaitLockWaitOr(waiting::isDone);
                return waiting;
            }));

            assertThat(expired.get(60, TimeUnit.SECONDS)).isZero();
        }
        assertThat(shop.orders.status(id)).isEqualTo("CONFIRMED");
        assertThat(shop.orders.count("saga_instances")).isZero();
    }

    @Test
    void oneRunIsBoundedAndTheNextGoesOn() {
        Stream.generate(this::overdue).limit(5).forEach(id -> {});

        assertThat(expire(shop.undoing, 3)).isEqualTo(3);
        assertThat(expire(shop.undoing, 3)).isEqualTo(2);
        assertThat(expire(shop.undoing, 3)).isZero();
    }

    @Test
    @Tag("PLT-12")
    void aCrashInTheMiddleIsFinishedByAnotherNode() {
        UUID id = overdue();
        shop.crash.at("after payment.cancel");

        expire(shop.undoing, 100);
        assertThat(recover()).isEqualTo(1);
        assertThat(shop.inventory.units(id)).isEqualTo(5);
        shop.recoverOnAnotherNode();

        assertThat(shop.inventory.units(id)).isZero();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void ordersThatCannotBeCancelledKeepNoOtherFromIt() {
        List<UUID> stubborn = Stream.generate(this::overdue).limit(5).toList();
        UUID behind = overdue();
        admin("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'stubborn'; END $$
                """);
        admin("""
                CREATE TRIGGER refuse BEFORE UPDATE ON orders FOR EACH ROW
                WHEN (NEW.status = 'CANCELLED' AND NEW.id <> '%s') EXECUTE FUNCTION refuse()
                """.formatted(behind));

        assertThat(expire(shop.undoing, 2)).isEqualTo(1);

        assertThat(shop.orders.status(behind)).isEqualTo("CANCELLED");
        assertThat(postponed(5, 10)).isEqualTo(5);
        expire(shop.undoing, 2);
        assertThat(postponed(5, 10)).as("they are left alone for a while").isEqualTo(5);
        admin("UPDATE orders SET next_expiry_at = clock_timestamp()");
        expire(shop.undoing, 2);
        assertThat(postponed(15, 20)).as("and then for longer").isEqualTo(5);
        admin("UPDATE orders SET next_expiry_at = clock_timestamp(), expiry_failures = 1000");
        expire(shop.undoing, 2);
        assertThat(postponed(3590, 3600)).as("but not for ever").isEqualTo(5);
        admin("DROP TRIGGER refuse ON orders");
        admin("UPDATE orders SET next_expiry_at = clock_timestamp()");
        assertThat(expire(shop.undoing, 100)).isEqualTo(stubborn.size());
    }

    private void admin(String sql) {
        shop.orders.testDatabase.admin().sql(sql).update();
    }

    private long postponed(int fromSeconds, int toSeconds) {
        return shop.orders
                .testDatabase
                .admin()
                .sql("""
                        SELECT count(*) FROM orders
                        WHERE status = 'CREATED' AND next_expiry_at - clock_timestamp()
                              BETWEEN make_interval(secs => :from) AND make_interval(secs => :to)
                        """)
                .param("from", fromSeconds)
                .param("to", toSeconds)
                .query(Long.class)
                .single();
    }

    private int recover() {
        return shop.undoing.cancellations().recoverDue(100);
    }

    @Test
    void anOrderThatNobodyCancelsIsSeen() {
        UUID id = shop.placed();
        shop.orders
                .testDatabase
                .admin()
                .sql("UPDATE orders SET payment_due_at = now() - interval '2 hours' WHERE id = :id")
                .param("id", id)
                .update();

        assertThat(shop.orders.brokenInvariants()).containsExactly("unpaid-order-expires");
    }
}
