package org.cartulary.platform.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The context of a call from one service to another, as the signed header {@value #HEADER}: tenant, principal and trace,
 * valid for 60 seconds. Thread-safe.
 */
public final class ServiceContextCodec {

    /** The header that carries it. */
    public static final String HEADER = "Cartulary-Context";

    private static final Duration VALIDITY = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Signatures signatures;
    private final InstantSource clock;

    /**
     * Signs with the secret, which every process of an installation shares.
     *
     * @param secret at least 32 bytes
     */
    public ServiceContextCodec(byte[] secret) {
        this(secret, InstantSource.system());
    }

    ServiceContextCodec(byte[] secret, InstantSource clock) {
        signatures = new Signatures(secret, "service-context");
        this.clock = clock;
    }

    private record Content(
            @Nullable UUID tenantId,
            Principal.Kind kind,
            @Nullable UUID principalId,
            Set<String> permissions,
            String traceId,
            long expiresAtEpochSecond) {}

    /** The value of the header for a call that is made now under this context. */
    public String encode(RequestContext context) {
        Principal principal = context.principal();
        byte[] content = JSON.writeValueAsBytes(new Content(
                context.tenantId(),
                principal.kind(),
                principal.id(),
                principal.permissions(),
                context.traceId(),
                clock.instant().plus(VALIDITY).getEpochSecond()));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(content) + "." + encoder.encodeToString(signatures.sign(content));
    }

    /**
     * The context that the header carries.
     *
     * @throws ProblemException 401 {@code invalid-service-context} if it is forged, malformed or expired
     */
    public RequestContext decode(String header) {
        int dot = header.indexOf('.');
        if (dot < 0) {
            throw invalid();
        }
        try {
            byte[] content =
                    Base64.getUrlDecoder().decode(header.substring(0, dot).getBytes(StandardCharsets.UTF_8));
            byte[] signature =
                    Base64.getUrlDecoder().decode(header.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
            if (!signatures.matches(content, signature)) {
                throw invalid();
            }
            Content signed = JSON.readValue(content, Content.class);
            if (signed.expiresAtEpochSecond() < clock.instant().getEpochSecond()) {
                throw invalid();
            }
            return new RequestContext(
                    signed.tenantId(),
                    new Principal(signed.kind(), signed.principalId(), signed.permissions()),
                    signed.traceId());
        } catch (IllegalArgumentException | JacksonException e) {
            throw invalid();
        }
    }

    static ProblemException invalid() {
        return ProblemException.unauthorized(
                "invalid-service-context", "a call between services carries a signed and current " + HEADER);
    }
}
