package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceContextCodecTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final String PATH = "/internal/inventory/reservations";
    private static final RequestContext CONTEXT = new RequestContext(
            new UUID(0, 1),
            new Principal(Principal.Kind.STAFF, new UUID(0, 2), Set.of("catalog:write", "orders:read")),
            TraceIds.next());

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ServiceContextCodec codec = new ServiceContextCodec(SECRET, "checkout", () -> now);

    @Test
    void theContextArrivesUnchanged() {
        assertThat(codec.decode(codec.encode(CONTEXT, "POST", PATH), "POST", PATH))
                .isEqualTo(new ServiceCall("checkout", CONTEXT));

        RequestContext platform = RequestContext.ofSystem(null);
        assertThat(codec.decode(codec.encode(platform, "POST", PATH), "POST", PATH))
                .isEqualTo(new ServiceCall("checkout", platform));
    }

    @Test
    void itIsGoodForSixtySeconds() {
        String header = codec.encode(CONTEXT, "POST", PATH);
        String another = codec.encode(CONTEXT, "POST", PATH);

        now = now.plusSeconds(60);
        assertThat(codec.decode(header, "POST", PATH)).isEqualTo(new ServiceCall("checkout", CONTEXT));

        now = now.plusSeconds(1);
        assertInvalid(another);
    }

    @Test
    void itIsTakenOnceHoweverLateWithinItsTime() {
        String header = codec.encode(CONTEXT, "POST", PATH);
        codec.decode(header, "POST", PATH);

        assertInvalid(header);
        now = now.plusSeconds(40);
        codec.decode(codec.encode(CONTEXT, "POST", PATH), "POST", PATH);
        now = now.plusSeconds(20);
        assertInvalid(header);
    }

    @Test
    void itIsGoodForTheCallThatItWasMadeFor() {
        String header = codec.encode(CONTEXT, "POST", "/internal/inventory/releases");

        assertInvalid(header);
    }

    @Test
    void aContextFromTheFutureIsRefused() {
        Instant real = now;
        now = real.plusSeconds(6);
        String header = codec.encode(CONTEXT, "POST", PATH);
        now = real;

        assertInvalid(header);
    }

    @Test
    void moreCallsThanCanBeRememberedAreRefusedAndNotForgotten() {
        SeenCalls seen = new SeenCalls(Duration.ofSeconds(65), 2, () -> now);
        UUID first = UUID.randomUUID();

        assertThat(seen.isNew(first)).isTrue();
        assertThat(seen.isNew(UUID.randomUUID())).isTrue();
        assertThat(seen.isNew(UUID.randomUUID())).isFalse();
        now = now.plusSeconds(66);
        assertThat(seen.isNew(UUID.randomUUID())).isTrue();
        assertThat(seen.isNew(first)).isFalse();
    }

    @Test
    void aContextThatSomebodyHasChangedIsRefused() {
        String header = codec.encode(CONTEXT, "POST", PATH);
        int dot = header.indexOf('.');
        String content = new String(Base64.getUrlDecoder().decode(header.substring(0, dot)), StandardCharsets.UTF_8);
        String changed = content.replace("STAFF", "SYSTEM");

        assertThat(changed).isNotEqualTo(content);
        assertInvalid(Base64.getUrlEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8))
                + header.substring(dot));
    }

    @Test
    void aContextSignedWithAnotherSecretIsRefused() {
        byte[] other = SECRET.clone();
        other[0]++;

        assertInvalid(new ServiceContextCodec(other, "checkout", () -> now).encode(CONTEXT, "POST", PATH));
    }

    @Test
    void aCursorsSignatureIsNotAContextsSignature() {
        byte[] content = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] signature = new Signatures(SECRET, "cursor").sign(content);
        Base64.Encoder encoder = Base64.getUrlEncoder();

        assertInvalid(encoder.encodeToString(content) + "." + encoder.encodeToString(signature));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a", "a.b", "e30.", "ü.ü", "e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoContextIsRefused(String header) {
        assertInvalid(header);
    }

    private void assertInvalid(String header) {
        assertThatThrownBy(() -> codec.decode(header, "POST", PATH))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status().value()).isEqualTo(401);
                    assertThat(problem.code()).isEqualTo("invalid-service-context");
                });
    }
}
