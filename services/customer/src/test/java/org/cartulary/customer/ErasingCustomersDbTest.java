package org.cartulary.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.AccountRecordsApi;
import org.cartulary.contracts.auth.FindAccount;
import org.cartulary.contracts.cart.CartRecordsApi;
import org.cartulary.contracts.catalog.ReviewRecordsApi;
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
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.contracts.secrets.SecretUses;
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
import org.cartulary.platform.privacy.WrappedIndexRoot;
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
    private final SealingCustomers sealed = new SealingCustomers(personalData, JSON);
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
        Traces traces = new Traces(null, List.of(), List.of(), List.of(), List.of());
        Traces boughtMeanwhile = traces;
        boolean diesAfterDestroying;
        final Instant moment = Instant.now().truncatedTo(ChronoUnit.MICROS);
        final List<Person> forgotten = new ArrayList<>();
        final List<Traces> erasedCarts = new ArrayList<>();

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
            public WrappedIndexRoot indexRoot() {
                return kept.indexRoot();
            }

            @Override
            public SecretUses secretUses() {
                return new SecretUses(MASTER.secretId(), List.of(), List.of());
            }

            @Override
            public DestroyedSubjectKeys destroy(DestroySubjectKeys command) {
                note("keys");
                destructions.add(command);
                command.subjects().forEach(kept::destroy);
                if (diesAfterDestroying) {
                    throw new IllegalStateException("killed before anything is noted");
                }
                return new DestroyedSubjectKeys(
                        command.subjects().size(), Instant.now().truncatedTo(ChronoUnit.MICROS));
            }

            @Override
            public Instant moment() {
                return moment;
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
            return new ErasingCustomers.Neighbours(accounts(), checkouts(), orders(), reviews(), carts(), keys);
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

        private CartRecordsApi carts() {
            return new CartRecordsApi() {
                @Override
                public KeptRecords export(Traces traces) {
                    return new KeptRecords(List.of());
                }

                @Override
                public Traces trace(Traces traces) {
                    return traces.and(new Traces(null, List.of(), List.of(), traces.orderIds(), List.of()));
                }

                @Override
                public ErasedRecords erase(Traces traces) {
                    note("cart");
                    erasedCarts.add(traces);
                    return ErasedRecords.all(1);
                }
            };
        }

        private ReviewRecordsApi reviews() {
            return new ReviewRecordsApi() {
                @Override
                public KeptRecords export(Person person) {
                    return new KeptRecords(List.of());
                }

                @Override
                public ErasedRecords erase(Person person) {
                    note("catalog");
                    return ErasedRecords.all(1);
                }
            };
        }

        private CheckoutRecordsApi checkouts() {
            return new CheckoutRecordsApi() {
                @Override
                public Traces trace(Person person) {
                    return new Traces(person.customerId(), List.of(), List.of(), List.of(), List.of());
                }

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
                public Traces trace(Person person) {
                    return new Traces(person.customerId(), traces.orderIds(), List.of(), List.of(), traces.guestIds());
                }

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
                    forgotten.add(person);
                    traces = orderIsBeingPlaced ? traces : boughtMeanwhile;
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
        return shop.supply(() -> erasing.erase(customer, "asked-for", false));
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

        assertThat(neighbours.asked).containsExactly("auth", "checkout", "order", "catalog", "cart", "keys");
        assertThat(count(
                        "customers WHERE id = :id AND erased_at IS NOT NULL AND person_sealed IS NULL AND email_index IS NULL",
                        customer))
                .isOne();
        assertThat(count("customer_addresses WHERE customer_id = :id", customer))
                .isZero();
        assertThat(count("customers WHERE id = :id AND customer_number = 'erased-' || id", customer))
                .isOne();
        Subject guest = shop.supply(() -> personalData.guest("forgotten@example.org"));
        assertThat(neighbours.destructions)
                .singleElement()
                .satisfies(destruction ->
                        assertThat(destruction.subjects()).containsExactly(Subject.account(customer), guest));
        assertThat(erase(customer).status()).as("once more").isEqualTo("COMPLETED");
        assertThat(neighbours.asked).hasSize(6);
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
                .isThrownBy(() -> shop.run(() -> erasing.erase(customer, "asked-for", true)));
        assertThat(neighbours.asked).isEmpty();
        assertThat(count("erasures WHERE customer_id = :id", customer)).isZero();

        neighbours.unfinished = new UnfinishedOrders(0, 1);
        assertThat(shop.supply(() -> erasing.erase(customer, "asked-for", true)).status())
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
    @Tag("PLT-12")
    void anErasureThatBeganBeforeCartsAndReviewsWereForgottenGoesOnWhereItStood() {
        UUID customer = entered("before-carts", "before-carts@example.org");
        neighbours.away = "keys";
        erase(customer);
        neighbours.away = "";
        assertThat(test.admin()
                        .sql("UPDATE saga_instances SET saga_type = 'erase-customer', step_count = 5, current_step = 4"
                                + " WHERE tenant_id = :tenant AND saga_type = 'erase-customer.v2' AND current_step = 6")
                        .param("tenant", tenant)
                        .update())
                .isEqualTo(1);
        neighbours.asked.clear();

        recover();

        assertThat(neighbours.asked).containsExactly("keys", "cart", "catalog");
    }

    @Test
    void aServiceThatIsAwayHoldsTheErasureUpAndLosesNothing() {
        for (String service : List.of("auth", "checkout", "order", "cart", "keys")) {
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
        assertThat(neighbours.asked).containsExactly("auth", "checkout", "order", "catalog", "cart", "keys");
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
                .satisfies(destruction -> assertThat(destruction.madeBefore()).isEqualTo(neighbours.moment));
    }

    @Test
    void anErasureOfWhichABackupKnowsOnlyThatItsKeysWereDestroyedIsAppliedAgainAndLeavesWhatWasMadeSince() {
        UUID customer = entered("8", "between@example.org");
        erase(customer);
        Instant destroyed = Instant.parse("2026-01-01T10:00:00Z");
        test.admin()
                .sql("UPDATE erasures SET status = 'PENDING', completed_at = NULL, keys_destroyed_at = :at"
                        + " WHERE customer_id = :id")
                .param("at", destroyed.atOffset(ZoneOffset.UTC))
                .param("id", customer)
                .update();
        neighbours.destructions.clear();

        erasing.applyAgain();

        assertThat(neighbours.destructions)
                .filteredOn(destruction -> destruction.subjects().contains(Subject.account(customer)))
                .singleElement()
                .satisfies(destruction -> assertThat(destruction.madeBefore()).isEqualTo(destroyed));
    }

    @Test
    void aGuestIsForgottenByTheAddressAndAgainWhenTheyCameAgain() {
        UUID token = Ids.next();
        UUID order = Ids.next();
        neighbours.traces = new Traces(null, List.of(order), List.of(), List.of(), List.of(token));
        Traces bought = neighbours.traces;

        ErasureView first = eraseGuest("Guest@Example.org ");
        neighbours.traces = bought;
        ErasureView again = eraseGuest("guest@example.org");

        assertThat(first.status()).isEqualTo("COMPLETED");
        assertThat(first.customerId()).isNull();
        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(shop.supply(() -> erasing.findErasure(first.id()))).contains(first);
        Subject guest = shop.supply(() -> personalData.guest("guest@example.org"));
        assertThat(neighbours.destructions)
                .hasSize(2)
                .allSatisfy(destruction -> assertThat(destruction.subjects()).containsExactly(guest));
        assertThat(neighbours.erasedCarts)
                .allSatisfy(carts -> assertThat(carts.cartIds()).containsExactly(order));
        assertThat(count("audit_log WHERE action = 'guest.erasure-requested' AND subject_id = :id", guest.id()))
                .isEqualTo(2);
    }

    @Test
    void whatAGuestBuysWhileBeingForgottenStaysReadable() {
        neighbours.traces = new Traces(null, List.of(Ids.next()), List.of(), List.of(), List.of());
        neighbours.boughtMeanwhile = new Traces(null, List.of(Ids.next()), List.of(), List.of(), List.of());

        ErasureView erasure = eraseGuest("busy@example.org");

        assertThat(erasure.status()).isEqualTo("COMPLETED");
        assertThat(erasure.guestKeyKept()).isTrue();
        assertThat(neighbours.forgotten)
                .singleElement()
                .satisfies(person -> assertThat(person.guestUntil()).isEqualTo(neighbours.moment));
        erasing.applyAgain();
        Subject guest = shop.supply(() -> personalData.guest("busy@example.org"));
        assertThat(neighbours.destructions)
                .noneMatch(destruction -> destruction.subjects().contains(guest));

        neighbours.boughtMeanwhile = new Traces(null, List.of(), List.of(), List.of(), List.of());
        assertThat(eraseGuest("busy@example.org").guestKeyKept()).isFalse();
        assertThat(neighbours.destructions)
                .anyMatch(destruction -> destruction.subjects().contains(guest));
    }

    @Test
    void aKillBetweenDestroyingAndNotingItDestroysNoLaterKeyOfTheGuest() {
        neighbours.traces = new Traces(null, List.of(Ids.next()), List.of(), List.of(), List.of());
        neighbours.diesAfterDestroying = true;
        UUID id = eraseGuest("killed@example.org").id();
        neighbours.diesAfterDestroying = false;

        recover();

        assertThat(shop.supply(() -> erasing.findErasure(id).orElseThrow()).status())
                .isEqualTo("COMPLETED");
        assertThat(neighbours.destructions)
                .hasSize(2)
                .allSatisfy(destruction -> assertThat(destruction.madeBefore()).isEqualTo(neighbours.moment));
    }

    @Test
    void theStateOfAVersionThatKeptLessIsUnderstood() {
        EraseCustomer state = JSON.readValue(
                "{\"customerId\":\"" + Ids.next() + "\",\"by\":\"STAFF:1\",\"reason\":\"asked-for\"}",
                EraseCustomer.class);

        assertThat(state.traces().cartIds()).isEmpty();
        assertThat(state.person().guestUntil()).isNull();
    }

    private ErasureView eraseGuest(String email) {
        return shop.supply(() -> erasing.eraseGuest(email, "asked-for", false));
    }

    @Test
    void aGuestWhoIsBeingForgottenIsNotForgottenASecondTimeMeanwhile() throws Exception {
        neighbours.traces = new Traces(null, List.of(Ids.next()), List.of(), List.of(), List.of());
        neighbours.orderIsBeingPlaced = true;

        List<ErasureView> views = Concurrently.run(6, () -> eraseGuest("patient-guest@example.org"))
                .valuesOrThrow();

        assertThat(views.stream().map(ErasureView::id).distinct()).hasSize(1);
        neighbours.orderIsBeingPlaced = false;
        recover();
        assertThat(shop.supply(() -> erasing.findErasure(views.getFirst().id()).orElseThrow())
                        .status())
                .isEqualTo("COMPLETED");
        assertThat(neighbours.destructions).hasSize(1);
    }

    @Test
    void whoNeverBoughtOrWaitsForGoodsIsNoGuestToForget() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> eraseGuest("nobody@example.org"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("guest-not-found"));
        neighbours.traces = new Traces(null, List.of(Ids.next()), List.of(), List.of(), List.of());
        neighbours.unfinished = new UnfinishedOrders(0, 1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> eraseGuest("waiting@example.org"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("orders-unfinished"));
        assertThat(neighbours.asked).isEmpty();
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
