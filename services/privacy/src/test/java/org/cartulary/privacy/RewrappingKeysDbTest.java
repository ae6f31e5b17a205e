package org.cartulary.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.contracts.secrets.SecretUse;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.FindSubjectKeys;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.ObtainSubjectKeys;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.privacy.SubjectKeySource;
import org.cartulary.platform.privacy.WrappedIndexRoot;
import org.cartulary.platform.privacy.WrappedSubjectKeys;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.secrets.UnknownSecretException;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The secret of the installation is changed while its keys are in use. Each test has a database of its own, as they look at all shops. */
@Tag("PLT-28")
class RewrappingKeysDbTest {

    private static final Place PLACE = new Place("customer.customers.person_sealed");
    private static final String OLD = "a secret that is at least 32 characters long";
    private static final String NEW = "another secret that is at least 32 characters long";
    private static final MasterKey BEFORE = MasterKey.ofSecret(OLD);
    private static final MasterKey ANNOUNCED = MasterKey.of(InstallationSecrets.of(OLD, List.of(NEW)));
    private static final MasterKey CHANGED = MasterKey.of(InstallationSecrets.of(NEW, List.of(OLD)));
    private static final MasterKey FORGOTTEN = MasterKey.ofSecret(NEW);

    private final TestDatabase test = TestDatabase.create("privacy");

    private record Sealed(RequestContext shop, UUID row, String text) {}

    @AfterEach
    void close() {
        test.close();
    }

    private PersonalData process(MasterKey master) {
        PersonalData[] self = new PersonalData[1];
        self[0] = new PersonalData(master, () -> new SubjectKeysEndpoint(test.database(), master, self[0]));
        return self[0];
    }

    private RewrappingKeys rewrapping(MasterKey master) {
        return new RewrappingKeys(test.database(), master);
    }

    private WrappedIndexRoot root(MasterKey master) {
        return new KeepingIndexRoot(test.database(), master).obtain();
    }

    private Sealed seal(PersonalData process, RequestContext shop) {
        UUID row = Ids.next();
        return shop.supply(() -> new Sealed(
                shop,
                row,
                process.seal(process.keyOf(process.guest(row + "@example.org")), PLACE, row, "person " + row)));
    }

    private static void assertOpens(PersonalData process, Sealed sealed) {
        assertThat(sealed.shop().supply(() -> process.open(PLACE, sealed.row(), sealed.text())))
                .contains("person " + sealed.row());
    }

    private List<SecretUse> uses() {
        return rewrapping(CHANGED).uses();
    }

    private void makeShops(MasterKey master, int shops) {
        KeepingSubjectKeys keys = new KeepingSubjectKeys(test.database(), master);
        IntStream.range(0, shops)
                .forEach(shop -> Contexts.system(Contexts.newTenant())
                        .supply(() -> keys.obtain(new ObtainSubjectKeys(List.of(Subject.account(Ids.next()))))));
    }

    private List<InvariantResult> broken(MasterKey master) {
        return new PrivacyInvariants(test.database(), master.secrets())
                .check().stream().filter(result -> !result.holds()).toList();
    }

    /** As the version before has left it: keys of shops, which say nothing of a secret, and no root. */
    private String installationOfVersionBefore(RequestContext shop) {
        makeShops(BEFORE, 2);
        test.admin().sql("UPDATE tenant_keys SET secret_id = NULL").update();
        WrappedIndexRoot ofThatVersion = BEFORE.indexRootOf(
                test.admin()
                        .sql("SELECT tenant_id FROM tenant_keys ORDER BY created_at LIMIT 1")
                        .query(UUID.class)
                        .single(),
                1,
                test.admin()
                        .sql("SELECT wrapped_key FROM tenant_keys ORDER BY created_at LIMIT 1")
                        .query(String.class)
                        .single());
        PersonalData process = new PersonalData(BEFORE, () -> new RootOnly(ofThatVersion));
        return shop.supply(() -> process.emailIndex("ada@example.org"));
    }

    private record RootOnly(WrappedIndexRoot indexRoot) implements SubjectKeySource {

        @Override
        public WrappedSubjectKeys obtain(ObtainSubjectKeys command) {
            throw new AssertionError("only the root is asked for");
        }

        @Override
        public WrappedSubjectKeys find(FindSubjectKeys query) {
            throw new AssertionError("only the root is asked for");
        }
    }

    @Test
    void anOlderInstallationFindsWhatItHasIndexedThroughAllPhases() {
        RequestContext shop = Contexts.system(Contexts.newTenant());
        String index = installationOfVersionBefore(shop);
        assertThat(uses()).containsExactly(new SecretUse("tenant-keys", SecretUse.NOT_LOOKED_AT, 2));

        for (MasterKey phase : List.of(BEFORE, ANNOUNCED, CHANGED, FORGOTTEN)) {
            assertThat(shop.supply(() -> process(phase).emailIndex("Ada@Example.org")))
                    .isEqualTo(index);
            rewrapping(phase).run();
        }

        assertThat(uses())
                .containsExactly(
                        new SecretUse("index-root", FORGOTTEN.secretId(), 1),
                        new SecretUse("tenant-keys", FORGOTTEN.secretId(), 2));
        assertThat(broken(FORGOTTEN)).isEmpty();
    }

