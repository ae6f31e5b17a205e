package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cartulary.order.OrderFixture.line;
import static org.cartulary.order.OrderFixture.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.order.FindingBuyers.Buyers;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What staff look for among the orders of a shop. */
@Tag("PLT-15")
class OrderSearchDbTest {

    private static final OrderFixture SHOP = new OrderFixture();
    private static final OrderLists LISTS = new OrderLists(SHOP.database, SHOP.cursors);
    private static final UUID CUSTOMER = Ids.next();
    private static final UUID CROWDED = Contexts.newTenant();
    private static final int CROWD = 20_000;
    private static final List<UUID> PLACED = new ArrayList<>();

    @BeforeAll
    static void place() {
        for (int day = 0; day < 6; day++) {
            UUID id = Ids.next();
            UUID customer = day % 2 == 0 ? CUSTOMER : null;
            Instant placedAt = Instant.parse("2026-03-01T23:30:00Z").plusSeconds(day * 86_400L);
            String price = 10 * (day + 1) + ".00";
            SHOP.asSystem(() -> SHOP.orders.create(
                    order(id, customer, null, OrderFixture.WIDE, placedAt, "R" + id, List.of(line("A", 1, price)))));
            PLACED.add(id);
        }
        SHOP.asSystem(() -> SHOP.orders.confirm(new ConfirmOrder(PLACED.get(4), Ids.next(), "CARD")));
        SHOP.asSystem(() -> SHOP.orders.confirm(new ConfirmOrder(PLACED.get(2), Ids.next(), "CARD")));
        fill();
    }

    /** Another shop, with many orders of all states, buyers and totals. */
    private static void fill() {
        SHOP.testDatabase.admin().sql("""
                        DO $$
                        BEGIN
                            SET LOCAL session_replication_role = replica;
                            INSERT INTO orders (tenant_id, id, order_number, customer_id, subject_id, email_sealed, status,
                                currency, subtotal, total_amount, line_count, unit_count, payment_id, cancelled_at, confirmed_at,
                                placed_at)
                            SELECT '%s', gen_random_uuid(), 'N' || n, c.id, coalesce(c.id, gen_random_uuid()), 's1.a', s.status,
                                'EUR', n %% 5000, n %% 5000, 1, 1, gen_random_uuid(),
                                CASE WHEN s.status = 'CANCELLED' THEN now() END, now(), timestamptz '2026-01-01' + n * interval '1 minute'
                            FROM generate_series(1, %d) AS n
                            CROSS JOIN LATERAL (SELECT CASE WHEN n %% 2 = 0 THEN gen_random_uuid() END AS id) c
                            CROSS JOIN LATERAL (SELECT (ARRAY['CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED'])[n %% 4 + 1] AS status) s;
                        END;
                        $$""".formatted(CROWDED, CROWD)).update();
        SHOP.testDatabase.admin().sql("ANALYZE orders").update();
    }

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static OrderFilter with(
            Set<String> statuses,
            @Nullable ReportPeriod placed,
            @Nullable String number,
            @Nullable Buyers buyers,
            @Nullable String minimumTotal) {
        return new OrderFilter(
                statuses,
                false,
                null,
                null,
                placed,
                number,
                buyers,
                minimumTotal == null ? null : new BigDecimal(minimumTotal));
    }

