package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.cartulary.order.OrderFixture.line;
import static org.cartulary.order.OrderFixture.order;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.order.OrderReports.Total;
import org.cartulary.order.SalesReports.Report;
import org.cartulary.order.SalesReports.Sales;
import org.cartulary.order.SalesReports.Seller;
import org.cartulary.order.SalesReports.Step;
import org.cartulary.order.SalesReports.Sum;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a shop sold, day by day and product by product. */
@Tag("ORD-04")
class SalesReportsDbTest {

    private static final OrderFixture SHOP = new OrderFixture();
    private static final SalesReports REPORTS = new SalesReports(SHOP.database);
    private static final OrderLine LAMP = line("LAMP", 2, "10.00");
    private static final OrderLine RUG = line("RUG", 1, "70.00");

    /** Of a lamp order buyers pay 24.50, of a rug order 74.50: 2.00 of tax, 3.50 of shipping, a pound off. */
    @BeforeAll
    static void sell() {
        UUID first = sold("2026-03-01T10:00:00Z", LAMP);
        sold("2026-03-01T23:30:00Z", RUG);
        UUID third = sold("2026-03-03T10:00:00Z", LAMP, RUG);
        UUID cancelled = sold("2026-03-03T11:00:00Z", RUG);
        placed("2026-03-03T12:00:00Z", RUG);
        sold("2026-03-30T12:00:00Z", LAMP);
        givenBack(first, "4.00", "COMPLETED", "2026-03-03T09:00:00Z");
        givenBack(first, "1.50", "COMPLETED", "2026-03-20T09:00:00Z");
        givenBack(third, "5.00", "REFUSED", "2026-03-03T09:00:00Z");
        givenBack(cancelled, "6.00", "COMPLETED", "2026-03-03T09:00:00Z");
        SHOP.asSystem(() -> SHOP.orders.cancel(new CancelOrder(cancelled, "changed-my-mind")));
        UUID other = Contexts.newTenant();
        SHOP.as(other, () -> SHOP.orders.create(command(Ids.next(), "2026-03-01T10:00:00Z", LAMP)));
    }

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static CreateOrder command(UUID id, String placedAt, OrderLine... lines) {
        return order(id, Ids.next(), null, OrderFixture.WIDE, Instant.parse(placedAt), null, List.of(lines));
    }

    private static UUID placed(String placedAt, OrderLine... lines) {
        UUID id = Ids.next();
        SHOP.asSystem(() -> SHOP.orders.create(command(id, placedAt, lines)));
        return id;
    }

    private static UUID sold(String placedAt, OrderLine... lines) {
        UUID id = placed(placedAt, lines);
        SHOP.asSystem(() -> SHOP.orders.confirm(new ConfirmOrder(id, Ids.next(), "CARD")));
        return id;
    }

    private static void givenBack(UUID order, String amount, String status, String endedAt) {
        SHOP.testDatabase
                .admin()
                .sql("""
                        INSERT INTO order_refunds (tenant_id, id, order_id, amount, reason, requested_by, status, refusal_code, ended_at)
                        VALUES (:tenantId, gen_random_uuid(), :order, :amount::numeric, 'broken', 'STAFF', :status,
                            CASE WHEN :status = 'REFUSED' THEN 'declined' END, :endedAt::timestamptz)
                        """)
                .param("tenantId", SHOP.tenant)
                .param("order", order)
                .param("amount", amount)
                .param("status", status)
                .param("endedAt", endedAt)
                .update();
    }

    private static Report report(String from, String until, String timeZone, Step step) {
        return SHOP.asSystem(() -> REPORTS.sales(LocalDate.parse(from), LocalDate.parse(until), timeZone, step));
    }

    private static Sales sales(String day, long orders, long units, String gross, String refunds, String net) {
        return new Sales(LocalDate.parse(day), orders, units, pounds(gross), pounds(refunds), pounds(net));
    }

    private static Total pounds(String amount) {
        return new Total(amount, "GBP");
    }

    @Test
    void eachDayHasWhatWasPlacedOnItAndWhatWasGivenBackOnIt() {
        Report report = report("2026-03-01", "2026-03-21", "UTC", Step.DAY);
        assertThat(report.items())
                .containsExactly(
                        sales("2026-03-01", 2, 3, "99.00", "0.00", "99.00"),
                        sales("2026-03-03", 1, 3, "94.50", "4.00", "90.50"),
                        sales("2026-03-20", 0, 0, "0.00", "1.50", "-1.50"));
        assertThat(report.totals()).containsExactly(new Sum(3, 6, pounds("193.50"), pounds("5.50"), pounds("188.00")));
    }

    @Test
    void whatIsNotPaidOrCancelledCountsForNothingNorDoesWhatWasNotGivenBack() {
        assertThat(report("2026-03-03", "2026-03-04", "UTC", Step.DAY).totals())
                .containsExactly(new Sum(1, 3, pounds("94.50"), pounds("4.00"), pounds("90.50")));
    }

    @Test
    void daysAreThoseOfTheTimeZoneAndThePeriodEndsBeforeItsLast() {
        assertThat(report("2026-03-01", "2026-03-03", "Europe/Berlin", Step.DAY).items())
                .extracting(Sales::day)
                .containsExactly(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-02"));
        assertThat(report("2026-03-02", "2026-03-03", "UTC", Step.DAY))
                .extracting(Report::items, Report::totals)
                .containsExactly(List.of(), List.of());
    }

    @Test
    void aReportAddsUpByWeekAndByMonth() {
        assertThat(report("2026-03-01", "2026-04-01", "UTC", Step.WEEK).items())
                .extracting(Sales::day, Sales::orders)
                .containsExactly(
                        tuple(LocalDate.parse("2026-02-23"), 2L),
                        tuple(LocalDate.parse("2026-03-02"), 1L),
                        tuple(LocalDate.parse("2026-03-16"), 0L),
                        tuple(LocalDate.parse("2026-03-30"), 1L));
        assertThat(report("2026-03-01", "2026-04-01", "UTC", Step.MONTH).items())
                .containsExactly(sales("2026-03-01", 4, 8, "218.00", "5.50", "212.50"));
    }

    @Test
    void theProductsThatSoldMostComeFirst() {
        assertThat(SHOP.asSystem(() -> REPORTS.bestSellers(
                                LocalDate.parse("2026-03-01"), LocalDate.parse("2026-04-01"), "UTC", null))
                        .items())
                .containsExactly(
                        new Seller(LAMP.productId(), "LAMP", "Name of LAMP", 6, pounds("60.00")),
                        new Seller(RUG.productId(), "RUG", "Name of RUG", 2, pounds("140.00")));
        assertThat(SHOP.asSystem(() -> REPORTS.bestSellers(
                                LocalDate.parse("2026-03-03"), LocalDate.parse("2026-03-04"), "UTC", 1))
                        .items())
                .extracting(Seller::sku, Seller::units)
                .containsExactly(tuple("LAMP", 2L));
    }

    @Test
    void aReportIsOfAPeriodAndOfAYearAtMost() {
        assertThat(code(() -> report("2026-03-01", "2026-03-01", "UTC", Step.DAY)))
                .isEqualTo("invalid-period");
        assertThat(code(() -> report("2025-01-01", "2026-01-03", "UTC", Step.DAY)))
                .isEqualTo("period-too-long");
        assertThat(code(() -> report("2025-01-01", "2025-01-03", "+01:00", Step.DAY)))
                .isEqualTo("invalid-time-zone");
        assertThat(report("2025-01-01", "2026-01-02", "UTC", Step.DAY).items()).isEmpty();
    }

    private static String code(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run).code();
    }
}
