package org.cartulary.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cartulary.contracts.secrets.KeepsUnderSecret;
import org.cartulary.contracts.secrets.SecretUse;
import org.cartulary.contracts.secrets.SecretUses;
import org.cartulary.operations.SecretStatus.NamedSecret;
import org.cartulary.operations.SecretStatus.ServiceUse;
import org.cartulary.operations.SecretStatus.Standing;
import org.cartulary.platform.context.RequestContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-28")
class SecretStatusControllerTest {

    private static final String OLD = "0000000000000001";
    private static final String NEW = "0000000000000002";

    private static SecretStatus status(KeepsUnderSecret auth, KeepsUnderSecret privacy) {
        return RequestContext.ofSystem(null)
                .supply(
                        new SecretStatusController(new AskingServices<>(Map.of("auth", auth, "privacy", privacy)))
                                ::status);
    }

    private static SecretUses using(String used, String understood, SecretUse... uses) {
        return new SecretUses(used, List.of(understood), List.of(uses));
    }

    @Test
    void whatHangsOnEachIsCountedAndNothingGoesWhileAnythingHangsOnAnother() {
        SecretStatus status = status(
                () -> using(NEW, OLD, new SecretUse("signing-keys", OLD, 2), new SecretUse("second-factors", NEW, 5)),
                () -> using(NEW, OLD, new SecretUse("tenant-keys", SecretUse.NOT_LOOKED_AT, 7)));

        assertThat(status.secrets())
                .containsExactly(
                        new NamedSecret(NEW, Standing.USED, List.of(new ServiceUse("auth", "second-factors", 5))),
                        new NamedSecret(OLD, Standing.UNDERSTOOD, List.of(new ServiceUse("auth", "signing-keys", 2))),
                        new NamedSecret(
                                SecretUse.NOT_LOOKED_AT,
                                Standing.UNKNOWN,
                                List.of(new ServiceUse("privacy", "tenant-keys", 7))));
        assertThat(status.othersCanGo()).isFalse();
    }

    @Test
    void theOthersCanGoOnceEverythingHangsOnTheOneThatAllUse() {
        KeepsUnderSecret changed = () -> using(NEW, OLD, new SecretUse("tenant-keys", NEW, 7));

        assertThat(status(changed, changed).othersCanGo()).isTrue();
        // One that still writes with the old one may do so at any moment.
        assertThat(status(changed, () -> using(OLD, NEW)).othersCanGo()).isFalse();
        assertThat(status(changed, () -> {
                            throw new IllegalStateException("away");
                        })
                        .othersCanGo())
                .isFalse();
    }
}
