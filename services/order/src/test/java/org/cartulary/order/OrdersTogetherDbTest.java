package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.order.OrderFixture.line;
import static org.cartulary.order.OrderFixture.order;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.CreateOrderResult.AlreadyCancelled;
import org.cartulary.contracts.order.CreateOrderResult.Refused;
import org.cartulary.contracts.order.CreateOrderResult.Violation;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.contracts.tenant.OrderRules;
import org.cartulary.order.OrderStore.Creation;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** Orders that one call of the database decides on, and what becomes known of several at once. */
@Tag("ORD-01")
class OrdersTogetherDbTest {

    private static final OrderFixture FIXTURE = new OrderFixture();
    private static final OrderStore STORE = new OrderStore(FIXTURE.json);
    private static final OrderNumbers NUMBERS = new OrderNumbers();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static List<Creation> create(CreateOrder... commands) {
        return createUnder(
                Arrays.stream(commands).map(command -> NUMBERS.next()).toList(), commands);
    }

    private static List<Creation> createUnder(List<String> numbers, CreateOrder... commands) {
        List<OrderStore.NewOrder> orders = IntStream.range(0, commands.length)
                .mapToObj(i -> FIXTURE.sealed(commands[i], numbers.get(i)))
                .toList();
        return FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> STORE.create(tx, orders)));
    }

    private static OrderRules pending(int maximum) {
        return new OrderRules(BigDecimal.ZERO, new BigDecimal("100"), 50, maximum, 30);
    }

    /** What came of each order, in a word. */
    private static List<String> words(List<Creation> creations) {
        return creations.stream().map(OrdersTogetherDbTest::word).toList();
    }

    private static String word(Creation creation) {
        @Nullable CreateOrderResult result = creation.result();
        if (result instanceof Refused refused) {
            return String.join(
                    "+", refused.violations().stream().map(Violation::code).toList());
        }
        String name = result == null ? "again" : result.getClass().getSimpleName();
        return creation.isNew() ? "new " + name : name;
    }

    private static List<String> skus(UUID order) {
        return FIXTURE.testDatabase
                .admin()
                .sql("SELECT line_number || sku FROM order_items WHERE order_id = :id ORDER BY line_number")
                .param("id", order)
                .query(String.class)
                .list();
    }

    @Test
    @Tag("ORD-05")
    void theOrdersOfABuyerCountAgainstTheLimitOfThoseAfterThem() {
        UUID guest = Ids.next();
        CreateOrder[] commands = IntStream.range(0, 5)
                .mapToObj(i -> order(
                        Ids.next(),
                        null,
                        guest,
                        pending(3),
                        null,
                        null,
                        List.of(line("S" + i, 1, i == 1 ? "500" : "5"))))
                .toArray(CreateOrder[]::new);

        List<Creation> creations = create(commands);

        assertThat(words(creations))
                .containsExactly(
                        "new Created", "total-above-maximum", "new Created", "new Created", "too-many-pending-orders");
        Refused refused = (Refused) Objects.requireNonNull(creations.getLast().result());
        assertThat(refused.violations().getFirst().detail()).isEqualTo("3 orders wait for payment, and at most 3 may");
        assertThat(words(create(commands)))
                .as("the same again")
                .containsExactly(
                        "Created",
                        "total-above-maximum+too-many-pending-orders",
                        "Created",
                        "Created",
                        "too-many-pending-orders");
    }

    @Test
    @Tag("ORD-05")
    void whoWasHeldBackForAnOrderThatFailsIsAskedAgainInsteadOfRefused() {
        UUID customer = Ids.next();
        createUnder(List.of("TAKE-NNUM-BE"), order(Ids.next(), null, pending(1), line("A", 1, "5.00")));
        CreateOrder first = order(Ids.next(), customer, pending(1), line("A", 1, "5.00"));
        CreateOrder second = order(Ids.next(), customer, pending(1), line("B", 1, "5.00"));

        assertThat(words(createUnder(List.of("TAKE-NNUM-BE", "FREE-NUMB-ER"), first, second)))
                .containsExactly("again", "again");
        assertThat(words(create(first, second))).containsExactly("new Created", "too-many-pending-orders");
    }

    @Test
    void anOrderThatIsNamedTwiceIsCreatedByTheFirstCallThatMay() {
        UUID id = Ids.next();
        UUID known = FIXTURE.placed(null);
        UUID gone = Ids.next();
        FIXTURE.asSystem(() -> FIXTURE.orders.cancel(new CancelOrder(gone, "saga-gave-up")));
        CreateOrder tooMuch = order(id, Ids.next(), pending(1), line("A", 1, "500.00"));
        CreateOrder good = order(id, Ids.next(), pending(1), line("B", 1, "5.00"), line("C", 2, "6.00"));

        List<Creation> creations = create(
                tooMuch,
                order(gone, null, pending(1), line("D", 1, "5.00")),
                good,
                order(known, null, pending(1), line("E", 1, "5.00")),
                good);

        assertThat(words(creations))
                .as("the one that was refused is told of the other, as if it had come later")
                .containsExactly("Created", "AlreadyCancelled", "new Created", "Created", "Created");
        assertThat(creations.get(4).result()).isEqualTo(creations.get(2).result());
        assertThat(creations.get(1).result()).isEqualTo(new AlreadyCancelled());
        assertThat(skus(id)).containsExactly("1B", "2C");
        assertThat(FIXTURE.history(id)).containsExactly("CREATED");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    void ofAReferenceThatIsUsedTwiceTheFirstOrderGetsIt() {
        CreateOrder first = referring("A");
        CreateOrder second = referring("B");
        CreateOrder other = order(Ids.next(), null, null, pending(9), null, "0 before", List.of(line("C", 1, "5.00")));
        List<Creation> creations = create(first, second, other);
        assertThat(words(creations)).containsExactly("new Created", "DuplicateReference", "new Created");
        assertThat(creations.get(1).result()).isEqualTo(new CreateOrderResult.DuplicateReference(first.orderId()));
    }

    private static CreateOrder referring(String sku) {
        return order(Ids.next(), null, null, pending(9), null, "a reference", List.of(line(sku, 1, "5.00")));
    }

    @Test
    void oneThatDoesNotAddUpLeavesNothingOfItsBatch() {
        CreateOrder good = order(Ids.next(), null, pending(9), line("A", 1, "5.00"));
        CreateOrder model = order(Ids.next(), null, pending(9), line("A", 1, "5.00"));
        OrderLine missing = line("B", 1, "1.00");
        CreateOrder wrong = new CreateOrder(
                model.orderId(),
                null,
                null,
                model.email(),
                List.of(model.lines().getFirst(), missing),
                model.subtotal(),
                model.tax(),
                model.includedTax(),
                model.shipping(),
                model.discount(),
                model.total(),
                model.adjustments(),
                model.shippingAddress(),
                model.billingAddress(),
                null,
                null,
                null,
                null,
                null,
                model.rules());
        assertThatThrownBy(() -> create(good, wrong))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("of order " + wrong.orderId() + " is not the sum of its lines");
        assertThat(skus(good.orderId())).isEmpty();
        assertThat(FIXTURE.history(good.orderId())).isEmpty();
    }

    @Test
    void anEarlierVersionOfTheProgramStillConfirmsAndNotesOneAtATime() {
        UUID id = FIXTURE.placed(null);
        UUID payment = Ids.next();
        assertThat(answer(
                        "SELECT c.status || c.version FROM confirm_order(:tenantId, :id, :payment, 'CARD') c",
                        id,
                        payment))
                .containsExactly("CONFIRMED3");
        assertThat(answer(
                        "SELECT n.payment_status FROM note_payment_status(:tenantId, :id, :payment, 'CAPTURED') n",
                        id,
                        payment))
                .containsExactly("CAPTURED");
        assertThat(answer(
                        "SELECT n.payment_status FROM note_payment_status(:tenantId, :id, :id, 'CAPTURED') n",
                        id,
                        payment))
                .isEmpty();
        assertThat(skus(id)).containsExactly("1A");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    private static List<String> answer(String sql, UUID id, UUID payment) {
        return FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                .sql(sql)
                .param("tenantId", FIXTURE.tenant)
                .param("id", id)
                .param("payment", payment)
                .query(String.class)
                .list()));
    }

    @Test
    void thePaymentsOfManyOrdersBecomeKnownTogether() {
        UUID first = FIXTURE.confirmed(null);
        UUID second = FIXTURE.confirmed(null);
        UUID stranger = Ids.next();
        PaymentStatusStore store = new PaymentStatusStore();

        List<String> noted = FIXTURE
                .asSystem(() -> FIXTURE.database.inTransaction(tx -> store.note(
                        tx,
                        List.of(
                                news(second, paymentOf(second), "CAPTURED"),
                                news(first, paymentOf(first), "CAPTURED"),
                                news(first, stranger, "REFUNDED"),
                                news(first, paymentOf(first), "CAPTURED"),
                                news(first, paymentOf(first), "SETTLED"),
                                news(first, paymentOf(first), "CAPTURED"),
                                news(stranger, stranger, "CAPTURED")))))
                .stream()
                .map(one -> one.map(known -> known.wasChanged() + " " + known.status() + " " + known.paymentStatus())
                        .orElse("unknown"))
                .toList();

        assertThat(noted)
                .containsExactly(
                        "true CONFIRMED CAPTURED",
                        "true CONFIRMED CAPTURED",
                        "unknown",
                        "false CONFIRMED CAPTURED",
                        "true CONFIRMED SETTLED",
                        "false CONFIRMED SETTLED",
                        "unknown");
        assertThat(FIXTURE.history(first)).containsExactly("CREATED", "PAID", "CONFIRMED");
    }

    private static PaymentStatusStore.News news(UUID order, UUID payment, String status) {
        return new PaymentStatusStore.News(order, payment, status);
    }

    private static UUID paymentOf(UUID order) {
        return FIXTURE.testDatabase
                .admin()
                .sql("SELECT payment_id FROM orders WHERE id = :id")
                .param("id", order)
                .query(UUID.class)
                .single();
    }
}
