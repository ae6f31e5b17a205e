package org.cartulary.customer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.contracts.auth.AccountRecordsApi;
import org.cartulary.contracts.cart.CartRecordsApi;
import org.cartulary.contracts.catalog.ReviewRecordsApi;
import org.cartulary.contracts.checkout.CheckoutRecordsApi;
import org.cartulary.contracts.inventory.ReservationRecordsApi;
import org.cartulary.contracts.order.OrderEventsApi;
import org.cartulary.contracts.order.OrderRecordsApi;
import org.cartulary.contracts.payment.PaymentRecordsApi;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.contracts.promotion.PromotionRecordsApi;
import org.cartulary.platform.audit.AuditRecordsOfServices;
import org.cartulary.platform.audit.DataAccessLog;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.cartulary.platform.privacy.PersonalData;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the customer service. */
@Configuration(proxyBeanMethods = false)
public class CustomerConfiguration {
    @Bean
    SealingCustomers sealingCustomers(PersonalData personalData, JsonMapper json) {
        return new SealingCustomers(personalData, json);
    }

    @Bean
    CustomerEndpoint customerEndpoint(Databases databases, SealingCustomers sealed) {
        return new CustomerEndpoint(open(databases), new CustomerStore(), sealed);
    }

    @Bean
    CustomersController customersController(
            Databases databases, SealingCustomers sealed, JsonMapper json, Cursors cursors) {
        Database database = open(databases);
        return new CustomersController(
                database,
                new CustomerStore(),
                sealed,
                new AddressBook(database, sealed),
                new Idempotency(database, json),
                cursors);
    }

    @Bean
    OwnAddressController ownAddressController(Databases databases, SealingCustomers sealed) {
        return new OwnAddressController(new AddressBook(open(databases), sealed));
    }

    @Bean
    OwnProfileController ownProfileController(Databases databases, SealingCustomers sealed, Clock clock) {
        return new OwnProfileController(new ChangingProfiles(open(databases), new CustomerStore(), sealed, clock));
    }

    @Bean
    CustomersAdminController customersAdminController(
            Databases databases, SealingCustomers sealed, JsonMapper json, Cursors cursors) {
        Database database = open(databases);
        return new CustomersAdminController(
                database,
                new CustomerStore(),
                sealed,
                new EnteringCustomers(database, new CustomerEntryStore(), sealed, json),
                new ReadingCustomers(
                        database,
                        new CustomerStore(),
                        sealed,
                        new AddressBook(database, sealed),
                        new CustomerGroupStore(),
                        new StatisticsStore()),
                json,
                cursors);
    }

    @Bean
    CustomerGroups customerGroups(Databases databases) {
        return new CustomerGroups(open(databases), new CustomerGroupStore());
    }

    @Bean
    CustomerGroupsController customerGroupsController(CustomerGroups groups, Cursors cursors) {
        return new CustomerGroupsController(groups, cursors);
    }

    @Bean
    Consenting customerConsents(Databases databases, EventBus events, JsonMapper json) {
        Database database = open(databases);
        return new Consenting(database, new ConsentStore(), new Outbox(database, events, json));
    }

    @Bean
    ConsentsController consentsController(Consenting consents, Cursors cursors) {
        return new ConsentsController(consents, cursors);
    }

    @Bean
    ConsentsAdminController consentsAdminController(Consenting consents, Cursors cursors) {
        return new ConsentsAdminController(consents, cursors);
    }

    @Bean
    RegisteredCustomerHandler registeredCustomerHandler(Databases databases) {
        return new RegisteredCustomerHandler(open(databases), new CustomerStore());
    }

    @Bean
    StatisticsController customerStatisticsController(Databases databases) {
        Database database = open(databases);
        return new StatisticsController(
                database,
                new CustomerStore(),
                new StatisticsStore(),
                new RebuildingStatistics(database, new RebuildStore()));
    }

    @Bean
    ErasingCustomers.Neighbours personalRecordsOfNeighbours(
            AccountRecordsApi accounts,
            CheckoutRecordsApi checkouts,
            OrderRecordsApi orders,
            ReviewRecordsApi reviews,
            CartRecordsApi carts,
            SubjectKeysApi keys) {
        return new ErasingCustomers.Neighbours(accounts, checkouts, orders, reviews, carts, keys);
    }

    @Bean
    ErasingCustomers erasingCustomers(
            Databases databases,
            SealingCustomers sealed,
            ErasingCustomers.Neighbours neighbours,
            Consenting consents,
            JsonMapper json,
            MeterRegistry meters) {
        return new ErasingCustomers(open(databases), new CustomerStore(), sealed, neighbours, consents, json, meters);
    }

    @Bean
    ExportingCustomers.Traced tracedRecordsOfNeighbours(
            PaymentRecordsApi payments,
            ReservationRecordsApi reservations,
            PromotionRecordsApi promotions,
            AuditRecordsOfServices audits) {
        return new ExportingCustomers.Traced(payments, reservations, promotions, audits);
    }

    @Bean
    ExportingCustomers exportingCustomers(
            Databases databases,
            SealingCustomers sealing,
            Consenting consents,
            CustomerGroups groups,
            ErasingCustomers erasing,
            ErasingCustomers.Neighbours neighbours,
            ExportingCustomers.Traced traced,
            JsonMapper json) {
        Database database = open(databases);
        return new ExportingCustomers(
                database,
                new ExportingCustomers.Own(
                        new CustomerStore(),
                        sealing,
                        new AddressBook(database, sealing),
                        consents,
                        groups,
                        new StatisticsStore()),
                erasing,
                neighbours,
                traced,
                json);
    }

    @Bean
    ErasuresController erasuresController(ErasingCustomers erasing, ExportingCustomers exporting) {
        return new ErasuresController(erasing, exporting);
    }

    @Bean
    ErasuresAdminController erasuresAdminController(
            ErasingCustomers erasing, ExportingCustomers exporting, Databases databases, DataAccessLog log) {
        return new ErasuresAdminController(erasing, exporting, open(databases), log);
    }

    @Bean
    GuestsAdminController guestsAdminController(
            ErasingCustomers erasing, ExportingCustomers exporting, Databases databases, DataAccessLog log) {
        return new GuestsAdminController(erasing, exporting, open(databases), log);
    }

    @Bean
    Jobs customerJobs(Databases databases, OrderEventsApi orders, ErasingCustomers erasing, JsonMapper json) {
        Database database = open(databases);
        FollowingOrders following = new FollowingOrders(
                database, orders, new StatisticsStore(), new RebuildingStatistics(database, new RebuildStore()), json);
        List<Job> jobs = new ArrayList<>(erasing.jobs());
        jobs.add(new Job("customer-statistics", Duration.ofSeconds(1), following::run));
        return new Jobs(database, jobs);
    }

    private static Database open(Databases databases) {
        return databases.open("customer");
    }
}
