package org.cartulary.customer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.AccountRecordsApi;
import org.cartulary.contracts.auth.FindAccount;
import org.cartulary.contracts.cart.CartRecordsApi;
import org.cartulary.contracts.catalog.ReviewRecordsApi;
import org.cartulary.contracts.checkout.CheckoutRecordsApi;
import org.cartulary.contracts.order.OrderRecordsApi;
import org.cartulary.contracts.order.UnfinishedOrders;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.saga.SagaDefinition;
import org.cartulary.platform.saga.Sagas;
import org.cartulary.platform.saga.StartedSaga;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Forgets customers, and guests of whom no more is known than an e-mail address. The intent and the saga that carries it out are one transaction; the saga only goes forward: the account is
 * closed first, so that nothing new comes about, and the keys are destroyed last, when whatever knew the customer has let go.
 * Thread-safe.
 */
final class ErasingCustomers {

    private static final int MAX_ERASURES_AT_ONCE = 500;
    private static final Duration APPLIED_AGAIN_EVERY = Duration.ofHours(6);

    private final Database database;
    private final CustomerStore customers;
    private final SealingCustomers sealed;
    private final Neighbours neighbours;
    private final ErasureStore store = new ErasureStore();
    private final Sagas<EraseCustomer> sagas;

    /** The other services that keep records on people, and the keys of these. */
    record Neighbours(
            AccountRecordsApi accounts,
            CheckoutRecordsApi checkouts,
            OrderRecordsApi orders,
            ReviewRecordsApi reviews,
            CartRecordsApi carts,
            SubjectKeysApi keys) {

        /** By which ids further services know the person. */
        Traces trace(Person person) {
            return orders.trace(person).and(checkouts.trace(person));
        }
    }

    /** What came of the transaction with which an erasure begins. */
    private record Begun(ErasureView view, @Nullable StartedSaga<EraseCustomer> saga) {}

    ErasingCustomers(
            Database database,
            CustomerStore customers,
            SealingCustomers sealed,
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
        return SagaDefinition.<EraseCustomer>forwardOnly(
                        "erase-customer",
                        EraseCustomer.class,
                        List.of(
                                new ForgetRecordsStep("forget-account", neighbours.accounts()),
                                new ForgetRecordsStep("forget-checkouts", neighbours.checkouts()),
                                new ForgetRecordsStep("forget-orders", neighbours.orders()),
                                new ForgetRecordsStep("forget-reviews", neighbours.reviews()),
                                new ForgetCartsStep(neighbours.carts()),
                                new ForgetCustomerStep(database, store, consents),
                                new DestroyKeysStep(database, store, neighbours)),
                        new EraseCustomerEnd(store))
                .formerly(
                        "forget-account",
                        "forget-checkouts",
                        "forget-orders",
                        "forget-customer",
                        "destroy-keys",
                        "forget-carts",
                        "forget-reviews");
    }

    /**
     * Forgets a customer, or tells how far it is where that was asked for before.
     *
     * @param reason a code
     * @param evenUndelivered whether orders may be left that are confirmed and not delivered
     * @throws ProblemException 404 {@code customer-not-found}; 409 {@code orders-unfinished} while an order needs to know whose it
     *     is
     */
    ErasureView erase(UUID customerId, String reason, boolean evenUndelivered) {
        Optional<ErasureView> before = find(customerId);
        return before.isPresent()
                ? before.get()
                : erase(
                        identify(customerId),
                        AuditedAct.of("customer.erasure-requested", "customer", customerId),
                        reason,
                        evenUndelivered);
    }

    /**
     * Forgets whoever bought under the address without an account, or tells how far it is where that is under way. Whoever buys under it
     * later is somebody new, and can be forgotten again.
     *
     * @throws ProblemException 404 {@code guest-not-found} if nothing is kept under the address; 409 {@code orders-unfinished}
     */
    ErasureView eraseGuest(String email, String reason, boolean evenUndelivered) {
        UUID tenantId = RequestContext.currentTenant();
        UUID guest = sealed.guestSubject(email);
        Optional<ErasureView> underWay = database.inReadTransaction(tx -> store.ofGuest(tx, tenantId, guest)).stream()
                .filter(erasure -> erasure.completedAt() == null)
                .findFirst();
        if (underWay.isPresent()) {
            return underWay.get();
        }
        return erase(
                knownGuest(email), AuditedAct.of("guest.erasure-requested", "guest", guest), reason, evenUndelivered);
    }

