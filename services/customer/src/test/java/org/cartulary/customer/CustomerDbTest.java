package org.cartulary.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.contracts.customer.CustomerPerson;
import org.cartulary.contracts.customer.FindCustomer;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.SealingKey;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;

@Tag("CUS-01")
class CustomerDbTest {

    private static final JsonMapper JSON = ApiJson.strict();
    private static final PersonalData PERSONAL_DATA = TestSubjectKeys.personalData();
    private static final SealingCustomers SEALED = new SealingCustomers(PERSONAL_DATA, JSON);
    private static TestDatabase test;

    private final UUID tenant = Contexts.newTenant();
    private final RequestContext shop = Contexts.integration(tenant);
    private final CustomerStore store = new CustomerStore();
    private final EnteringCustomers entering =
            new EnteringCustomers(test.database(), new CustomerEntryStore(), SEALED, JSON);
    private final AddressBook addresses = new AddressBook(test.database(), SEALED);
    private final CustomerEndpoint endpoint = new CustomerEndpoint(test.database(), store, SEALED);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("customer");
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private static CustomerEntry entry(String number, String email, @Nullable String firstName) {
        return new CustomerEntry(Ids.next(), number, email, firstName, "Doe", null, "GB", null);
    }

    private List<EnteredCustomer> enter(CustomerEntry... entries) {
        return shop.supply(() -> entering.enter(List.of(entries)));
    }

    private AddAddressResult add(UUID customerId, AddressRequest address) {
        SealingKey key = SEALED.keyOf(customerId);
        return test.database().inTransaction(tx -> addresses.add(tx, customerId, address, key));
    }

    private CustomerView byNumber(String number) {
        return shop.supply(() -> test.database()
                .inReadTransaction(tx -> store.findByNumber(tx, tenant, number))
                .flatMap(SEALED::open)
                .orElseThrow());
    }

    private CustomerView byId(UUID id) {
        return shop.supply(() -> test.database()
                .inReadTransaction(tx -> store.find(tx, tenant, id))
                .flatMap(SEALED::open)
                .orElseThrow());
    }

    private UUID register(UUID tenantId, String email) {
        UUID id = Ids.next();
        Event envelope = new Event(
                Ids.next(),
                tenantId,
                "auth.user-registered.v1",
                1,
                "user",
                id,
                1,
                Instant.now(),
                "0",
                5,
                Contexts.system(tenantId)
                        .supply(() -> JSON.writeValueAsString(new UserRegistered(
                                id,
                                SEALED.emailIndex(email),
                                SEALED.seal(SEALED.keyOf(id), id, CustomerPerson.registered(email, "Ann", "Doe"))))));
        EventBus bus = new EventBus(ApiJson.tolerant(), new SimpleMeterRegistry());
        bus.host(List.of(new RegisteredCustomerHandler(test.database(), store)), List.of());
        // Delivered twice, as a relay may.
        bus.dispatch(List.of(envelope));
        bus.dispatch(List.of(envelope));
        bus.close();
        return id;
    }

    @Test
    void aBatchTellsWhatItCreatedUpdatedAndLeftAlone() {
        assertThat(enter(entry("b-1", "one@example.org", "One"), entry("a-2", "two@example.org", "Two")))
                .extracting(EnteredCustomer::customerNumber, EnteredCustomer::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b-1", EntryOutcome.CREATED),
                        org.assertj.core.groups.Tuple.tuple("a-2", EntryOutcome.CREATED));
        List<EnteredCustomer> second = enter(
                entry("b-1", "one@example.org", "One"),
                entry("a-2", "two@example.org", "Changed"),
                entry("c-3", "three@example.org", null));
        assertThat(second)
                .extracting(EnteredCustomer::outcome)
                .containsExactly(EntryOutcome.UNCHANGED, EntryOutcome.UPDATED, EntryOutcome.CREATED);
        CustomerView unchanged = byNumber("b-1");
        assertThat(unchanged.version()).isEqualTo(1);
        assertThat(unchanged.id()).isEqualTo(second.getFirst().id());
    }

    @Test
    void whatIsLeftOutStaysAsItIs() {
        enter(new CustomerEntry(
                Ids.next(), "7", "seven@example.org", "Seven", "Doe", "+441234", "GB", "{\"tier\": 1}"));
        EnteredCustomer again = enter(
                        new CustomerEntry(Ids.next(), "7", "seven@example.org", null, null, null, null, null))
                .getFirst();
        assertThat(again.outcome()).isEqualTo(EntryOutcome.UNCHANGED);
        CustomerView customer = byId(again.id());
        assertThat(customer.phone()).isEqualTo("+441234");
        assertThat(customer.metadata()).containsEntry("tier", 1);
    }

