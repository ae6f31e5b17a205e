package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.DatabaseUrl;
import org.cartulary.app.FirstStart;
import org.cartulary.app.InstallationException;
import org.cartulary.app.PlatformProcess;
import org.cartulary.app.ServiceName;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.pages.PagesConfiguration;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.postgres.EmbeddedPostgres;
import org.cartulary.tests.support.Buyer;
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
import tools.jackson.databind.JsonNode;

/**
 * The secret of an installation is changed by rolling restarts of its two processes, of which one keeps keys and money and the other all
 * else: whoever was there before is still known, and whatever is bought meanwhile is bought, while processes of two phases are side by side.
 */
@Tag("PLT-28")
@HoldsThePlatform("restarts two processes with other secrets")
final class ChangedSecretJourneyTest {

    private static final String NEW = "the next secret of this installation, of more than 32 characters";
    private static final Set<ServiceName> KEYS_AND_MONEY = EnumSet.of(ServiceName.PRIVACY, ServiceName.PAYMENT);
    private static final Pattern OF_MONEY = Pattern.compile(
            "/api/v1/(admin/(payments|payment-webhooks|test-provider|key-rotations)|webhooks/payments)(/.*|\\?.*)?");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String STORE = "/api/v1/store";
    private static final String PASSWORD = "correct horse battery";

    private final Path folder = Installation.freshFolder("changed-secret");
    private final String old = MigratedCluster.copyTo(folder.resolve("postgres"));
    private final EmbeddedPostgres postgres =
            EmbeddedPostgres.builder(folder.resolve("postgres")).start();
    private final int mainPort = Installation.freePort();
    private final int otherPort = Installation.freePort();
    private final HttpShop visitor = HttpShop.visitor(path -> "http://localhost:"
            + (OF_MONEY.matcher(path.replaceFirst("\\?.*", "")).matches() ? otherPort : mainPort));
    private @Nullable PlatformProcess main;
    private @Nullable PlatformProcess other;
    private DataDirectory.@Nullable Connection connection;

    @AfterEach
    void end() {
        if (main != null) {
            main.close();
        }
        if (other != null) {
            other.close();
        }
        postgres.close();
    }

    private PlatformProcess start(
            String name, int port, Set<ServiceName> services, int remotePort, InstallationSecrets secrets) {
        Map<ServiceName, String> remotes = new EnumMap<>(ServiceName.class);
        EnumSet.complementOf(EnumSet.copyOf(services))
                .forEach(service -> remotes.put(service, "http://localhost:" + remotePort));
        return PlatformProcess.start(new PlatformProcess.Options(
                folder.resolve(name),
                port,
                services,
                DatabaseUrl.parse("postgresql://" + postgres.superuser() + ":" + postgres.password() + "@127.0.0.1:"
                        + postgres.port() + "/postgres"),
                remotes,
                secrets,
                // Nobody looks at pages here.
                Map.of(
                        "cartulary.database.pools",
                        "embedded",
                        PagesConfiguration.API_URL,
                        "http://localhost:" + port)));
    }

    private void restartOther(InstallationSecrets secrets) {
        if (other != null) {
            other.close();
        }
        other = start("other", otherPort, KEYS_AND_MONEY, mainPort, secrets);
    }

    private void restartMain(InstallationSecrets secrets) {
        if (main != null) {
            main.close();
        }
        PlatformProcess started =
                start("main", mainPort, EnumSet.complementOf(EnumSet.copyOf(KEYS_AND_MONEY)), otherPort, secrets);
        main = started;
        connection = FirstStart.prepare(started);
    }

    private DataDirectory.Connection connection() {
        return Objects.requireNonNull(connection);
    }

    private HttpShop operator() {
        return visitor.bearing(connection().apiKey());
    }

    /** Whoever is known from before, and what they hold. */
    private record Known(
            String email,
            String pendingEmail,
            HttpShop guest,
            String guestsOrder,
            HttpShop integration,
            WebhookSender provider,
            String product,
            String administratorsSecret,
            String operatorKey) {}

    private Known begin() {
        DataDirectory.Administrator administrator =
                Objects.requireNonNull(connection().administrator());
        HttpShop withMails = visitor.withMailsReadBy(connection().apiKey());
        Merchant merchant = Merchant.signedIn(visitor, administrator.email(), administrator.password());
        merchant.sendEverywhere();
        String product = merchant.product("20.00", 1000);
        String email = "ada-" + UUID.randomUUID() + "@customer.example";
        Buyer.openAccount(withMails, email, PASSWORD);
        String pendingEmail = "eve-" + UUID.randomUUID() + "@customer.example";
        Buyer.register(withMails, pendingEmail, PASSWORD);
        Buyer guest = Buyer.guest(visitor);
        String order =
                guest.buy(product, 1, Buyer.CARD).expect(201).path("orderId").asString();
        HttpShop integration = merchant.integration(visitor, Permissions.ORDERS_READ);
        String secret = merchant.shop()
                .post("/api/v1/admin/second-factor", Map.of("password", administrator.password()))
                .expect(201)
                .path("secret")
                .asString();
        lastStep = Instant.now().getEpochSecond() / 30 - 2;
        merchant.shop()
                .post("/api/v1/admin/second-factor/confirmations", Map.of("code", nextCode(secret)))
                .expect(200);
        return new Known(
                email,
                pendingEmail,
                guest.shop(),
                order,
                integration,
                WebhookSender.of(visitor, merchant.shop()),
                product,
                secret,
                connection().apiKey());
    }

