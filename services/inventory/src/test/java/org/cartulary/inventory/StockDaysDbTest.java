package org.cartulary.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.inventory.StockForTests.line;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cartulary.inventory.StockController.StockAdjustment;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("INV-05")
class StockDaysDbTest {

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private StockForTests stock;
    private StockForTests.Shop shop;
    private RequestContext staff;

    @BeforeEach
    void open() {
        stock = new StockForTests();
        shop = stock.newShop();
        staff = Contexts.staff(shop.tenant, "stock:write", "stock:read");
        stock.admin()
                .sql("ALTER TABLE inventory_movements DISABLE TRIGGER refuse_change_of_movement")
                .update();
    }

    @AfterEach
    void close() {
        stock.close();
    }

    @Test
    void whatHappenedOnADayIsSummedOnce() {
        UUID product = shop.product("north", 20);
        shop.receive("south", product, 5);
        UUID sold = shop.sold(line(product, 6));
        shop.restock(Ids.next(), sold, line(product, 2));
        UUID released = Ids.next();
        shop.reserve(released, line(product, 3));
        shop.release(released);
        shop.release(shop.sold(line(product, 1)));
        staff.supply(() -> stock.controller.adjust(
                "k", new StockAdjustment(product, -4, null, "north", AdjustmentReason.DAMAGED)));
        sum();
        assertThat(days(product)).as("the day is not over").isEmpty();

        happenedDaysAgo(3);
        sum();
        sum();

        assertThat(days(product)).containsExactly(new StockDay(today.minusDays(3), 25, 3, 10, 3, 7, -4));
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void aStandStillIsCaughtUpWithDayByDayEmptyOnesToo() {
        UUID early = shop.product(5);
        happenedDaysAgo(9);
        UUID late = stock.newShop().product(5);
        stock.admin()
                .sql("UPDATE inventory_movements SET created_at = created_at - interval '2 days' WHERE product_id = ?")
                .param(late)
                .update();

        sum();

        assertThat(days(early)).extracting(StockDay::day).containsExactly(today.minusDays(9));
        assertThat(stock.admin()
                        .sql("SELECT count(*) FROM inventory_analytics_days WHERE day BETWEEN ? AND ?")
                        .params(today.minusDays(9), today.minusDays(2))
                        .query(Integer.class)
                        .single())
                .isEqualTo(8);
        assertThat(stock.admin()
                        .sql("SELECT count(*) FROM inventory_analytics")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void severalWhoSumAtOnceSumEachDayOnce() {
        UUID product = shop.product(5);
        happenedDaysAgo(20);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            stock.test.database().asWorker(tx -> {
                LocalDate first = tx.jdbc()
                        .sql("SELECT sum_movements_of_a_day()")
                        .query(LocalDate.class)
                        .single();
                for (int other = 0; other < 3; other++) {
                    threads.execute(this::sum);
                }
                stock.test.awaitLockWaits(3);
                return first;
            });
        }

        assertThat(days(product)).containsExactly(new StockDay(today.minusDays(20), 5, 0, 0, 0, 0, 0));
        assertThat(stock.broken()).isEmpty();
    }

    @Test
    void sumsThatTheLedgerDoesNotExplainAreFound() {
        shop.product(5);
        happenedDaysAgo(3);
        sum();
        stock.admin().sql("UPDATE inventory_analytics SET received_units = 6").update();

        assertThat(stock.broken()).singleElement().satisfies(result -> {
            assertThat(result.name()).isEqualTo("days-equal-movements");
            assertThat(result.breaches()).isEqualTo(1);
            assertThat(result.examples()).singleElement().asString().contains(shop.tenant.toString());
        });
    }

    @Test
    void aPeriodIsAtMostTwoYears() {
        UUID product = shop.product(5);

        for (LocalDate to : List.of(today.minusDays(1), today.plusYears(2))) {
            assertThatThrownBy(() -> staff.supply(() -> stock.days.find(product, today, to)))
                    .isInstanceOf(ProblemException.class);
        }
    }

    private void happenedDaysAgo(int days) {
        stock.admin()
                .sql("UPDATE inventory_movements SET created_at = created_at - make_interval(days => ?)")
                .param(days)
                .update();
    }

    private void sum() {
        new SummingDays(stock.stockDays).run();
    }

    private List<StockDay> days(UUID product) {
        return staff.supply(() -> stock.days.find(product, today.minusDays(30), today))
                .items();
    }
}
