package org.cartulary.checkout;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.shipping.ShippingApi;
import org.cartulary.contracts.shipping.TaxApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.saga.SagaDefinition;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.Sagas;
import tools.jackson.databind.json.JsonMapper;

/** The parts of the service and how they hang together. */
record Checkouts(
        OpeningCheckout opening,
        ReadingCheckouts reading,
        ChoosingShipping choosing,
        PlacingOrder placing,
        Sagas<PlaceOrder> sagas,
        Idempotency idempotency,
        CheckoutUpkeep upkeep,
        CheckoutRecords records) {

    /** The other services that checkouts need. */
    record Neighbours(
            TenantApi tenants,
            CatalogApi catalog,
            CustomerApi customers,
            CartApi carts,
            ShippingApi shipping,
            TaxApi taxes,
            InventoryApi inventory,
            OrderApi orders,
            PaymentApi payments,
            PromotionApi promotions) {}

    static Checkouts over(
            Database database,
            JsonMapper json,
            PersonalData personalData,
            MeterRegistry meters,
            Clock clock,
            Neighbours neighbours) {
        var store = new CheckoutStore(json);
        var sealing = new SealingCheckouts(personalData, json);
        Coalescing coalescing = Coalescing.of(database);
        var idempotency = new Idempotency(database, json);
        var placements = new CheckoutsInPlacement(database, store, sealing, neighbours.tenants());
        var sagas = new Sagas<>(database, placeOrder(placements, store, idempotency, neighbours), json, meters);
        var pricing = new PricingLines(neighbours.catalog());
        var promoting = new PromotingLines(neighbours.promotions(), neighbours.orders());
        var reading = new ReadingCheckouts(database, store, sealing);
        var costs = new CostingCheckouts(neighbours.taxes(), clock);
        var choosing = new ChoosingShipping(database, reading, store, placements, costs, neighbours.shipping(), clock);
        var upkeep = new CheckoutUpkeep(database, neighbours.carts(), json, clock);
        return new Checkouts(
                new OpeningCheckout(
                        coalescing.together("open-checkout", new OpeningCheckouts(store, idempotency)),
                        idempotency,
                        placements,
                        pricing,
                        promoting,
                        choosing,
                        costs,
                        sealing,
                        neighbours.carts(),
                        neighbours.customers(),
                        clock),
                reading,
                choosing,
                new PlacingOrder(
                        reading,
                        coalescing.together(
                                "begin-completion", new BeginningCompletions(store, idempotency, sagas, clock)),
                        idempotency,
                        sagas,
                        placements,
                        pricing,
                        promoting,
                        choosing,
                        costs,
                        sealing,
                        neighbours.carts(),
                        clock),
                sagas,
                idempotency,
                upkeep,
                new CheckoutRecords(database));
    }

    /** How an order is placed, from top to bottom. Each step stands beside what undoes it. */
    private static SagaDefinition<PlaceOrder> placeOrder(
            CheckoutsInPlacement placements, CheckoutStore store, Idempotency idempotency, Neighbours neighbours) {
        return new SagaDefinition<PlaceOrder>(
                        "place-order",
                        PlaceOrder.class,
                        Stream.<SagaStep<PlaceOrder>>of(
                                        new ReserveStockStep(placements, neighbours.inventory()),
                                        new ClaimPromotionsStep(placements, neighbours.promotions()),
                                        new CreateOrderStep(placements, neighbours.orders()),
                                        new AuthorizePaymentStep(placements, neighbours.payments()),
                                        new ConfirmReservationStep(neighbours.inventory()),
                                        new ConfirmOrderStep(placements, neighbours.orders(), neighbours.carts()))
                                .<SagaStep<PlaceOrder>>map(RefusingInvalidCalls::new)
                                .toList(),
                        new PlaceOrderEnd(store, idempotency))
                .formerly("reserve-stock", "create-order", "authorize-payment", "confirm-reservation", "confirm-order");
    }

    List<Job> jobs() {
        return List.of(
                sagas.recovery(),
                new Job("convert-carts", Duration.ofSeconds(10), upkeep::convertDueCarts),
                new Job("expire-checkouts", Duration.ofMinutes(1), upkeep::expire),
                new Job("delete-old-checkouts", Duration.ofHours(1), upkeep::deleteOld));
    }
}
