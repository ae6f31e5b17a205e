package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.inventory.StockForTests.line;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.inventory.StockAllocationController.AllocationChoice;
import org.cartulary.inventory.StockForTests.Quantities;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Orders that go to one warehouse where one has all of them. */
@Tag("INV-02")
class SingleWarehouseFirstDbTest {

    private static final int NODES = 4;
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    private static StockForTests stock;
    private static List<Databases> databases;
    private static List<StockStore> nodes;
    private final StockForTests.Shop shop = stock.newShop();
    private final RequestContext staff = Contexts.staff(shop.tenant, "stock:write", "stock:read");
    private final UUID lamp = Ids.next();
    private final UUID rug = Ids.next();

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

    /** The oldest comes last. */
    @BeforeEach
    void openWarehouses() {
        List.of("c", "b", "a")
                .forEach(name -> staff.supply(() ->
                        stock.warehouses.open(new WarehouseDraft(name, "abc".indexOf(name.charAt(0)), null, null))));
        decide(0, AllocationRule.SINGLE_WAREHOUSE_FIRST);
    }

    @Test
    void anOrderGoesToTheFirstWarehouseThatHasAllOfIt() {
        receive(lamp, 5, 5, 5);
        receive(rug, 1, 0, 5);

        assertThat(reserved(line(lamp, 2), line(rug, 2))).containsExactly("c 2 lamp", "c 2 rug");
        assertThat(reserved(line(lamp, 1))).containsExactly("a 1 lamp");
        assertThat(reserved(line(rug, 1), line(lamp, 4))).containsExactly("a 1 rug", "a 4 lamp");
        assertThat(reserved(line(lamp, 5))).containsExactly("b 5 lamp");
    }

    @Test
    void anOrderThatNoWarehouseHasAllOfIsServedByPriority() {
        receive(lamp, 2, 3, 1);
        receive(rug, 0, 0, 4);

        assertThat(reserved(line(lamp, 4))).containsExactly("a 2 lamp", "b 2 lamp");
        assertThat(reserved(line(rug, 1), line(lamp, 2))).containsExactly("b 1 lamp", "c 1 lamp", "c 1 rug");
        assertThat(together(List.of(order(line(lamp, 1))))).containsExactly("OUT_OF_STOCK");
        assertThat(shop.quantities(lamp)).isEqualTo(new Quantities(0, 6));
    }

    @Test
    void ofOrdersOfOneTransactionEachFindsWhatTheOnesBeforeHaveLeft() {
        receive(lamp, 3, 3, 0);
        receive(rug, 3, 3, 9);
        List<ReserveStock> orders = List.of(
                order(line(lamp, 2)),
                order(line(lamp, 2), line(rug, 2)),
                order(line(rug, 2), line(lamp, 2)),
                order(line(lamp, 3)),
                order(line(rug, 9)));

        assertThat(together(orders)).containsExactly("RESERVED", "RESERVED", "RESERVED", "OUT_OF_STOCK", "RESERVED");
        assertThat(orders.stream().map(order -> lines(order.orderId())).toList())
                .containsExactly(
                        List.of("a 2 lamp"),
                        List.of("b 2 lamp", "b 2 rug"),
                        List.of("a 1 lamp", "a 2 rug", "b 1 lamp"),
                        List.of(),
                        List.of("c 9 rug"));
    }

