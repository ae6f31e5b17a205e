package org.cartulary.order;

import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.eventstore.EventStore;
import org.cartulary.platform.http.Cursors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the order service. */
@Configuration(proxyBeanMethods = false)
public class OrderConfiguration {

    private static final String SERVICE = "order";

    @Bean
    OrderEndpoint orderEndpoint(Databases databases, EventBus events, JsonMapper json) {
        Database database = databases.open(SERVICE);
        Outbox outbox = new Outbox(database, events, json);
        OrderStore store = new OrderStore(json);
        return new OrderEndpoint(
                new CreatingOrder(database, store, outbox),
                new ConfirmingOrder(database, store, outbox),
                new CancellingOrder(database, store, outbox),
                new OrderFacts(database),
                new OrderInvariants(database));
    }

    @Bean
    OrdersController ordersController(Databases databases, JsonMapper json, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new OrdersController(new OrderDetails(database, json), new OrderLists(database, cursors));
    }

    @Bean
    OrdersAdminController ordersAdminController(Databases databases, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new OrdersAdminController(new OrderLists(database, cursors), new OrderReports(database));
    }

    @Bean
    OrderEventsEndpoint orderEventsEndpoint(Databases databases) {
        return new OrderEventsEndpoint(new EventStore(databases.open(SERVICE)));
    }

    @Bean
    OrderEventsController orderEventsController(Databases databases, JsonMapper json, Cursors cursors) {
        return new OrderEventsController(new OrderPast(new EventStore(databases.open(SERVICE)), json, cursors));
    }

    @Bean
    PaymentCapturedHandler orderPaymentCapturedHandler(Databases databases) {
        return new PaymentCapturedHandler(databases.open(SERVICE));
    }
}
