package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.contracts.auth.CreateStaff;
import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.contracts.customer.CustomerPerson;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever registers learns nothing of the address, and gets nothing of it before it is shown to be theirs. */
@Tag("AUT-02")
@Tag("AUT-03")
class RegisteringDbTest {

    private static final String EMAIL = "ann@example.org";
    private static final String ANOTHER = "staple from somewhere";
    private static final String THIRD = "donkey bridge lantern";
    private static final SignInResult WRONG = new SignInResult.WrongCredentials();
    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private int announced() {
        return shop.count("SELECT count(*) FROM outbox_events WHERE tenant_id = :tenant"
                + " AND event_type = 'auth.user-registered.v1'");
    }

    private List<String> subjects() {
        return shop.mailsTo(EMAIL).stream().map(mail -> mail.subject()).toList();
    }

    @Test
    void aNewAPendingAndAHeldAddressAreAnsweredAlikeWithTheSameWorkAndOneMail() {
        List<String> ofNew = Shop.statements(() -> shop.registered(EMAIL));
        List<String> ofPending = Shop.statements(() -> shop.register(EMAIL, ANOTHER));
        assertThat(shop.confirm(shop.tokenMailedTo(EMAIL), ANOTHER)).isTrue();
        List<String> ofHeld = Shop.statements(() -> shop.register(EMAIL, THIRD));

        assertThat(ofNew).isNotEmpty().isEqualTo(ofPending).isEqualTo(ofHeld);
        assertThat(subjects())
                .containsExactly(
                        "Please confirm your e-mail address",
                        "Please confirm your e-mail address",
                        "You have an account already");
        assertThat(shop.count("SELECT count(*) FROM email_verifications WHERE tenant_id = :tenant"))
                .isZero();
        assertThat(shop.signIn(EMAIL, ANOTHER)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(shop.signIn(EMAIL, THIRD)).isEqualTo(WRONG);
    }

    @Test
    void anAddressThatIsNotVerifiedIsRefusedAsAWrongPasswordIsWithTheSameWork() {
        shop.registered(EMAIL);
        shop.customer("bob@example.org");
        List<String> ofUnverified = Shop.statements(
                () -> assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isEqualTo(WRONG));
        List<String> ofWrong = Shop.statements(
                () -> assertThat(shop.signIn("bob@example.org", ANOTHER)).isEqualTo(WRONG));
        assertThat(ofUnverified).isEqualTo(ofWrong);
        for (int i = 1; i < LoginAttemptStore.MAX_ATTEMPTS; i++) {
            assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isEqualTo(WRONG);
        }
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isInstanceOf(SignInResult.TooManyAttempts.class);
    }

    @Test
    @Tag("CUS-01")
    void aCustomerIsAnnouncedWhenTheAddressIsVerifiedAndNotBefore() {
        UUID userId = shop.registered(EMAIL);
        assertThat(announced()).isZero();
        assertThat(shop.confirm(shop.tokenMailedTo(EMAIL))).isTrue();
        assertThat(announced()).isOne();
        assertThat(shop.signedIn(EMAIL).userId()).isEqualTo(userId);
    }

    /** So nobody prepares an account for an address that somebody else will show to be theirs. */
    @Test
    void aNewerRegistrationReplacesPasswordAndNamesAndMakesOlderMailsWorthless() {
        UUID userId = shop.registered(EMAIL);
        String older = shop.tokenMailedTo(EMAIL);
        shop.visitor.run(() -> shop.registering.register("Ann@Example.org", ANOTHER, "Anna", "Roe"));

        assertThat(shop.confirm(older)).isFalse();
        assertThat(shop.confirm(shop.tokenMailedTo("Ann@Example.org"), ANOTHER)).isTrue();

        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isEqualTo(WRONG);
        assertThat(shop.signIn(EMAIL, ANOTHER)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(person(userId)).isEqualTo(new Person(userId, "Ann@Example.org", "Anna", "Roe"));
        assertThat(announced()).isOne();
    }

    private Person person(UUID userId) {
        StoredPerson stored = shop.platform.supply(() -> test.database()
                .inReadTransaction(tx ->
                        new UserStore().findPerson(tx, shop.tenant, userId).orElseThrow()));
        return shop.visitor.supply(
                () -> shop.persons.open(userId, stored.personSealed()).orElseThrow());
    }

    /** Deterministic: the address is verified while a registration that has seen it unverified is about to be written. */
    @Test
    void aRegistrationThatIsOvertakenByTheVerificationReplacesNothing() throws Exception {
        UUID userId = shop.registered(EMAIL);
        List<Future<RegisterResult>> overtaken = new ArrayList<>();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            shop.platform.<Boolean>supply(() -> test.database().inTransaction(tx -> {
                new UserStore().markVerified(tx, shop.tenant, userId, shop.clock.instant());
                Future<RegisterResult> waiting = other.submit(() -> shop.register(EMAIL, ANOTHER));
                test.awaitLockWaitOr(waiting::isDone);
                return overtaken.add(waiting);
            }));
            assertThat(overtaken.getFirst().get(60, TimeUnit.SECONDS)).isEqualTo(new RegisterResult.Accepted());
        }
        assertThat(shop.signIn(EMAIL, ANOTHER)).isEqualTo(WRONG);
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(subjects()).last().isEqualTo("You have an account already");
    }

    /** Deterministic: what is announced is who the account is, not who it was when the token was looked up. */
    @Test
    void whoResetsThePasswordWhileSomebodyRegistersIsAnnouncedAsTheAccountSays() throws Exception {
        UUID userId = shop.registered(EMAIL);
        shop.visitor.run(() -> shop.resetting.request(EMAIL));
        String token = shop.tokenMailedTo(EMAIL);
        String newer = shop.visitor.supply(
                () -> shop.persons.seal(shop.persons.keyOf(userId), new Person(userId, EMAIL, "Newer", "Name")));
        List<Future<ResetPasswordResult>> waitingFor = new ArrayList<>();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            shop.platform.<Boolean>supply(() -> test.database().inTransaction(tx -> {
                tx.jdbc()
                        .sql("UPDATE users SET person_sealed = :newer WHERE tenant_id = :tenant AND id = :id")
                        .param("newer", newer)
                        .param("tenant", shop.tenant)
                        .param("id", userId)
                        .update();
                Future<ResetPasswordResult> waiting =
                        other.submit(() -> shop.visitor.supply(() -> shop.resetting.complete(token, ANOTHER)));
                test.awaitLockWaitOr(waiting::isDone);
                return waitingFor.add(waiting);
            }));
            assertThat(waitingFor.getFirst().get(60, TimeUnit.SECONDS)).isEqualTo(new ResetPasswordResult.Reset());
        }
        String event = test.admin()
                .sql("SELECT data FROM outbox_events WHERE aggregate_id = :id")
                .param("id", userId)
                .query(String.class)
                .single();
        String sealed =
                ApiJson.tolerant().readValue(event, UserRegistered.class).personSealed();
        assertThat(shop.visitor
                        .supply(() -> Shop.PERSONAL_DATA.open(CustomerPerson.PLACE, userId, sealed))
                        .orElseThrow())
                .contains("Newer");
    }

