package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceContextCodecTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final String PATH = "/internal/inventory/reservations";
    private static final byte[] BODY = "{\"quantity\": 1}".getBytes(StandardCharsets.UTF_8);
    private static final RequestContext CONTEXT = new RequestContext(
            new UUID(0, 1),
            new Principal(Principal.Kind.STAFF, new UUID(0, 2), Set.of("catalog:write", "orders:read")),
            TraceIds.next());

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ServiceContextCodec codec = new ServiceContextCodec(List.of(SECRET), "checkout", () -> now);

    @Test
    void theContextArrivesUnchanged() throws IOException {
        assertThat(codec.decode(codec.encode(CONTEXT, "POST", PATH, BODY), "POST", PATH, () -> BODY))
                .isEqualTo(new ServiceCall("checkout", CONTEXT));

        RequestContext platform = RequestContext.ofSystem(null);
        assertThat(codec.decode(codec.encode(platform, "POST", PATH, BODY), "POST", PATH, () -> BODY))
                .isEqualTo(new ServiceCall("checkout", platform));
    }

    @Test
    void itIsGoodForSixtySeconds() throws IOException {
        String header = codec.encode(CONTEXT, "POST", PATH, BODY);
        String another = codec.encode(CONTEXT, "POST", PATH, BODY);

        now = now.plusSeconds(60);
        assertThat(codec.decode(header, "POST", PATH, () -> BODY)).isEqualTo(new ServiceCall("checkout", CONTEXT));

        now = now.plusSeconds(1);
        assertInvalid(another);
    }

    @Test
    void itIsTakenOnceHoweverLateWithinItsTime() throws IOException {
        String header = codec.encode(CONTEXT, "POST", PATH, BODY);
        codec.decode(header, "POST", PATH, () -> BODY);

        assertInvalid(header);
        now = now.plusSeconds(40);
        codec.decode(codec.encode(CONTEXT, "POST", PATH, BODY), "POST", PATH, () -> BODY);
        now = now.plusSeconds(20);
        assertInvalid(header);
    }

    @Test
    void itIsGoodForTheCallThatItWasMadeFor() throws IOException {
        String header = codec.encode(CONTEXT, "POST", "/internal/inventory/releases", BODY);

        assertInvalid(header);
    }

    @Test
    void itIsGoodForTheBodyThatItWasMadeForAndAnotherDoesNotUseItUp() throws IOException {
        String header = codec.encode(CONTEXT, "POST", PATH, BODY);
        byte[] other = "{\"quantity\": 9}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> codec.decode(header, "POST", PATH, () -> other))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("invalid-service-context"));
        assertThat(codec.decode(header, "POST", PATH, () -> BODY).caller()).isEqualTo("checkout");
    }

    @Test
    void itIsGoodForTheQueryThatItWasMadeFor() {
        assertInvalid(codec.encode(CONTEXT, "POST", PATH + "?all=true", BODY));
    }

    @Test
    void theBodyOfACallThatIsNotOursIsNotRead() {
        assertThatThrownBy(() -> codec.decode("e30.AAAA", "POST", PATH, () -> {
                    throw new AssertionError("read");
                }))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aCallFromBeforeTheStartIsRefusedUntilItIsMadeAnew() throws IOException {
        String taken = codec.encode(CONTEXT, "POST", PATH, BODY);
        codec.decode(taken, "POST", PATH, () -> BODY);
        now = now.plusSeconds(2);
        ServiceContextCodec restarted = new ServiceContextCodec(List.of(SECRET), "inventory", () -> now);

        assertThatThrownBy(() -> restarted.decode(taken, "POST", PATH, () -> BODY))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status().value()).isEqualTo(503);
                    assertThat(problem.retryAfter()).isNotNull();
                });
        String anew = codec.encode(CONTEXT, "POST", PATH, BODY);
        assertThat(restarted.decode(anew, "POST", PATH, () -> BODY).caller()).isEqualTo("checkout");
    }

    @Test
    void aContextFromTheFutureIsRefused() throws IOException {
        Instant real = now;
        now = real.plusSeconds(6);
        String header = codec.encode(CONTEXT, "POST", PATH, BODY);
        now = real;

        assertInvalid(header);
    }

    @Test
    void moreCallsThanCanBeRememberedAreRefusedAndNotForgotten() throws IOException {
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
    void aContextThatSomebodyHasChangedIsRefused() throws IOException {
        String header = codec.encode(CONTEXT, "POST", PATH, BODY);
        int dot = header.indexOf('.');
        String content = new String(Base64.getUrlDecoder().decode(header.substring(0, dot)), StandardCharsets.UTF_8);
        String changed = content.replace("STAFF", "SYSTEM");

        assertThat(changed).isNotEqualTo(content);
        assertInvalid(Base64.getUrlEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8))
                + header.substring(dot));
    }

    @Test
    void aContextSignedWithAnotherSecretIsRefused() throws IOException {
        byte[] other = SECRET.clone();
        other[0]++;

        assertInvalid(
                new ServiceContextCodec(List.of(other), "checkout", () -> now).encode(CONTEXT, "POST", PATH, BODY));
    }

    @Test
    @Tag("PLT-28")
    void whileTheSecretIsChangedNeighbouringPhasesUnderstandEachOther() throws IOException {
        byte[] next = SECRET.clone();
        next[0]++;
        ServiceContextCodec announced = new ServiceContextCodec(List.of(SECRET, next), "checkout", () -> now);
        ServiceContextCodec changed = new ServiceContextCodec(List.of(next, SECRET), "checkout", () -> now);
        ServiceContextCodec forgotten = new ServiceContextCodec(List.of(next), "checkout", () -> now);

        for (List<ServiceContextCodec> neighbours :
                List.of(List.of(codec, announced), List.of(announced, changed), List.of(changed, forgotten))) {
            for (ServiceContextCodec caller : neighbours) {
                for (ServiceContextCodec called : neighbours) {
                    String header = caller.encode(CONTEXT, "POST", PATH, BODY);
                    assertThat(called.decode(header, "POST", PATH, () -> BODY).context())
                            .isEqualTo(CONTEXT);
                }
            }
        }
        assertInvalid(forgotten.encode(CONTEXT, "POST", PATH, BODY));
    }

    @Test
    void anEmptySignatureIsNoneOfAnySecret() throws IOException {
        String header = codec.encode(CONTEXT, "POST", PATH, BODY);

        assertInvalid(header.substring(0, header.indexOf('.') + 1));
    }

    @Test
    void aCursorsSignatureIsNotAContextsSignature() throws IOException {
        String header = codec.encode(CONTEXT, "POST", PATH, BODY);
        String content = header.substring(0, header.indexOf('.'));
        byte[] signature = new Signatures(List.of(SECRET), "cursor")
                .sign(Base64.getUrlDecoder().decode(content));

        assertInvalid(content + "." + Base64.getUrlEncoder().encodeToString(signature));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a", "a.b", "e30.", "ü.ü", "e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoContextIsRefused(String header) {
        assertInvalid(header);
    }

    private void assertInvalid(String header) {
        assertThatThrownBy(() -> codec.decode(header, "POST", PATH, () -> BODY))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status().value()).isEqualTo(401);
                    assertThat(problem.code()).isEqualTo("invalid-service-context");
                });
    }
}