    @Test
    void theRuleIsChosenAndLeftLikeTheOthers() {
        receive(lamp, 1, 0, 3);

        assertThat(allocation().rule()).isEqualTo(AllocationRule.SINGLE_WAREHOUSE_FIRST);
        decide(1, AllocationRule.BY_PRIORITY);
        assertThat(reserved(line(lamp, 2))).containsExactly("a 1 lamp", "c 1 lamp");
        decide(2, AllocationRule.SINGLE_WAREHOUSE_FIRST);
        decide(3, AllocationRule.OLDEST_FIRST);
        assertThat(allocation()).isEqualTo(new StockAllocation.Decided(AllocationRule.OLDEST_FIRST, 4));
        assertThat(stock.admin()
                        .sql("SELECT single_warehouse_first FROM inventory_settings WHERE tenant_id = ?")
                        .param(shop.tenant)
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void aRepeatedOrderIsAnsweredAsBeforeAndACustomersLimitHolds() {
        receive(lamp, 9, 9, 9);
        ReserveStock order = order(line(lamp, 2));
        UUID customer = Ids.next();

        assertThat(together(List.of(order, order(line(lamp, 1)), order))).containsOnly("RESERVED");
        assertThat(together(List.of(order, of(customer, 1), of(customer, 1))))
                .containsExactly("RESERVED", "RESERVED", "TOO_MANY");
        assertThat(shop.quantities(lamp)).isEqualTo(new Quantities(23, 4));
    }

    @Test
    void howeverManyBuyAtOnceEachOrderIsOneParcelAndNoUnitIsSoldTwice() throws InterruptedException {
        List<UUID> products = IntStream.range(0, 4).mapToObj(i -> Ids.next()).toList();
        products.forEach(product -> receive(product, 40, 40, 40));

        List<Integer> bought = Concurrently.run(NODES * 4, thread -> buyUntilSoldOut(thread, products))
                .valuesOrThrow();

        assertThat(bought.stream().mapToInt(Integer::intValue).sum()).isEqualTo(120);
        assertThat(products)
                .allSatisfy(product -> assertThat(shop.quantities(product)).isEqualTo(new Quantities(0, 120)));
        assertThat(stock.admin()
                        .sql("""
                        SELECT count(*) FROM (SELECT FROM inventory_reservation_lines WHERE tenant_id = ?
                                              GROUP BY order_id HAVING count(DISTINCT warehouse_id) > 1) AS split
                        """)
                        .param(shop.tenant)
                        .query(Integer.class)
                        .single())
                .as("as many of each as of the others are left anywhere, so that each order is in one place")
                .isZero();
        assertThat(METERS.find("cartulary.database.retries").counters()).allMatch(counter -> counter.count() == 0);
    }

    private int buyUntilSoldOut(int buyer, List<UUID> products) {
        Random random = new Random(buyer);
        int bought = 0;
        while (true) {
            List<UUID> shuffled = new ArrayList<>(products);
            Collections.shuffle(shuffled, random);
            ReserveStock order =
                    order(shuffled.stream().map(product -> line(product, 1)).toArray(StockLine[]::new));
            String outcome = Contexts.system(shop.tenant)
                    .supply(() ->
                            nodes.get(buyer % NODES).reserve(order).getFirst().outcome());
            if (!outcome.equals("RESERVED")) {
                assertThat(outcome).isEqualTo("OUT_OF_STOCK");
                return bought;
            }
            bought++;
        }
    }

    private static ReserveStock order(StockLine... lines) {
        return new ReserveStock(Ids.next(), null, List.of(lines), 5, StockForTests.GENEROUS_LIMIT);
    }

    private ReserveStock of(UUID customer, int maximumOpen) {
        return new ReserveStock(Ids.next(), customer, List.of(line(lamp, 1)), 5, maximumOpen);
    }

    private List<String> together(List<ReserveStock> orders) {
        return Contexts.system(shop.tenant)
                .supply(() -> stock.test
                        .database()
                        .inTransaction(tx -> CoalescedStock.reserveAll(
                                tx,
                                orders.stream()
                                        .map(command -> new Call<>(command, "f".repeat(32)))
                                        .toList())))
                .stream()
                .map(rows -> rows.getFirst().outcome())
                .toList();
    }

    /** From where the lines of an order are taken that is reserved. */
    private List<String> reserved(StockLine... lines) {
        ReserveStock order = order(lines);
        assertThat(together(List.of(order))).containsExactly("RESERVED");
        return lines(order.orderId());
    }

    private List<String> lines(UUID order) {
        return stock.admin()
                .sql("""
                        SELECT format('%s %s %s', w.name, l.quantity,
                                      CASE l.product_id WHEN :lamp THEN 'lamp' ELSE 'rug' END) AS line
                        FROM inventory_reservation_lines l
                        JOIN warehouses w ON w.tenant_id = l.tenant_id AND w.id = l.warehouse_id
                        WHERE l.tenant_id = :tenant AND l.order_id = :order
                        ORDER BY line
                        """)
                .param("lamp", lamp)
                .param("tenant", shop.tenant)
                .param("order", order)
                .query(String.class)
                .list();
    }

    /** Into the warehouses a, b and c. */
    private void receive(UUID product, int... units) {
        for (int i = 0; i < units.length; i++) {
            if (units[i] > 0) {
                shop.receive(List.of("a", "b", "c").get(i), product, units[i]);
            }
        }
    }

    private StockAllocation.Decided allocation() {
        return staff.supply(stock.allocation::find).getBody();
    }

    private void decide(long version, AllocationRule rule) {
        staff.supply(() -> stock.allocation.decide("\"" + version + "\"", new AllocationChoice(rule)));
    }
}
