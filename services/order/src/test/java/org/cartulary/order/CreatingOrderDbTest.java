package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.order.OrderFixture.gbp;
import static org.cartulary.order.OrderFixture.line;
import static org.cartulary.order.OrderFixture.order;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.CreateOrderResult.AlreadyCancelled;
import org.cartulary.contracts.order.CreateOrderResult.Created;
import org.cartulary.contracts.order.CreateOrderResult.DuplicateReference;
import org.cartulary.contracts.order.CreateOrderResult.Refused;
import org.cartulary.contracts.order.CreateOrderResult.Violation;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.contracts.tenant.OrderRules;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class CreatingOrderDbTest {

    private static final OrderFixture FIXTURE = new OrderFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static CreateOrderResult create(CreateOrder command) {
        return FIXTURE.asSystem(() -> FIXTURE.orders.create(command));
    }

    @Test
    @Tag("ORD-01")
    void keepsTheOrderWithItsLinesAddressesAndHistory() {
        UUID id = Ids.next();
        UUID product = Ids.next();
        OrderLine once = new OrderLine(
                product, "S", "Lamp", "/l.png", 3, gbp("4.10"), gbp("0.30"), gbp("0.60"), gbp("0"), gbp("12.30"), null);
        OrderLine again = new OrderLine(
                product, "S", "Lamp", null, 1, gbp("3.00"), gbp("0"), gbp("0"), gbp("0"), gbp("3.00"), null);
        CreateOrderResult result = create(order(id, null, null, OrderRules.DEFAULTS, null, null, List.of(once, again)));

        assertThat(result).isInstanceOf(Created.class);
        OrderView view = FIXTURE.asSystem(() -> new OrderDetails(FIXTURE.database, FIXTURE.sealing).find(id))
                .orElseThrow();
        assertThat(view.orderNumber()).isEqualTo(((Created) result).orderNumber());
        assertThat(view.total()).isEqualTo(gbp("19.80"));
        assertThat(view.items()).extracting(OrderView.Item::lineNumber).containsExactly(1, 2);
        assertThat(view.items().getFirst().tax()).isEqualTo(gbp("0.60"));
        assertThat(view.addresses().shipping())
                .isNotNull()
                .isEqualTo(view.addresses().billing());
        assertThat(view.history()).extracting(OrderView.StatusChange::to).containsExactly("CREATED");
        assertThat(FIXTURE.events(id)).containsExactly("order.placed.v1 1");
    }

    @Test
    @Tag("ORD-01")
    void theSecondCallAnswersAsTheFirstAndChangesNothing() {
        CreateOrder command = order(Ids.next(), Ids.next(), OrderFixture.WIDE, line("A", 1, "5.00"));
        CreateOrderResult first = create(command);
        assertThat(create(command)).isEqualTo(first);
        assertThat(FIXTURE.events(command.orderId())).hasSize(1);
        assertThat(FIXTURE.history(command.orderId())).hasSize(1);
    }

    @Test
    @Tag("ORD-01")
    void callsOfOneOrderAtTheSameTimeCreateItOnce() throws InterruptedException {
        CreateOrder command = order(Ids.next(), Ids.next(), OrderFixture.WIDE, line("A", 1, "5.00"));
        List<CreateOrderResult> results =
                Concurrently.run(8, () -> create(command)).valuesOrThrow();
        assertThat(results).hasSize(8);
        assertThat(results.stream().distinct()).singleElement().isInstanceOf(Created.class);
        assertThat(FIXTURE.events(command.orderId())).hasSize(1);
    }

    @Test
    @Tag("ORD-01")
    void linesThatDoNotAddUpAreRefusedByTheDatabase() {
        CreateOrder good = order(Ids.next(), null, OrderFixture.WIDE, line("A", 1, "5.00"), line("B", 1, "7.00"));
        CreateOrder bad = order(good.orderId(), null, OrderFixture.WIDE, line("A", 1, "5.00"));
        CreateOrder mixed = new CreateOrder(
                good.orderId(),
                null,
                null,
                "a@b.c",
                bad.lines(),
                good.subtotal(),
                good.tax(),
                good.includedTax(),
                good.shipping(),
                good.discount(),
                good.total(),
                good.adjustments(),
                good.shippingAddress(),
                good.billingAddress(),
                null,
                null,
                null,
                null,
                null,
                good.rules());
        assertThatThrownBy(() -> create(mixed)).isInstanceOf(DataIntegrityViolationException.class);
        OrderLine wrong = new OrderLine(
                Ids.next(), "A", "A", null, 2, gbp("5.00"), gbp("0"), gbp("0"), gbp("0"), gbp("9.99"), null);
        assertThatThrownBy(() -> create(order(Ids.next(), null, OrderFixture.WIDE, wrong)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    @Tag("ORD-01")
    void takesAnOrderOfMoreThanAThousandLines() {
        List<OrderLine> lines = IntStream.range(0, 1_114)
                .mapToObj(i -> line("SKU-" + i, 1 + i % 3, "1.25"))
                .toList();
        UUID id = Ids.next();
        Instant placedAt = Instant.parse("2010-12-01T08:26:00Z");
        CreateOrderResult result = create(order(id, null, null, OrderFixture.WIDE, placedAt, null, lines));
        assertThat(result).isEqualTo(new Created(number(id), placedAt));
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    private static String number(UUID id) {
        return FIXTURE.testDatabase
                .admin()
                .sql("SELECT order_number FROM orders WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    @Test
    @Tag("ORD-03")
    void anOrderNumberIsReadableAndRandom() {
        OrderNumbers numbers = new OrderNumbers();
        List<String> many =
                IntStream.range(0, 10_000).mapToObj(i -> numbers.next()).toList();
        assertThat(many).doesNotHaveDuplicates();
        assertThat(many)
                .allMatch(
                        number -> number.matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}"));
    }

    @Test
    @Tag("ORD-03")
    void anOrderNumberThatIsTakenIsReplacedByAnother() {
        Iterator<String> numbers =
                List.of("SAME-SAME-AA", "SAME-SAME-AA", "SAME-SAME-BB").iterator();
        CreatingOrder creating = new CreatingOrder(
                FIXTURE.database,
                new OrderStore(FIXTURE.json),
                FIXTURE.sealing,
                new Outbox(FIXTURE.database, FIXTURE.bus, FIXTURE.json),
                numbers::next);
        List<String> given = IntStream.range(0, 2)
                .mapToObj(i -> FIXTURE.asSystem(
                        () -> creating.create(order(Ids.next(), null, OrderFixture.WIDE, line("A", 1, "5.00")))))
                .map(result -> ((Created) result).orderNumber())
                .toList();
        assertThat(given).containsExactly("SAME-SAME-AA", "SAME-SAME-BB");
    }

    @Test
    @Tag("ORD-05")
    void anOrderThatBreaksRulesIsRefusedWithAllOfThem() {
        OrderRules rules = new OrderRules(new BigDecimal("10"), new BigDecimal("50"), 2, 1, 30);
        UUID customer = Ids.next();
        assertThat(codes(create(order(Ids.next(), customer, rules, line("A", 1, "1.00")))))
                .containsExactly("total-below-minimum");
        assertThat(create(order(Ids.next(), customer, rules, line("A", 1, "20.00"))))
                .isInstanceOf(Created.class);
        UUID refused = Ids.next();
        assertThat(codes(create(order(
                        refused,
                        customer,
                        rules,
                        line("A", 1, "20.00"),
                        line("B", 1, "20.00"),
                        line("C", 1, "20.00")))))
                .containsExactly("total-above-maximum", "too-many-lines", "too-many-pending-orders");
        assertThat(FIXTURE.events(refused)).isEmpty();
    }

    @Test
    @Tag("ORD-05")
    void theLimitOfPendingOrdersIsNotOutrun() throws InterruptedException {
        OrderRules rules = new OrderRules(BigDecimal.ZERO, new BigDecimal("10000"), 50, 3, 30);
        UUID customer = Ids.next();
        List<CreateOrderResult> results = onNodes(10, () -> order(Ids.next(), customer, rules, line("A", 1, "20.00")));
        assertThat(results.stream().filter(Created.class::isInstance)).hasSize(3);
        assertThat(results.stream().filter(Refused.class::isInstance)).hasSize(7);
    }

    /** What as many processes answer that are asked at once: within one of them, calls wait for one another anyway. */
    private static List<CreateOrderResult> onNodes(int count, Supplier<CreateOrder> command)
            throws InterruptedException {
        List<Databases> nodes = Stream.generate(
                        () -> new Databases(FIXTURE.testDatabase.settings(), new SimpleMeterRegistry()))
                .limit(count)
                .toList();
        try {
            Queue<OrderEndpoint> endpoints = new ConcurrentLinkedQueue<>();
            nodes.forEach(node -> endpoints.add(
                    new OrderConfiguration().orderEndpoint(node, FIXTURE.sealing, FIXTURE.bus, FIXTURE.json)));
            return Concurrently.run(count, () -> {
                        OrderEndpoint endpoint = Objects.requireNonNull(endpoints.poll());
                        return FIXTURE.asSystem(() -> endpoint.create(command.get()));
                    })
                    .valuesOrThrow();
        } finally {
            nodes.forEach(Databases::close);
        }
    }

    private static List<String> codes(CreateOrderResult result) {
        return ((Refused) result).violations().stream().map(Violation::code).toList();
    }

    @Test
    @Tag("ORD-01")
    void anExternalReferenceIsUsedOnceInAShop() throws InterruptedException {
        List<CreateOrderResult> results =
                Concurrently.run(6, () -> create(withReference("536365"))).valuesOrThrow();
        assertThat(results.stream().filter(Created.class::isInstance)).hasSize(1);
        assertThat(results.stream().filter(DuplicateReference.class::isInstance))
                .hasSize(5);
        assertThat(FIXTURE.<CreateOrderResult>as(
                        Contexts.newTenant(), () -> FIXTURE.orders.create(withReference("536365"))))
                .isInstanceOf(Created.class);
    }

    private static CreateOrder withReference(String reference) {
        return order(Ids.next(), null, null, OrderFixture.WIDE, null, reference, List.of(line("A", 1, "5.00")));
    }

    @Test
    @Tag("ORD-01")
    void anOrderThatWasCancelledBeforeItWasCreatedNeverIs() {
        UUID id = Ids.next();
        FIXTURE.asSystem(() -> FIXTURE.orders.cancel(new CancelOrder(id, "saga-gave-up")));
        assertThat(create(order(id, null, OrderFixture.WIDE, line("A", 1, "5.00"))))
                .isEqualTo(new AlreadyCancelled());
        assertThat(FIXTURE.events(id)).isEmpty();
        UUID later = FIXTURE.placed(null);
        FIXTURE.asSystem(() -> FIXTURE.orders.cancel(new CancelOrder(later, "saga-gave-up")));
        assertThat(create(order(later, null, OrderFixture.WIDE, line("A", 1, "5.00"))))
                .isEqualTo(new AlreadyCancelled());
    }

    @Test
    @Tag("ORD-01")
    void aCreationAndACancellationAtTheSameTimeLeaveNoLivingOrder() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            UUID id = Ids.next();
            Concurrently.run(
                            2,
                            index -> index == 0
                                    ? create(order(id, null, OrderFixture.WIDE, line("A", 1, "5.00")))
                                    : FIXTURE.asSystem(() -> FIXTURE.orders.cancel(new CancelOrder(id, "race"))))
                    .valuesOrThrow();
            assertThat(FIXTURE.history(id)).isIn(List.of(), List.of("CREATED", "CANCELLED"));
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-01")
    @Tag("ORD-05")
    void ordersThatAreDecidedTogetherAreDecidedOneAfterAnother() {
        OrderRules onePending = new OrderRules(BigDecimal.ZERO, new BigDecimal("10000"), 50, 1, 30);
        UUID customer = Ids.next();
        CreateOrder first = order(Ids.next(), customer, onePending, line("A", 1, "5.00"), line("B", 2, "7.00"));
        CreateOrder second = order(Ids.next(), customer, onePending, line("C", 1, "5.00"));
        CreateOrder third = order(Ids.next(), null, OrderFixture.WIDE, line("D", 3, "1.00"));
        CreateOrder referring = withReference("together");
        CreateOrder again = withReference("together");
        UUID gone = Ids.next();
        FIXTURE.asSystem(() -> FIXTURE.orders.cancel(new CancelOrder(gone, "saga-gave-up")));
        OrderStore store = new OrderStore(FIXTURE.json);
        CreateOrder late = order(gone, null, OrderFixture.WIDE, line("E", 1, "5.00"));
        List<OrderStore.NewOrder> orders = List.of(
                FIXTURE.sealed(first, "TOGE-THER-01"),
                FIXTURE.sealed(first, "TOGE-THER-02"),
                FIXTURE.sealed(second, "TOGE-THER-03"),
                FIXTURE.sealed(third, "TOGE-THER-01"),
                FIXTURE.sealed(referring, "TOGE-THER-05"),
                FIXTURE.sealed(again, "TOGE-THER-06"),
                FIXTURE.sealed(late, "TOGE-THER-07"));

        List<OrderStore.Creation> creations =
                FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> store.create(tx, orders)));

        assertThat(creations)
                .extracting(OrderStore.Creation::isNew)
                .containsExactly(true, false, false, false, true, false, false);
        assertThat(((Created) Objects.requireNonNull(creations.get(1).result())).orderNumber())
                .isEqualTo("TOGE-THER-01");
        assertThat(codes(Objects.requireNonNull(creations.get(2).result()))).containsExactly("too-many-pending-orders");
        assertThat(creations.get(3).result()).isNull();
        assertThat(creations.get(5).result()).isEqualTo(new DuplicateReference(referring.orderId()));
        assertThat(creations.get(6).result()).isEqualTo(new AlreadyCancelled());
        assertThat(skus(first.orderId())).containsExactly("A", "B");
        assertThat(skus(referring.orderId())).containsExactly("A");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    private static List<String> skus(UUID order) {
        return FIXTURE.testDatabase
                .admin()
                .sql("SELECT sku FROM order_items WHERE order_id = :id ORDER BY line_number")
                .param("id", order)
                .query(String.class)
                .list();
    }

    @Test
    @Tag("ORD-01")
    void amongManyTheOrderThatDoesNotAddUpFailsAloneAndEachEventHasTheTraceOfItsCaller() throws InterruptedException {
        OrderLine wrong = new OrderLine(
                Ids.next(), "A", "A", null, 2, gbp("5.00"), gbp("0"), gbp("0"), gbp("0"), gbp("9.99"), null);
        List<UUID> ids = Stream.generate(Ids::next).limit(24).toList();
        List<Boolean> created = Concurrently.run(ids.size(), index -> {
                    CreateOrder command = order(
                            ids.get(index), null, OrderFixture.WIDE, index % 10 == 5 ? wrong : line("A", 1, "5.00"));
                    try {
                        return RequestContext.ofSystem(FIXTURE.tenant, traceOf(command.orderId()))
                                        .supply(() -> FIXTURE.orders.create(command))
                                instanceof Created;
                    } catch (DataIntegrityViolationException refused) {
                        return false;
                    }
                })
                .valuesOrThrow();

        for (int i = 0; i < ids.size(); i++) {
            assertThat(created.get(i)).isEqualTo(i % 10 != 5);
            assertThat(FIXTURE.testDatabase
                            .admin()
                            .sql("SELECT trace_id FROM outbox_events WHERE aggregate_id = :id")
                            .param("id", ids.get(i))
                            .query(String.class)
                            .list())
                    .isEqualTo(i % 10 == 5 ? List.of() : List.of(traceOf(ids.get(i))));
        }
    }

    private static String traceOf(UUID order) {
        return order.toString().replace("-", "");
    }
}
