package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cartulary.order.OrderFixture.gbp;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.catalog.VendorShare;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Contexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

@Tag("CAT-07")
class VendorOrdersDbTest {

    private static OrderFixture fixture;

    private final UUID tenant = Contexts.newTenant();
    private final UUID lamps = Ids.next();
    private final UUID rugs = Ids.next();
    private final VendorLineStore store = new VendorLineStore(fixture.database);
    private final VendorOrders orders = new VendorOrders(store, fixture.cursors);
    private final CommissionStatements statements = new CommissionStatements(store);

    @BeforeAll
    static void open() {
        fixture = new OrderFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private <T extends @Nullable Object> T acting(@Nullable UUID vendorId, Supplier<T> work) {
        Principal person = new Principal(Principal.Kind.VENDOR, Ids.next(), Permissions.OF_A_VENDOR, vendorId);
        return new RequestContext(tenant, person, "0".repeat(31) + "1").supply(work);
    }

    private static OrderLine line(@Nullable UUID vendorId, int basisPoints, int quantity, String unitPrice) {
        Money price = gbp(unitPrice);
        return new OrderLine(
                Ids.next(),
                "SKU",
                "A thing",
                null,
                quantity,
                price,
                gbp("0"),
                gbp("0"),
                gbp("0"),
                price.times(quantity),
                vendorId == null ? null : new VendorShare(vendorId, basisPoints));
    }

    private UUID placed(@Nullable Instant at, OrderLine... lines) {
        UUID id = Ids.next();
        CreateOrderResult result = fixture.as(
                tenant,
                () -> fixture.orders.create(
                        OrderFixture.order(id, Ids.next(), null, OrderFixture.WIDE, at, null, List.of(lines))));
        assertThat(result).isInstanceOf(CreateOrderResult.Created.class);
        return id;
    }

    private UUID sold(OrderLine... lines) {
        UUID id = placed(null, lines);
        fixture.as(tenant, () -> fixture.orders.confirm(new ConfirmOrder(id, Ids.next(), "CARD")));
        return id;
    }

    private VendorOrderView read(UUID vendorId, UUID orderId) {
        return acting(vendorId, () -> orders.find(vendorId, orderId)).orElseThrow();
    }

    @Test
    void aVendorSeesItsLinesOfAnOrderAndWhatIsDueForThem() {
        UUID id = sold(line(null, 0, 1, "100.00"), line(lamps, 1_250, 2, "9.99"), line(rugs, 500, 1, "70.00"));

        VendorOrderView seen = read(lamps, id);

        assertThat(seen.status()).isEqualTo("CONFIRMED");
        assertThat(seen.lines()).hasSize(1);
        VendorOrderView.Line line = seen.lines().getFirst();
        assertThat(line.lineNumber()).isEqualTo(2);
        assertThat(line.total()).isEqualTo(gbp("19.98"));
        assertThat(line.commissionBasisPoints()).isEqualTo(1_250);
        assertThat(line.commission()).isEqualTo(gbp("2.50"));
        assertThat(line.due()).isEqualTo(gbp("17.48"));
        assertThat(read(rugs, id).lines())
                .singleElement()
                .satisfies(rug -> assertThat(rug.due()).isEqualTo(gbp("66.50")));
        UUID stranger = Ids.next();
        assertThat(acting(stranger, () -> orders.find(stranger, id))).isEmpty();
    }

    @Test
    @Tag("SHP-02")
    void aVendorSeesHowManyOfItsUnitsAreOnTheirWay() {
        UUID id = sold(line(null, 0, 1, "100.00"), line(lamps, 1_250, 4, "9.99"));
        SendingOrder sending =
                OrderConfiguration.sendingOrder(fixture.database, fixture.sealing, fixture.bus, fixture.json);
        WithdrawingUnits withdrawing = OrderConfiguration.withdrawingUnits(fixture.database, fixture.bus, fixture.json);
        UUID line = fixture.testDatabase
                .admin()
                .sql("SELECT id FROM order_items WHERE order_id = :id AND line_number = 2")
                .param("id", id)
                .query(UUID.class)
                .single();

        fixture.as(tenant, () -> sending.pack(id, pack(line, true), "sent"));
        fixture.as(tenant, () -> sending.pack(id, pack(line, false), "packed"));
        fixture.as(
                tenant,
                () -> withdrawing.withdraw(
                        id, new WithdrawUnits(List.of(new SentUnits(line, 1)), "damaged"), "withdrawn"));

        VendorOrderView seen = read(lamps, id);
        assertThat(seen.status()).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(seen.lines()).singleElement().satisfies(lamp -> {
            assertThat(lamp.packed()).isEqualTo(2);
            assertThat(lamp.sent()).isEqualTo(1);
            assertThat(lamp.withdrawn()).isEqualTo(1);
        });
    }

    private static PackOrder pack(UUID line, boolean isSent) {
        return new PackOrder(List.of(new SentUnits(line, 1)), "Post", null, null, null, isSent);
    }

    @Test
    @Tag("PLT-18")
    void inTheDatabaseAVendorSeesItsOwnLinesAndNothingElseOfOrders() {
        sold(line(null, 0, 1, "100.00"), line(lamps, 1_000, 2, "9.99"), line(rugs, 500, 1, "70.00"));

        assertThat(count(lamps, "order_items")).isEqualTo(1);
        assertThat(count(lamps, "order_items WHERE vendor_id = '" + rugs + "'")).isZero();
        assertThat(count(null, "order_items")).isZero();
        // Whoever asks in another vendor's name finds what is nobody's.
        assertThat(acting(lamps, () -> orders.list(rugs, 10, null)).items()).isEmpty();
    }

    @ParameterizedTest
    @Tag("PLT-18")
    @ValueSource(
            strings = {
                "orders",
                "order_addresses",
                "order_status_history",
                "order_tombstones",
                "order_notes",
                "order_shipments",
                "order_shipment_items",
                "order_shipment_events",
                "order_withdrawals",
                "order_withdrawal_items",
                "order_refunds",
                "order_refund_items"
            })
    void whoBoughtAndWhereItGoesIsNotThereForAVendor(String table) {
        sold(line(lamps, 1_000, 1, "10.00"));
        assertThat(count(lamps, table)).isZero();
        assertThat(count(null, table)).isZero();
    }

    @Test
    @Tag("PLT-18")
    void aVendorChangesNothingOfAnOrder() {
        UUID id = sold(line(lamps, 1_000, 1, "10.00"));

        assertThat(write(lamps, "UPDATE order_items SET commission_amount = 0")).isZero();
        assertThat(write(lamps, "DELETE FROM order_items")).isZero();
        assertThat(write(lamps, "UPDATE orders SET status = 'CANCELLED'")).isZero();
        String insertion = """
                INSERT INTO order_items (tenant_id, id, order_id, line_number, product_id, sku, name, quantity, unit_price,
                    total_price, vendor_id, commission_basis_points, commission_amount, sold_at)
                VALUES ('%s', '%s', '%s', 9, '%s', 'S', 'N', 1, 1, 1, '%s', 0, 0, now())""".formatted(tenant, Ids.next(), id, Ids.next(), lamps);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> write(lamps, insertion))
                .havingRootCause()
                .withMessageContaining("row-level security");
    }

