package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.inventory.StockForTests.line;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.inventory.StockForTests.Quantities;
import org.cartulary.inventory.StockStore.ReserveRow;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Orders that are reserved in one transaction, and those of several processes, whose transactions meet. */
@Tag("INV-02")
class ReservingTogetherConcurrencyTest {

    private static final int NODES = 6;

    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    private static StockForTests stock;
    private static List<Databases> databases;
    private static List<StockStore> nodes;
    private final StockForTests.Shop shop = stock.newShop();

    @BeforeAll
    static void open() {
        stock = new StockForTests();
        databases = IntStream.range(0, NODES)
                .mapToObj(node -> new Databases(stock.test.settings(), METERS))
                .toList();
        nodes = databases.stream()
                .map(node -> new StockStore(node.open("inventory")))
                .toList();
    }

    @AfterAll
    static void close() {
        databases.forEach(Databases::close);
        assertThat(stock.broken()).isEmpty();
        stock.close();
    }

    private static ReserveStock order(StockLine... lines) {
        return order(Ids.next(), null, StockForTests.GENEROUS_LIMIT, lines);
    }

    private static ReserveStock order(UUID order, UUID customer, int maximumOpen, StockLine... lines) {
        return new ReserveStock(order, customer, Arrays.asList(lines), 5, maximumOpen);
    }

    private String reserve(StockStore node, ReserveStock command) {
        return Contexts.system(shop.tenant)
                .supply(() -> node.reserve(command).getFirst().outcome());
    }

    /** The answers to orders that are reserved in one transaction. */
    private List<String> together(ReserveStock... commands) {
        List<List<ReserveRow>> answers = Contexts.system(shop.tenant)
                .supply(() -> stock.test
                        .database()
                        .inTransaction(tx -> CoalescedStock.reserveAll(
                                tx,
                                Stream.of(commands)
                                        .map(command -> new Call<>(command, "f".repeat(32)))
                                        .toList())));
        return answers.stream().map(ReservingTogetherConcurrencyTest::text).toList();
    }

    private static String text(List<ReserveRow> rows) {
        ReserveRow first = rows.getFirst();
        return first.outcome().equals("OUT_OF_STOCK")
                ? first.outcome()
                        + rows.stream()
                                .map(row -> " " + row.available() + "/" + row.requested())
                                .toList()
                : first.outcome();
    }

    @Test
    void whoCameFirstIsServedFirstWithAllOrNothing() {
        UUID scarce = shop.product(3);
        UUID plenty = shop.product(100);

        assertThat(together(
                        order(line(scarce, 2), line(plenty, 1)),
                        order(line(plenty, 5), line(scarce, 2)),
                        order(line(scarce, 1)),
                        order(line(scarce, 1), line(plenty, 101)),
                        order(line(plenty, 4))))
                .containsExactly(
                        "RESERVED", "OUT_OF_STOCK[ 1/2]", "RESERVED", "OUT_OF_STOCK[ 0/1,  99/101]", "RESERVED");
        assertThat(shop.quantities(scarce)).isEqualTo(new Quantities(0, 3));
        assertThat(shop.quantities(plenty)).isEqualTo(new Quantities(95, 5));
        assertThat(shop.rows("inventory_reservations")).isEqualTo(3);
    }

