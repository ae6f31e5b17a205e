package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.inventory.StockForTests.line;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.contracts.inventory.ConfirmReservationResult;
import org.cartulary.contracts.inventory.FindAvailability;
import org.cartulary.contracts.inventory.ReleaseReservationResult;
import org.cartulary.contracts.inventory.ReservationFact;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.ReserveStockResult.Shortage;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.inventory.StockForTests.Quantities;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReservingStockDbTest {

    private static StockForTests stock;
    private final StockForTests.Shop shop = stock.newShop();
    private final UUID order = Ids.next();

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
    @Tag("INV-02")
    @Tag("INV-04")
    void reservedUnitsAreNotAvailableAndTheLedgerSaysSo() {
        UUID product = shop.product(10);

        assertThat(shop.reserve(order, line(product, 3))).isInstanceOf(ReserveStockResult.Reserved.class);

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(7, 3));
        assertThat(shop.movements(product)).containsExactly("RESTOCK 10 0", "RESERVE -3 3");
    }

    @Test
    @Tag("INV-02")
    void anOrderThatIsShortOfOneProductReservesNothingAndWritesNothing() {
        UUID plenty = shop.product(10);
        UUID scarce = shop.product(2);
        UUID unknown = Ids.next();

        ReserveStockResult result = shop.reserve(order, line(plenty, 1), line(scarce, 3), line(unknown, 1));

        assertThat(result)
                .isEqualTo(new ReserveStockResult.OutOfStock(
                        Stream.of(new Shortage(scarce, 3, 2), new Shortage(unknown, 1, 0))
                                .sorted((one, other) -> one.productId()
                                        .toString()
                                        .compareTo(other.productId().toString()))
                                .toList()));
        assertThat(shop.quantities(plenty)).isEqualTo(new Quantities(10, 0));
        assertThat(shop.rows("inventory_reservations")).isZero();
        assertThat(shop.rows("inventory_reservation_lines")).isZero();
        assertThat(shop.rows("inventory_movements")).isEqualTo(2);
    }

    @Test
    void afterAShortageTheSameOrderMayBeReserved() {
        UUID product = shop.product(1);
        shop.reserve(order, line(product, 2));
        shop.receive(null, product, 1);

        assertThat(shop.reserve(order, line(product, 2))).isInstanceOf(ReserveStockResult.Reserved.class);
    }

    @Test
    @Tag("INV-02")
    void aRepeatedReservationAnswersTheSameAndReservesOnce() {
        UUID product = shop.product(10);

        ReserveStockResult first = shop.reserve(order, line(product, 4));
        assertThat(shop.reserve(order, line(product, 4))).isEqualTo(first);
        shop.confirm(order);
        assertThat(shop.reserve(order, line(product, 4))).isEqualTo(first);

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(6, 0));
    }

    @Test
    @Tag("INV-01")
    void aLineIsTakenFromSeveralWarehousesWhereOneHasTooLittle() {
        UUID product = shop.product("north", 3);
        shop.receive("south", product, 5);

        assertThat(shop.reserve(order, line(product, 7))).isInstanceOf(ReserveStockResult.Reserved.class);
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(1, 7));
        assertThat(shop.movements(product))
                .containsExactlyInAnyOrder("RESTOCK 3 0", "RESTOCK 5 0", "RESERVE -3 3", "RESERVE -4 4");
        shop.release(order);
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(8, 0));
    }

    @Test
    @Tag("INV-03")
    void aCustomerHasAtMostSoManyOpenReservationsOfAProduct() {
        UUID product = shop.product(100);
        UUID other = shop.product(100);
        UUID customer = Ids.next();
        UUID first = Ids.next();
        shop.reserve(first, customer, 2, line(product, 1));
        shop.reserve(Ids.next(), customer, 2, line(product, 1), line(other, 1));

        assertThat(shop.reserve(order, customer, 2, line(other, 1), line(product, 1)))
                .isEqualTo(new ReserveStockResult.TooManyReservations(product, 2));
        assertThat(shop.rows("inventory_reservations")).isEqualTo(2);
        assertThat(shop.reserve(Ids.next(), Ids.next(), 2, line(product, 1)))
                .as("another customer")
                .isInstanceOf(ReserveStockResult.Reserved.class);
        shop.confirm(first);
        assertThat(shop.reserve(order, customer, 2, line(product, 1)))
                .as("after one of them was sold")
                .isInstanceOf(ReserveStockResult.Reserved.class);
    }

    @Test
    @Tag("INV-02")
    @Tag("INV-04")
    void aConfirmedReservationIsSoldOnce() {
        UUID product = shop.product(10);
        shop.reserve(order, line(product, 4));

        assertThat(shop.confirm(order)).isEqualTo(new ConfirmReservationResult.Confirmed());
        assertThat(shop.confirm(order)).isEqualTo(new ConfirmReservationResult.Confirmed());

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(6, 0));
        assertThat(shop.movements(product)).containsExactly("RESTOCK 10 0", "RESERVE -4 4", "CONFIRM 0 -4");
    }

    @Test
    @Tag("INV-02")
    void aReleasedReservationIsAvailableAgainOnce() {
        UUID product = shop.product(10);
        shop.reserve(order, line(product, 4));

        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.Released());
        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.Released());

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(10, 0));
        assertThat(shop.movements(product)).containsExactly("RESTOCK 10 0", "RESERVE -4 4", "RELEASE 4 -4");
        assertThat(shop.confirm(order)).isEqualTo(new ConfirmReservationResult.NotOpen("RELEASED"));
        assertThat(shop.reserve(order, line(product, 4))).isEqualTo(new ReserveStockResult.AlreadyReleased());
    }

    @Test
    @Tag("INV-02")
    void aSoldReservationThatIsReleasedIsAvailableAgain() {
        UUID product = shop.product(10);
        shop.reserve(order, line(product, 4));
        shop.confirm(order);

        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.Released());

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(10, 0));
        assertThat(shop.movements(product))
                .containsExactly("RESTOCK 10 0", "RESERVE -4 4", "CONFIRM 0 -4", "RELEASE 4 0");
    }

    @Test
    @Tag("INV-02")
    void anOrderThatWasReleasedBeforeItWasReservedCanNoLongerBeReserved() {
        UUID product = shop.product(10);

        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.NothingHeld());
        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.NothingHeld());

        assertThat(shop.reserve(order, line(product, 1))).isEqualTo(new ReserveStockResult.AlreadyReleased());
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(10, 0));
    }

    @Test
    @Tag("INV-03")
    void anOverdueReservationExpiresAndStaysExpired() {
        UUID product = shop.product(10);
        UUID later = Ids.next();
        shop.reserve(order, line(product, 4));
        shop.reserve(later, line(product, 1));
        shop.makeOverdue(order);

        new ExpiringReservations(stock.store).run();

        assertThat(shop.quantities(product)).isEqualTo(new Quantities(9, 1));
        assertThat(shop.confirm(order)).isEqualTo(new ConfirmReservationResult.NotOpen("EXPIRED"));
        assertThat(shop.release(order)).isEqualTo(new ReleaseReservationResult.NothingHeld());
        assertThat(shop.reserve(order, line(product, 4))).isEqualTo(new ReserveStockResult.AlreadyReleased());
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(9, 1));
    }

    @Test
    void anOverdueReservationThatHasNotExpiredYetCanBeConfirmed() {
        UUID product = shop.product(10);
        shop.reserve(order, line(product, 4));
        shop.makeOverdue(order);

        assertThat(shop.confirm(order)).isEqualTo(new ConfirmReservationResult.Confirmed());
        assertThat(stock.store.expire(100)).isZero();
    }

    @Test
    @Tag("INV-03")
    void reservationsOfSeveralShopsAndProductsExpireTogether() {
        StockForTests.Shop otherShop = stock.newShop();
        UUID product = shop.product(10);
        UUID second = shop.product(10);
        UUID elsewhere = otherShop.product(10);
        for (int i = 0; i < 3; i++) {
            UUID due = Ids.next();
            shop.reserve(due, line(product, 1), line(second, 2));
            shop.makeOverdue(due);
            UUID dueElsewhere = Ids.next();
            otherShop.reserve(dueElsewhere, line(elsewhere, 3));
            otherShop.makeOverdue(dueElsewhere);
        }

        assertThat(stock.store.expire(100)).isEqualTo(6);

        assertThat(List.of(shop.quantities(product), shop.quantities(second), otherShop.quantities(elsewhere)))
                .containsOnly(new Quantities(10, 0));
    }

    @Test
    void anOrderWithoutReservationCannotBeConfirmed() {
        assertThat(shop.confirm(order)).isEqualTo(new ConfirmReservationResult.NotOpen("NONE"));
    }

    @Test
    void anOrderOfAnotherShopIsNotFoundAndItsStockNotSold() {
        UUID product = shop.product(10);
        shop.reserve(order, line(product, 4));
        StockForTests.Shop otherShop = stock.newShop();

        assertThat(otherShop.confirm(order)).isEqualTo(new ConfirmReservationResult.NotOpen("NONE"));
        assertThat(otherShop.reserve(Ids.next(), line(product, 1))).isInstanceOf(ReserveStockResult.OutOfStock.class);
        assertThat(shop.quantities(product)).isEqualTo(new Quantities(6, 4));
    }

    @Test
    @Tag("INV-06")
    void reservationsThatFailAreCounted() {
        double before = failures("out-of-stock");
        shop.reserve(order, line(shop.product(1), 2));

        assertThat(failures("out-of-stock")).isEqualTo(before + 1);
    }

    @Test
    void anOrderWithOneThousandOneHundredAndFourteenLinesIsReservedAndSold() {
        StockLine[] lines =
                IntStream.range(0, 1114).mapToObj(i -> line(shop.product(5), 2)).toArray(StockLine[]::new);

        assertThat(shop.reserve(order, lines)).isInstanceOf(ReserveStockResult.Reserved.class);
        assertThat(shop.confirm(order)).isEqualTo(new ConfirmReservationResult.Confirmed());

        assertThat(shop.quantities(lines[1113].productId())).isEqualTo(new Quantities(3, 0));
    }

    @Test
    void aProductThatIsAskedForTwiceIsRefused() {
        UUID product = shop.product(10);

        assertThatThrownBy(() -> shop.reserve(order, line(product, 1), line(product, 1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("once");
        assertThatThrownBy(() -> shop.reserve(order, line(product, 0))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> shop.reserve(order)).isInstanceOf(ProblemException.class);
    }

    @Test
    @Tag("INV-01")
    void availabilityIsThatOfAllWarehousesAndNoneForUnknownProducts() {
        UUID product = shop.product("north", 3);
        shop.receive("south", product, 5);
        UUID unknown = Ids.next();

        assertThat(Contexts.visitor(shop.tenant)
                        .supply(() -> stock.inventory.availability(new FindAvailability(List.of(product, unknown)))))
                .extracting(availability -> availability.productId() + " " + availability.available())
                .containsExactlyInAnyOrder(product + " 8", unknown + " 0");
        assertThat(Contexts.visitor(shop.tenant)
                        .supply(() -> new AvailabilityController(stock.store).availability(product)))
                .isEqualTo(new AvailabilityController.ProductAvailability(product, 8, true));
    }

    @Test
    void factsAreReadPageByPage() {
        UUID product = shop.product(10);
        for (int i = 0; i < 5; i++) {
            shop.reserve(Ids.next(), line(product, 2));
        }
        List<ReservationFact> all =
                stock.inventory.facts(new FactsAfter(null, null, 10_000)).facts();
        ReservationFact second = all.get(1);

        assertThat(all)
                .hasSizeGreaterThanOrEqualTo(5)
                .contains(new ReservationFact(shop.tenant, lastOrder(all), "OPEN", 2));
        assertThat(stock.inventory
                        .facts(new FactsAfter(second.tenantId(), second.orderId(), 2))
                        .facts())
                .isEqualTo(all.subList(2, 4));
    }

    private UUID lastOrder(List<ReservationFact> facts) {
        return facts.stream()
                .filter(fact -> fact.tenantId().equals(shop.tenant))
                .toList()
                .getLast()
                .orderId();
    }

    private static double failures(String reason) {
        return stock.meters
                .counter(ReservingStock.FAILED_METER, "reason", reason)
                .count();
    }
}
