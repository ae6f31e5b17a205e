package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cartulary.contracts.secrets.SecretUse;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.secrets.UnknownSecretException;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The secret of the installation is changed while people log in. Each test has a database of its own, as they look at all shops. */
@Tag("PLT-28")
@Tag("AUT-02")
class EncryptingAnewDbTest {

    private static final String OLD = Shop.SECRET;
    private static final String NEW = "another secret that is at least 32 characters long";
    private static final InstallationSecrets BEFORE = InstallationSecrets.of(OLD);
    private static final InstallationSecrets ANNOUNCED = InstallationSecrets.of(OLD, List.of(NEW));
    private static final InstallationSecrets CHANGED = InstallationSecrets.of(NEW, List.of(OLD));
    private static final InstallationSecrets FORGOTTEN = InstallationSecrets.of(NEW);
    private static Passwords passwords;

    private final TestDatabase test = TestDatabase.create("auth");
    private final Shop shop = new Shop(test, passwords);

    @BeforeAll
    static void make() {
        passwords = new Passwords();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private EncryptingAnew encrypting(InstallationSecrets secrets) {
        return new EncryptingAnew(test.database(), secrets);
    }

    private SecondFactors factors(InstallationSecrets secrets) {
        return new SecondFactors(test.database(), SecondFactors.encryption(secrets), passwords, shop.clock);
    }

    private SignInResult signIn(InstallationSecrets secrets, String email, String code) {
        return shop.visitor.supply(
                () -> new SigningIn(test.database(), passwords, factors(secrets), shop.persons, shop.clock)
                        .signIn(new LogIn(email, Shop.PASSWORD, code, null)));
    }

    private SigningKeys signingKeys(InstallationSecrets secrets) {
        return new SigningKeys(test.database(), shop.clock, new KeyEncryption(secrets));
    }

    private byte[] begun(InstallationSecrets secrets, UUID userId) {
        return ((SecondFactorResult.Begun)
                        shop.as(userId).supply(() -> factors(secrets).begin(userId, Shop.PASSWORD)))
                .secret();
    }

    private SecondFactorResult confirmed(InstallationSecrets secrets, UUID userId, byte[] secret) {
        return shop.as(userId).supply(() -> factors(secrets).confirm(userId, code(secret)));
    }

    private String code(byte[] secret) {
        return Totp.code(secret, Totp.step(shop.clock.instant()));
    }

    private List<SecretUse> uses() {
        return encrypting(CHANGED).uses().uses();
    }

    private List<InvariantResult> broken(InstallationSecrets secrets) {
        return AuthInvariants.check(test.database(), secrets.ids()).stream()
                // Nobody delivers events here.
                .filter(result -> !result.holds() && !result.name().equals("no-event-left"))
                .toList();
    }

    /** Second factors that nobody has confirmed, of so many people of the shop. */
    private void makeFactors(InstallationSecrets secrets, int people) {
        KeyEncryption encryption = SecondFactors.encryption(secrets);
        UUID of = shop.customer("of-" + Ids.next() + "@example.org");
        IntStream.range(0, people).forEach(i -> {
            UUID userId = Ids.next();
            test.admin()
                    .sql("""
                            INSERT INTO users (tenant_id, id, email_index, person_sealed, password_hash, role, email_verified,
                                               email_verified_at)
                            SELECT tenant_id, :id, md5(cast(:id AS text)) || md5(cast(:id AS text)), person_sealed, password_hash,
                                   role, email_verified, email_verified_at
                            FROM users WHERE tenant_id = :tenant AND id = :of
                            """)
                    .param("id", userId)
                    .param("tenant", shop.tenant)
                    .param("of", of)
                    .update();
            test.admin()
                    .sql("""
                            INSERT INTO second_factors (tenant_id, user_id, secret_encrypted, secret_id, created_at)
                            VALUES (:tenant, :id, :text, :secretId, now())
                            """)
                    .param("tenant", shop.tenant)
                    .param("id", userId)
                    .param("text", encryption.encrypt(userId, "AAAA"))
                    .param("secretId", encryption.secretId())
                    .update();
        });
    }

    @Test
    void codesAndTokensCountThroughAllPhases() {
        UUID userId = shop.customer("ann@example.org");
        byte[] secret = begun(BEFORE, userId);
        assertThat(confirmed(ANNOUNCED, userId, secret)).isInstanceOf(SecondFactorResult.Confirmed.class);
        String key = signingKeys(BEFORE).current().toJSONString();
        test.admin().sql("UPDATE second_factors SET secret_id = NULL").update();
        test.admin().sql("UPDATE signing_keys SET secret_id = NULL").update();
        assertThat(uses())
                .containsExactlyInAnyOrder(
                        new SecretUse("second-factors", SecretUse.NOT_LOOKED_AT, 1),
                        new SecretUse("signing-keys", SecretUse.NOT_LOOKED_AT, 1));

        for (InstallationSecrets phase : List.of(BEFORE, ANNOUNCED, CHANGED, FORGOTTEN)) {
            shop.clock.advance(Totp.STEP);
            assertThat(signIn(phase, "ann@example.org", code(secret))).isInstanceOf(SignInResult.SignedIn.class);
            assertThat(signingKeys(phase).current().toJSONString()).isEqualTo(key);
            encrypting(phase).run();
            assertThat(uses())
                    .containsExactlyInAnyOrder(
                            new SecretUse("second-factors", phase.firstId(), 1),
                            new SecretUse("signing-keys", phase.firstId(), 1));
        }
        assertThat(broken(FORGOTTEN)).isEmpty();
        assertThatExceptionOfType(UnknownSecretException.class)
                .isThrownBy(() -> signingKeys(BEFORE).current())
                .withMessageContainingAll(BEFORE.firstId(), "cartulary.other-secrets");
    }

    @Test
    void aRunThatWasKilledIsGoneOnWith() {
        makeFactors(ANNOUNCED, EncryptingAnew.PAGE + 3);

        assertThat(encrypting(CHANGED).pageOfSecondFactors(EncryptedStore.Place.BEGINNING))
                .isPresent();
        assertThat(uses())
                .containsExactlyInAnyOrder(
                        new SecretUse("second-factors", CHANGED.firstId(), EncryptingAnew.PAGE),
                        new SecretUse("second-factors", BEFORE.firstId(), 3));
        encrypting(CHANGED).run();
        makeFactors(ANNOUNCED, 1);
        encrypting(CHANGED).run();

        assertThat(uses()).containsExactly(new SecretUse("second-factors", CHANGED.firstId(), EncryptingAnew.PAGE + 4));
        assertThat(broken(FORGOTTEN)).isEmpty();
    }

    @Test
    void whatIsReplacedMeanwhileIsLeftAsItIs() {
        UUID userId = shop.customer("ann@example.org");
        begun(BEFORE, userId);
        EncryptedStore store = new EncryptedStore();
        List<EncryptedStore.Encrypted> read = test.database()
                .asWorker(tx -> store.secondFactors(tx, CHANGED.firstId(), EncryptedStore.Place.BEGINNING, 10));
        // The person begins anew after the job has read, and before it writes.
        byte[] newer = begun(BEFORE, userId);

        int written = test.database()
                .asWorker(tx -> store.replaceSecondFactors(
                        tx,
                        read.stream()
                                .map(value -> new EncryptedStore.Anew(
                                        value,
                                        SecondFactors.encryption(CHANGED).encryptAnew(value.id(), value.text()),
                                        CHANGED.firstId()))
                                .toList()));

        assertThat(written).isZero();
        assertThat(confirmed(CHANGED, userId, newer)).isInstanceOf(SecondFactorResult.Confirmed.class);
    }

    @Test
    void aValueOfASecretThatNobodyKnowsIsToldOfAndHoldsUpNoOther() {
        InstallationSecrets lost = InstallationSecrets.of("a third secret, which nobody remembers any more");
        makeFactors(lost, 1);
        makeFactors(BEFORE, 1);
        assertThat(broken(CHANGED))
                .singleElement()
                .satisfies(result ->
                        assertThat(result.examples()).singleElement().asString().contains(lost.firstId()));
        test.admin().sql("UPDATE second_factors SET secret_id = NULL").update();
        makeFactors(BEFORE, 1);
        test.admin()
                .sql("UPDATE second_factors SET secret_encrypted = 'destroyed' WHERE secret_id IS NOT NULL")
                .update();
        test.admin().sql("UPDATE second_factors SET secret_id = NULL").update();

        encrypting(CHANGED).run();

        assertThat(uses())
                .containsExactlyInAnyOrder(
                        new SecretUse("second-factors", SecretUse.UNKNOWN, 2),
                        new SecretUse("second-factors", CHANGED.firstId(), 1));
        assertThat(broken(CHANGED))
                .singleElement()
                .satisfies(result -> assertThat(result.name()).isEqualTo("encrypted-by-known-secrets"));
    }

    @Test
    void aCodeThatIsShownWhileTheSecretIsChangedCounts() throws Exception {
        UUID userId = shop.customer("ann@example.org");
        byte[] secret = begun(BEFORE, userId);
        EncryptedStore store = new EncryptedStore();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SecondFactorResult> confirming = test.database().asWorker(tx -> {
                // The job has encrypted it anew and not committed yet: who confirms finds the new text or waits for it.
                store.replaceSecondFactors(
                        tx,
                        store.secondFactors(tx, CHANGED.firstId(), EncryptedStore.Place.BEGINNING, 10).stream()
                                .map(value -> new EncryptedStore.Anew(
                                        value,
                                        SecondFactors.encryption(CHANGED).encryptAnew(value.id(), value.text()),
                                        CHANGED.firstId()))
                                .toList());
                Future<SecondFactorResult> begun = threads.submit(() -> confirmed(ANNOUNCED, userId, secret));
                test.awaitLockWaits(1);
                return begun;
            });

            assertThat(confirming.get()).isInstanceOf(SecondFactorResult.Confirmed.class);
        }
    }

