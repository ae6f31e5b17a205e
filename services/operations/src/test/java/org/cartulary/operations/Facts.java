package org.cartulary.operations;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.cartulary.contracts.checkout.CheckoutApi;
import org.cartulary.contracts.checkout.CheckoutFact;
import org.cartulary.contracts.inventory.Availability;
import org.cartulary.contracts.inventory.ConfirmReservation;
import org.cartulary.contracts.inventory.ConfirmReservationResult;
import org.cartulary.contracts.inventory.FindAvailability;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.ReleaseReservation;
import org.cartulary.contracts.inventory.ReleaseReservationResult;
import org.cartulary.contracts.inventory.ReservationFact;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.RestockOrder;
import org.cartulary.contracts.inventory.RestockOrderResult;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CancelOrderResult;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.EarlierOrders;
import org.cartulary.contracts.order.FindEarlierOrders;
import org.cartulary.contracts.order.FindOrder;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.order.OrderFact;
import org.cartulary.contracts.order.OrderSummary;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.FindPayment;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.payment.PaymentFact;
import org.cartulary.contracts.payment.PaymentSummary;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.PromotionFact;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.contracts.promotion.ReleasePromotions;
import org.cartulary.contracts.promotion.ReleasePromotionsResult;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;

/** What services say, as a test made it up. */
final class Facts {

    static final Money TOTAL = Money.of(new BigDecimal("20.00"), Currency.getInstance("EUR"));
    static final Money NOTHING = Money.zero(Currency.getInstance("EUR"));
    static final Money FIVE = Money.of(new BigDecimal("5.00"), Currency.getInstance("EUR"));
    static final Money OTHER = Money.of(new BigDecimal("20.01"), Currency.getInstance("EUR"));

    final List<OrderFact> orders = new CopyOnWriteArrayList<>();
    final List<PaymentFact> payments = new CopyOnWriteArrayList<>();
    final List<ReservationFact> reservations = new CopyOnWriteArrayList<>();
    final List<CheckoutFact> sagas = new CopyOnWriteArrayList<>();
    final List<PromotionFact> promotions = new CopyOnWriteArrayList<>();
    final List<StockPresence> stock = new CopyOnWriteArrayList<>();
    final List<StockPresence> listed = new CopyOnWriteArrayList<>();

    void stock(OrderKey key, boolean inStock) {
        stock.add(new StockPresence(key.tenantId(), key.orderId(), inStock, 1));
    }

    void listed(OrderKey key, boolean inStock) {
        listed.add(new StockPresence(key.tenantId(), key.orderId(), inStock, 1));
    }

    void order(OrderKey key, String status) {
        order(key, status, NOTHING, false);
    }

    void order(OrderKey key, String status, Money refunded, boolean isBeingUndone) {
        order(key, status, refunded, NOTHING, isBeingUndone);
    }

    void order(OrderKey key, String status, Money refunded, Money discount, boolean isBeingUndone) {
        orders.add(new OrderFact(
                key.tenantId(),
                key.orderId(),
                "O-1",
                status,
                TOTAL,
                3,
                key.orderId(),
                refunded,
                discount,
                isBeingUndone));
    }

    void payment(OrderKey key, String status, Money amount, Money captured) {
        payment(key, status, amount, captured, NOTHING);
    }

    void payment(OrderKey key, String status, Money amount, Money captured, Money refunded) {
        payments.add(
                new PaymentFact(key.tenantId(), key.orderId(), UUID.randomUUID(), status, amount, captured, refunded));
    }

    void reservation(OrderKey key, String status, long units) {
        reservations.add(new ReservationFact(key.tenantId(), key.orderId(), status, units));
    }

    void promotions(OrderKey key, String status, long discountMinor) {
        promotions.add(new PromotionFact(key.tenantId(), key.orderId(), status, 1, discountMinor));
    }

    void saga(OrderKey key, String status, Money total) {
        sagas.add(new CheckoutFact(key.tenantId(), key.orderId(), status, total));
    }

    /** An order whose records all agree. */
    void confirmed(OrderKey key) {
        order(key, "CONFIRMED");
        payment(key, "CAPTURED", TOTAL, TOTAL);
        reservation(key, "CONFIRMED", 3);
        saga(key, "completed", TOTAL);
    }