    private int count(@Nullable UUID vendorId, String table) {
        return acting(
                vendorId,
                () -> fixture.database.inReadTransaction(tx -> tx.jdbc()
                        .sql("SELECT count(*) FROM " + table)
                        .query(Integer.class)
                        .single()));
    }

    private int write(@Nullable UUID vendorId, String sql) {
        return acting(
                vendorId,
                () -> fixture.database.inTransaction(tx -> tx.jdbc().sql(sql).update()));
    }

    @Test
    @Tag("PLT-15")
    void ordersAreListedPageByPageNewestFirst() {
        List<UUID> ids = new ArrayList<>();
        for (int day = 1; day <= 5; day++) {
            ids.addFirst(placed(
                    Instant.parse("2026-01-0" + day + "T00:00:00Z"),
                    line(lamps, 100, 1, "10.00"),
                    line(rugs, 100, 1, "10.00"),
                    line(lamps, 100, 2, "10.00")));
        }
        placed(null, line(rugs, 100, 1, "10.00"));

        List<UUID> listed = new ArrayList<>();
        String cursor = null;
        do {
            String after = cursor;
            Page<VendorOrderView> page = acting(lamps, () -> orders.list(lamps, 2, after));
            page.items().forEach(order -> assertThat(order.lines()).hasSize(2));
            page.items().forEach(order -> listed.add(order.orderId()));
            cursor = page.page().next();
        } while (cursor != null);

        assertThat(listed).isEqualTo(ids);
        String cursorOfLamps =
                acting(lamps, () -> orders.list(lamps, 2, null)).page().next();
        assertThat(catchThrowableOfType(
                                ProblemException.class, () -> acting(rugs, () -> orders.list(rugs, 2, cursorOfLamps)))
                        .code())
                .isEqualTo("invalid-cursor");
    }