    /** What everybody does all day, with what they were given before. */
    private void live(Known known, boolean oldIsUnderstood) {
        JsonNode session = visitor.post(STORE + "/sessions", Map.of("email", known.email(), "password", PASSWORD))
                .expect(201);
        HttpShop customer = visitor.bearing(session.path("accessToken").asString());
        Eventually.holds(
                "the customer is there",
                LIMIT,
                () -> customer.get(STORE + "/customers/me").status() == 200);
        assertThat(customer.get(STORE + "/customers/me")
                        .expect(200)
                        .path("email")
                        .asString())
                .isEqualTo(known.email());
        new Buyer(customer, known.email()).buy(known.product(), 1, Buyer.CARD).expect(201);
        Buyer.guest(visitor).buy(known.product(), 1, Buyer.CARD).expect(201);
        assertThat(known.guest()
                        .get(STORE + "/orders/" + known.guestsOrder())
                        .expect(200)
                        .toString())
                .contains("guest-");
        known.integration().get("/api/v1/admin/orders/" + known.guestsOrder()).expect(200);
        assertThat(known.provider().tell(known.guestsOrder()).status()).isEqualTo(oldIsUnderstood ? 204 : 401);
        assertThat(visitor.bearing(known.operatorKey())
                        .get("/api/v1/admin/tenants?limit=1")
                        .status())
                .isEqualTo(oldIsUnderstood ? 200 : 401);
        operator().get("/api/v1/admin/tenants?limit=1").expect(200);
    }

    private void administratorLogsIn(Known known) {
        DataDirectory.Administrator administrator =
                Objects.requireNonNull(connection().administrator());
        visitor.post(
                        STORE + "/sessions",
                        Map.of(
                                "email",
                                administrator.email(),
                                "password",
                                administrator.password(),
                                "secondFactor",
                                nextCode(known.administratorsSecret())))
                .expect(201);
    }

    private boolean othersCanGo() {
        return operator()
                .get("/api/v1/admin/installation-secret")
                .expect(200)
                .path("othersCanGo")
                .asBoolean();
    }

    @Test
    void whoeverWasThereIsKnownThroughAllPhasesAndAfterwards() {
        InstallationSecrets before = InstallationSecrets.of(old);
        InstallationSecrets announced = InstallationSecrets.of(old, List.of(NEW));
        InstallationSecrets changed = InstallationSecrets.of(NEW, List.of(old));
        InstallationSecrets forgotten = InstallationSecrets.of(NEW);
        restartOther(before);
        restartMain(before);
        Known known = begin();
        live(known, true);

        for (InstallationSecrets phase : List.of(announced, changed)) {
            restartOther(phase);
            live(known, true);
            restartMain(phase);
            live(known, true);
            administratorLogsIn(known);
        }
        HttpShop withMails = visitor.withMailsReadBy(connection().apiKey());
        Buyer.verifyEmail(withMails, known.pendingEmail(), PASSWORD);
        Eventually.holds("nothing hangs on the old secret", LIMIT, this::othersCanGo);
        String keptByProvider = known.provider().secret();

        restartOther(forgotten);
        restartMain(forgotten);
        live(known, false);
        administratorLogsIn(known);
        visitor.post(STORE + "/sessions", Map.of("email", known.pendingEmail(), "password", PASSWORD))
                .expect(201);
        assertThat(othersCanGo()).isTrue();
        assertThat(keptByProvider)
                .as("a provider has to be told the new one")
                .isNotEqualTo(
                        WebhookSender.of(visitor, visitor.bearing(shopsKey())).secret());
        Reconciled reconciled = Reconciled.by(operator());
        assertThat(reconciled.breaches()).isEmpty();

        Objects.requireNonNull(other).close();
        other = null;
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> restartOther(before))
                .withMessageContainingAll(
                        "the root of the indexes", before.firstId(), forgotten.firstId(), "cartulary.other-secrets")
                .withMessageNotContaining(old);
        restartOther(forgotten);
        live(known, false);
    }

    /** A key of the default shop that may read its settings. */
    private String shopsKey() {
        String tenant = operator()
                .get("/api/v1/admin/tenants?name=default")
                .expect(200)
                .at("/items/0/id")
                .asString();
        return operator()
                .post(
                        "/api/v1/admin/tenants/" + tenant + "/api-keys",
                        Map.of("name", "provider", "permissions", List.of(Permissions.SETTINGS_WRITE)))
                .expect(201)
                .path("key")
                .asString();
    }

    private long lastStep;

    /** The code of the step after the last one; those of the step before this one and after it are taken as well. */
    private String nextCode(String secret) {
        lastStep++;
        Eventually.holds(
                "the step is near enough",
                LIMIT,
                () -> lastStep <= Instant.now().getEpochSecond() / 30 + 1);
        lastStep = Math.max(lastStep, Instant.now().getEpochSecond() / 30);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(base32(secret), "HmacSHA1"));
            ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(
                    ByteBuffer.allocate(Long.BYTES).putLong(lastStep).array()));
            int offset = hash.get(hash.limit() - 1) & 0xf;
            return String.format("%06d", (hash.getInt(offset) & Integer.MAX_VALUE) % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HmacSHA1", e);
        }
    }

    private static byte[] base32(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 5 / 8);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        return bytes.array();
    }
}
