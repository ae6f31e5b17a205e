package org.cartulary.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cartulary.contracts.customer.CustomerPerson;
import org.cartulary.contracts.customer.FindCustomersByEmail;
import org.cartulary.platform.audit.Disclosure;
import org.cartulary.platform.audit.PersonalDataCategory;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What customers change of what is kept on them, and what the shop reads of it. */
@Tag("CUS-01")
class OwnRecordsDbTest {

    private static final SealingCustomers SEALED =
            new SealingCustomers(TestSubjectKeys.personalData(), ApiJson.strict());
    private static final LocalDate BORN = LocalDate.of(1985, 12, 10);
    private static TestDatabase test;

    private final UUID tenant = Contexts.newTenant();
    private final UUID customer = Ids.next();
    private final RequestContext self = Contexts.customer(tenant, customer);
    private final RequestContext staff = Contexts.staff(tenant);
    private final CustomerStore store = new CustomerStore();
    private final AddressBook addresses = new AddressBook(test.database(), SEALED);
    private final ChangingProfiles profiles = new ChangingProfiles(
            test.database(), store, SEALED, SettableClock.at(Instant.parse("2026-06-01T00:00:00Z")));
    private final ReadingCustomers reading = new ReadingCustomers(
            test.database(), store, SEALED, addresses, new CustomerGroupStore(), new StatisticsStore());