    @Test
    void anOlderInstallationWhoseSecretIsChangedAtItsFirstStartKeepsItsIndexes() {
        RequestContext shop = Contexts.system(Contexts.newTenant());
        String index = installationOfVersionBefore(shop);

        assertThat(shop.supply(() -> process(CHANGED).emailIndex("ada@example.org")))
                .isEqualTo(index);
    }

    @Test
    void theRootOfANewInstallationIsMadeOnceHoweverManyAsk() throws Exception {
        Set<String> roots =
                Set.copyOf(Concurrently.run(8, () -> root(BEFORE).wrappedKey()).valuesOrThrow());

        assertThat(roots).hasSize(1);
        RequestContext shop = Contexts.system(Contexts.newTenant());
        String index = shop.supply(() -> process(BEFORE).emailIndex("ada@example.org"));
        makeShops(BEFORE, 1);
        assertThat(shop.supply(() -> process(CHANGED).emailIndex("ada@example.org")))
                .isEqualTo(index);
    }

    @Test
    void aRootThatIsLostIsNotMadeAnew() {
        WrappedIndexRoot before = root(BEFORE);
        makeShops(BEFORE, 1);
        test.admin().sql("CREATE TABLE backup AS SELECT * FROM index_root").update();
        test.admin().sql("DELETE FROM index_root").update();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new KeepingIndexRoot(test.database(), BEFORE).requireReadable())
                .withMessageContainingAll("lost", "restore privacy_db");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> root(CHANGED));
        assertThat(broken(BEFORE))
                .singleElement()
                .satisfies(result -> assertThat(result.name()).isEqualTo("the-root-of-indexes-is-kept"));

        test.admin().sql("INSERT INTO index_root SELECT * FROM backup").update();
        assertThat(root(BEFORE)).isEqualTo(before);
        assertThat(broken(BEFORE)).isEmpty();
    }

    @Test
    void nobodyWhoServesTheShopsCanDeleteTheRoot() {
        WrappedIndexRoot before = root(BEFORE);

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> test.database()
                        .asWorker(tx -> tx.jdbc().sql("DELETE FROM index_root").update()))
                .withStackTraceContaining("permission denied");
        assertThat(root(BEFORE)).isEqualTo(before);
    }

    @Test
    void aRunThatWasKilledIsGoneOnWithAndNothingHangsOnTheOldSecretInTheEnd() {
        root(ANNOUNCED);
        makeShops(ANNOUNCED, RewrappingKeys.PAGE + 10);

        // Whoever began is dead after a page.
        assertThat(rewrapping(CHANGED).rewrapPage(new TenantKeyStore.Place(new UUID(0, 0), 0)))
                .isPresent();
        assertThat(uses())
                .contains(
                        new SecretUse("tenant-keys", CHANGED.secretId(), RewrappingKeys.PAGE),
                        new SecretUse("tenant-keys", BEFORE.secretId(), 10));
        rewrapping(CHANGED).run();
        assertThat(uses())
                .containsExactly(
                        new SecretUse("index-root", CHANGED.secretId(), 1),
                        new SecretUse("tenant-keys", CHANGED.secretId(), RewrappingKeys.PAGE + 10));

        // A process of the phase before writes once more, after everything was wrapped anew.
        makeShops(ANNOUNCED, 1);
        assertThat(uses()).contains(new SecretUse("tenant-keys", BEFORE.secretId(), 1));
        rewrapping(CHANGED).run();
        assertThat(uses()).noneMatch(use -> use.secretId().equals(BEFORE.secretId()));
        assertThat(test.admin()
                        .sql("SELECT count(*) FROM audit_log WHERE action = 'installation-secret.changed'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatIsChangedMeanwhileIsLeftAsItIs() {
        root(BEFORE);
        makeShops(BEFORE, 2);
        List<TenantKeyStore.Wrapped> read = test.database()
                .asWorker(tx -> new TenantKeyStore()
                        .notWrappedBy(tx, CHANGED.secretId(), new TenantKeyStore.Place(new UUID(0, 0), 0), 10));
        // The one is retired, the other wrapped anew by somebody else, after this process has read them.
        UUID retired = read.getFirst().tenantId();
        test.admin()
                .sql("UPDATE tenant_keys SET state = 'retired', wrapped_key = NULL, secret_id = NULL,"
                        + " superseded_at = now(), retired_at = now() WHERE tenant_id = :tenant")
                .param("tenant", retired)
                .update();
        rewrapping(CHANGED).run();
        String others = test.admin()
                .sql("SELECT wrapped_key FROM tenant_keys WHERE wrapped_key IS NOT NULL")
                .query(String.class)
                .single();

        int written = test.database()
                .asWorker(tx -> new TenantKeyStore()
                        .rewrap(
                                tx,
                                read.stream()
                                        .map(key -> new TenantKeyStore.Rewrapped(
                                                key, "of a run that is late", CHANGED.secretId()))
                                        .toList()));

        assertThat(written).isZero();
        assertThat(test.admin()
                        .sql("SELECT wrapped_key FROM tenant_keys WHERE wrapped_key IS NOT NULL")
                        .query(String.class)
                        .list())
                .containsExactly(others);
    }

    @Test
    void aKeyOfASecretThatNobodyKnowsIsToldOfAndHoldsUpNoOther() {
        root(CHANGED);
        makeShops(MasterKey.ofSecret("a third secret, which nobody remembers any more"), 1);
        makeShops(BEFORE, 1);
        assertThat(broken(CHANGED))
                .singleElement()
                .satisfies(result -> assertThat(result.examples())
                        .singleElement()
                        .asString()
                        .contains(InstallationSecrets.idOf("a third secret, which nobody remembers any more")));
        test.admin().sql("UPDATE tenant_keys SET secret_id = NULL").update();

        rewrapping(CHANGED).run();

        assertThat(uses())
                .contains(
                        new SecretUse("tenant-keys", SecretUse.UNKNOWN, 1),
                        new SecretUse("tenant-keys", CHANGED.secretId(), 1));
        assertThat(broken(CHANGED))
                .singleElement()
                .satisfies(result -> assertThat(result.name()).isEqualTo("keys-hang-on-known-secrets"));

        rewrapping(MasterKey.of(
                        InstallationSecrets.of(NEW, List.of(OLD, "a third secret, which nobody remembers any more"))))
                .run();
        assertThat(broken(FORGOTTEN)).isEmpty();
    }

    @Test
    void aProcessThatKnowsNotTheSecretSaysWhichItKnows() {
        root(BEFORE);

        assertThatExceptionOfType(UnknownSecretException.class)
                .isThrownBy(() -> new KeepingIndexRoot(test.database(), FORGOTTEN).requireReadable())
                .withMessageContainingAll(
                        "the root of the indexes", BEFORE.secretId(), FORGOTTEN.secretId(), "cartulary.other-secrets");
    }

    @Test
    void peopleComeAreFoundAndReadWhileTheSecretIsChanged() throws Exception {
        List<RequestContext> shops = IntStream.range(0, 3)
                .mapToObj(i -> Contexts.system(Contexts.newTenant()))
                .toList();
        root(BEFORE);
        String index = shops.getFirst().supply(() -> process(BEFORE).emailIndex("ada@example.org"));
        AtomicBoolean over = new AtomicBoolean();
        // At each moment processes of two neighbouring phases are at work.
        AtomicReference<List<MasterKey>> phases = new AtomicReference<>(List.of(BEFORE, ANNOUNCED));
        ReadWriteLock phase = new ReentrantReadWriteLock(true);
        List<Sealed> sealed = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Sealed>>> buyers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                buyers.add(threads.submit(() -> {
                    List<Sealed> own = new ArrayList<>();
                    while (!over.get()) {
                        phase.readLock().lock();
                        try {
                            List<MasterKey> both = phases.get();
                            Sealed one = seal(process(both.get(number % 2)), shops.get(own.size() % shops.size()));
                            own.add(one);
                            assertOpens(process(both.get((number + 1) % 2)), one);
                            assertThat(shops.getFirst()
                                            .supply(() -> process(both.get(number % 2))
                                                    .emailIndex("ada@example.org")))
                                    .isEqualTo(index);
                        } finally {
                            phase.readLock().unlock();
                        }
                    }
                    return own;
                }));
            }
            try {
                for (List<MasterKey> both :
                        List.of(List.of(BEFORE, ANNOUNCED), List.of(ANNOUNCED, CHANGED), List.of(CHANGED, CHANGED))) {
                    // Nobody of the phase before the last one is left when a phase begins.
                    phase.writeLock().lock();
                    try {
                        phases.set(both);
                    } finally {
                        phase.writeLock().unlock();
                    }
                    for (int round = 0; round < 3; round++) {
                        Concurrently.run(2, i -> {
                                    rewrapping(both.get(i)).run();
                                    return true;
                                })
                                .valuesOrThrow();
                    }
                }
            } finally {
                over.set(true);
            }
            for (Future<List<Sealed>> buyer : buyers) {
                sealed.addAll(buyer.get());
            }
        }
        // Whoever began a purchase before the last change may have written after the run.
        rewrapping(CHANGED).run();

        assertThat(uses().stream().map(SecretUse::secretId).collect(Collectors.toSet()))
                .containsExactly(FORGOTTEN.secretId());
        PersonalData afterwards = process(FORGOTTEN);
        assertThat(sealed).isNotEmpty().allSatisfy(one -> assertOpens(afterwards, one));
        assertThat(shops.getFirst().supply(() -> afterwards.emailIndex("ada@example.org")))
                .isEqualTo(index);
        assertThat(broken(FORGOTTEN)).isEmpty();
    }
}
