package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.inventory.StockForTests.line;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.inventory.ConfirmReservationResult;
import org.cartulary.contracts.inventory.ReleaseReservationResult;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.inventory.StockForTests.Quantities;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("INV-02")
class ReservingStockConcurrencyTest {

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
    void ofFiftyWhoWantTheLastUnitOneGetsIt() throws InterruptedException {
        UUID product = shop.product(1);

        List<ReserveStockResult> results = Concurrently.run(50, () -> shop.reserve(Ids.next(), line(product, 1)))
                .valuesOrThrow();

        assertThat(results)
                .filteredOn(ReserveStockResult.Reserved.class::isInstance)
                .hasSize(1);
        assertThat(results)
                .filteredOn(ReserveStockResult.OutOfStock.class::isInstance)
                .hasSize(49);
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(0, 1));
    }

    @Test
    void manyOrdersOfTheSameProductsInAnyOrderNeitherDeadlockNorLoseAUnit() throws InterruptedException {
        List<UUID> products =
                IntStream.range(0, 5).mapToObj(i -> shop.product(400)).toList();
        double retriesBefore = retries();

        List<Integer> sold = Concurrently.run(32, thread -> workOn(products, new Random(thread)))
                .valuesOrThrow();

        int available = products.stream()
                .mapToInt(product -> shop.quantities(product).available())
                .sum();
        int reserved = products.stream()
                .mapToInt(product -> shop.quantities(product).reserved())
                .sum();
        assertThat(reserved).isZero();
        assertThat(available)
                .isEqualTo(5 * 400 - sold.stream().mapToInt(Integer::intValue).sum());
        assertThat(available).isNotNegative();
        assertThat(retries()).as("deadlocks").isEqualTo(retriesBefore);
    }

    /** Reserves ten orders and sells, releases or expires each; returns how many units were sold. */
    private int workOn(List<UUID> products, Random random) {
        int sold = 0;
        for (int i = 0; i < 10; i++) {
            List<UUID> shuffled = new ArrayList<>(products);
            Collections.shuffle(shuffled, random);
            StockLine[] lines = shuffled.subList(0, 1 + random.nextInt(5)).stream()
                    .map(product -> line(product, 1 + random.nextInt(4)))
                    .toArray(StockLine[]::new);
            UUID order = Ids.next();
            if (!(shop.reserve(order, lines) instanceof ReserveStockResult.Reserved)) {
                continue;
            }
            switch (random.nextInt(3)) {
                case 0 -> shop.release(order);
                case 1 -> {
                    shop.makeOverdue(order);
                    stock.store.expire(10);
                    shop.release(order);
                }
                default -> {
                    assertThat(shop.confirm(order)).isEqualTo(new ConfirmReservationResult.Confirmed());
                    for (StockLine line : lines) {
                        sold += line.quantity();
                    }
                }
            }
        }
        return sold;
    }

    @Test
    void theSameOrderReservedManyTimesAtOnceIsReservedOnce() throws InterruptedException {
        UUID product = shop.product(100);
        UUID order = Ids.next();

        List<ReserveStockResult> results = Concurrently.run(20, () -> shop.reserve(order, line(product, 3)))
                .valuesOrThrow();

        assertThat(results).allMatch(ReserveStockResult.Reserved.class::isInstance);
        assertThat(results).containsOnly(results.getFirst());
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(97, 3));
    }

    @Test
    void whateverAReservationAndItsReleaseMeetNothingStaysReserved() throws InterruptedException {
        UUID product = shop.product(100);
        for (int round = 0; round < 20; round++) {
            UUID order = Ids.next();
            Concurrently.run(4, thread -> thread % 2 == 0 ? shop.reserve(order, line(product, 1)) : shop.release(order))
                    .valuesOrThrow();
        }

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(100, 0));
    }

    @Test
    void theSameReservationReleasedManyTimesAtOnceIsGivenBackOnce() throws InterruptedException {
        UUID product = shop.product(100);
        UUID order = Ids.next();
        shop.reserve(order, line(product, 3));

        List<Object> results =
                shop.meetingAtReservation(order, 8, caller -> caller == 0 ? shop.confirm(order) : shop.release(order));

        assertThat(results.subList(1, 8)).containsOnly(new ReleaseReservationResult.Released());
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(100, 0));
    }

    @Test
    @Tag("INV-03")
    void ofAConfirmationAndAnExpiryOneWins() throws InterruptedException {
        UUID product = shop.product(1000);
        int sold = 0;
        for (int round = 0; round < 30; round++) {
            UUID order = Ids.next();
            shop.reserve(order, line(product, 1));
            shop.makeOverdue(order);

            List<Object> results = Concurrently.<Object>run(
                            2, thread -> thread == 0 ? shop.confirm(order) : stock.store.expire(10))
                    .valuesOrThrow();

            stock.store.expire(10);
            boolean confirmed = results.contains(new ConfirmReservationResult.Confirmed());
            sold += confirmed ? 1 : 0;
            assertThat(results.contains(new ConfirmReservationResult.NotOpen("EXPIRED")))
                    .isEqualTo(!confirmed);
        }

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(1000 - sold, 0));
    }

    @Test
    @Tag("INV-03")
    void aCustomerCannotExceedTheLimitByAskingAtOnce() throws InterruptedException {
        UUID product = shop.product(100);
        UUID customer = Ids.next();

        List<ReserveStockResult> results = Concurrently.run(
                        20, () -> shop.reserve(Ids.next(), customer, 5, line(product, 1)))
                .valuesOrThrow();

        assertThat(results)
                .filteredOn(ReserveStockResult.Reserved.class::isInstance)
                .hasSize(5);
        assertThat(results)
                .filteredOn(new ReserveStockResult.TooManyReservations(product, 5)::equals)
                .hasSize(15);
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(95, 5));
    }

    private static double retries() {
        return stock.test.meters().find("cartulary.database.retries").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