    @Test
    void theSameOrderTwiceInOneTransactionIsReservedOnceAndTriedAgainIfItWasRefused() {
        UUID product = shop.product(3);
        UUID twice = Ids.next();
        UUID refusedFirst = Ids.next();

        assertThat(together(
                        order(twice, null, 9, line(product, 2)),
                        order(twice, null, 9, line(product, 2)),
                        order(refusedFirst, null, 9, line(product, 2)),
                        order(refusedFirst, null, 9, line(product, 1))))
                .containsExactly("RESERVED", "RESERVED", "OUT_OF_STOCK[ 1/2]", "RESERVED");
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(0, 3));
    }

    @Test
    @Tag("INV-03")
    void aCustomersOrdersOfOneTransactionCountAgainstTheLimit() {
        UUID product = shop.product(100);
        UUID other = shop.product(100);
        UUID customer = Ids.next();
        reserve(stock.store, order(Ids.next(), customer, 3, line(product, 1)));

        assertThat(together(
                        order(Ids.next(), customer, 3, line(product, 1)),
                        order(Ids.next(), customer, 3, line(other, 1)),
                        order(Ids.next(), customer, 3, line(product, 1)),
                        order(Ids.next(), customer, 3, line(product, 1), line(other, 1)),
                        order(Ids.next(), Ids.next(), 3, line(product, 1))))
                .containsExactly("RESERVED", "RESERVED", "RESERVED", "TOO_MANY", "RESERVED");
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(96, 4));
    }

    @Test
    void ordersOfOneTransactionShareWarehousesFromTheOldestOn() {
        UUID product = shop.product("north", 3);
        shop.receive("south", product, 3);

        assertThat(together(
                        order(line(product, 2)),
                        order(line(product, 3)),
                        order(line(product, 2)),
                        order(line(product, 1))))
                .containsExactly("RESERVED", "RESERVED", "OUT_OF_STOCK[ 1/2]", "RESERVED");
        assertThat(shop.movements(product).stream().filter(movement -> movement.startsWith("RESERVE")))
                .containsExactlyInAnyOrder("RESERVE -2 2", "RESERVE -1 1", "RESERVE -2 2", "RESERVE -1 1");
    }

    @Test
    void whatIsKnownAlreadyTakesNothingAndLeavesTheRestToTheOthers() {
        UUID product = shop.product(3);
        UUID reserved = Ids.next();
        UUID released = Ids.next();
        reserve(stock.store, order(reserved, null, 9, line(product, 1)));
        shop.release(released);

        assertThat(together(
                        order(released, null, 9, line(product, 2)),
                        order(line(product, 3)),
                        order(reserved, null, 9, line(product, 1)),
                        order(line(product, 2)),
                        order(released, null, 9, line(product, 1))))
                .containsExactly("ALREADY_RELEASED", "OUT_OF_STOCK[ 2/3]", "RESERVED", "RESERVED", "ALREADY_RELEASED");
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(0, 3));
    }

    @Test
    void linesOfSeveralWarehousesAreTakenWhereTheyLieAmongOthers() {
        UUID spread = shop.product("north", 2);
        shop.receive("south", spread, 4);
        shop.receive("west", spread, 5);
        UUID plain = shop.product("north", 9);

        assertThat(together(
                        order(line(spread, 1), line(plain, 1)),
                        order(line(plain, 2), line(spread, 7)),
                        order(line(spread, 3))))
                .containsExactly("RESERVED", "RESERVED", "RESERVED");
        assertThat(shop.movements(spread).stream().filter(movement -> movement.startsWith("RESERVE")))
                .containsExactlyInAnyOrder(
                        "RESERVE -1 1", "RESERVE -1 1", "RESERVE -4 4", "RESERVE -2 2", "RESERVE -3 3");
        assertThat(shop.quantities(plain)).isEqualTo(new Quantities(6, 3));
    }

    @Test
    void anOrderNamedTwiceToTheDatabaseIsRefusedAndNothingReserved() {
        UUID product = shop.product(5);
        UUID order = Ids.next();

        assertThatThrownBy(() -> Contexts.system(shop.tenant)
                        .supply(() -> stock.test
                                .database()
                                .inTransaction(tx -> tx.jdbc()
                                        .sql("""
                                SELECT outcome FROM reserve_orders(ARRAY[:order, :order]::uuid[], ARRAY[NULL, NULL]::uuid[],
                                    ARRAY[5, 5], ARRAY[9, 9], ARRAY[1, 2], ARRAY[:product, :product]::uuid[], ARRAY[1, 1])
                                """)
                                        .param("order", order)
                                        .param("product", product)
                                        .query(String.class)
                                        .list())))
                .hasStackTraceContaining("an order is reserved once at a time");
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(5, 0));
    }

    @Test
    void confirmationsOfOneTransactionAnswerEachOrderAsItIsAndSellSharedProductsOnce() {
        UUID product = shop.product(20);
        UUID other = shop.product(20);
        UUID first = Ids.next();
        UUID second = Ids.next();
        UUID released = Ids.next();
        UUID expired = Ids.next();
        UUID kept = Ids.next();
        together(
                order(first, null, 9, line(product, 1), line(other, 2)),
                order(second, null, 9, line(other, 3)),
                order(released, null, 9, line(product, 4)),
                order(expired, null, 9, line(product, 5)),
                order(kept, null, 9, line(product, 6)));
        shop.release(released);
        shop.makeOverdue(expired);
        stock.store.expire(10);

        assertThat(confirmTogether(second, Ids.next(), first, released, second, expired))
                .containsExactly("CONFIRMED", "NONE", "CONFIRMED", "RELEASED", "CONFIRMED", "EXPIRED");
        assertThat(confirmTogether(first, second)).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(13, 6));
        assertThat(shop.quantities(other)).isEqualTo(new Quantities(15, 0));
        assertThat(shop.movements(other).stream().filter(movement -> movement.startsWith("CONFIRM")))
                .containsExactlyInAnyOrder("CONFIRM 0 -2", "CONFIRM 0 -3");
    }

    /** The answers to confirmations of one transaction. */
    private List<String> confirmTogether(UUID... orders) {
        return Contexts.system(shop.tenant)
                .supply(() -> stock.test
                        .database()
                        .inTransaction(tx -> CoalescedStock.confirmAll(
                                tx,
                                Stream.of(orders)
                                        .map(order -> new Call<>(order, "f".repeat(32)))
                                        .toList())));
    }

    @Test
    void ofManyProcessesThatWantTheLastUnitOneGetsItAndTheOthersAnAnswer() throws InterruptedException {
        for (int round = 0; round < 15; round++) {
            UUID product = shop.product(1);
            List<String> outcomes = Concurrently.run(NODES, node -> reserve(nodes.get(node), order(line(product, 1))))
                    .valuesOrThrow();
            assertThat(outcomes).containsOnlyOnce("RESERVED").allMatch(List.of("RESERVED", "OUT_OF_STOCK")::contains);
            assertThat(shop.quantities(product)).isEqualTo(new Quantities(0, 1));
        }
    }

    @Test
    @Tag("INV-03")
    void aCustomerCannotExceedTheLimitByAskingManyProcesses() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            UUID product = shop.product(100);
            UUID customer = Ids.next();
            List<String> outcomes = Concurrently.run(
                            NODES, node -> reserve(nodes.get(node), order(Ids.next(), customer, 2, line(product, 1))))
                    .valuesOrThrow();
            assertThat(outcomes).filteredOn("RESERVED"::equals).hasSize(2);
            assertThat(shop.quantities(product)).isEqualTo(new Quantities(98, 2));
        }
    }

    @Test
    void ordersOfTheSameProductsInManyProcessesDoNotWaitForEachOtherInACircle() throws InterruptedException {
        List<UUID> products =
                IntStream.range(0, 6).mapToObj(i -> shop.product(1_000)).toList();

        Concurrently.run(NODES, node -> {
                    for (int i = 0; i < 15; i++) {
                        List<UUID> shuffled = new ArrayList<>(products);
                        Collections.shuffle(shuffled, new Random(node * 100L + i));
                        assertThat(reserve(
                                        nodes.get(node),
                                        order(shuffled.stream()
                                                .map(product -> line(product, 1))
                                                .toArray(StockLine[]::new))))
                                .isEqualTo("RESERVED");
                    }
                    return node;
                })
                .valuesOrThrow();

        assertThat(products).allMatch(product -> shop.quantities(product).reserved() == NODES * 15);
        assertThat(METERS.find("cartulary.database.retries").counters()).allMatch(counter -> counter.count() == 0);
    }

    @Test
    void aFlashSaleWithRepetitionsCancellationsAndOtherProductsAddsUp() throws InterruptedException {
        UUID hot = shop.product(150);
        List<UUID> others = List.of(shop.product(1_000), shop.product(1_000));
        AtomicInteger held = new AtomicInteger();

        Concurrently.run(48, thread -> {
                    Random random = new Random(thread);
                    StockStore node = nodes.get(thread % 2);
                    for (int i = 0; i < 8; i++) {
                        buy(node, random, hot, others, held);
                    }
                    return thread;
                })
                .valuesOrThrow();

        assertThat(shop.quantities(hot).available()).isNotNegative();
        assertThat(150 - shop.quantities(hot).available()).isEqualTo(held.get());
    }

    /** Reserves one of the hot product, often with others and twice, and keeps, sells or cancels it. */
    private void buy(StockStore node, Random random, UUID hot, List<UUID> others, AtomicInteger held) {
        List<StockLine> lines = new ArrayList<>(List.of(line(hot, 1)));
        others.subList(0, random.nextInt(3)).forEach(other -> lines.add(line(other, 1 + random.nextInt(3))));
        Collections.shuffle(lines, random);
        ReserveStock command = order(lines.toArray(StockLine[]::new));
        String outcome = reserve(node, command);
        if (random.nextInt(4) == 0 && outcome.equals("RESERVED")) {
            assertThat(reserve(nodes.get(random.nextInt(2)), command)).isEqualTo("RESERVED");
        }
        if (!outcome.equals("RESERVED")) {
            assertThat(outcome).isEqualTo("OUT_OF_STOCK");
            return;
        }
        Contexts.system(shop.tenant).supply(() -> switch (random.nextInt(3)) {
            case 0 -> node.release(command.orderId(), "cancelled");
            case 1 -> {
                held.incrementAndGet();
                yield node.confirm(command.orderId());
            }
            default -> {
                held.incrementAndGet();
                yield "OPEN";
            }
        });
    }
}
