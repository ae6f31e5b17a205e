package org.cartulary.order;

import io.micrometer.core.instrument.MeterRegistry;
import org.cartulary.contracts.catalog.VendorApi;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.eventstore.EventStore;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.jobs.Jobs;
import org.cartulary.platform.privacy.PersonalData;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the order service. */
@Configuration(proxyBeanMethods = false)
public class OrderConfiguration {

    private static final String SERVICE = "order";

    @Bean
    SealingOrders sealingOrders(PersonalData personalData, JsonMapper json) {
        return new SealingOrders(personalData, json);
    }

    @Bean
    OrderEndpoint orderEndpoint(Databases databases, SealingOrders sealing, EventBus events, JsonMapper json) {
        Database database = databases.open(SERVICE);
        Outbox outbox = new Outbox(database, events, json);
        OrderStore store = new OrderStore(json);
        return new OrderEndpoint(
                new CreatingOrder(database, store, sealing, outbox),
                new ConfirmingOrder(database, store, outbox),
                new CancellingOrder(database, store, outbox),
                new OrderFacts(database),
                new OrderInvariants(database));
    }

    @Bean
    PurchasesEndpoint purchasesEndpoint(Databases databases) {
        return new PurchasesEndpoint(databases.open(SERVICE));
    }

    @Bean
    OrderRecordsEndpoint orderRecordsEndpoint(Databases databases, SealingOrders sealing, JsonMapper json) {
        Database database = databases.open(SERVICE);
        return new OrderRecordsEndpoint(database, new OrderDetails(database, sealing), json);
    }

    @Bean
    OrdersController ordersController(Databases databases, SealingOrders sealing, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new OrdersController(new OrderDetails(database, sealing), new OrderLists(database, cursors));
    }

    @Bean
    OrdersAdminController ordersAdminController(
            Databases databases, SealingOrders sealing, CustomerApi customers, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new OrdersAdminController(
                new OrderDetails(database, sealing),
                new OrderLists(database, cursors),
                new FindingBuyers(customers, sealing),
                new OrderReports(database),
                new CommissionStatements(new VendorLineStore(database)));
    }

    @Bean
    SalesReportsController salesReportsController(Databases databases) {
        return new SalesReportsController(new SalesReports(databases.open(SERVICE)));
    }

    @Bean
    VendorOrdersController vendorOrdersController(Databases databases, VendorApi vendors, Cursors cursors) {
        VendorLineStore store = new VendorLineStore(databases.open(SERVICE));
        return new VendorOrdersController(
                new ActingForVendor(vendors), new VendorOrders(store, cursors), new CommissionStatements(store));
    }

    @Bean
    OrderUndoing orderUndoing(
            Databases databases,
            SealingOrders sealing,
            EventBus events,
            JsonMapper json,
            MeterRegistry meters,
            PaymentApi payments,
            InventoryApi inventory,
            PromotionApi promotions) {
        Database database = databases.open(SERVICE);
        return OrderUndoing.over(
                database, json, meters, new Outbox(database, events, json), sealing, payments, inventory, promotions);
    }

    @Bean
    CancellationsController cancellationsController(OrderUndoing undoing) {
        return new CancellationsController(undoing.requesting());
    }

    @Bean
    CancellationsAdminController cancellationsAdminController(OrderUndoing undoing) {
        return new CancellationsAdminController(undoing.requesting());
    }

    @Bean
    RefundsAdminController refundsAdminController(OrderUndoing undoing) {
        return new RefundsAdminController(undoing.refunding());
    }

    @Bean
    ShipmentsAdminController shipmentsAdminController(
            Databases databases, SealingOrders sealing, EventBus events, JsonMapper json) {
        Database database = databases.open(SERVICE);
        return new ShipmentsAdminController(
                sendingOrder(database, sealing, events, json), new OrderDetails(database, sealing));
    }

    @Bean
    NotesAdminController notesAdminController(Databases databases, SealingOrders sealing, JsonMapper json) {
        Database database = databases.open(SERVICE);
        return new NotesAdminController(writingNotes(database, sealing, json), new OrderDetails(database, sealing));
    }

    static WritingNotes writingNotes(Database database, SealingOrders sealing, JsonMapper json) {
        return new WritingNotes(new NoteStore(), new SealingWords(database, sealing), new Idempotency(database, json));
    }

    static SendingOrder sendingOrder(Database database, SealingOrders sealing, EventBus events, JsonMapper json) {
        return new SendingOrder(
                database,
                new ShipmentStore(),
                new SealingShipments(database, sealing, json),
                new Idempotency(database, json),
                progress(database, events, json));
    }

    private static OrderProgress progress(Database database, EventBus events, JsonMapper json) {
        return new OrderProgress(new Outbox(database, events, json), new WithdrawalStore());
    }

    @Bean
    WithdrawalsAdminController withdrawalsAdminController(Databases databases, EventBus events, JsonMapper json) {
        return new WithdrawalsAdminController(withdrawingUnits(databases.open(SERVICE), events, json));
    }

    static WithdrawingUnits withdrawingUnits(Database database, EventBus events, JsonMapper json) {
        return new WithdrawingUnits(
                new WithdrawalStore(), progress(database, events, json), new Idempotency(database, json));
    }

    @Bean
    PaymentCapturedHandler orderPaymentCapturedHandler(Databases databases, OrderUndoing undoing) {
        return new PaymentCapturedHandler(databases.open(SERVICE), undoing.payments(), undoing.cancellations());
    }

    @Bean
    PaymentCancelledHandler orderPaymentCancelledHandler(Databases databases, OrderUndoing undoing) {
        return new PaymentCancelledHandler(databases.open(SERVICE), undoing.losing());
    }

    @Bean
    PaymentRefundedHandler orderPaymentRefundedHandler(Databases databases, OrderUndoing undoing) {
        return new PaymentRefundedHandler(databases.open(SERVICE), undoing.recording());
    }

    @Bean
    OrderEventsEndpoint orderEventsEndpoint(Databases databases) {
        return new OrderEventsEndpoint(new EventStore(databases.open(SERVICE)));
    }

    @Bean
    OrderEventsController orderEventsController(Databases databases, JsonMapper json, Cursors cursors) {
        return new OrderEventsController(
                new ReadingOrderEvents(new EventStore(databases.open(SERVICE)), json, cursors));
    }

    @Bean
    Jobs orderJobs(Databases databases, OrderUndoing undoing) {
        return new Jobs(databases.open(SERVICE), undoing.jobs());
    }
}
