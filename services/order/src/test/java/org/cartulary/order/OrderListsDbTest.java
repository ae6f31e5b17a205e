package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.order.OrderFixture.line;
import static org.cartulary.order.OrderFixture.order;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.FindOrder;
import org.cartulary.contracts.order.OrderFact;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class OrderListsDbTest {

    private static final OrderFixture FIXTURE = new OrderFixture();
    private static final OrderLists LISTS = new OrderLists(FIXTURE.database, FIXTURE.cursors);
    private static final OrderDetails DETAILS = new OrderDetails(FIXTURE.database, FIXTURE.sealing);
    private static final UUID CUSTOMER = Ids.next();
    private static final UUID GUEST = Ids.next();
    private static final UUID OTHER_TENANT = Contexts.newTenant();

    @BeforeAll
    static void place() {
        for (int i = 0; i < 7; i++) {
            // Three orders of one moment: the id decides among them.
            Instant placedAt = Instant.parse("2010-12-01T08:26:00.123456Z").plusSeconds(i < 3 ? 0 : i * 86_400L * 10);
            place(FIXTURE.tenant, CUSTOMER, null, placedAt, "R" + i);
        }
        place(FIXTURE.tenant, null, GUEST, Instant.parse("2011-01-31T23:30:00Z"), null);
        place(FIXTURE.tenant, Ids.next(), null, Instant.parse("2011-06-30T23:30:00Z"), null);
        place(OTHER_TENANT, CUSTOMER, null, Instant.parse("2011-06-30T23:30:00Z"), "R0");
    }

    private static void place(
            UUID tenant, @Nullable UUID customer, @Nullable UUID guest, Instant placedAt, @Nullable String reference) {
        FIXTURE.as(
                tenant,
                () -> FIXTURE.orders.create(order(
                        Ids.next(),
                        customer,
                        guest,
                        OrderFixture.WIDE,
                        placedAt,
                        reference,
                        List.of(line("A", 2, "10.00")))));
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    @Tag("PLT-15")
    @Tag("ORD-04")
    void aCustomerReadsItsOrdersPageByPageEachOnce() {
        List<UUID> seen = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<OwnOrderRow> page = Contexts.customer(FIXTURE.tenant, CUSTOMER).supply(() -> LISTS.own(2, from));
            page.items().forEach(row -> {
                seen.add(row.id());
                times.add(row.placedAt());
            });
            cursor = page.page().next();
        } while (cursor != null);
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    @Tag("ORD-04")
    void theHistoryOfACustomerIsReadFromTheIndexAlone() {
        var admin = FIXTURE.testDatabase.admin();
        admin.sql("VACUUM ANALYZE orders").update();
        List<String> plan = FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> {
            tx.jdbc().sql("SET LOCAL enable_seqscan = off").update();
            tx.jdbc().sql("SET LOCAL enable_bitmapscan = off").update();
            return tx.jdbc()
                    .sql("EXPLAIN SELECT id, order_number, status, total_amount, currency, placed_at FROM orders"
                            + " WHERE tenant_id = :tenantId AND customer_id = :buyer"
                            + " AND (placed_at, id) < ('infinity', :id)"
                            + " ORDER BY placed_at DESC, id DESC LIMIT 20")
                    .param("tenantId", FIXTURE.tenant)
                    .param("buyer", CUSTOMER)
                    .param("id", new UUID(-1, -1))
                    .query(String.class)
                    .list();
        }));
        assertThat(String.join("\n", plan))
                .contains("Index Only Scan using idx_orders_customer_id_history")
                .doesNotContain("Sort");
    }

    @Test
    @Tag("ORD-04")
    void nobodyReadsTheOrdersOfOthers() {
        UUID guests = Contexts.guest(FIXTURE.tenant, GUEST)
                .supply(() -> LISTS.own(null, null))
                .items()
                .getFirst()
                .id();
        assertThat(Contexts.guest(FIXTURE.tenant, GUEST).supply(() -> DETAILS.find(guests)))
                .isPresent();
        assertThat(Contexts.staff(FIXTURE.tenant, Permissions.ORDERS_READ).supply(() -> DETAILS.find(guests)))
                .isPresent();
        assertThat(Contexts.staff(FIXTURE.tenant).supply(() -> DETAILS.find(guests)))
                .isEmpty();
        assertThat(Contexts.customer(FIXTURE.tenant, CUSTOMER).supply(() -> DETAILS.find(guests)))
                .isEmpty();
        assertThat(Contexts.customer(FIXTURE.tenant, GUEST).supply(() -> DETAILS.find(guests)))
                .isEmpty();
        assertThat(Contexts.visitor(FIXTURE.tenant).supply(() -> DETAILS.find(guests)))
                .isEmpty();
        assertThat(Contexts.system(OTHER_TENANT).supply(() -> DETAILS.find(guests)))
                .isEmpty();
        assertThatThrownBy(() -> Contexts.visitor(FIXTURE.tenant).supply(() -> LISTS.own(null, null)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    @Tag("PLT-15")
    void administratorsFilterAndPage() {
        OrderFilter all = new OrderFilter(null, null, null);
        Page<OrderRow> first = FIXTURE.asSystem(() -> LISTS.all(all, 5, null));
        Page<OrderRow> second =
                FIXTURE.asSystem(() -> LISTS.all(all, 5, first.page().next()));
        assertThat(first.items()).hasSize(5);
        assertThat(second.items()).hasSize(4);
        assertThat(second.page().hasMore()).isFalse();
        assertThat(FIXTURE.asSystem(() -> LISTS.all(new OrderFilter("CREATED", CUSTOMER, "R3"), null, null))
                        .items())
                .singleElement()
                .satisfies(row -> assertThat(row.unitCount()).isEqualTo(2));
        assertThat(FIXTURE.asSystem(() -> LISTS.all(new OrderFilter("SHIPPED", null, null), null, null))
                        .items())
                .isEmpty();
        assertThatThrownBy(() -> FIXTURE.asSystem(() -> LISTS.all(
                        new OrderFilter("CREATED", null, null), 5, first.page().next())))
                .as("a cursor of another list")
                .isInstanceOf(ProblemException.class);
    }

    @Test
    @Tag("ORD-04")
    void ordersAreCountedInTheMonthInWhichTheyWerePlacedThere() {
        OrderReports reports = new OrderReports(FIXTURE.database);
        OrderReports.Months months = FIXTURE.asSystem(() -> reports.byMonth("Europe/London", null));
        // Half past eleven on the last of June in UTC is July in London.
        assertThat(months.items())
                .extracting(OrderReports.Month::month)
                .containsExactly("2010-12", "2011-01", "2011-07");
        assertThat(months.items().getFirst().orders()).isEqualTo(4);
        assertThat(months.items().getFirst().total()).isEqualTo(new OrderReports.Total("98.00", "GBP"));
        assertThat(FIXTURE.asSystem(() -> reports.byMonth("UTC", null)).items())
                .extracting(OrderReports.Month::month)
                .contains("2011-06");
        assertThat(FIXTURE.asSystem(() -> reports.byMonth("Europe/London", LocalDate.of(2011, 7, 1)))
                        .items())
                .as("an order at half past midnight there, and later ones, are left out")
                .extracting(OrderReports.Month::month)
                .containsExactly("2010-12", "2011-01");
        assertThatThrownBy(() -> FIXTURE.asSystem(() -> reports.byMonth("+01:00", null)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    @Tag("PLT-17")
    void aShopNeitherSeesNorWritesTheOrdersOfAnother() {
        long visible = FIXTURE.as(
                OTHER_TENANT,
                () -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                        .sql("SELECT count(*) FROM orders")
                        .query(Long.class)
                        .single()));
        assertThat(visible).isEqualTo(1);
        UUID foreign = Contexts.customer(FIXTURE.tenant, CUSTOMER)
                .supply(() -> LISTS.own(1, null))
                .items()
                .getFirst()
                .id();
        assertThat(FIXTURE.as(OTHER_TENANT, () -> FIXTURE.orders.find(new FindOrder(foreign))))
                .isNull();
        assertThat(FIXTURE.asSystem(() -> FIXTURE.orders.find(new FindOrder(foreign))))
                .isNotNull();
        for (String table : List.of("orders", "order_items", "order_addresses")) {
            assertThat(FIXTURE.<Integer>as(
                            OTHER_TENANT,
                            () -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                                    .sql("UPDATE " + table + " SET tenant_id = tenant_id WHERE tenant_id = :other")
                                    .param("other", FIXTURE.tenant)
                                    .update())))
                    .isZero();
        }
        assertThatThrownBy(() -> FIXTURE.as(
                        OTHER_TENANT,
                        () -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                                .sql(
                                        "INSERT INTO order_tombstones (tenant_id, id, reason) VALUES (:other, :other, 'x')")
                                .param("other", FIXTURE.tenant)
                                .update())))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    @Tag("PLT-17")
    void factsAreReadOverAllShopsInOrder() {
        List<OrderFact> facts = new ArrayList<>();
        FactsAfter after = new FactsAfter(null, null, 4);
        while (true) {
            List<OrderFact> page = FIXTURE.orders.facts(after).facts();
            facts.addAll(page);
            if (page.size() < 4) {
                break;
            }
            after = new FactsAfter(page.getLast().tenantId(), page.getLast().orderId(), 4);
        }
        assertThat(facts).hasSize((int) FIXTURE.count("orders"));
        assertThat(new HashSet<>(facts)).hasSize(facts.size());
    }
}
