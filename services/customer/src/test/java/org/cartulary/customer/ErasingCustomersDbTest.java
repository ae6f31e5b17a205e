package org.cartulary.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.AccountRecordsApi;
import org.cartulary.contracts.auth.FindAccount;
import org.cartulary.contracts.checkout.CheckoutRecordsApi;
import org.cartulary.contracts.order.OrderRecordsApi;
import org.cartulary.contracts.order.UnfinishedOrders;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.contracts.privacy.DestroyedSubjectKeys;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.FindSubjectKeys;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.ObtainSubjectKeys;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.privacy.WrappedSubjectKeys;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("PLT-30")
@Tag("CUS-03")
class ErasingCustomersDbTest {

    private static final JsonMapper JSON = ApiJson.strict();
    private static final MasterKey MASTER = MasterKey.ofSecret("a secret that is at least 32 characters long");
    private static TestDatabase test;
    private static EventBus bus;

    private final UUID tenant = Contexts.newTenant();
    private final RequestContext shop = Contexts.staff(tenant);
    private final Neighbours neighbours = new Neighbours();
    private final PersonalData personalData = new PersonalData(MASTER, () -> neighbours.keys);
    private final SealedCustomers sealed = new SealedCustomers(personalData, JSON);
    private final AddressBook addresses = new AddressBook(test.database(), sealed);
    private final Consenting consents =
            new Consenting(test.database(), new ConsentStore(), new Outbox(test.database(), bus, JSON));
    private final ErasingCustomers erasing = new ErasingCustomers(
            test.database(), new CustomerStore(), sealed, neighbours.all(), consents, JSON, test.meters());

    @BeforeAll
    static void open() {
        test = TestDatabase.create("customer");
        bus = new EventBus(JSON, new SimpleMeterRegistry());
    }

    @AfterAll
    static void close() {
        bus.close();
        test.close();
    }

    /** The other services, in memory: each notes in which order it was asked. */
    private static final class Neighbours {

        final List<String> asked = new ArrayList<>();
        final List<DestroySubjectKeys> destructions = new ArrayList<>();
        final TestSubjectKeys kept = TestSubjectKeys.of(MASTER);
        UnfinishedOrders unfinished = new UnfinishedOrders(0, 0);
        String away = "";
        boolean orderIsBeingPlaced;

        final SubjectKeysApi keys = new SubjectKeysApi() {
            @Override
            public WrappedSubjectKeys obtain(ObtainSubjectKeys command) {
                return kept.obtain(command);
            }

            @Override
            public WrappedSubjectKeys find(FindSubjectKeys query) {
                return kept.find(query);
            }

            @Override
            public DestroyedSubjectKeys destroy(DestroySubjectKeys command) {
                note("keys");
                destructions.add(command);
                command.subjects().forEach(kept::destroy);
                return new DestroyedSubjectKeys(command.subjects().size());
            }

            @Override
            public List<InvariantResult> checkInvariants() {
                return List.of();
            }
        };

        private void note(String service) {
            if (service.equals(away)) {
                throw new IllegalStateException(service + " is away");
            }
            asked.add(service);
        }

        ErasingCustomers.Neighbours all() {
            return new ErasingCustomers.Neighbours(accounts(), checkouts(), orders(), keys);
        }

        private AccountRecordsApi accounts() {
            return new AccountRecordsApi() {
                @Override
                public Person identify(FindAccount query) {
                    return new Person(query.userId(), null);
                }

                @Override
                public KeptRecords export(Person person) {
                    return new KeptRecords(List.of(new KeptRecord("account", "Your account.", "{}")));
                }

                @Override
                public ErasedRecords erase(Person person) {
                    note("auth");
                    return ErasedRecords.all(1);
                }
            };
        }

        private CheckoutRecordsApi checkouts() {
            return new CheckoutRecordsApi() {
                @Override
                public KeptRecords export(Person person) {
                    return new KeptRecords(List.of());
                }

                @Override
                public ErasedRecords erase(Person person) {
                    note("checkout");
                    return ErasedRecords.all(1);
                }
            };
        }

        private OrderRecordsApi orders() {
            return new OrderRecordsApi() {
                @Override
                public UnfinishedOrders unfinished(Person person) {
                    return unfinished;
                }

                @Override
                public KeptRecords export(Person person) {
                    return new KeptRecords(List.of());
                }

                @Override
                public ErasedRecords erase(Person person) {
                    note("order");
                    return orderIsBeingPlaced ? new ErasedRecords(0, "an order is being placed") : ErasedRecords.all(1);
                }
            };
        }
    }

    private UUID entered(String number, String email) {
        return shop.supply(() -> new EnteringCustomers(test.database(), new CustomerEntryStore(), sealed, JSON)
                .enter(List.of(new CustomerEntry(Ids.next(), number, email, "Ann", "Doe", null, "GB", null)))
                .getFirst()
                .id());
    }

    private ErasureView erase(UUID customer) {
        return shop.supply(() -> erasing.erase(customer, "asked for", false));
    }

    private int count(String sql, UUID customer) {
        return test.admin()
                .sql("SELECT count(*) FROM " + sql)
                .param("id", customer)
                .query(Integer.class)
                .single();
    }

