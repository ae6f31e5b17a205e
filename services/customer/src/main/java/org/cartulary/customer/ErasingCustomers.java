package org.cartulary.customer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.AccountRecordsApi;
import org.cartulary.contracts.auth.FindAccount;
import org.cartulary.contracts.checkout.CheckoutRecordsApi;
import org.cartulary.contracts.order.OrderRecordsApi;
import org.cartulary.contracts.order.UnfinishedOrders;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.saga.SagaDefinition;
import org.cartulary.platform.saga.Sagas;
import org.cartulary.platform.saga.StartedSaga;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Forgets customers. The intent and the saga that carries it out are one transaction; the saga only goes forward: the account is
 * closed first, so that nothing new comes about, and the keys are destroyed last, when whatever knew the customer has let go.
 * Thread-safe.
 */
final class ErasingCustomers {

    private static final int MAX_ERASURES_AT_ONCE = 500;
    private static final Duration APPLIED_AGAIN_EVERY = Duration.ofHours(6);

    private final Database database;
    private final CustomerStore customers;
    private final SealedCustomers sealed;
    private final Neighbours neighbours;
    private final ErasureStore store = new ErasureStore();
    private final Sagas<EraseCustomer> sagas;

    /** The other services that keep records on people, and the keys of these. */
    record Neighbours(
            AccountRecordsApi accounts, CheckoutRecordsApi checkouts, OrderRecordsApi orders, SubjectKeysApi keys) {}

    /** What came of the transaction with which an erasure begins. */
    private record Begun(ErasureView view, @Nullable StartedSaga<EraseCustomer> saga) {}

    ErasingCustomers(
            Database database,
            CustomerStore customers,
            SealedCustomers sealed,
            Neighbours neighbours,
            Consenting consents,
            JsonMapper json,
            MeterRegistry meters) {
        this.database = database;
        this.customers = customers;
        this.sealed = sealed;
        this.neighbours = neighbours;
        this.sagas = new Sagas<>(database, eraseCustomer(database, store, neighbours, consents), json, meters);
    }

    /** How a customer is forgotten, from top to bottom. */
    private static SagaDefinition<EraseCustomer> eraseCustomer(
            Database database, ErasureStore store, Neighbours neighbours, Consenting consents) {
        return SagaDefinition.forwardOnly(
                "erase-customer",
                EraseCustomer.class,
                List.of(
                        new ForgetRecordsStep("forget-account", neighbours.accounts()),
                        new ForgetRecordsStep("forget-checkouts", neighbours.checkouts()),
                        new ForgetRecordsStep("forget-orders", neighbours.orders()),
                        new ForgetCustomerStep(database, store, consents),
                        new DestroyKeysStep(neighbours.keys())),
                new EraseCustomerEnd(store));
    }

    /**
     * Forgets a customer, or tells how far it is where that was asked for before.
     *
     * @param reason names nobody
     * @param evenUndelivered whether orders may be left that are confirmed and not delivered
     * @throws ProblemException 404 {@code customer-not-found}; 409 {@code orders-unfinished} while an order needs to know whose it
     *     is
     */
    ErasureView erase(UUID customerId, String reason, boolean evenUndelivered) {
        UUID tenantId = RequestContext.currentTenant();
        Optional<ErasureView> before = find(customerId);
        if (before.isPresent()) {
            return before.get();
        }
        Person person = identify(customerId);
        requireFinished(neighbours.orders().unfinished(person), evenUndelivered);
        EraseCustomer erasure = new EraseCustomer(
                customerId,
                person.guestSubjectId(),
                caller(RequestContext.current().principal()),
                reason);
        UUID id = Ids.next();
        Begun begun = database.inTransaction(tx -> {
            boolean isFirst = store.insert(tx, tenantId, id, erasure);
            ErasureView view = store.ofCustomer(tx, tenantId, customerId).orElseThrow();
            if (!isFirst) {
                return new Begun(view, null);
            }
            var saga = sagas.begin(tx, id, erasure);
            AuditLog.record(tx, AuditedAct.of("customer.erasure-requested", "customer", customerId));
            return new Begun(view, saga);
        });
        if (begun.saga() == null) {
            return begun.view();
        }
        sagas.proceed(begun.saga());
        return find(customerId).orElseThrow();
    }

    Optional<ErasureView> find(UUID customerId) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> store.ofCustomer(tx, tenantId, customerId));
    }

    /**
     * Who the customer is elsewhere. An address that the shop has entered itself is the customer's as far as the shop is
     * concerned; one that somebody registered with only once they have shown that it is.
     */
    Person identify(UUID customerId) {
        UUID tenantId = RequestContext.currentTenant();
        StoredCustomer customer = database.inReadTransaction(tx -> customers.find(tx, tenantId, customerId))
                .orElseThrow(() -> ProblemException.notFound("customer-not-found", "there is no such customer"));
        if (customer.registered()) {
            return neighbours.accounts().identify(new FindAccount(customerId));
        }
        return new Person(
                customerId,
                sealed.person(customer)
                        .map(person -> sealed.guestSubject(person.email()))
                        .orElse(null));
    }

    private static void requireFinished(UnfinishedOrders orders, boolean evenUndelivered) {
        if (orders.underWay() > 0 || (orders.undelivered() > 0 && !evenUndelivered)) {
            throw ProblemException.conflict(
                            "orders-unfinished",
                            "orders that are not delivered need to know whose they are: cancel them, or wait")
                    .withProperty("underWay", orders.underWay())
                    .withProperty("undelivered", orders.undelivered());
        }
    }

    private static String caller(Principal principal) {
        return principal.kind() + ":" + Objects.requireNonNullElse(principal.id(), new UUID(0, 0));
    }

    /**
     * Destroys the keys of everybody who was forgotten once more: where the database of keys was restored from a backup, those are
     * there again. Keys that guests got since then are left.
     */
    void applyAgain() {
        List<ErasureStore.Erased> page;
        ErasureStore.Erased last = null;
        do {
            ErasureStore.Erased after = last;
            page = database.asWorker(tx -> store.completed(tx, after, MAX_ERASURES_AT_ONCE));
            for (ErasureStore.Erased erased : page) {
                EraseCustomer erasure = erased.erasure();
                RequestContext.ofSystem(erased.tenantId())
                        .run(() -> neighbours
                                .keys()
                                .destroy(new DestroySubjectKeys(
                                        erasure.subjects(), erased.completedAt(), erasure.by(), erasure.reason())));
                last = erased;
            }
        } while (page.size() == MAX_ERASURES_AT_ONCE);
    }

    List<Job> jobs() {
        return List.of(
                sagas.recovery(),
                sagas.purging(),
                new Job("apply-erasures-again", APPLIED_AGAIN_EVERY, this::applyAgain));
    }
}