    /** The days on which the orders that are found were placed, from zero, read page by page. */
    private static List<Integer> found(OrderFilter filter) {
        List<Integer> days = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<OrderRow> page = SHOP.asSystem(() -> LISTS.all(filter, 2, from));
            page.items().forEach(row -> days.add(PLACED.indexOf(row.id())));
            cursor = page.page().next();
        } while (cursor != null);
        return days;
    }

    private static ReportPeriod days(@Nullable String from, @Nullable String until, String timeZone) {
        return new ReportPeriod(
                from == null ? null : LocalDate.parse(from), until == null ? null : LocalDate.parse(until), timeZone);
    }

    private static UUID guest() {
        return SHOP.asSystem(() -> SHOP.sealing.guestSubject("ada@example.org"));
    }

    @Test
    void ordersOfSeveralStatesAreOneListNewestFirst() {
        assertThat(found(with(Set.of("CREATED", "CONFIRMED"), null, null, null, null)))
                .containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(found(with(Set.of("CONFIRMED", "SHIPPED"), null, null, null, null)))
                .containsExactly(4, 2);
    }

    @Test
    void ordersAreFoundByTheDayOnWhichTheyWerePlacedThere() {
        assertThat(found(with(Set.of(), days("2026-03-02", "2026-03-04", "UTC"), null, null, null)))
                .containsExactly(2, 1);
        assertThat(found(with(Set.of(), days("2026-03-02", "2026-03-04", "Europe/Berlin"), null, null, null)))
                .as("half past eleven in UTC is another day in Berlin")
                .containsExactly(1, 0);
        assertThat(found(with(Set.of(), days(null, "2026-03-02", "UTC"), null, null, null)))
                .containsExactly(0);
    }

    @Test
    void anOrderIsFoundByItsNumberHoweverItIsTyped() {
        String number = SHOP.asSystem(() -> LISTS.all(with(Set.of("CONFIRMED"), null, null, null, null), null, null))
                .items()
                .getFirst()
                .orderNumber();
        assertThat(found(with(Set.of(), null, " " + number.toLowerCase(java.util.Locale.ROOT), null, null)))
                .containsExactly(4);
        assertThat(found(with(Set.of("SHIPPED"), null, number, null, null))).isEmpty();
    }

    @Test
    @Tag("PLT-28")
    void theOrdersOfAnAddressAreThoseOfItsCustomersAndOfItsGuests() {
        assertThat(found(with(Set.of(), null, null, new Buyers(List.of(CUSTOMER), guest()), null)))
                .containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(found(with(Set.of(), null, null, new Buyers(List.of(), guest()), null)))
                .as("with an account it is the account's address that counts")
                .containsExactly(5, 3, 1);
        assertThat(found(with(
                        Set.of("CONFIRMED"), null, null, new Buyers(List.of(Ids.next(), CUSTOMER), Ids.next()), null)))
                .containsExactly(4, 2);
    }

    @Test
    void ordersAreFoundByWhatTheyComeToAtLeast() {
        assertThat(found(with(Set.of(), null, null, null, "44.50"))).containsExactly(5, 4, 3);
        assertThat(found(with(Set.of("CREATED"), null, null, null, "44.50"))).containsExactly(5, 3);
    }

    @ParameterizedTest
    @CsvSource({"SENT,", "confirmed,", ",-1", ",100000000.00", ",0.00000000001", ",1e-9999999"})
    void whatNoOrderCanBeIsRefused(@Nullable String status, @Nullable String minimum) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> with(status == null ? Set.of() : Set.of(status), null, null, null, minimum))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("invalid-filter"));
    }

    @Test
    void aPageOfOneSearchIsNoPageOfAnother() {
        OrderFilter filter = with(Set.of("CREATED", "CONFIRMED"), null, null, null, null);
        String next = SHOP.asSystem(() -> LISTS.all(filter, 2, null)).page().next();
        for (OrderFilter other : List.of(
                with(Set.of("CREATED"), null, null, null, null),
                with(Set.of("CREATED", "CONFIRMED"), days("2026-03-01", null, "UTC"), null, null, null),
                with(Set.of("CREATED", "CONFIRMED"), null, null, new Buyers(List.of(), Ids.next()), null),
                with(Set.of("CREATED", "CONFIRMED"), null, null, null, "1"))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> SHOP.asSystem(() -> LISTS.all(other, 2, next)))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo("invalid-cursor"));
        }
    }

    private static String plan(OrderFilter filter) {
        OrderSearch search = new OrderSearch(filter);
        List<String> lines = SHOP.as(
                CROWDED,
                () -> SHOP.database.inTransaction(tx -> search.bind(tx.jdbc().sql("EXPLAIN " + search.sql()))
                        .param("tenantId", CROWDED)
                        .param("placedAt", "infinity")
                        .param("id", new UUID(-1, -1))
                        .param("limit", 21)
                        .query(String.class)
                        .list()));
        return String.join("\n", lines);
    }

    @Test
    void eachSearchIsServedByAnIndexAndNoneReadsAllOrders() {
        assertThat(plan(with(Set.of("CONFIRMED", "SHIPPED"), null, null, null, null)))
                .contains("idx_orders_status_placed_at")
                .doesNotContain("Seq Scan");
        assertThat(plan(with(Set.of(), days("2026-01-03", "2026-01-04", "Europe/Berlin"), null, null, null)))
                .contains("idx_orders_placed_at")
                .doesNotContain("Seq Scan");
        assertThat(plan(with(Set.of(), null, "N77", null, null)))
                .contains("uq_orders_order_number")
                .doesNotContain("Seq Scan");
        assertThat(plan(with(Set.of(), null, null, new Buyers(List.of(Ids.next(), Ids.next()), Ids.next()), null)))
                .contains("idx_orders_customer_id_history", "idx_orders_subject_id")
                .doesNotContain("Seq Scan");
        // Under row-level security PostgreSQL uses no statistics for operators that may leak, such as that of numeric:
        // how many
        // orders are that great it cannot know, and takes the one index or the other.
        assertThat(plan(with(Set.of(), null, null, null, "4999")))
                .containsAnyOf("idx_orders_total_amount", "idx_orders_placed_at")
                .doesNotContain("Seq Scan");
    }
}