    @Test
    void aBatchWithATakenEmailAddressEntersNothing() {
        enter(entry("1", "taken@example.org", "One"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(
                        () -> enter(entry("2", "free@example.org", "Two"), entry("3", "TAKEN@example.org", "Three")))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("email-taken");
                    assertThat(problem.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.pointer()).isEqualTo("/customers/1/email"));
                });
        assertThat(enter(entry("2", "free@example.org", "Two")).getFirst().outcome())
                .isEqualTo(EntryOutcome.CREATED);
    }

    @Test
    void aBatchThatNamesANumberTwiceIsRefused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> enter(entry("1", "a@example.org", "A"), entry("1", "b@example.org", "B")))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("duplicate-entry"));
    }

    @Test
    void theSameBatchAtTheSameTimeCreatesEachCustomerOnce() throws Exception {
        List<CustomerEntry> entries = IntStream.range(0, 100)
                .mapToObj(i -> entry("n-" + i, "n" + i + "@example.org", "N"))
                .toList();
        List<List<EnteredCustomer>> results = shop.call(
                () -> Concurrently.run(8, () -> entering.enter(entries)).valuesOrThrow());
        assertThat(results.stream().flatMap(List::stream).filter(one -> one.outcome() == EntryOutcome.CREATED))
                .hasSize(100);
        assertThat(results.stream()
                        .flatMap(List::stream)
                        .map(EnteredCustomer::id)
                        .distinct())
                .hasSize(100);
    }

    @Test
    void whoeverRegistersIsACustomerOnceHoweverOftenTheEventArrives() {
        UUID id = register(tenant, "ann@example.org");
        CustomerView customer = byId(id);
        assertThat(customer.customerNumber()).matches("C-[0-9A-HJKMNP-TV-Z]{10}");
        assertThat(customer.registered()).isTrue();
        assertThat(shop.supply(() -> endpoint.find(new FindCustomer(id)))).isNotNull();
    }

    @Test
    void anImportedAddressNeitherBlocksNorClaimsARegistration() {
        UUID imported =
                enter(entry("9", "same@example.org", "Imported")).getFirst().id();
        UUID registered = register(tenant, "Same@example.org");
        assertThat(registered).isNotEqualTo(imported);
        String number = byId(registered).customerNumber();
        assertThat(enter(entry(number, "other@example.org", "Ann")).getFirst().outcome())
                .isEqualTo(EntryOutcome.UPDATED);
        assertThat(shop.supply(() -> endpoint.find(new FindCustomer(registered))))
                .satisfies(found -> assertThat(found.email()).isEqualTo("Same@example.org"));
    }

    @Test
    @Tag("PLT-28")
    void theDatabaseRefusesWhatIsNotSealed() {
        UUID id = enter(entry("5", "five@example.org", "Five")).getFirst().id();
        for (String change : List.of(
                "person_sealed = 'five@example.org'",
                "person_sealed = NULL",
                "email_index = 'five@example.org'",
                "status = 'odd'")) {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .as(change)
                    .isThrownBy(() -> change(id, change));
        }
    }

    @Test
    @Tag("PLT-28")
    void nothingThatTellsWhoItIsStandsInClear() {
        UUID id = register(tenant, "secretive@example.org");
        Contexts.customer(tenant, id).run(() -> add(id, address("shipping", true)));

        for (String table : List.of("customers", "customer_addresses", "idempotency_keys")) {
            assertThat(test.admin()
                            .sql("SELECT coalesce(string_agg(t::text, ''), '') FROM " + table
                                    + " t WHERE tenant_id = :tenant")
                            .param("tenant", tenant)
                            .query(String.class)
                            .single())
                    .as(table)
                    .doesNotContainIgnoringCase("secretive")
                    .doesNotContain("Ann", "High Street", "N1 1AA");
        }
    }

    private void change(UUID id, String change) {
        shop.run(() -> test.database()
                .inTransaction(tx -> tx.jdbc()
                        .sql("UPDATE customers SET " + change + " WHERE tenant_id = :tenantId AND id = :id")
                        .param("tenantId", tenant)
                        .param("id", id)
                        .update()));
    }

    private static AddressRequest address(String type, @Nullable Boolean isDefault) {
        return new AddressRequest(
                type, isDefault, "Ann", "Doe", null, "1 High Street", null, "London", null, "N1 1AA", "GB", null);
    }

    @Test
    void aCustomerHasOneDefaultAddressOfEachTypeHoweverManyAreSavedAtOnce() throws Exception {
        UUID id = register(tenant, "addresses@example.org");
        RequestContext customer = Contexts.customer(tenant, id);
        customer.call(() -> Concurrently.run(
                        10, index -> add(id, address(index % 2 == 0 ? "shipping" : "billing", true)))
                .valuesOrThrow());
        List<AddressView> all = customer.supply(() -> addresses.list(id, null, 100));
        assertThat(all).hasSize(10);
        assertThat(all)
                .filteredOn(AddressView::isDefault)
                .extracting(AddressView::type)
                .containsExactlyInAnyOrder("shipping", "billing");
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> customer.run(() -> test.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("UPDATE customer_addresses SET is_default = true")
                                .update())));
    }

    @Test
    @Tag("PLT-13")
    void anAddressIsSavedOnceForAKey() {
        UUID id = register(tenant, "repeating@example.org");
        RequestContext customer = Contexts.customer(tenant, id);
        CustomersController controller = new CustomersController(
                test.database(),
                store,
                SEALED,
                addresses,
                new Idempotency(test.database(), JSON),
                new Cursors(new byte[32]));

        AddressView first = customer.supply(() -> controller.addAddress("key", address("shipping", true)))
                .getBody();
        AddressView repeated = customer.supply(() -> controller.addAddress("key", address("shipping", true)))
                .getBody();

        assertThat(repeated).isEqualTo(first);
        assertThat(customer.supply(() -> addresses.list(id, null, 10))).containsExactly(first);
    }

    @Test
    void aCustomerSavesAtMostFiftyAddresses() {
        UUID id = register(tenant, "many@example.org");
        List<AddAddressResult> results = new ArrayList<>();
        Contexts.customer(tenant, id)
                .run(() -> IntStream.range(0, AddressBook.MAX_ADDRESSES + 1)
                        .forEach(i -> results.add(add(id, address("shipping", false)))));
        assertThat(results.removeLast()).isInstanceOf(AddAddressResult.TooMany.class);
        assertThat(results).allMatch(result -> result instanceof AddAddressResult.Added);
    }

    @Test
    @Tag("PLT-17")
    void anotherShopSeesAndChangesNothing() {
        UUID id = register(tenant, "mine@example.org");
        Contexts.customer(tenant, id).run(() -> add(id, address("shipping", true)));
        RequestContext other = Contexts.integration(Contexts.newTenant());
        assertThat(other.supply(() -> endpoint.find(new FindCustomer(id)))).isNull();
        assertThat(other.supply(() -> addresses.list(id, null, 10))).isEmpty();
        assertThat(other.supply(() -> add(id, address("shipping", true))))
                .isInstanceOf(AddAddressResult.UnknownCustomer.class);
        for (String table : List.of("customers", "customer_addresses")) {
            assertThat(other.<Integer>supply(() -> test.database()
                            .inTransaction(tx -> tx.jdbc()
                                    .sql("UPDATE " + table + " SET updated_at = now() WHERE tenant_id = :tenantId")
                                    .param("tenantId", tenant)
                                    .update())))
                    .isZero();
        }
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> other.run(() -> test.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("""
                                        INSERT INTO customers (tenant_id, id, customer_number, email_index, person_sealed)
                                        VALUES (:tenantId, :id, 'x', repeat('0', 64), 's1.x')
                                        """)
                                .param("tenantId", tenant)
                                .param("id", Ids.next())
                                .update())))
                .havingRootCause()
                .withMessageContaining("row-level security");
    }

    @Test
    @Tag("PLT-04")
    void theNumberOfADeletedCustomerIsFreeAgain() {
        UUID first = enter(entry("gone", "gone@example.org", "Gone")).getFirst().id();
        change(first, "deleted_at = now()");
        assertThat(shop.supply(() -> endpoint.find(new FindCustomer(first)))).isNull();
        EnteredCustomer second =
                enter(entry("gone", "gone@example.org", "Back")).getFirst();
        assertThat(second.outcome()).isEqualTo(EntryOutcome.CREATED);
        assertThat(second.id()).isNotEqualTo(first);
    }

    @Test
    void theInvariantsHold() {
        register(tenant, "invariants@example.org");
        assertThat(endpoint.checkInvariants())
                .hasSizeGreaterThanOrEqualTo(5)
                // Nobody delivers events in these tests.
                .filteredOn(result -> !result.name().equals("no-event-left"))
                .allMatch(InvariantResult::holds);
    }

    @Test
    void anAddressSaysIsDefaultInJson() {
        AddressRequest read = JSON.readValue("""
                {"type": "shipping", "isDefault": true, "addressLine1": "1 High Street", "city": "London", "country": "GB"}
                """, AddressRequest.class);
        assertThat(read.wantsToBeDefault()).isTrue();
        assertThat(JSON.writeValueAsString(new AddressView(
                        Ids.next(),
                        "shipping",
                        true,
                        null,
                        null,
                        null,
                        "1",
                        null,
                        "London",
                        null,
                        null,
                        "GB",
                        null,
                        1)))
                .contains("\"isDefault\":true")
                .doesNotContain("\"default\"");
        assertThat(JSON.writeValueAsString(new EnteredCustomer("1", Ids.next(), EntryOutcome.UNCHANGED)))
                .contains("\"outcome\":\"unchanged\"");
    }

    @Test
    void everyCustomerOfABatchIsValidated() throws ReflectiveOperationException {
        AnnotatedParameterizedType list = (AnnotatedParameterizedType) CustomersAdminController.BatchRequest.class
                .getDeclaredField("customers")
                .getAnnotatedType();
        assertThat(list.getAnnotatedActualTypeArguments()[0].getAnnotations())
                .extracting(Annotation::annotationType)
                .contains(Valid.class, NotNull.class);
    }
}
