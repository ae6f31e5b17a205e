package org.cartulary.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-28")
class InstallationSecretsTest {

    private static final String OLD = "an old secret of at least 32 characters";
    private static final String NEW = "a new secret of at least 32 characters";

    @Test
    void theFirstIsUsedAndASecretThatIsNamedTwiceCountsOnce() {
        InstallationSecrets secrets = InstallationSecrets.of(NEW, List.of(OLD, NEW, OLD));

        assertThat(secrets.first()).isEqualTo(NEW);
        assertThat(secrets.all()).containsExactly(NEW, OLD);
        assertThat(secrets.ids()).containsExactly(InstallationSecrets.idOf(NEW), InstallationSecrets.idOf(OLD));
        assertThat(secrets.otherIds()).containsExactly(InstallationSecrets.idOf(OLD));
        assertThat(secrets.derive("http"))
                .hasSize(2)
                .startsWith(InstallationSecrets.of(NEW).derive("http").getFirst())
                .allMatch(key -> key.matches("[0-9a-f]{64}"))
                .isNotEqualTo(secrets.derive("operator-key"));
    }

    @Test
    void anIdStaysTheSameAndNothingTellsTheSecret() {
        InstallationSecrets secrets = InstallationSecrets.of(NEW, List.of(OLD));

        // Rows name secrets by it: it must never change.
        assertThat(InstallationSecrets.idOf("a secret that is at least 32 characters long"))
                .isEqualTo("79fddb7a2d520cd8");
        assertThat(secrets.toString())
                .contains(secrets.firstId(), secrets.otherIds().getFirst())
                .doesNotContain(NEW, OLD, "secret of");
        assertThat(new UnknownSecretException("the key of the shop 1", "0123456789abcdef", secrets))
                .hasMessageContainingAll("0123456789abcdef", secrets.firstId(), "cartulary.other-secrets")
                .message()
                .doesNotContain(NEW, OLD);
    }

    @Test
    void aShortOneIsRefusedWhereverItStands() {
        assertThatIllegalArgumentException().isThrownBy(() -> InstallationSecrets.of("short"));
        assertThatIllegalArgumentException().isThrownBy(() -> InstallationSecrets.of(NEW, List.of("short")));
    }
}
