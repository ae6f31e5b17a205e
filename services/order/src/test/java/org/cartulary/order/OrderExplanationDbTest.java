package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cartulary.order.OrderFixture.gbp;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.catalog.VendorShare;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** Orders of shops whose prices contain the tax, and why their totals are what they are. */
@Tag("CHK-01")
class OrderExplanationDbTest {

    private final OrderFixture fixture = new OrderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static OrderLine line(Money tax, Money includedTax, @Nullable VendorShare vendor) {
        return new OrderLine(
                Ids.next(), "SKU", "Lamp", null, 1, gbp("12.00"), gbp("0"), tax, includedTax, gbp("12.00"), vendor);
    }

    private static Adjustment adjustment(
            Adjustment.Kind kind, boolean included, Money amount, Money contained, Money... lines) {
        return new Adjustment(
                kind,
                kind.name(),
                Ids.next(),
                null,
                kind == Adjustment.Kind.TAX ? BigDecimal.valueOf(20) : null,
                included,
                amount,
                contained,
                List.of(lines));
    }

    /** A lamp for 12.00 that is sent for 6.00; both prices contain 20 %. */
    private static CreateOrder contained(OrderLine line, Money tax, Money includedTax) {
        CreateOrder model = OrderFixture.order(Ids.next(), null, OrderFixture.WIDE, line);
        return new CreateOrder(
                model.orderId(),
                null,
                null,
                model.email(),
                List.of(line),
                gbp("12.00"),
                tax,
                includedTax,
                gbp("6.00"),
                gbp("0"),
                gbp("18.00").plus(tax),
                List.of(
                        adjustment(Adjustment.Kind.SHIPPING, false, gbp("6.00"), gbp("0")),
                        adjustment(Adjustment.Kind.TAX, true, gbp("0"), gbp("3.00"), gbp("2.00"))),
                model.shippingAddress(),
                model.billingAddress(),
                null,
                "Parcel",
                null,
                null,
                null,
                OrderFixture.WIDE);
    }

    private CreateOrder created(@Nullable VendorShare vendor) {
        CreateOrder command = contained(line(gbp("0"), gbp("2.00"), vendor), gbp("0"), gbp("3.00"));
        assertThat(fixture.asSystem(() -> fixture.orders.create(command)))
                .isInstanceOf(CreateOrderResult.Created.class);
        return command;
    }

    private OrderView view(UUID id) {
        return fixture.asSystem(() -> new OrderDetails(fixture.database, fixture.sealing).find(id))
                .orElseThrow();
    }

    @Test
    void whoReadsAnOrderReadsWhyItCostsWhatItCosts() {
        CreateOrder command = created(null);

        OrderView view = view(command.orderId());

        assertThat(view.total()).isEqualTo(gbp("18.00"));
        assertThat(view.tax()).isEqualTo(gbp("0.00"));
        assertThat(view.includedTax()).isEqualTo(gbp("3.00"));
        assertThat(view.items().getFirst().includedTax()).isEqualTo(gbp("2.00"));
        assertThat(view.adjustments()).isEqualTo(command.adjustments());
        assertThat(view.adjustments().getLast().ofShipping()).isEqualTo(gbp("1.00"));
        assertThat(fixture.brokenInvariants()).isEmpty();
    }

    @Test
    void pricesContainTheTaxOrItComesOnTopOfThem() {
        OrderLine plain = line(gbp("0"), gbp("2.00"), null);
        assertThatThrownBy(
                        () -> fixture.asSystem(() -> fixture.orders.create(contained(plain, gbp("1.00"), gbp("3.00")))))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("chk_orders_included_tax");
        OrderLine both = line(gbp("1.00"), gbp("2.00"), null);
        assertThatThrownBy(() -> fixture.asSystem(() -> fixture.orders.create(contained(both, gbp("0"), gbp("3.00")))))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("chk_order_items_included_tax");
        OrderLine moreThanItCosts = line(gbp("0"), gbp("12.01"), null);
        assertThatThrownBy(() -> fixture.asSystem(
                        () -> fixture.orders.create(contained(moreThanItCosts, gbp("0"), gbp("12.01")))))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("chk_order_items_included_tax");
    }

    @Test
    @Tag("PLT-20")
    void noCommissionIsKeptOfTheTaxThatAPriceContains() {
        CreateOrder command = created(new VendorShare(Ids.next(), 1_000));

        assertThat(fixture.testDatabase
                        .admin()
                        .sql("SELECT commission_amount FROM order_items WHERE order_id = :id")
                        .param("id", command.orderId())
                        .query(BigDecimal.class)
                        .single())
                .isEqualByComparingTo("1.00");
    }

    @Test
    @Tag("PLT-27")
    void ordersWhoseTotalsAreNotExplainedAreFound() {
        created(null);
        assertThat(fixture.brokenInvariants()).isEmpty();

        fixture.testDatabase
                .admin()
                .sql("UPDATE orders SET adjustments = jsonb_set(adjustments, '{1,lines,0,amount}', '\"1.99\"')")
                .update();
        assertThat(fixture.brokenInvariants()).containsExactly("lines-match-explanation");

        fixture.testDatabase
                .admin()
                .sql("UPDATE orders SET adjustments = jsonb_set(adjustments, '{0,amount,amount}', '\"5.99\"')")
                .update();
        assertThat(fixture.brokenInvariants())
                .containsExactlyInAnyOrder("total-is-explained", "lines-match-explanation");
    }
}
