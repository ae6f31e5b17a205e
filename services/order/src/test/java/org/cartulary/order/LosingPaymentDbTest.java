package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.payment.PaymentCancelled;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Orders whose payment its provider does not take after all. */
@Tag("PAY-06")
class LosingPaymentDbTest {

    private static final String WHY = "given-up-by-provider";

    private UndoingFixture shop;

    @BeforeEach
    void open() {
        shop = new UndoingFixture();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private UUID paymentOf(UUID order) {
        return Objects.requireNonNull(shop.payments.accounts.get(order)).paymentId;
    }

    /** The provider gives the payment of the order up, which the order hears of. */
    private void lose(UUID order) {
        Objects.requireNonNull(shop.payments.accounts.get(order)).status = "CANCELLED";
        shop.deliverTwice(new PaymentCancelled(paymentOf(order), order, WHY));
    }

    @Test
    @Tag("ORD-04")
    void aConfirmedOrderIsCancelledAndItsStockIsGivenBack() {
        UUID order = shop.confirmed();
        lose(order);
        assertThat(shop.orders.status(order)).isEqualTo("CANCELLED");
        assertThat(shop.orders.statusReason(order)).isEqualTo("not-paid-" + WHY);
        shop.recoverOnAnotherNode();
        assertThat(shop.inventory.units(order)).isZero();
        assertThat(shop.inventory.released).contains(order);
        assertThat(shop.paymentStatus(order)).isEqualTo("CANCELLED");
        assertThat(shop.orders.events(order))
                .containsExactly("order.placed.v1 1", "order.confirmed.v1 3", "order.cancelled.v1 4");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void anOrderThatHearsOfItBeforeItIsConfirmedNeverIs() {
        UUID order = shop.placed();
        UUID payment = Ids.next();
        shop.deliverTwice(new PaymentCancelled(payment, order, WHY));
        assertThat(shop.orders.status(order)).isEqualTo("CREATED");
        ConfirmOrderResult result =
                shop.orders.asSystem(() -> shop.orders.orders.confirm(new ConfirmOrder(order, payment, "CARD")));
        assertThat(result).isEqualTo(new ConfirmOrderResult.NotConfirmable("CREATED"));
        assertThat(shop.orders.history(order)).containsExactly("CREATED");
    }

    @Test
    void whatIsSentStaysSentAndIsSeenToBeUnpaid() {
        UUID order = shop.confirmed();
        shop.go(order, "SHIPPED");
        lose(order);
        assertThat(shop.orders.status(order)).isEqualTo("SHIPPED");
        assertThat(shop.paymentStatus(order)).isEqualTo("CANCELLED");
        assertThat(shop.inventory.units(order)).isEqualTo(5);
    }

    @Test
    void whatIsKnownToBePaidAndThePaymentOfAnotherOrderStay() {
        UUID paid = shop.captured();
        shop.deliverTwice(new PaymentCancelled(paymentOf(paid), paid, WHY));
        UUID other = shop.confirmed();
        shop.deliverTwice(new PaymentCancelled(Ids.next(), other, WHY));
        assertThat(List.of(shop.orders.status(paid), shop.orders.status(other))).containsOnly("CONFIRMED");
        assertThat(shop.paymentStatus(paid)).isEqualTo("CAPTURED");
    }

    @Test
    @Tag("PLT-09")
    void everyEventOfAnOrdersLifeHasAGreaterVersion() {
        UUID order = shop.captured();
        shop.refund(order, "4.00", "a");
        shop.refund(order, "5.00", "b");
        shop.deliver();
        shop.cancel(order, "c");
        shop.deliver();
        List<String> events = shop.orders.events(order);
        assertThat(events)
                .extracting(event -> event.substring(0, event.indexOf(' ')))
                .containsExactly(
                        "order.placed.v1",
                        "order.confirmed.v1",
                        "order.refunded.v1",
                        "order.refunded.v1",
                        "order.cancelled.v1",
                        "order.refunded.v1");
        assertThat(events)
                .extracting(event -> Long.parseLong(event.substring(event.indexOf(' ') + 1)))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(shop.refunded(order)).isEqualTo("54.50");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }
}