    void forget(OrderKey key) {
        orders.removeIf(fact -> fact.orderId().equals(key.orderId()));
        payments.removeIf(fact -> fact.orderId().equals(key.orderId()));
        reservations.removeIf(fact -> fact.orderId().equals(key.orderId()));
        promotions.removeIf(fact -> fact.orderId().equals(key.orderId()));
        sagas.removeIf(fact -> fact.orderId().equals(key.orderId()));
    }

    CrossCheckedServices services() {
        return new CrossCheckedServices(
                new Orders(),
                new Payments(),
                new Inventory(),
                new Checkouts(),
                new Promotions(),
                query -> presences(stock, query),
                query -> presences(listed, query));
    }

    private static <T> FactPage<T> page(List<T> facts, FactsAfter query, Function<T, OrderKey> keys) {
        UUID tenantId = query.tenantId();
        UUID orderId = query.orderId();
        OrderKey after = tenantId == null || orderId == null ? null : new OrderKey(tenantId, orderId);
        return new FactPage<>(facts.stream()
                .filter(fact -> after == null || keys.apply(fact).compareTo(after) > 0)
                .sorted(Comparator.comparing(keys))
                .limit(query.limit())
                .toList());
    }

    private static FactPage<StockPresence> presences(List<StockPresence> presences, PresencesAfter query) {
        return page(
                presences,
                new FactsAfter(query.tenantId(), query.soldId(), query.limit()),
                presence -> new OrderKey(presence.tenantId(), presence.soldId()));
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("the reconciler only reads facts");
    }

    private final class Orders implements OrderApi {
        @Override
        public CreateOrderResult create(CreateOrder command) {
            throw notAsked();
        }

        @Override
        public ConfirmOrderResult confirm(ConfirmOrder command) {
            throw notAsked();
        }

        @Override
        public CancelOrderResult cancel(CancelOrder command) {
            throw notAsked();
        }

        @Override
        public @Nullable OrderSummary find(FindOrder query) {
            throw notAsked();
        }

        @Override
        public EarlierOrders findEarlier(FindEarlierOrders query) {
            throw notAsked();
        }

        @Override
        public FactPage<OrderFact> facts(FactsAfter query) {
            return page(orders, query, fact -> new OrderKey(fact.tenantId(), fact.orderId()));
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }

    private final class Payments implements PaymentApi {
        @Override
        public AuthorizePaymentResult authorize(AuthorizePayment command) {
            throw notAsked();
        }

        @Override
        public CancelPaymentResult cancel(CancelPayment command) {
            throw notAsked();
        }

        @Override
        public RefundPaymentResult refund(RefundPayment command) {
            throw notAsked();
        }

        @Override
        public @Nullable PaymentSummary find(FindPayment query) {
            throw notAsked();
        }

        @Override
        public FactPage<PaymentFact> facts(FactsAfter query) {
            return page(payments, query, fact -> new OrderKey(fact.tenantId(), fact.orderId()));
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }

    private final class Inventory implements InventoryApi {
        @Override
        public ReserveStockResult reserve(ReserveStock command) {
            throw notAsked();
        }

        @Override
        public ConfirmReservationResult confirm(ConfirmReservation command) {
            throw notAsked();
        }

        @Override
        public ReleaseReservationResult release(ReleaseReservation command) {
            throw notAsked();
        }

        @Override
        public RestockOrderResult restock(RestockOrder command) {
            throw notAsked();
        }

        @Override
        public List<Availability> availability(FindAvailability query) {
            throw notAsked();
        }

        @Override
        public FactPage<ReservationFact> facts(FactsAfter query) {
            return page(reservations, query, fact -> new OrderKey(fact.tenantId(), fact.orderId()));
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }

    private final class Checkouts implements CheckoutApi {
        @Override
        public FactPage<CheckoutFact> facts(FactsAfter query) {
            return page(sagas, query, fact -> new OrderKey(fact.tenantId(), fact.orderId()));
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }

    private final class Promotions implements PromotionApi {
        @Override
        public PromotionQuote quote(QuotePromotions query) {
            throw notAsked();
        }

        @Override
        public ClaimPromotionsResult claim(ClaimPromotions command) {
            throw notAsked();
        }

        @Override
        public ReleasePromotionsResult release(ReleasePromotions command) {
            throw notAsked();
        }

        @Override
        public FactPage<PromotionFact> facts(FactsAfter query) {
            return page(promotions, query, fact -> new OrderKey(fact.tenantId(), fact.orderId()));
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }
}