    @Test
    void aStatementAddsUpWhatIsPaidAndWasNotGivenBack() {
        sold(line(lamps, 1_000, 3, "3.33"), line(rugs, 2_000, 1, "50.00"));
        UUID givenBack = sold(line(lamps, 1_500, 1, "20.00"));
        refund(givenBack, "12.25");
        placed(null, line(lamps, 1_000, 1, "99.00"));
        UUID cancelled = placed(null, line(lamps, 1_000, 1, "77.00"));
        fixture.as(tenant, () -> fixture.orders.cancel(new CancelOrder(cancelled, "too-late")));

        CommissionStatements.Statement own =
                acting(lamps, () -> statements.of(lamps, today())).items().getFirst();

        // Half of 24.50 was given back: 20.00 for the goods, 4.50 for the shipping with its discount and its tax.
        assertThat(own)
                .isEqualTo(
                        new CommissionStatements.Statement(lamps, "GBP", 2, 2, 4, "29.99", "10.00", "2.50", "17.49"));
        List<CommissionStatements.Statement> all = Contexts.staff(tenant)
                .supply(() -> statements.of(null, today()))
                .items();
        assertThat(all).hasSize(2).contains(own);
        assertThat(acting(lamps, () -> statements.of(rugs, today())).items()).isEmpty();
    }

    @Test
    void aPeriodEndsAfterItBegins() {
        LocalDate day = LocalDate.parse("2026-01-01");
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> acting(lamps, () -> statements.of(lamps, new CommissionStatements.Period(day, day, "UTC"))));
        assertThat(problem.code()).isEqualTo("invalid-period");
    }

    private void refund(UUID orderId, String amount) {
        fixture.testDatabase
                .admin()
                .sql("UPDATE orders SET refunded_amount = :amount WHERE id = :id")
                .param("amount", gbp(amount).amount())
                .param("id", orderId)
                .update();
    }

    private static CommissionStatements.Period today() {
        LocalDate today = LocalDate.now(java.time.ZoneOffset.UTC);
        return new CommissionStatements.Period(today.minusDays(1), today.plusDays(2), "UTC");
    }

    @Test
    void theCommissionOfAnOrderIsThatOfItsTime() {
        UUID before = sold(line(lamps, 1_000, 1, "10.00"));
        UUID after = sold(line(lamps, 3_000, 1, "10.00"));

        assertThat(read(lamps, before).lines().getFirst().commission()).isEqualTo(gbp("1.00"));
        assertThat(read(lamps, after).lines().getFirst().commission()).isEqualTo(gbp("3.00"));
    }

    @Test
    void earlierVersionsOfTheProgramCreateOrdersWithoutVendors() {
        UUID id = sold(line(null, 0, 1, "10.00"));
        assertThat(fixture.testDatabase
                        .admin()
                        .sql(
                                "SELECT num_nonnulls(vendor_id, commission_amount, sold_at) FROM order_items WHERE order_id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