    @Test
    void whoIsForgottenIsForgottenEverywhereAndTheKeysGoLast() {
        UUID customer = entered("1", "forgotten@example.org");
        AddressRequest address = new AddressRequest(
                "shipping", true, "Ann", "Doe", null, "1 High Street", null, "London", null, "N1 1AA", "GB", null);
        shop.run(() -> {
            var key = sealed.keyOf(customer);
            test.database().<AddAddressResult>inTransaction(tx -> addresses.add(tx, customer, address, key));
        });

        assertThat(erase(customer).status()).isEqualTo("COMPLETED");

        assertThat(neighbours.asked).containsExactly("auth", "checkout", "order", "keys");
        assertThat(count(
                        "customers WHERE id = :id AND erased_at IS NOT NULL AND person_sealed IS NULL AND email_index IS NULL",
                        customer))
                .isOne();
        assertThat(count("customer_addresses WHERE customer_id = :id", customer))
                .isZero();
        Subject guest = shop.supply(() -> personalData.guest("forgotten@example.org"));
        assertThat(neighbours.destructions)
                .singleElement()
                .satisfies(destruction ->
                        assertThat(destruction.subjects()).containsExactly(Subject.account(customer), guest));
        assertThat(erase(customer).status()).as("once more").isEqualTo("COMPLETED");
        assertThat(neighbours.asked).hasSize(4);
    }

    @Test
    void whoHasConsentedIsForgottenAndConsentsToNothingMore() {
        UUID customer = entered("7", "consenting@example.org");
        Contexts.customer(tenant, customer)
                .run(() -> List.of(ConsentPurpose.values())
                        .forEach(purpose -> consents.say(customer, purpose, new ConsentStatement(true, "1", null))));

        assertThat(erase(customer).status()).isEqualTo("COMPLETED");

        assertThat(count("customers WHERE id = :id AND erased_at IS NOT NULL AND NOT marketing_consent", customer))
                .isOne();
        assertThat(shop.supply(() -> consents.history(customer, null, 10)))
                .filteredOn(said -> !said.given())
                .extracting(ConsentRecord::purpose)
                .containsExactlyInAnyOrder("marketing", "analytics");
        assertThat(count("audit_log WHERE action = 'customer.erasure-requested' AND subject_id = :id", customer))
                .isOne();
    }

    @Test
    void ordersThatNeedToKnowWhoseTheyAreComeFirst() {
        UUID customer = entered("2", "buyer@example.org");
        neighbours.unfinished = new UnfinishedOrders(0, 1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> erase(customer))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("orders-unfinished"));
        neighbours.unfinished = new UnfinishedOrders(1, 0);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> shop.run(() -> erasing.erase(customer, "asked for", true)));
        assertThat(neighbours.asked).isEmpty();
        assertThat(count("erasures WHERE customer_id = :id", customer)).isZero();

        neighbours.unfinished = new UnfinishedOrders(0, 1);
        assertThat(shop.supply(() -> erasing.erase(customer, "asked for", true)).status())
                .isEqualTo("COMPLETED");
    }

    @Test
    void whatCannotBeForgottenNowIsForgottenLaterAndNothingIsLeftOut() {
        UUID customer = entered("3", "patient@example.org");
        neighbours.orderIsBeingPlaced = true;

        assertThat(erase(customer).status()).isEqualTo("PENDING");
        assertThat(neighbours.destructions).as("keys are still needed").isEmpty();
        assertThat(count("customers WHERE id = :id AND erased_at IS NULL", customer))
                .isOne();

        neighbours.orderIsBeingPlaced = false;
        recover();
        assertThat(shop.supply(() -> erasing.find(customer).orElseThrow()).status())
                .isEqualTo("COMPLETED");
        assertThat(neighbours.destructions).hasSize(1);
    }

    /** Takes up at once what waits for its next attempt. */
    private void recover() {
        test.admin()
                .sql("UPDATE saga_instances SET next_attempt_at = now(), lease_owner = NULL, lease_until = NULL"
                        + " WHERE tenant_id = :tenant AND status = 'started'")
                .param("tenant", tenant)
                .update();
        erasing.jobs().getFirst().work().run();
    }

    @Test
    void aServiceThatIsAwayHoldsTheErasureUpAndLosesNothing() {
        for (String service : List.of("auth", "checkout", "order", "keys")) {
            UUID customer = entered("away-" + service, service + "@example.org");
            neighbours.away = service;
            assertThat(erase(customer).status()).as(service).isEqualTo("PENDING");
            neighbours.away = "";
            recover();
            assertThat(shop.supply(() -> erasing.find(customer).orElseThrow()).status())
                    .as(service)
                    .isEqualTo("COMPLETED");
        }
    }

    @Test
    void whoAsksManyTimesAtOnceIsForgottenOnce() throws Exception {
        UUID customer = entered("4", "eager@example.org");

        List<ErasureView> views = Concurrently.run(6, () -> erase(customer)).valuesOrThrow();

        assertThat(views.stream().map(ErasureView::id).distinct()).hasSize(1);
        assertThat(neighbours.asked).containsExactly("auth", "checkout", "order", "keys");
    }

    @Test
    void keysThatARestoredBackupBroughtBackAreDestroyedAgainButNotThoseMadeSince() {
        UUID customer = entered("5", "restored@example.org");
        erase(customer);
        neighbours.destructions.clear();

        erasing.applyAgain();

        assertThat(neighbours.destructions)
                .filteredOn(destruction -> destruction.subjects().contains(Subject.account(customer)))
                .singleElement()
                .satisfies(destruction -> assertThat(destruction.madeBefore()).isNotNull());
    }

    @Test
    void nothingIsWrittenAboutWhoWasForgotten() {
        UUID customer = entered("6", "silent@example.org");
        erase(customer);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> shop.run(
                        () -> new PersonalData(MASTER, () -> neighbours.keys).keyOf(Subject.account(customer))))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("person-erased"));
        assertThat(entered("6", "silent@example.org"))
                .as("the number is free again")
                .isNotEqualTo(customer);
    }
}
