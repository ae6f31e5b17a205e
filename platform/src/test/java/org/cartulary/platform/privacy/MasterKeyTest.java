package org.cartulary.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.secrets.UnknownSecretException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** What becomes of keys and indexes while the secret of an installation is changed. */
@Tag("PLT-28")
class MasterKeyTest {

    private static final String OLD = "a secret that is at least 32 characters long";
    private static final String NEW = "another secret that is at least 32 characters long";
    private static final UUID SHOP = new UUID(0, 1);
    private static final String PURPOSE = "index of e-mail addresses";

    /** Computed from the secret {@link #OLD} apart from this code, as the versions before have always derived it. */
    private static final String INDEX_OF_ADA = "c144c020c59a6eccf37f674d69e9e1e593217e9f23b86e9d898c1d55dc2c477c";

    private final MasterKey old = MasterKey.ofSecret(OLD);
    private final MasterKey announced = MasterKey.of(InstallationSecrets.of(OLD, List.of(NEW)));
    private final MasterKey changed = MasterKey.of(InstallationSecrets.of(NEW, List.of(OLD)));
    private final MasterKey forgotten = MasterKey.ofSecret(NEW);

    private WrappedSubjectKey subjectKey(MasterKey by, String tenantKey) {
        UUID subject = UUID.randomUUID();
        UUID id = UUID.randomUUID();
        return new WrappedSubjectKey(id, subject, 1, tenantKey, by.newSubjectKey(SHOP, 1, tenantKey, subject, id));
    }

    @Test
    void processesOfNeighbouringPhasesReadWhatTheOthersHaveWrapped() {
        for (List<MasterKey> neighbours :
                List.of(List.of(old, announced), List.of(announced, changed), List.of(changed, forgotten))) {
            for (MasterKey writer : neighbours) {
                WrappedSubjectKey key = subjectKey(writer, writer.newTenantKey(SHOP, 1));
                WrappedIndexRoot root = writer.newIndexRoot();
                for (MasterKey reader : neighbours) {
                    assertThat(reader.unwrap(SHOP, key).id()).isEqualTo(key.id());
                    assertThat(reader.unwrap(root).index(SHOP, PURPOSE, "ada"))
                            .isEqualTo(writer.unwrap(root).index(SHOP, PURPOSE, "ada"));
                }
            }
        }
    }

    @Test
    void whatIsWrappedAnewNeedsTheOldSecretNoMore() {
        String tenantKey = old.newTenantKey(SHOP, 1);
        WrappedSubjectKey key = subjectKey(old, tenantKey);
        WrappedIndexRoot root = old.newIndexRoot();

        String rewrapped = changed.rewrapTenantKey(SHOP, 1, tenantKey);
        WrappedIndexRoot rewrappedRoot = changed.rewrap(root);

        assertThat(forgotten
                        .unwrap(SHOP, new WrappedSubjectKey(key.id(), key.subjectId(), 1, rewrapped, key.wrappedKey()))
                        .id())
                .isEqualTo(key.id());
        assertThat(forgotten.unwrap(rewrappedRoot).index(SHOP, PURPOSE, "ada"))
                .isEqualTo(old.unwrap(root).index(SHOP, PURPOSE, "ada"));
        assertThatExceptionOfType(UnknownSecretException.class)
                .isThrownBy(() -> forgotten.rewrapTenantKey(SHOP, 1, tenantKey))
                .withMessageContainingAll(SHOP.toString(), forgotten.secretId(), "cartulary.other-secrets");
        assertThatExceptionOfType(UnknownSecretException.class).isThrownBy(() -> forgotten.requireUnwraps(root));
    }

    @Test
    void theRootOfAnOlderInstallationIsWhatItsIndexesWereDerivedFromWhicheverSecretIsUsedMeanwhile() {
        String tenantKey = old.newTenantKey(SHOP, 1);

        for (MasterKey by : List.of(old, announced, changed)) {
            WrappedIndexRoot root = by.indexRootOf(SHOP, 1, tenantKey);
            assertThat(changed.unwrap(root).index(SHOP, PURPOSE, "ada@example.org"))
                    .isEqualTo(INDEX_OF_ADA);
        }
        assertThatExceptionOfType(UnknownSecretException.class)
                .isThrownBy(() -> forgotten.indexRootOf(SHOP, 1, tenantKey));
        assertThat(old.unwrap(old.newIndexRoot()).index(SHOP, PURPOSE, "ada@example.org"))
                .as("that of a new one is random")
                .isNotEqualTo(INDEX_OF_ADA);
    }

    /** A process that does not keep keys, or none at all. */
    private record Answering(RuntimeException refusal) implements SubjectKeySource {

        @Override
        public WrappedSubjectKeys obtain(ObtainSubjectKeys command) {
            throw refusal;
        }

        @Override
        public WrappedIndexRoot indexRoot() {
            throw refusal;
        }

        @Override
        public WrappedSubjectKeys find(FindSubjectKeys query) {
            throw refusal;
        }
    }

    private static String indexOfAda(MasterKey master, SubjectKeySource source) {
        PersonalData personalData = new PersonalData(master, () -> source);
        return RequestContext.ofSystem(SHOP).supply(() -> personalData.emailIndex("ada@example.org"));
    }

    @Test
    void aRootThatIsNotGivenIsNotGuessedHoweverManySecretsThereAre() {
        SubjectKeySource elsewhere =
                new Answering(ProblemException.notFound("unknown-route", "nothing is at this path"));

        for (MasterKey master : List.of(old, changed)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> indexOfAda(master, elsewhere))
                    .matches(problem -> problem.status() == HttpStatus.SERVICE_UNAVAILABLE);
        }
        assertThatThrownBy(() -> indexOfAda(old, new Answering(new IllegalStateException("away"))))
                .hasMessage("away");
    }
}