    @RepeatedTest(5)
    void ofTwoRegistrationsAndAVerificationAtOnceOnePasswordIsGoodAndItIsTheOneOfTheMail() throws Exception {
        shop.registered(EMAIL);
        String first = shop.tokenMailedTo(EMAIL);
        List<Callable<Boolean>> work = List.of(
                () -> shop.verifying.confirm(first, Shop.PASSWORD),
                () -> shop.registering.register(EMAIL, ANOTHER, "B", "B") instanceof RegisterResult.Accepted,
                () -> shop.registering.register(EMAIL, THIRD, "C", "C") instanceof RegisterResult.Accepted);
        List<Boolean> results = shop.visitor.call(
                () -> Concurrently.run(3, index -> work.get(index).call()).valuesOrThrow());

        boolean verified = results.getFirst();
        if (!verified) {
            assertThat(shop.confirm(first)).isFalse();
            String newest = shop.tokenMailedTo(EMAIL);
            assertThat(shop.confirm(newest, ANOTHER) ^ shop.confirm(newest, THIRD))
                    .isTrue();
        }
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD) instanceof SignInResult.SignedIn)
                .isEqualTo(verified);
        assertThat(List.of(ANOTHER, THIRD))
                .filteredOn(password -> shop.signIn(EMAIL, password) instanceof SignInResult.SignedIn)
                .hasSize(verified ? 0 : 1);
        assertThat(announced()).isOne();
        assertThat(shop.count("SELECT count(*) FROM users WHERE tenant_id = :tenant"))
                .isOne();
    }

    @Test
    void beyondTheMailsOfAnHourARegistrationChangesNothing() {
        for (int i = 0; i < MailedTokenStore.MAX_REQUESTS; i++) {
            shop.registered(EMAIL);
        }
        assertThat(shop.register(EMAIL, ANOTHER)).isEqualTo(new RegisterResult.Accepted());
        assertThat(shop.mailsTo(EMAIL)).hasSize(MailedTokenStore.MAX_REQUESTS);
        assertThat(shop.confirm(shop.tokenMailedTo(EMAIL))).isTrue();
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
    }

    /** Anybody can ask for mails to an address that nobody has: they come to nothing, and count. */
    @Test
    void whoOnlyAsksForMailsDoesNotKeepTheHolderOfTheAddressFromRegistering() {
        for (int i = 0; i < MailedTokenStore.MAX_REQUESTS; i++) {
            shop.visitor.run(() -> shop.verifying.request(EMAIL));
        }
        shop.customer(EMAIL);
        shop.signedIn(EMAIL);
    }

    @Test
    void whoSetsAPasswordByMailBecomesACustomerWithoutTheOtherMail() {
        shop.registered(EMAIL);
        shop.visitor.run(() -> shop.resetting.request(EMAIL));
        String token = shop.tokenMailedTo(EMAIL);
        assertThat(shop.visitor.supply(() -> shop.resetting.complete(token, ANOTHER)))
                .isEqualTo(new ResetPasswordResult.Reset());
        assertThat(announced()).isOne();
        assertThat(shop.signIn(EMAIL, ANOTHER)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void aRegistrationThatNobodyVerifiesIsRemovedAfterAWeekAndACustomerIsNot() {
        shop.registered(EMAIL);
        shop.customer("bob@example.org");
        Shop.forgetExpired(test);
        assertThat(shop.count("SELECT count(*) FROM users WHERE tenant_id = :tenant"))
                .isEqualTo(2);
        test.admin()
                .sql("UPDATE users SET updated_at = now() - interval '8 days' WHERE tenant_id = :tenant")
                .param("tenant", shop.tenant)
                .update();
        Shop.forgetExpired(test);
        assertThat(shop.count("SELECT count(*) FROM users WHERE tenant_id = :tenant"))
                .isOne();
        shop.signedIn("bob@example.org");
    }

    @Test
    @Tag("PLT-30")
    void withARegistrationThatNobodyVerifiesGoesItsKeyEvenIfTheKeysCouldNotBeReachedAtFirst() {
        UUID userId = shop.registered(EMAIL);
        UUID customer = shop.customer("bob@example.org");
        String sealed = sealed(userId);
        test.admin()
                .sql("UPDATE users SET updated_at = now() - interval '8 days' WHERE tenant_id = :tenant")
                .param("tenant", shop.tenant)
                .update();
        WithdrawnRegistrations unreachable = new WithdrawnRegistrations(test.database(), command -> {
            throw new IllegalStateException("the keys cannot be reached");
        });
        unreachable.withdrawExpired();
        assertThatIllegalStateException().isThrownBy(unreachable::remove);
        assertThat(opened(userId, sealed)).as("the row tells whose key is left").isPresent();

        Shop.forgetExpired(test);

        assertThat(opened(userId, sealed)).isEmpty();
        assertThat(opened(customer, sealed(customer))).isPresent();
        assertThat(shop.count("SELECT count(*) FROM users WHERE tenant_id = :tenant"))
                .isOne();
        assertThat(shop.registered(EMAIL)).as("the address is free").isNotEqualTo(userId);
    }

    private String sealed(UUID userId) {
        return test.admin()
                .sql("SELECT person_sealed FROM users WHERE id = :id")
                .param("id", userId)
                .query(String.class)
                .single();
    }

    /** As by a process that remembers no keys. */
    private Optional<Person> opened(UUID userId, String sealed) {
        SealingPersons elsewhere = new SealingPersons(Shop.personalDataElsewhere(), ApiJson.strict());
        return shop.visitor.supply(() -> elsewhere.open(userId, sealed));
    }

    @Test
    void aRegistrationThatNobodyVerifiedDoesNotKeepAMemberOfStaffFromTheAddress() {
        shop.registered(EMAIL);
        AuthEndpoint endpoint = new AuthEndpoint(
                test.database(),
                new SigningKeys(test.database(), shop.clock, new KeyEncryption(InstallationSecrets.of(Shop.SECRET))),
                new ApiKeys(test.database(), shop.clock),
                passwords,
                shop.persons,
                new EncryptingAnew(test.database(), InstallationSecrets.of(Shop.SECRET)));
        assertThat(Contexts.system(shop.tenant)
                        .supply(() -> endpoint.ensureStaff(new CreateStaff(EMAIL, ANOTHER, "Ada", "Min", "ADMIN")))
                        .created())
                .isTrue();
        assertThat(shop.signIn(EMAIL, Shop.PASSWORD)).isEqualTo(WRONG);
        assertThat(shop.signIn(EMAIL, ANOTHER)).isInstanceOf(SignInResult.SignedIn.class);
    }
}