    @BeforeAll
    static void open() {
        test = TestDatabase.create("customer");
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private void register(UUID id, String email) {
        Contexts.system(tenant).run(() -> {
            String index = SEALED.emailIndex(email);
            String person = SEALED.seal(SEALED.keyOf(id), id, CustomerPerson.registered(email, "Ada", "Byron"));
            test.database().<Boolean>inTransaction(tx -> {
                store.insertRegistered(tx, tenant, id, "C-" + id, index, person);
                return true;
            });
        });
    }

    private void register() {
        register(customer, customer + "@example.org");
    }

    private static AddressRequest address(String type, boolean isDefault, String city) {
        return new AddressRequest(
                type, isDefault, "Ada", "Byron", null, "1 High Street", null, city, null, "N1 1AA", "GB", null);
    }

    private UUID save(String type, boolean isDefault, String city) {
        var key = self.supply(() -> SEALED.keyOf(customer));
        return switch (self.supply(() -> test.database()
                .inTransaction(tx -> addresses.add(tx, customer, address(type, isDefault, city), key)))) {
            case AddAddressResult.Added(StoredAddress saved) -> saved.id();
            case AddAddressResult.TooMany(), AddAddressResult.UnknownCustomer() ->
                throw new AssertionError("not saved");
        };
    }

    private AddressView change(UUID id, long version, AddressRequest request) {
        return self.supply(() -> addresses.change(customer, id, version, request));
    }

    private AddressView find(UUID id) {
        return self.supply(() -> addresses.find(customer, id).orElseThrow());
    }

    private List<UUID> defaults(String type) {
        return self.supply(() -> addresses.list(customer, null, 50)).stream()
                .filter(address -> address.isDefault() && address.type().equals(type))
                .map(AddressView::id)
                .toList();
    }

    private static String code(ThrowingCallable work) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, work);
        return problem == null ? "done" : problem.code();
    }

    @Test
    void anAddressIsChangedByWhoeverHasReadItAsItIs() {
        register();
        UUID id = save("shipping", false, "London");

        AddressView changed = change(id, 1, address("billing", false, "Leeds"));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(find(id)).isEqualTo(changed);
        assertThat(changed).extracting(AddressView::type, AddressView::city).containsExactly("billing", "Leeds");
        assertThat(code(() -> change(id, 1, address("billing", false, "York")))).isEqualTo("precondition-failed");
        assertThat(find(id).city()).isEqualTo("Leeds");
    }

    @Test
    void ofTwoWhoChangeAnAddressAtOnceOneDoes() throws InterruptedException {
        register();
        UUID id = save("shipping", false, "London");

        List<String> outcomes = Concurrently.run(4, index -> {
                    try {
                        return "version "
                                + change(id, 1, address("shipping", true, "Leeds"))
                                        .version();
                    } catch (ProblemException problem) {
                        return problem.code();
                    }
                })
                .valuesOrThrow();

        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        "version 2", "precondition-failed", "precondition-failed", "precondition-failed");
    }

    @Test
    void anAddressThatBecomesTheDefaultTakesThePlaceOfTheOneThatWas() {
        register();
        UUID first = save("shipping", true, "London");
        UUID second = save("shipping", false, "Leeds");
        UUID billing = save("billing", true, "York");

        change(second, 1, address("shipping", true, "Leeds"));
        assertThat(defaults("shipping")).containsExactly(second);
        assertThat(find(first).version())
                .as("whoever has read it before has not")
                .isEqualTo(2);

        change(second, 2, address("billing", true, "Leeds"));
        assertThat(defaults("shipping")).isEmpty();
        assertThat(defaults("billing")).containsExactly(second);

        assertThat(find(billing).isDefault()).isFalse();
        change(second, 3, address("billing", true, "Hull"));
        assertThat(defaults("billing")).containsExactly(second);
    }

    @Test
    void aChangeThatIsRefusedLeavesTheDefaultAsItWas() {
        register();
        UUID first = save("shipping", true, "London");
        UUID second = save("shipping", false, "Leeds");

        assertThat(code(() -> change(second, 7, address("shipping", true, "Leeds"))))
                .isEqualTo("precondition-failed");
        assertThat(code(() -> change(Ids.next(), 1, address("shipping", true, "Leeds"))))
                .isEqualTo("address-not-found");
        assertThat(defaults("shipping")).containsExactly(first);
    }

    @Test
    void howeverManyBecomeTheDefaultAtOnceThereIsOne() throws InterruptedException {
        register();
        List<UUID> ids = List.of(
                save("shipping", true, "London"), save("shipping", false, "Leeds"), save("shipping", false, "York"));

        Concurrently.run(3, index -> {
            try {
                return change(ids.get(index), 1, address("shipping", true, "Hull"))
                        .city();
            } catch (ProblemException overtaken) {
                return overtaken.code();
            }
        });

        assertThat(defaults("shipping")).hasSize(1);
    }

    @Test
    void anAddressIsTakenAwayOnceByWhoeverHasReadItAsItIs() {
        register();
        UUID id = save("shipping", true, "London");

        assertThat(code(() -> self.run(() -> addresses.delete(customer, id, 2))))
                .isEqualTo("precondition-failed");
        self.run(() -> addresses.delete(customer, id, 1));
        assertThat(code(() -> self.run(() -> addresses.delete(customer, id, 1))))
                .isEqualTo("address-not-found");
        assertThat(self.supply(() -> addresses.list(customer, null, 50))).isEmpty();
    }

    @Test
    @Tag("PLT-18")
    void nobodyChangesTheAddressesOfAnother() {
        register();
        UUID id = save("shipping", true, "London");
        UUID other = Ids.next();
        register(other, other + "@example.org");
        RequestContext stranger = Contexts.customer(tenant, other);

        assertThat(stranger.supply(() -> addresses.find(other, id))).isEmpty();
        assertThat(stranger.supply(() -> addresses.find(customer, id))).isEmpty();
        assertThat(code(() -> stranger.run(() -> addresses.change(other, id, 1, address("shipping", false, "Leeds")))))
                .isEqualTo("address-not-found");
        assertThat(code(() -> stranger.run(() -> addresses.delete(other, id, 1))))
                .isEqualTo("address-not-found");
        assertThat(code(() -> stranger.run(() -> addresses.delete(customer, id, 1))))
                .isEqualTo("customer-not-found");
        assertThat(find(id).city()).isEqualTo("London");
    }

    private CustomerView profile(long version, ProfileChange change) {
        return self.supply(() -> profiles.change(customer, version, change));
    }

    @Test
    void customersSayWhoTheyAre() {
        register();

        CustomerView changed = profile(1, new ProfileChange("Augusta", "King", "+441234567", BORN));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.email()).isEqualTo(customer + "@example.org");
        assertThat(changed)
                .extracting(
                        CustomerView::firstName, CustomerView::lastName, CustomerView::phone, CustomerView::dateOfBirth)
                .containsExactly("Augusta", "King", "+441234567", BORN);
        assertThat(profile(2, new ProfileChange("Augusta", null, null, null)).lastName())
                .as("what is left out is forgotten")
                .isNull();
    }

    @Test
    void whatTheShopKeepsInAdditionStaysWhenCustomersSayWhoTheyAre() {
        register();
        EnteringCustomers entering =
                new EnteringCustomers(test.database(), new CustomerEntryStore(), SEALED, ApiJson.strict());
        Contexts.integration(tenant)
                .run(() -> entering.enter(List.of(new CustomerEntry(
                        Ids.next(), "C-" + customer, "other@example.org", null, null, null, "GB", "{\"tier\": 1}"))));
        CustomerView changed = profile(2, new ProfileChange("Augusta", "King", null, null));

        assertThat(changed.metadata()).containsEntry("tier", 1);
        assertThat(changed.country()).isEqualTo("GB");
        assertThat(changed.email()).isEqualTo(customer + "@example.org");
    }

    @Test
    void aProfileThatChangesMeanwhileIsNotOverwritten() throws Exception {
        register();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<String> changing = self.supply(() -> test.database().inTransaction(tx -> {
                tx.jdbc()
                        .sql("UPDATE customers SET version = 2 WHERE tenant_id = :tenantId AND id = :id")
                        .param("tenantId", tenant)
                        .param("id", customer)
                        .update();
                Future<String> meanwhile =
                        thread.submit(() -> code(() -> profile(1, new ProfileChange("Augusta", null, null, null))));
                test.awaitLockWaitOr(meanwhile::isDone);
                return meanwhile;
            }));
            assertThat(changing.get(1, TimeUnit.MINUTES)).isEqualTo("precondition-failed");
        }
        assertThat(staff.supply(() -> reading.details(customer).orElseThrow())
                        .customer()
                        .firstName())
                .isEqualTo("Ada");
    }

    @Test
    void whoeverIsTooYoungOrNotYetBornIsNoCustomer() {
        register();
        for (String born : List.of("2013-06-02", "2027-01-01", "1899-12-31")) {
            assertThat(code(() -> profile(1, new ProfileChange("Ada", null, null, LocalDate.parse(born)))))
                    .as(born)
                    .isEqualTo("invalid-request");
        }
        assertThat(profile(1, new ProfileChange("Ada", null, null, LocalDate.parse("2013-06-01")))
                        .dateOfBirth())
                .isEqualTo(LocalDate.parse("2013-06-01"));
    }

    @Test
    @Tag("PLT-28")
    void nothingThatCustomersSayStandsInClear() {
        register();
        UUID id = save("shipping", true, "London");
        change(id, 1, address("shipping", true, "Secretville"));
        profile(3, new ProfileChange("Secretia", "Secretson", "+441234567", BORN));
        for (String table : List.of("customers", "customer_addresses", "idempotency_keys")) {
            assertThat(test.admin()
                            .sql("SELECT coalesce(string_agg(t::text, ''), '') FROM " + table
                                    + " t WHERE tenant_id = :tenant")
                            .param("tenant", tenant)
                            .query(String.class)
                            .single())
                    .as(table)
                    .doesNotContainIgnoringCase("secret")
                    .doesNotContain("441234567");
        }
    }

    @Test
    void theShopFindsCustomersByAddressAndNumber() {
        register();
        String email = customer + "@example.org";

        assertThat(staff.supply(() -> reading.find(null, " " + email.toUpperCase(Locale.ROOT))))
                .extracting(CustomerView::id)
                .containsExactly(customer);
        assertThat(staff.supply(() -> reading.find("C-" + customer, email))).hasSize(1);
        assertThat(staff.supply(() -> reading.find("C-" + customer, "other@example.org")))
                .isEmpty();
        assertThat(staff.supply(() -> reading.find(null, "other@example.org"))).isEmpty();
        assertThat(Contexts.staff(Contexts.newTenant()).supply(() -> reading.find(null, email)))
                .isEmpty();
        CustomerEndpoint endpoint = new CustomerEndpoint(test.database(), store, SEALED);
        assertThat(staff.supply(() -> endpoint.withEmail(new FindCustomersByEmail(SEALED.emailIndex(email))))
                        .customerIds())
                .containsExactly(customer);
    }

    @Test
    @Tag("PLT-28")
    void theShopReadsACustomerWholeAndThatIsOneDisclosure() {
        register();
        save("shipping", true, "London");
        CustomerGroups groups = new CustomerGroups(test.database(), new CustomerGroupStore());
        UUID group = staff.supply(() -> groups.create("Potters")).id();
        staff.run(() -> groups.add(group, customer));

        CustomerDetails details = staff.supply(() -> reading.details(customer).orElseThrow());

        assertThat(details.customer().id()).isEqualTo(customer);
        assertThat(details.addresses()).extracting(AddressView::city).containsExactly("London");
        assertThat(details.groups()).extracting(GroupMembership::name).containsExactly("Potters");
        assertThat(details.statistics()).isEmpty();
        assertThat(Disclosure.in(details)).singleElement().satisfies(disclosure -> {
            assertThat(disclosure.subject().id()).isEqualTo(customer);
            assertThat(disclosure.categories())
                    .contains(PersonalDataCategory.NAME, PersonalDataCategory.EMAIL, PersonalDataCategory.ADDRESS);
        });
        assertThat(staff.supply(() -> reading.details(Ids.next()))).isEmpty();
        assertThat(Contexts.staff(Contexts.newTenant()).supply(() -> reading.details(customer)))
                .isEmpty();
    }
}
