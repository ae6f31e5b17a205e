package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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
    private static final RequestContext CONTEXT = new RequestContext(
            new UUID(0, 1),
            new Principal(Principal.Kind.STAFF, new UUID(0, 2), Set.of("catalog:write", "orders:read")),
            TraceIds.next());

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ServiceContextCodec codec = new ServiceContextCodec(SECRET, () -> now);

    @Test
    void theContextArrivesUnchanged() {
        assertThat(codec.decode(codec.encode(CONTEXT))).isEqualTo(CONTEXT);

        RequestContext platform = RequestContext.ofSystem(null);
        assertThat(codec.decode(codec.encode(platform))).isEqualTo(platform);
    }

    @Test
    void itIsGoodForSixtySeconds() {
        String header = codec.encode(CONTEXT);

        now = now.plusSeconds(60);
        assertThat(codec.decode(header)).isEqualTo(CONTEXT);

        now = now.plusSeconds(1);
        assertInvalid(header);
    }

    @Test
    void aContextThatSomebodyHasChangedIsRefused() {
        String header = codec.encode(CONTEXT);
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

        assertInvalid(new ServiceContextCodec(other, () -> now).encode(CONTEXT));
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
        assertThatThrownBy(() -> codec.decode(header)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.status().value()).isEqualTo(401);
            assertThat(problem.code()).isEqualTo("invalid-service-context");
        });
    }
}