    @Test
    void peopleLogInAndGetMailsWhileTheSecretIsChanged() throws Exception {
        UUID userId = shop.customer("ann@example.org");
        byte[] secret = begun(BEFORE, userId);
        assertThat(confirmed(BEFORE, userId, secret)).isInstanceOf(SecondFactorResult.Confirmed.class);
        signingKeys(BEFORE).current();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger rounds = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> jobs = threads.submit(() -> {
                while (!over.get()) {
                    // Two phases side by side, each with its own opinion of what is used.
                    encrypting(rounds.get() % 2 == 0 ? ANNOUNCED : CHANGED).run();
                    rounds.incrementAndGet();
                }
                return true;
            });
            try {
                for (int round = 0; round < 6 || rounds.get() < 6; round++) {
                    shop.clock.advance(Totp.STEP);
                    InstallationSecrets phase = round % 2 == 0 ? ANNOUNCED : CHANGED;
                    assertThat(signIn(phase, "ann@example.org", code(secret)))
                            .isInstanceOf(SignInResult.SignedIn.class);
                    assertThat(signingKeys(phase).current().isPrivate()).isTrue();
                    UUID other = shop.customer("other-" + round + "@example.org");
                    byte[] of = begun(phase, other);
                    assertThat(confirmed(round % 3 == 0 ? ANNOUNCED : CHANGED, other, of))
                            .isInstanceOf(SecondFactorResult.Confirmed.class);
                }
            } finally {
                over.set(true);
            }
            assertThat(jobs.get()).isTrue();
        }
        encrypting(CHANGED).run();

        assertThat(uses()).allMatch(use -> use.secretId().equals(FORGOTTEN.firstId()));
        shop.clock.advance(Totp.STEP);
        assertThat(signIn(FORGOTTEN, "ann@example.org", code(secret))).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(broken(FORGOTTEN)).isEmpty();
    }
}
