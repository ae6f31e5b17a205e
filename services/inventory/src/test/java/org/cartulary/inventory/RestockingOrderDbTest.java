package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.inventory.StockForTests.line;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.inventory.ReleaseReservationResult;
import org.cartulary.contracts.inventory.RestockOrderResult;
import org.cartulary.contracts.inventory.RestockOrderResult.MoreThanSold;
import org.cartulary.contracts.inventory.RestockOrderResult.NotSold;
import org.cartulary.contracts.inventory.RestockOrderResult.Restocked;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.inventory.StockForTests.Quantities;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("INV-02")
@Tag("INV-04")
class RestockingOrderDbTest {

    private static StockForTests stock;
    private final StockForTests.Shop shop = stock.newShop();

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
    void whatCameBackCanBeSoldAgainAndTheLedgerSaysWhy() {
        UUID product = shop.product(10);
        UUID order = shop.sold(line(product, 4));

        assertThat(shop.restock(Ids.next(), order, line(product, 3))).isEqualTo(new Restocked());

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(9, 0));
        assertThat(shop.movements(product))
                .containsExactly("RESTOCK 10 0", "RESERVE -4 4", "CONFIRM 0 -4", "RESTOCK 3 0");
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void theSameRestockTakesEffectOnceEvenAfterTheOrderWasReleased() {
        UUID product = shop.product(10);
        UUID order = shop.sold(line(product, 4));
        UUID restock = Ids.next();

        assertThat(shop.restock(restock, order, line(product, 2))).isEqualTo(new Restocked());
        assertThat(shop.restock(restock, order, line(product, 2))).isEqualTo(new Restocked());
        shop.release(order);
        assertThat(shop.restock(restock, order, line(product, 2))).isEqualTo(new Restocked());

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(10, 0));
    }

    @Test
    void theIdOfAnotherOrdersRestockIsRefused() {
        UUID product = shop.product(10);
        UUID restock = Ids.next();
        shop.restock(restock, shop.sold(line(product, 1)), line(product, 1));
        UUID other = shop.sold(line(product, 2));

        assertThatThrownBy(() -> shop.restock(restock, other, line(product, 1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("restock-id-reused"));
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(8, 0));
    }

    @Test
    void moreThanWasSoldIsRefusedWithAllItsLines() {
        UUID product = shop.product(10);
        UUID other = shop.product(10);
        UUID order = shop.sold(line(product, 4), line(other, 2));
        UUID stranger = shop.product(1);
        shop.restock(Ids.next(), order, line(product, 3));

        assertThat(shop.restock(Ids.next(), order, line(other, 1), line(product, 2)))
                .isEqualTo(new MoreThanSold(product, 2, 1));
        assertThat(shop.restock(Ids.next(), order, line(other, 1), line(stranger, 1)))
                .isEqualTo(new MoreThanSold(stranger, 1, 0));

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(9, 0));
        assertThat(shop.quantities(other)).isEqualTo(new Quantities(8, 0));
    }

    @Test
    void aRefusedRestockMayBeCorrectedUnderItsId() {
        UUID product = shop.product(10);
        UUID order = shop.sold(line(product, 4));
        UUID restock = Ids.next();

        assertThat(shop.restock(restock, order, line(product, 5))).isEqualTo(new MoreThanSold(product, 5, 4));
        assertThat(shop.restock(restock, order, line(product, 4))).isEqualTo(new Restocked());
    }

    @Test
    void whatIsNotSoldIsNotRestocked() {
        UUID product = shop.product(10);
        UUID open = Ids.next();
        shop.reserve(open, line(product, 1));
        UUID released = shop.sold(line(product, 1));
        shop.release(released);

        assertThat(shop.restock(Ids.next(), open, line(product, 1))).isEqualTo(new NotSold("OPEN"));
        assertThat(shop.restock(Ids.next(), released, line(product, 1))).isEqualTo(new NotSold("RELEASED"));
        assertThat(shop.restock(Ids.next(), Ids.next(), line(product, 1))).isEqualTo(new NotSold("NONE"));
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(9, 1));
    }

    @Test
    void unitsGoBackToTheWarehousesTheyCameFrom() {
        UUID product = shop.product("first", 3);
        shop.receive("second", product, 5);
        UUID order = shop.sold(line(product, 6));
        assertThat(perWarehouse(product)).containsExactly("first 0", "second 2");

        shop.restock(Ids.next(), order, line(product, 2));
        assertThat(perWarehouse(product)).containsExactly("first 2", "second 2");
        shop.restock(Ids.next(), order, line(product, 3));
        assertThat(perWarehouse(product)).containsExactly("first 3", "second 4");
        shop.release(order);
        assertThat(perWarehouse(product)).containsExactly("first 3", "second 5");
    }

    @Test
    void aReleaseAfterARestockGivesBackOnlyTheRest() {
        UUID product = shop.product(10);
        UUID other = shop.product(10);
        UUID order = shop.sold(line(product, 4), line(other, 2));
        shop.restock(Ids.next(), order, line(product, 1), line(other, 2));

        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.Released());
        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.Released());

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(10, 0));
        assertThat(shop.quantities(other)).isEqualTo(new Quantities(10, 0));
        assertThat(shop.movements(product)).endsWith("RESTOCK 1 0", "RELEASE 3 0");
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void aReleaseOfWhatIsRestockedEntirelyMovesNothing() {
        UUID product = shop.product(10);
        UUID order = shop.sold(line(product, 4));
        shop.restock(Ids.next(), order, line(product, 4));

        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.Released());

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(10, 0));
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void moreUnitsThanCanBeCountedAreRefusedAndMayComeBackLater() {
        UUID product = shop.product(10);
        UUID order = shop.sold(line(product, 4));
        shop.receive(null, product, Integer.MAX_VALUE - 7);
        UUID restock = Ids.next();

        assertTooGreat(() -> shop.restock(restock, order, line(product, 2)));
        assertTooGreat(() -> shop.release(order));
        assertThat(shop.restock(restock, order, line(product, 1))).isEqualTo(new Restocked());
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(Integer.MAX_VALUE, 0));
    }

    private static void assertTooGreat(Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("stock-too-great"));
    }

    @Test
    void linesThatMeanNothingAreRefused() {
        UUID product = shop.product(10);
        UUID order = shop.sold(line(product, 4));

        for (StockLine[] lines : List.of(
                new StockLine[] {},
                new StockLine[] {line(product, 0)},
                new StockLine[] {line(product, -1)},
                new StockLine[] {line(product, 1), line(product, 1)})) {
            assertThatThrownBy(() -> shop.restock(Ids.next(), order, lines))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code()).isEqualTo("invalid-request"));
        }
    }

    @Test
    void ofManyWhoRestockAtOnceNoMoreSucceedThanWereSold() throws InterruptedException {
        UUID product = shop.product(100);
        UUID order = shop.sold(line(product, 7));

        List<RestockOrderResult> results =
                shop.meetingAtStock(product, 20, caller -> shop.restock(Ids.next(), order, line(product, 2)));

        assertThat(results).filteredOn(Restocked.class::isInstance).hasSize(3);
        assertThat(results).filteredOn(new MoreThanSold(product, 2, 1)::equals).hasSize(17);
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(99, 0));
    }

    @Test
    void theSameRestockManyTimesAtOnceTakesEffectOnce() throws InterruptedException {
        UUID product = shop.product(100);
        UUID order = shop.sold(line(product, 7));
        UUID restock = Ids.next();

        List<RestockOrderResult> results = Concurrently.run(20, () -> shop.restock(restock, order, line(product, 2)))
                .valuesOrThrow();

        assertThat(results).containsOnly(new Restocked());
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(95, 0));
    }

    @Test
    void whateverARestockAndAReleaseMeetEachUnitComesBackOnce() throws InterruptedException {
        UUID product = shop.product(100);
        UUID other = shop.product(100);
        for (int round = 0; round < 20; round++) {
            UUID order = shop.sold(line(product, 3), line(other, 2));

            List<Object> results = Concurrently.<Object>run(
                            4,
                            thread -> thread == 0
                                    ? shop.release(order)
                                    : shop.restock(Ids.next(), order, line(other, 1), line(product, 1)))
                    .valuesOrThrow();

            assertThat(results).contains(new ReleaseReservationResult.Released());
            assertThat(results)
                    .allMatch(result -> result instanceof ReleaseReservationResult.Released
                            || result instanceof Restocked
                            || result instanceof MoreThanSold
                            || result.equals(new NotSold("RELEASED")));
            assertThat(shop.quantities(product)).isEqualTo(new Quantities(100, 0));
            assertThat(shop.quantities(other)).isEqualTo(new Quantities(100, 0));
        }
    }

    @Test
    void restocksOfManyOrdersInAnyOrderOfTheirLinesNeitherDeadlockNorLoseAUnit() throws InterruptedException {
        List<UUID> products =
                IntStream.range(0, 5).mapToObj(i -> shop.product(1000)).toList();
        double before = retries();

        List<Integer> sold = Concurrently.run(16, thread -> {
                    Random random = new Random(thread);
                    int rest = 0;
                    for (int i = 0; i < 5; i++) {
                        StockLine[] lines = products.stream()
                                .map(product -> line(product, 3))
                                .toArray(StockLine[]::new);
                        UUID order = shop.sold(lines);
                        UUID first = products.get(random.nextInt(5));
                        UUID second = products.get(random.nextInt(5));
                        shop.restock(Ids.next(), order, line(first, 2));
                        shop.restock(Ids.next(), order, line(second, 1));
                        rest += 5 * 3 - 3;
                    }
                    return rest;
                })
                .valuesOrThrow();

        int available = products.stream()
                .mapToInt(product -> shop.quantities(product).available())
                .sum();
        assertThat(available)
                .isEqualTo(5 * 1000 - sold.stream().mapToInt(Integer::intValue).sum());
        assertThat(retries()).as("deadlocks").isEqualTo(before);
    }

    private List<String> perWarehouse(UUID product) {
        return stock.admin()
                .sql("""
                        SELECT format('%s %s', w.name, i.available_quantity)
                        FROM inventory i
                        JOIN warehouses w ON w.tenant_id = i.tenant_id AND w.id = i.warehouse_id
                        WHERE i.tenant_id = ? AND i.product_id = ?
                        ORDER BY w.name
                        """)
                .params(shop.tenant, product)
                .query(String.class)
                .list();
    }

    private static double retries() {
        return stock.test.meters().find("cartulary.database.retries").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
