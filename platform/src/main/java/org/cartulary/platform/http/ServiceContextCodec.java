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
 * The context of a call from one process to another, as the signed header {@value #HEADER}: which process calls, on whose
 * behalf, for which tenant, under which trace. It is good for the method and path it was made for, for 60 seconds, and
 * once: a process that receives it again refuses it. Thread-safe.
 */
public final class ServiceContextCodec {

    /** The header that carries it. */
    public static final String HEADER = "Cartulary-Context";

    private static final Duration VALIDITY = Duration.ofSeconds(60);
    /** How far the clock of another process may be ahead. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final int MOST_CALLS_REMEMBERED = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Signatures signatures;
    private final String processName;
    private final InstantSource clock;
    private final SeenCalls seen;

    /**
     * Signs with the secret, which every process of an installation shares.
     *
     * @param secret at least 32 bytes
     * @param processName how this process is called in the calls that it makes
     */
    public ServiceContextCodec(byte[] secret, String processName) {
        this(secret, processName, InstantSource.system());
    }

    ServiceContextCodec(byte[] secret, String processName, InstantSource clock) {
        signatures = new Signatures(secret, "service-context");
        this.processName = processName;
        this.clock = clock;
        seen = new SeenCalls(VALIDITY.plus(TOLERANCE), MOST_CALLS_REMEMBERED, clock);
    }

    private record Content(
            UUID id,
            String caller,
            String call,
            @Nullable UUID tenantId,
            Principal.Kind kind,
            @Nullable UUID principalId,
            Set<String> permissions,
            String traceId,
            long expiresAtEpochSecond) {}

    /**
     * The value of the header for a call that is made now under this context.
     *
     * @param method the method of HTTP
     * @param path the path of the URL
     */
    public String encode(RequestContext context, String method, String path) {
        Principal principal = context.principal();
        byte[] content = JSON.writeValueAsBytes(new Content(
                UUID.randomUUID(),
                processName,
                callOf(method, path),
                context.tenantId(),
                principal.kind(),
                principal.id(),
                principal.permissions(),
                context.traceId(),
                clock.instant().plus(VALIDITY).getEpochSecond()));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(content) + "." + encoder.encodeToString(signatures.sign(content));
    }

    private static String callOf(String method, String path) {
        return method + " " + path;
    }

    /**
     * The call that the header carries.
     *
     * @throws ProblemException 401 {@code invalid-service-context} if it is forged, malformed, expired, made for another
     *     method or path, or has been received before
     */
    ServiceCall decode(String header, String method, String path) {
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
            if (!isCurrent(signed) || !signed.call().equals(callOf(method, path)) || !seen.isNew(signed.id())) {
                throw invalid();
            }
            return new ServiceCall(
                    signed.caller(),
                    new RequestContext(
                            signed.tenantId(),
                            new Principal(signed.kind(), signed.principalId(), signed.permissions()),
                            signed.traceId()));
        } catch (IllegalArgumentException | JacksonException e) {
            throw invalid();
        }
    }

    private boolean isCurrent(Content signed) {
        long now = clock.instant().getEpochSecond();
        return signed.expiresAtEpochSecond() >= now
                && signed.expiresAtEpochSecond()
                        <= now + VALIDITY.plus(TOLERANCE).toSeconds();
    }

    static ProblemException invalid() {
        return ProblemException.unauthorized(
                "invalid-service-context", "a call between services carries a signed and current " + HEADER);
    }
}
