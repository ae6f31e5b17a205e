package org.cartulary.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** How long a process goes on with a key that was destroyed in another one. */
@Tag("PLT-28")
@Tag("PLT-30")
class PersonalDataMemoryTest {

    private static final Place PLACE = new Place("test.people.name_sealed");

    private final UUID tenant = UUID.randomUUID();
    private final MasterKey master = MasterKey.ofSecret("a secret that is at least 32 characters long");
    private final Keys keys = new Keys();
    private final AtomicLong nanos = new AtomicLong();
    private final PersonalData personalData = new PersonalData(master, () -> keys, nanos::get);

    /** Keeps keys in memory. An account whose key was destroyed gets none. */
    private final class Keys implements SubjectKeySource {

        private final WrappedIndexRoot indexRoot = master.newIndexRoot();
        private boolean isElsewhere;
        private final String tenantKey = master.newTenantKey(tenant, 1);
        private final Map<UUID, WrappedSubjectKey> live = new HashMap<>();
        private final Set<UUID> erased = new HashSet<>();

        @Override
        public WrappedSubjectKeys obtain(ObtainSubjectKeys command) {
            return new WrappedSubjectKeys(command.subjects().stream()
                    .filter(subject -> !erased.contains(subject.id()))
                    .map(subject -> live.computeIfAbsent(subject.id(), this::made))
                    .toList());
        }

        private WrappedSubjectKey made(UUID subjectId) {
            UUID id = UUID.randomUUID();
            return new WrappedSubjectKey(
                    id, subjectId, 1, tenantKey, master.newSubjectKey(tenant, 1, tenantKey, subjectId, id));
        }

        @Override
        public WrappedSubjectKeys find(FindSubjectKeys query) {
            return new WrappedSubjectKeys(live.values().stream()
                    .filter(key -> query.keyIds().contains(key.id()))
                    .toList());
        }

        @Override
        public WrappedIndexRoot indexRoot() {
            if (isElsewhere) {
                throw ProblemException.notFound("unknown-route", "there is nothing at this path");
            }
            return indexRoot;
        }

        void destroy(Subject subject) {
            live.remove(subject.id());
            if (subject.kind() == Subject.Kind.ACCOUNT) {
                erased.add(subject.id());
            }
        }
    }

    private <T> T inShop(Supplier<T> work) {
        return RequestContext.ofSystem(tenant).supply(work);
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void keysOfCustomersAndOfGuestsAreForgottenAfterTheSameTimeHoweverOftenTheyAreUsed() {
        UUID row = UUID.randomUUID();
        for (Subject subject :
                List.of(Subject.account(UUID.randomUUID()), inShop(() -> personalData.guest("ada@example.org")))) {
            SealingKey key = inShop(() -> personalData.keyOf(subject));
            String sealed = inShop(() -> personalData.seal(key, PLACE, row, "Ada"));
            keys.destroy(subject);

            later(PersonalData.KEPT_FOR.minusMillis(1));
            assertThat(inShop(() -> personalData.keyOf(subject)).id())
                    .as("%s, remembered", subject.kind())
                    .isEqualTo(key.id());
            assertThat(inShop(() -> personalData.open(PLACE, row, sealed))).contains("Ada");
            later(Duration.ofMillis(1));

            assertThat(inShop(() -> personalData.open(PLACE, row, sealed)))
                    .as("%s, forgotten", subject.kind())
                    .isEmpty();
            if (subject.kind() == Subject.Kind.GUEST) {
                assertThat(inShop(() -> personalData.keyOf(subject)).id()).isNotEqualTo(key.id());
            } else {
                assertThatExceptionOfType(ProblemException.class)
                        .isThrownBy(() -> inShop(() -> personalData.keyOf(subject)))
                        .matches(problem -> problem.code().equals("person-erased"));
            }
        }
    }

    @Test
    void nothingIsIndexedUnderARootThatNobodyHasGivenAndTheRightOneIsTakenLater() {
        String index = inShop(() -> new PersonalData(master, () -> keys, nanos::get).emailIndex("ada@example.org"));
        keys.isElsewhere = true;

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> inShop(() -> personalData.emailIndex("ada@example.org")))
                .withMessageContaining("privacy")
                .matches(problem -> problem.status() == HttpStatus.SERVICE_UNAVAILABLE
                        && problem.code().equals("service-unavailable"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> inShop(() -> personalData.guest("ada@example.org")))
                .matches(problem -> problem.status() == HttpStatus.SERVICE_UNAVAILABLE);

        keys.isElsewhere = false;
        assertThat(inShop(() -> personalData.emailIndex("ada@example.org"))).isEqualTo(index);
    }
}
