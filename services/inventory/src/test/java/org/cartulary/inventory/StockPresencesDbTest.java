package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.inventory.StockForTests.line;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.inventory.StockTurned;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What comes into stock and runs out is told of, once each time, in the transaction of the movement. */
@Tag("CAT-04")
class StockPresencesDbTest {

    private StockForTests stock;
    private StockForTests.Shop shop;

    @BeforeEach
    void open() {
        stock = new StockForTests();
        shop = stock.newShop();
    }

    @AfterEach
    void close() {
        assertThat(stock.broken()).isEmpty();
        stock.close();
    }

    private record Told(long version, boolean inStock) {}

    private List<Told> told(UUID product) {
        return stock.admin()
                .sql("""
                        SELECT aggregate_version, data::text AS data FROM outbox_events
                        WHERE tenant_id = ? AND aggregate_id = ? AND event_type = 'stock.turned.v1'
                        ORDER BY position
                        """)
                .params(shop.tenant, product)
                .query((row, number) -> {
                    StockTurned event = Objects.requireNonNull(
                            JsonMapper.shared().readValue(row.getString("data"), StockTurned.class));
                    assertThat(event.soldId()).isEqualTo(product);
                    return new Told(row.getLong("aggregate_version"), event.inStock());
                })
                .list();
    }

    private List<StockPresence> presences() {
        return new StockPresencesEndpoint(stock.test.database())
                .presences(new PresencesAfter(null, null, 100))
                .facts();
    }

    @Test
    void onlyWhatComesIntoStockAndWhatRunsOutIsToldOf() {
        UUID product = shop.product(3);
        UUID order = Ids.next();
        shop.reserve(order, line(product, 2));
        assertThat(told(product)).containsExactly(new Told(1, true));

        UUID last = Ids.next();
        shop.reserve(last, line(product, 1));
        assertThat(told(product)).containsExactly(new Told(1, true), new Told(2, false));
        assertThat(presences()).containsExactly(new StockPresence(shop.tenant, product, false, 2));

        shop.confirm(order);
        shop.reserve(Ids.next(), line(product, 1));
        assertThat(told(product)).hasSize(2);

        shop.release(last);
        shop.receive(null, product, 5);
        assertThat(told(product)).hasSize(3).last().isEqualTo(new Told(3, true));
        assertThat(presences()).containsExactly(new StockPresence(shop.tenant, product, true, 3));
    }

    @Test
    void everyWayOfTheStockIsToldOf() {
        UUID product = shop.product(2);
        UUID sold = shop.sold(line(product, 2));
        shop.restock(Ids.next(), sold, line(product, 1));
        UUID overdue = Ids.next();
        shop.reserve(overdue, line(product, 1));
        shop.makeOverdue(overdue);
        stock.store.expire(10);
        shop.release(sold);
        assertThat(told(product))
                .containsExactly(
                        new Told(1, true),
                        new Told(2, false),
                        new Told(3, true),
                        new Told(4, false),
                        new Told(5, true));
    }

    @Test
    void whatOneWarehouseHasIsInStockThoughAnotherRunsOut() {
        UUID product = shop.product("north", 1);
        shop.receive("south", product, 1);
        shop.reserve(Ids.next(), line(product, 1));
        assertThat(told(product)).containsExactly(new Told(1, true));

        shop.reserve(Ids.next(), line(product, 1));
        assertThat(told(product)).containsExactly(new Told(1, true), new Told(2, false));
    }

    @Test
    void whenTheLastPieceIsSoldAndRestockedAtOnceTheLastWordIsTheStock() throws InterruptedException {
        UUID product = shop.product("north", 1);
        shop.receive("south", product, 1);
        List<UUID> orders = IntStream.range(0, 12).mapToObj(i -> Ids.next()).toList();
        Random random = new Random(11);
        long[] seeds = IntStream.range(0, 12).mapToLong(i -> random.nextLong()).toArray();
        Concurrently.run(12, index -> {
                    Random own = new Random(seeds[index]);
                    for (int round = 0; round < 15; round++) {
                        UUID order = round == 0 ? orders.get(index) : Ids.next();
                        shop.reserve(order, line(product, 1 + own.nextInt(2)));
                        if (own.nextInt(4) == 0) {
                            shop.receive(own.nextBoolean() ? "north" : "south", product, 1);
                        }
                        shop.release(order);
                    }
                    return index;
                })
                .valuesOrThrow();

        List<Told> told = told(product);
        assertThat(told).hasSizeGreaterThan(1);
        assertThat(IntStream.range(0, told.size()).allMatch(i -> told.get(i).equals(new Told(i + 1, i % 2 == 0))))
                .isTrue();
        assertThat(told.getLast().inStock()).isEqualTo(shop.quantities(product).available() > 0);
    }

    @Test
    void ordersThatEmptyManyProductsAtOnceDoNotWaitForEachOtherInACircle() throws InterruptedException {
        List<UUID> products =
                IntStream.range(0, 6).mapToObj(i -> shop.product("north", 2)).toList();
        products.forEach(product -> shop.receive("south", product, 2));
        Concurrently.run(10, index -> {
                    List<UUID> turned = index % 2 == 0 ? products : products.reversed();
                    for (int round = 0; round < 10; round++) {
                        UUID order = Ids.next();
                        shop.reserve(
                                order,
                                turned.stream()
                                        .map(product -> line(product, 2))
                                        .toArray(org.cartulary.contracts.inventory.StockLine[]::new));
                        shop.release(order);
                    }
                    return index;
                })
                .valuesOrThrow();
        products.forEach(
                product -> assertThat(told(product).getLast().inStock()).isTrue());
    }

    @Test
    void itsPartitionIsTheOneThatTheProgramWouldChoose() {
        List<UUID> products =
                IntStream.range(0, 40).mapToObj(i -> UUID.randomUUID()).toList();
        products.forEach(product -> shop.receive(null, product, 1));
        products.forEach(product -> assertThat(stock.admin()
                        .sql("SELECT partition FROM outbox_events WHERE tenant_id = ? AND aggregate_id = ?")
                        .params(shop.tenant, product)
                        .query(Integer.class)
                        .single())
                .isEqualTo(Math.floorMod(product.hashCode(), 16)));
        assertThat(stock.admin()
                        .sql("SELECT id FROM outbox_events WHERE tenant_id = ?")
                        .params(shop.tenant)
                        .query(UUID.class)
                        .list())
                .allSatisfy(id -> {
                    assertThat(id.version()).isEqualTo(7);
                    assertThat(id.variant()).isEqualTo(2);
                    assertThat(Math.abs((id.getMostSignificantBits() >>> 16) - System.currentTimeMillis()))
                            .isLessThan(600_000);
                });
    }

    @Test
    void aCountThatIsWrongIsReported() {
        UUID product = shop.product(1);
        stock.admin()
                .sql("UPDATE inventory_presences SET warehouses = 2 WHERE product_id = ?")
                .params(product)
                .update();
        assertThat(stock.broken()).extracting(InvariantResult::name).containsExactly("presences-equal-stock");
        stock.admin()
                .sql("UPDATE inventory_presences SET warehouses = 1 WHERE product_id = ?")
                .params(product)
                .update();
    }
}
