package org.cartulary.payment;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/**
 * Wires the payment service. Settings: {@code cartulary.payment.test-provider} ({@code true}: buyers may pay with the built-in
 * test provider), {@code cartulary.payment.provider-timeout} ({@code PT10S}); the secrets of webhooks are derived from
 * those of the installation.
 */
@Configuration(proxyBeanMethods = false)
public class PaymentConfiguration {

    private static final String SERVICE = "payment";
    private static final int PURGED_AT_ONCE = 10_000;

    @Bean
    PaymentSettings paymentSettings(Environment environment) {
        return new PaymentSettings(
                environment.getProperty("cartulary.payment.test-provider", Boolean.class, true),
                Duration.parse(environment.getProperty("cartulary.payment.provider-timeout", "PT10S")));
    }

    @Bean
    WebhookSignatures paymentWebhookSignatures(InstallationSecrets secrets, Clock clock) {
        return new WebhookSignatures(secrets, clock);
    }

    @Bean
    TestProvider testPaymentProvider(Databases databases, JsonMapper json, Clock clock, WebhookSignatures signatures) {
        return TestProvider.of(databases.open(SERVICE), json, clock, signatures);
    }

    @Bean
    PaymentWork paymentWork(
            Databases databases, EventBus events, JsonMapper json, PaymentSettings settings, TestProvider test) {
        Database database = databases.open(SERVICE);
        List<PaymentProvider> providers = new ArrayList<>(List.of(new ManualPaymentProvider()));
        if (settings.hasTestProvider()) {
            providers.add(test.payments());
        }
        return PaymentWork.of(
                database,
                new Outbox(database, events, json),
                new PaymentProviders(providers, settings.providerTimeout()));
    }

    @Bean
    PaymentEndpoint paymentEndpoint(PaymentWork work) {
        return new PaymentEndpoint(
                work.authorizing(),
                work.cancelling(),
                work.refunding(),
                new PaymentFacts(work.database(), work.store()),
                new PaymentInvariants(work.database()));
    }

    @Bean
    PaymentRecordsEndpoint paymentRecordsEndpoint(Databases databases) {
        return new PaymentRecordsEndpoint(databases.open(SERVICE));
    }

    @Bean
    PromptCaptures promptPaymentCaptures(PaymentWork work) {
        return new PromptCaptures(work.capturing());
    }

    @Bean
    OrderConfirmedHandler paymentOrderConfirmedHandler(PaymentWork work, PromptCaptures prompt) {
        return new OrderConfirmedHandler(work.database(), work.capturing(), prompt);
    }

    @Bean
    PaymentsAdminController paymentsAdminController(Databases databases, Cursors cursors) {
        return new PaymentsAdminController(new PaymentList(databases.open(SERVICE), cursors));
    }

    @Bean
    TestProviderController testProviderController(PaymentWork work, PaymentSettings settings) {
        return new TestProviderController(
                new TestProviderStatement(work.database(), work.store()), settings.hasTestProvider());
    }

    @Bean
    ReceivingWebhook paymentWebhookReceiver(
            PaymentWork work, WebhookSignatures signatures, JsonMapper json, TestProvider test) {
        ReceivingWebhook receiving = new ReceivingWebhook(
                work.database(), new WebhookStore(), signatures, work.providers(), work.learning(), json);
        test.webhooks().tellTo(receiving);
        return receiving;
    }

    @Bean
    PaymentWebhooksController paymentWebhooksController(ReceivingWebhook receiving) {
        return new PaymentWebhooksController(receiving);
    }

    @Bean
    WebhookSecretsController paymentWebhookSecretsController(
            Databases databases, PaymentWork work, WebhookSignatures signatures) {
        return new WebhookSecretsController(databases.open(SERVICE), work.providers(), signatures);
    }

    @Bean
    Jobs paymentJobs(
            PaymentWork work, OrderApi orders, PaymentSettings settings, TestProvider test, ReceivingWebhook hearing) {
        FinishingPayments finishing = new FinishingPayments(work, new ExpiringPayment(work, orders));
        List<Job> jobs = new ArrayList<>(List.of(
                new Job("finish-payments", Duration.ofSeconds(10), finishing::run),
                new Job(
                        "delete-payment-webhooks",
                        Duration.ofHours(1),
                        () -> WebhookStore.purge(work.database(), PURGED_AT_ONCE))));
        if (settings.hasTestProvider()) {
            jobs.add(new Job("test-provider", Duration.ofSeconds(2), test::live));
        }
        return new Jobs(work.database(), jobs);
    }
}
