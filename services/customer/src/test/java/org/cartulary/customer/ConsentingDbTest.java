package org.cartulary.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.cartulary.contracts.customer.CustomerPerson;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;

@Tag("CUS-01")
@Tag("PLT-30")
class ConsentingDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();
    private static final SealingCustomers SEALED = new SealingCustomers(TestSubjectKeys.personalData(), JSON);
    private static TestDatabase test;
    private static EventBus bus;

    private final UUID tenant = Contexts.newTenant();
    private final UUID ada = Ids.next();
    private final RequestContext asAda = Contexts.customer(tenant, ada);
    private final ConsentStore store = new ConsentStore();
    private final Consenting consenting =
            new Consenting(test.database(), store, new Outbox(test.database(), bus, JSON));
    private final ConsentsController controller = new ConsentsController(
            consenting, new Cursors("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));

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

    @BeforeEach
    void register() {
        Contexts.system(tenant).run(() -> {
            String email = ada + "@example.com";
            CustomerPerson person = CustomerPerson.registered(email, "Ada", "Lovelace");
            String index = SEALED.emailIndex(email);
            String sealed = SEALED.seal(SEALED.keyOf(ada), ada, person);
            test.database().inTransaction(tx -> {
                new CustomerStore().insertRegistered(tx, tenant, ada, "C-" + ada, index, sealed);
                return ada;
            });
        });
    }

    private static ConsentStatement given(String version) {
        return new ConsentStatement(true, version, null);
    }

    private static ConsentStatement withdrawn(String version) {
        return new ConsentStatement(false, version, "newsletter");
    }

    private CustomerConsents say(String purpose, ConsentStatement statement) {
        return asAda.supply(() -> controller.say(purpose, statement));
    }

    private static boolean holds(CustomerConsents consents, String purpose) {
        return consents.items().stream()
                .filter(state -> state.purpose().equals(purpose))
                .findFirst()
                .orElseThrow()
                .given();
    }

    private StoredCustomer customer() {
        return asAda.supply(() -> test.database()
                .inReadTransaction(
                        tx -> new CustomerStore().find(tx, tenant, ada).orElseThrow()));
    }

    private List<ConsentRecord> history() {
        return asAda.supply(() -> controller.history(100, null).items());
    }

    private List<String> events() {
        return test.database()
                .asWorker(tx -> tx.jdbc()
                        .sql("SELECT event_type FROM domain_events WHERE tenant_id = :tenant ORDER BY sequence")
                        .param("tenant", tenant)
                        .query(String.class)
                        .list());
    }

    @Test
    void nothingIsConsentedToUntilTheCustomerSaysSo() {
        CustomerConsents consents = asAda.supply(controller::find);
        assertThat(consents.items())
                .extracting(CustomerConsents.State::purpose)
                .containsExactly("marketing", "analytics", "terms");
        assertThat(consents.items()).noneMatch(CustomerConsents.State::given);
        assertThat(history()).isEmpty();
    }

    @Test
    void whatHoldsIsTheLastThatWasSaidAndAllOfItIsKept() {
        assertThat(holds(say("marketing", given("2026-05")), "marketing")).isTrue();
        assertThat(customer().marketingConsent()).isTrue();
        assertThat(holds(say("marketing", withdrawn("2026-05")), "marketing")).isFalse();
        assertThat(customer().marketingConsent()).isFalse();
        assertThat(holds(say("marketing", given("2026-06")), "marketing")).isTrue();
        say("analytics", given("2026-06"));

        assertThat(history())
                .extracting(
                        ConsentRecord::purpose,
                        ConsentRecord::number,
                        ConsentRecord::given,
                        ConsentRecord::textVersion,
                        ConsentRecord::source)
                .containsExactly(
                        tuple("analytics", 1, true, "2026-06", "account"),
                        tuple("marketing", 3, true, "2026-06", "account"),
                        tuple("marketing", 2, false, "2026-05", "newsletter"),
                        tuple("marketing", 1, true, "2026-05", "account"));
        assertThat(history()).allSatisfy(record -> {
            assertThat(record.principalKind()).isEqualTo("CUSTOMER");
            assertThat(record.principalId()).isEqualTo(ada);
        });
        assertThat(events())
                .containsExactly(
                        "customer.consent-given.v1",
                        "customer.consent-withdrawn.v1",
                        "customer.consent-given.v1",
                        "customer.consent-given.v1");
    }

    @Test
    void theSameAgainAddsNothingAndANewerTextDoes() {
        long before = customer().version();
        say("terms", given("1"));
        say("terms", given("1"));
        say("terms", given("2"));
        say("analytics", withdrawn("1"));
        say("analytics", withdrawn("2"));
        assertThat(history()).hasSize(3);
        assertThat(events()).hasSize(3);
        assertThat(customer().version()).isEqualTo(before + 3);
    }

    @Test
    void termsAreNotTakenBackAndOtherPurposesAreNotKnown() {
        say("terms", given("1"));
        refused("consent-not-withdrawable", "terms");
        refused("unknown-purpose", "profiling");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(
                        () -> Contexts.customer(tenant, Ids.next()).supply(() -> controller.say("terms", given("1"))))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("customer-not-found"));
    }

    private void refused(String code, String purpose) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> say(purpose, withdrawn("1")))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void customersWhoSayManyThingsAtOnceHaveOneHistory() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() -> say("marketing", i % 2 == 0 ? given("v" + i) : withdrawn("v"))))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        List<ConsentRecord> history = history();
        assertThat(history)
                .extracting(ConsentRecord::number)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, history.size()).boxed().toList());
        boolean last = history.stream()
                .max(Comparator.comparingInt(ConsentRecord::number))
                .orElseThrow()
                .given();
        assertThat(customer().marketingConsent()).isEqualTo(last);
        assertThat(events()).hasSize(history.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE consent_records SET is_given = false",
                "DELETE FROM consent_records",
                "TRUNCATE consent_records CASCADE"
            })
    void nobodyChangesTheHistory(String statement) {
        say("marketing", given("1"));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> asAda.run(() -> test.database()
                        .inTransaction(tx -> tx.jdbc().sql(statement).update())));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() ->
                        test.database().asWorker(tx -> tx.jdbc().sql(statement).update()));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> test.admin()
                        .sql("SET ROLE customer_owner; " + statement)
                        .update());
        assertThat(history()).hasSize(1);
    }

    @Test
    void aConsentWithoutARecordIsRefused() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> asAda.run(() -> test.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("UPDATE customers SET marketing_consent = true WHERE id = :id")
                                .param("id", ada)
                                .update())));
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> Contexts.system(tenant)
                        .run(() -> test.database()
                                .inTransaction(tx -> tx.jdbc()
                                        .sql("""
                                INSERT INTO customers (tenant_id, id, customer_number, email_index, person_sealed, marketing_consent)
                                SELECT tenant_id, gen_random_uuid(), 'X-1', repeat('0', 64), person_sealed, true
                                FROM customers WHERE tenant_id = :tenant AND id = :ada
                                """)
                                        .param("tenant", tenant)
                                        .param("ada", ada)
                                        .update())));
        assertThat(customer().marketingConsent()).isFalse();
    }

    @Test
    void theInvariantHoldsAndMissesWhatTheOwnerChanged() {
        say("marketing", given("1"));
        assertThat(invariant().holds()).isTrue();
        test.admin().sql("ALTER TABLE customers DISABLE TRIGGER USER").update();
        try {
            test.admin()
                    .sql("UPDATE customers SET marketing_consent = false WHERE id = :id")
                    .param("id", ada)
                    .update();
            assertThat(invariant().breaches()).isOne();
            test.admin()
                    .sql("UPDATE customers SET marketing_consent = true WHERE id = :id")
                    .param("id", ada)
                    .update();
        } finally {
            test.admin().sql("ALTER TABLE customers ENABLE TRIGGER USER").update();
        }
    }

    private static InvariantResult invariant() {
        return CustomerInvariants.check(test.database()).stream()
                .filter(result -> result.name().equals("consents-match-their-history"))
                .findFirst()
                .orElseThrow();
    }
}