    /**
     * Who has bought, or was about to, under the address without an account.
     *
     * @throws ProblemException 404 {@code guest-not-found} if nobody has
     */
    Person knownGuest(String email) {
        Person person = Person.guest(sealed.guestSubject(email));
        Traces traces = neighbours.trace(person);
        if (traces.orderIds().isEmpty() && traces.checkoutIds().isEmpty()) {
            throw ProblemException.notFound(
                    "guest-not-found", "nobody without an account has bought anything under this address");
        }
        return person;
    }

    private ErasureView erase(Person person, AuditedAct act, String reason, boolean evenUndelivered) {
        UUID tenantId = RequestContext.currentTenant();
        Instant requestedAt = neighbours.keys().moment();
        Traces traces = neighbours.carts().trace(neighbours.trace(person));
        requireFinished(neighbours.orders().unfinished(person), evenUndelivered);
        EraseCustomer erasure = new EraseCustomer(
                person.customerId(),
                person.guestSubjectId(),
                traces.guestIds(),
                traces.cartIds(),
                requestedAt,
                caller(RequestContext.current().principal()),
                reason);
        UUID id = Ids.next();
        Begun begun = database.inTransaction(tx -> {
            if (!store.insert(tx, tenantId, id, erasure)) {
                return new Begun(latest(tx, person).orElseThrow(), null);
            }
            var saga = sagas.begin(tx, id, erasure);
            AuditLog.record(tx, act);
            return new Begun(store.find(tx, tenantId, id).orElseThrow(), saga);
        });
        if (begun.saga() == null) {
            return begun.view();
        }
        sagas.proceed(begun.saga());
        return findErasure(id).orElseThrow();
    }

    private Optional<ErasureView> latest(Transaction tx, Person person) {
        UUID tenantId = RequestContext.currentTenant();
        UUID customerId = person.customerId();
        return customerId == null
                ? store.ofGuest(tx, tenantId, Objects.requireNonNull(person.guestSubjectId())).stream()
                        .findFirst()
                : store.ofCustomer(tx, tenantId, customerId);
    }

    /** Of a guest or a customer, by its own id. */
    Optional<ErasureView> findErasure(UUID id) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> store.find(tx, tenantId, id));
    }

    /** What was ever asked to be forgotten of the person. */
    List<ErasureView> ofPerson(Person person) {
        // As the platform: a customer's transactions do not see what the same person asked for as a guest.
        return RequestContext.current().asSystem().supply(() -> database.inReadTransaction(tx -> ofPerson(tx, person)));
    }

    private List<ErasureView> ofPerson(Transaction tx, Person person) {
        UUID tenantId = RequestContext.currentTenant();
        List<ErasureView> erasures = new ArrayList<>();
        if (person.customerId() != null) {
            store.ofCustomer(tx, tenantId, person.customerId()).ifPresent(erasures::add);
        }
        if (person.guestSubjectId() != null) {
            erasures.addAll(store.ofGuest(tx, tenantId, person.guestSubjectId()));
        }
        return erasures;
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
     * there again. Keys that guests got after theirs were destroyed are left.
     */
    void applyAgain() {
        List<ErasureStore.Erased> page;
        ErasureStore.Erased last = null;
        do {
            ErasureStore.Erased after = last;
            page = database.asWorker(tx -> store.destroyed(tx, after, MAX_ERASURES_AT_ONCE));
            for (ErasureStore.Erased erased : page) {
                EraseCustomer erasure = erased.erasure();
                RequestContext.ofSystem(erased.tenantId())
                        .run(() -> neighbours
                                .keys()
                                .destroy(new DestroySubjectKeys(
                                        erasure.subjects(), erased.keysDestroyedAt(), erasure.by(), erasure.reason())));
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
