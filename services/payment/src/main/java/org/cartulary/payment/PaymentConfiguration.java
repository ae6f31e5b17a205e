package org.cartulary.payment;

import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.Cursors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the payment service. */
@Configuration(proxyBeanMethods = false)
public class PaymentConfiguration {

    private static final String SERVICE = "payment";

    /** Whether buyers may pay with the built-in test provider; a shop that sells for money says no. */
    private static final String TEST_PROVIDER = "${cartulary.payment.test-provider:true}";

    @Bean
    PaymentEndpoint paymentEndpoint(
            Databases databases, EventBus events, JsonMapper json, @Value(TEST_PROVIDER) boolean testProvider) {
        Database database = databases.open(SERVICE);
        PaymentStore store = new PaymentStore();
        PaymentProviders providers = providers(database, testProvider);
        CapturingPayment capturing =
                new CapturingPayment(database, store, providers, new Outbox(database, events, json));
        return new PaymentEndpoint(
                new AuthorizingPayment(database, store, providers),
                new CancellingPayment(database, store, providers, capturing),
                new PaymentFacts(database, store),
                new PaymentInvariants(database));
    }

    @Bean
    OrderConfirmedHandler paymentOrderConfirmedHandler(
            Databases databases, EventBus events, JsonMapper json, @Value(TEST_PROVIDER) boolean testProvider) {
        Database database = databases.open(SERVICE);
        Outbox outbox = new Outbox(database, events, json);
        return new OrderConfirmedHandler(
                database,
                new CapturingPayment(database, new PaymentStore(), providers(database, testProvider), outbox));
    }

    @Bean
    PaymentsAdminController paymentsAdminController(Databases databases, Cursors cursors) {
        return new PaymentsAdminController(new PaymentList(databases.open(SERVICE), cursors));
    }

    private static PaymentProviders providers(Database database, boolean testProvider) {
        return new PaymentProviders(
                testProvider
                        ? List.of(new ManualPaymentProvider(), new TestPaymentProvider(database))
                        : List.of(new ManualPaymentProvider()));
    }
}
