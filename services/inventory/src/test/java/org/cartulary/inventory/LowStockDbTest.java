package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.inventory.StockForTests.line;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.inventory.ReorderPointsController.ReorderPointDraft;
import org.cartulary.inventory.StockAlerts.Alert;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@Tag("INV-05")
class LowStockDbTest {

    private StockForTests stock;
    private StockForTests.Shop shop;
    private RequestContext staff;

    @BeforeEach
    void open() {
        stock = new StockForTests();
        shop = stock.newShop();
        staff = Contexts.staff(shop.tenant, "stock:write", "stock:read");
    }

    @AfterEach
    void close() {
        stock.close();
    }

    @Test
    void anAlertIsOpenedOnceAndClosedWhenThereIsMoreAgain() {
        UUID product = watched(10, 4);
        UUID enough = watched(5, 4);
        shop.product(1);
        watch();
        assertThat(alerts(true)).isEmpty();

        shop.sold(line(product, 6));
        watch();
        watch();

        assertThat(alerts(false)).singleElement().satisfies(alert -> {
            assertThat(alert.productId()).isEqualTo(product).isNotEqualTo(enough);
            assertThat(alert.warehouse()).isEqualTo("main");
            assertThat(alert.available()).isEqualTo(4);
            assertThat(alert.reorderPoint()).isEqualTo(4);
            assertThat(alert.reorderQuantity()).isEqualTo(40);
        });
        assertThat(events()).containsExactly("stock.low.v1 " + product + " 4 4 40");

        shop.receive(null, product, 1);
        watch();
        assertThat(alerts(false)).isEmpty();
        assertThat(alerts(true))
                .singleElement()
                .satisfies(alert -> assertThat(alert.closedAt()).isAfterOrEqualTo(alert.openedAt()));

        shop.sold(line(product, 1));
        watch();
        assertThat(alerts(false)).hasSize(1);
        assertThat(events()).hasSize(2);
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void anAlertIsClosedWhenNobodyWatchesAnyMore() {
        UUID product = watched(3, 4);
        watch();
        assertThat(alerts(false)).hasSize(1);

        setReorderPoint(product, 2, 0);
        watch();
        assertThat(alerts(false)).isEmpty();
    }

    @Test
    void eachWarehouseHasAlertsOfItsOwnAndEachShopSeesItsOwn() {
        UUID product = watched(3, 4);
        shop.receive("north", product, 2);
        setReorderPoint(product, "north", 1, 2);
        StockForTests.Shop other = stock.newShop();
        watch();

        assertThat(alerts(false)).extracting(Alert::warehouse).containsExactlyInAnyOrder("main", "north");
        assertThat(Contexts.staff(other.tenant, "stock:read")
                        .supply(() -> stock.alerts.list(true, null, null))
                        .items())
                .isEmpty();
        assertProblem(other, alerts(false).getFirst().id());
    }

    @Test
    void whoeverTakesAnAlertOnFirstStaysNamed() {
        watched(3, 4);
        watch();
        UUID id = alerts(false).getFirst().id();

        Alert taken = staff.supply(() -> stock.alerts.acknowledge(id));
        Alert again = Contexts.staff(shop.tenant, "stock:write").supply(() -> stock.alerts.acknowledge(id));

        assertThat(taken.acknowledgedBy()).isEqualTo(staff.principal().id());
        assertThat(taken.acknowledgedAt()).isNotNull();
        assertThat(again).isEqualTo(taken);
        assertThat(alerts(false)).containsExactly(taken);
    }

    @Test
    void alertsAreListedNewestFirstPageByPage() {
        List<UUID> products = IntStream.range(0, 3)
                .mapToObj(i -> {
                    UUID product = watched(1, 1);
                    watch();
                    return product;
                })
                .toList();

        Page<Alert> first = staff.supply(() -> stock.alerts.list(false, 2, null));
        Page<Alert> second =
                staff.supply(() -> stock.alerts.list(false, 2, first.page().next()));

        assertThat(first.items()).extracting(Alert::productId).containsExactly(products.get(2), products.get(1));
        assertThat(second.items()).extracting(Alert::productId).containsExactly(products.get(0));
    }

    @Test
    void aRunThatIsCutOffIsContinuedByTheNext() {
        IntStream.range(0, 7).forEach(i -> watched(1, 1));
        WatchingStock shortRuns = new WatchingStock(stock.lowStock, stock.meters, 2, 1);

        for (int run = 1; run <= 4; run++) {
            RequestContext.ofSystem(null).run(shortRuns);
            assertThat(alerts(false)).hasSize(Math.min(7, 2 * run));
        }
        RequestContext.ofSystem(null).run(shortRuns);
        assertThat(alerts(false)).as("from the beginning again").hasSize(7);
        assertThat(events()).hasSize(7);
    }

    @Test
    void noStatementOpensASecondAlert() {
        watched(1, 1);
        watch();

        assertThatThrownBy(() -> stock.admin().sql(COPY_OF_ALERT).update())
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("uq_inventory_alerts_open");
    }

    @Test
    void aSecondOpenAlertIsFoundWhereTheGuardWasTakenAway() {
        watched(1, 1);
        watch();
        stock.admin().sql("DROP INDEX uq_inventory_alerts_open").update();
        stock.admin().sql(COPY_OF_ALERT).update();

        assertFound("open-alerts-once");
    }

    @Test
    void alertsThatDoNotFollowTheStockAreFound() {
        UUID product = watched(1, 1);
        watched(2, 1);
        stock.admin()
                .sql("UPDATE inventory SET updated_at = now() - interval '11 minutes' WHERE product_id = ?")
                .param(product)
                .update();

        assertFound("alerts-follow-stock");
        watch();
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void salesAreNotSlowedByAnIndexOfQuantities() {
        assertThat(stock.admin().sql("""
                                SELECT indexdef FROM pg_indexes
                                WHERE tablename = 'inventory' AND (indexdef LIKE '%available_quantity%'
                                   OR indexdef LIKE '%reserved_quantity%' OR indexdef LIKE '%version%')
                                """).query(String.class).list()).isEmpty();
    }

    @Test
    void whileMuchIsSoldAndReceivedNoAlertIsLostOrDoubled() throws InterruptedException {
        List<UUID> products =
                IntStream.range(0, 6).mapToObj(i -> watched(10, 5)).toList();
        double openedBefore = opened();

        Concurrently.run(9, thread -> {
                    Random random = new Random(thread);
                    for (int i = 0; i < 40; i++) {
                        if (thread < 3) {
                            watch();
                        } else {
                            trade(products.get(random.nextInt(products.size())), random);
                        }
                    }
                    return thread;
                })
                .valuesOrThrow();
        watch();

        Set<UUID> low = new HashSet<>(products);
        low.removeIf(product -> shop.quantities(product).available() > 5);
        assertThat(alerts(false)).extracting(Alert::productId).containsExactlyInAnyOrderElementsOf(low);
        assertThat(events()).hasSize((int) (opened() - openedBefore));
        assertThat(shop.rows("inventory_alerts")).isEqualTo((long) (opened() - openedBefore));
        assertThat(stock.broken()).isEmpty();
    }

    private void trade(UUID product, Random random) {
        if (random.nextBoolean()) {
            shop.receive(null, product, 1 + random.nextInt(3));
            return;
        }
        UUID order = Ids.next();
        if (shop.reserve(order, line(product, 1 + random.nextInt(4))) instanceof ReserveStockResult.Reserved) {
            if (random.nextBoolean()) {
                shop.confirm(order);
            } else {
                shop.release(order);
            }
        }
    }

    private static final String COPY_OF_ALERT = """
            INSERT INTO inventory_alerts (tenant_id, id, product_id, warehouse_id, available_quantity, reorder_point,
                                          reorder_quantity)
            SELECT tenant_id, gen_random_uuid(), product_id, warehouse_id, available_quantity, reorder_point,
                   reorder_quantity
            FROM inventory_alerts
            """;

    private UUID watched(int units, int reorderPoint) {
        UUID product = shop.product(units);
        setReorderPoint(product, 1, reorderPoint);
        return product;
    }

    private void setReorderPoint(UUID product, int version, int point) {
        setReorderPoint(product, "main", version, point);
    }

    private void setReorderPoint(UUID product, String warehouse, int version, int point) {
        staff.supply(() -> stock.reorderPoints.set(
                product, shop.warehouse(warehouse), "\"" + version + "\"", new ReorderPointDraft(point, 40)));
    }

    private void watch() {
        RequestContext.ofSystem(null).run(new WatchingStock(stock.lowStock, stock.meters));
    }

    private double opened() {
        return stock.meters.counter(WatchingStock.OPENED_METER).count();
    }

    private List<Alert> alerts(boolean closed) {
        return staff.supply(() -> stock.alerts.list(closed, null, null)).items();
    }

    private List<String> events() {
        return stock.admin().sql("""
                        SELECT format('%s %s %s %s %s', event_type, data ->> 'productId', data ->> 'available',
                                      data ->> 'reorderPoint', data ->> 'reorderQuantity')
                        FROM outbox_events
                        WHERE tenant_id = ? AND event_type LIKE 'stock.low.%'
                        """).param(shop.tenant).query(String.class).list();
    }

    private void assertFound(String invariant) {
        assertThat(stock.broken()).singleElement().satisfies(result -> {
            assertThat(result.name()).isEqualTo(invariant);
            assertThat(result.breaches()).isEqualTo(1);
            assertThat(result.examples()).singleElement().asString().contains(shop.tenant.toString());
        });
    }

    private void assertProblem(StockForTests.Shop other, UUID id) {
        assertThatThrownBy(() -> Contexts.staff(other.tenant, "stock:write").supply(() -> stock.alerts.acknowledge(id)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("stock-alert-not-found"));
    }
}
