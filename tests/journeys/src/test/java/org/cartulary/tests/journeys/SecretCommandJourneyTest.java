package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.FirstStart;
import org.cartulary.app.PlatformProcess;
import org.cartulary.app.SecretFiles;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.MigratedCluster;
import org.cartulary.tests.support.Reconciled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever runs a platform in one process changes its secret by three commands and two restarts. */
@Tag("PLT-28")
@HoldsThePlatform("restarts it with other secrets")
final class SecretCommandJourneyTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path data = Installation.freshFolder("secret-command");
    private @Nullable PlatformProcess process;

    @AfterEach
    void end() {
        if (process != null) {
            process.close();
        }
    }

    private DataDirectory.Connection restart() {
        end();
        PlatformProcess started = PlatformProcess.start(
                new PlatformProcess.Options(data, 0, EnumSet.allOf(ServiceName.class), null, Map.of(), null, Map.of()));
        process = started;
        return FirstStart.prepare(started);
    }

    private Commands.Outcome secret(String command) {
        return Commands.run("secret", command, "--data-dir=" + data);
    }

    private static Merchant administrator(DataDirectory.Connection connection) {
        DataDirectory.Administrator administrator = Objects.requireNonNull(connection.administrator());
        return Merchant.signedIn(HttpShop.visitor(connection.url()), administrator.email(), administrator.password());
    }

    @Test
    void threeCommandsAndTwoRestartsChangeTheSecret() {
        MigratedCluster.prepareDataDirectory(data);
        restart();
        Eventually.holds(
                "nothing hangs on another", LIMIT, () -> secret("status").status() == 0);
        String before = new SecretFiles(data).read().firstId();

        Commands.Outcome rotated = secret("rotate");
        assertThat(rotated.status()).isZero();
        String after = new SecretFiles(data).read().firstId();
        assertThat(rotated.out()).contains(after, before, "Restart");
        Commands.Outcome tooEarly = secret("forget");
        assertThat(tooEarly.status()).isEqualTo(1);
        assertThat(tooEarly.err()).contains("restart").doesNotContain("should not have happened");

        administrator(restart());
        Eventually.holds(
                "nothing hangs on the old one", LIMIT, () -> secret("status").status() == 0);
        assertThat(secret("status").out()).contains(after + "   used", "tenant-keys", "signing-keys", before);
        assertThat(secret("forget").status()).isZero();
        assertThat(new SecretFiles(data).read().ids()).containsExactly(after);

        DataDirectory.Connection connection = restart();
        administrator(connection).product("5.00", 1);
        assertThat(secret("status").out()).doesNotContain(before);
        assertThat(Reconciled.by(HttpShop.visitor(connection.url()).bearing(connection.apiKey()))
                        .breaches())
                .isEmpty();
    }
}
