package org.cartulary.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.ObtainSubjectKeys;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-28")
class RotatingKeysDbTest {

    private static final Place PLACE = new Place("customer.customers.person_sealed");
    private static final MasterKey MASTER = MasterKey.ofSecret("a secret that is at least 32 characters long");
    private static TestDatabase test;

    private final UUID tenant = Contexts.newTenant();
    private final RequestContext shop = Contexts.staff(tenant);
    private final KeepingSubjectKeys keys = new KeepingSubjectKeys(test.database(), MASTER);
    private final RotatingKeys rotating = new RotatingKeys(test.database(), MASTER);

    private record Sealed(UUID row, String text) {}

    @BeforeAll
    static void open() {
        test = TestDatabase.create("privacy");
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private PersonalData process() {
        PersonalData[] self = new PersonalData[1];
        self[0] = new PersonalData(MASTER, () -> new SubjectKeysEndpoint(test.database(), MASTER, self[0]));
        return self[0];
    }

    private Sealed seal(PersonalData process) {
        UUID row = Ids.next();
        return shop.supply(() ->
                new Sealed(row, process.seal(process.keyOf(Subject.account(Ids.next())), PLACE, row, "person " + row)));
    }

    private Sealed sealAsGuest(PersonalData process) {
        UUID row = Ids.next();
        return shop.supply(() -> new Sealed(
                row, process.seal(process.keyOf(process.guest(row + "@example.org")), PLACE, row, "person " + row)));
    }

    private void assertAllOpen(List<Sealed> sealed) {
        PersonalData process = process();
        assertThat(sealed)
                .allSatisfy(one -> assertThat(shop.supply(() -> process.open(PLACE, one.row(), one.text())))
                        .contains("person " + one.row()));
    }

    private int wrappedBy(int version) {
        return test.admin()
                .sql("SELECT count(*) FROM subject_keys WHERE tenant_id = :tenant AND tenant_key_version = :version")
                .param("tenant", tenant)
                .param("version", version)
                .query(Integer.class)
                .single();
    }

    private List<String> states() {
        return test.admin()
                .sql("SELECT state FROM tenant_keys WHERE tenant_id = :tenant ORDER BY version")
                .param("tenant", tenant)
                .query(String.class)
                .list();
    }

    @Test
    void everyKeyIsWrappedAnewAndTheOldOneIsRetired() {
        List<Sealed> sealed = new ArrayList<>();
        PersonalData process = process();
        for (int i = 0; i < 5; i++) {
            sealed.add(seal(process));
        }

        KeyRotation rotation = shop.supply(rotating::start);
        rotating.run();

        assertThat(rotation.toVersion()).isEqualTo(2);
        assertThat(wrappedBy(1)).isZero();
        assertThat(wrappedBy(2)).isEqualTo(5);
        assertThat(states()).containsExactly("retired", "current");
        assertThat(shop.supply(() -> rotating.find(rotation.id()).orElseThrow().state()))
                .isEqualTo("done");
        assertAllOpen(sealed);
    }

    @Test
    void aRotationThatWasKilledIsGoneOnWithAndAskedForAgainIsTheSame() {
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i < RotatingKeys.PAGE + 50; i++) {
            subjects.add(Subject.account(Ids.next()));
        }
        shop.supply(() -> keys.obtain(new ObtainSubjectKeys(subjects)));
        List<Sealed> sealed = List.of(seal(process()));

        KeyRotation rotation = shop.supply(rotating::start);
        // Whoever began is dead after a page, before anything was said to be done.
        rotating.rewrapPage(new RotationStore.Running(tenant, rotation.id(), 1, 2));
        assertThat(wrappedBy(1)).isEqualTo(51);
        assertThat(states()).containsExactly("superseded", "current");
        assertAllOpen(sealed);
        assertThat(shop.supply(() -> new RotatingKeys(test.database(), MASTER).start())
                        .id())
                .isEqualTo(rotation.id());

        new RotatingKeys(test.database(), MASTER).run();

        assertThat(wrappedBy(1)).isZero();
        assertThat(wrappedBy(2)).isEqualTo(RotatingKeys.PAGE + 51);
        assertThat(states()).containsExactly("retired", "current");
        assertAllOpen(sealed);
    }

    @Test
    void peopleComeAndAreReadWhileTheKeyIsChanged() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Sealed> sealed = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Sealed>>> buyers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                buyers.add(threads.submit(() -> {
                    List<Sealed> own = new ArrayList<>();
                    while (!over.get()) {
                        Sealed one = own.size() % 2 == 0 ? seal(process()) : sealAsGuest(process());
                        own.add(one);
                        assertThat(shop.supply(() -> process().open(PLACE, one.row(), one.text())))
                                .contains("person " + one.row());
                    }
                    return own;
                }));
            }
            try {
                for (int round = 0; round < 5; round++) {
                    seal(process());
                    shop.supply(rotating::start);
                    rotating.run();
                }
            } finally {
                over.set(true);
            }
            for (Future<List<Sealed>> buyer : buyers) {
                sealed.addAll(buyer.get());
            }
        }

        assertThat(states()).containsExactly("retired", "retired", "retired", "retired", "retired", "current");
        assertThat(wrappedBy(6)).isGreaterThanOrEqualTo(sealed.size());
        assertAllOpen(sealed);
        assertThat(new PrivacyInvariants(test.database(), MASTER.secrets()).check())
                .allMatch(InvariantResult::holds);
    }

    @Test
    void nobodyWrapsByAKeyThatIsBeingSuperseded() throws Exception {
        seal(process());
        UUID late = Ids.next();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<KeyRotation> starting = test.database().asWorker(tx -> {
                // Somebody who makes a key holds the shop's current one until its transaction ends.
                TenantKey current = new TenantKeyStore().lockCurrent(tx, tenant).orElseThrow();
                Future<KeyRotation> begun = threads.submit(() -> shop.supply(rotating::start));
                test.awaitLockWaitOr(begun::isDone);
                assertThat(begun.isDone()).isFalse();
                UUID id = Ids.next();
                String wrapped = MASTER.newSubjectKey(tenant, current.version(), current.wrappedKey(), late, id);
                new SubjectKeyStore()
                        .insert(
                                tx,
                                tenant,
                                List.of(new SubjectKeyStore.NewKey(
                                        id, Subject.account(late), current.version(), wrapped)));
                return begun;
            });
            starting.get();
        }

        assertThat(wrappedBy(1)).isEqualTo(2);
    }
}
