package org.cartulary.platform.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The context of a call from one process to another, as the signed header {@value #HEADER}: which process calls, on whose
 * behalf, for which tenant, under which trace. It is good for the method, path, query and body it was made for, for 60 seconds,
 * and once: a process that receives it again refuses it, and so does one that was started since. Thread-safe.
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
    private final Instant startedAt;

    /**
     * Signs with the secret, which every process of an installation shares.
     *
     * @param secret at least 32 bytes
     * @param processName how this process is called in the calls that it makes
     */
    public ServiceContextCodec(byte[] secret, String processName) {
        this(List.of(secret), processName);
    }

    /**
     * Signs with the first secret; calls that are signed with another one are taken as well.
     *
     * @param secrets each of at least 32 bytes
     * @param processName how this process is called in the calls that it makes
     */
    public ServiceContextCodec(List<byte[]> secrets, String processName) {
        this(secrets, processName, InstantSource.system());
    }

    ServiceContextCodec(List<byte[]> secrets, String processName, InstantSource clock) {
        signatures = new Signatures(secrets, "service-context");
        this.processName = processName;
        this.clock = clock;
        seen = new SeenCalls(VALIDITY.plus(TOLERANCE), MOST_CALLS_REMEMBERED, clock);
        startedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private record Content(
            UUID id,
            String caller,
            String call,
            String contentDigest,
            @Nullable UUID tenantId,
            Principal.Kind kind,
            @Nullable UUID principalId,
            Set<String> permissions,
            @Nullable UUID vendorId,
            String traceId,
            long issuedAtEpochMilli) {

        Instant issuedAt() {
            return Instant.ofEpochMilli(issuedAtEpochMilli);
        }
    }

    /** The body of a call, which is read only once its context is known to be ours. */
    interface Body {

        byte[] read() throws IOException;
    }

    /**
     * The value of the header for a call that is made now under this context.
     *
     * @param method the method of HTTP
     * @param target the path of the URL with its query, as they are sent
     * @param body what is sent, empty if nothing is
     */
    public String encode(RequestContext context, String method, String target, byte[] body) {
        Principal principal = context.principal();
        byte[] content = JSON.writeValueAsBytes(new Content(
                UUID.randomUUID(),
                processName,
                callOf(method, target),
                contentDigest(body),
                context.tenantId(),
                principal.kind(),
                principal.id(),
                principal.permissions(),
                principal.vendorId(),
                context.traceId(),
                clock.instant().toEpochMilli()));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(content) + "." + encoder.encodeToString(signatures.sign(content));
    }

    private static String callOf(String method, String target) {
        return method + " " + target;
    }

    /** As the header {@code Content-Digest} of RFC 9530 has it. */
    private static String contentDigest(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The call that the header carries.
     *
     * @throws ProblemException 401 {@code invalid-service-context} if it is forged, malformed, expired, made for another
     *     method, path, query or body, or has been received before; 503 {@code service-unavailable} if it was made before
     *     this process began to remember calls, so that nobody knows whether it has been received
     * @throws IOException if the body cannot be read
     */
    ServiceCall decode(String header, String method, String target, Body body) throws IOException {
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
            requireCurrent(signed);
            // Only the call itself is remembered: somebody else's with its context does not use the context up.
            if (!signed.call().equals(callOf(method, target))
                    || !signed.contentDigest().equals(contentDigest(body.read()))
                    || !seen.isNew(signed.id())) {
                throw invalid();
            }
            return new ServiceCall(
                    signed.caller(),
                    new RequestContext(
                            signed.tenantId(),
                            new Principal(signed.kind(), signed.principalId(), signed.permissions(), signed.vendorId()),
                            signed.traceId()));
        } catch (IllegalArgumentException | JacksonException e) {
            throw invalid();
        }
    }

    private void requireCurrent(Content signed) {
        Instant now = clock.instant();
        if (signed.issuedAt().plus(VALIDITY).isBefore(now) || signed.issuedAt().isAfter(now.plus(TOLERANCE))) {
            throw invalid();
        }
        if (signed.issuedAt().isBefore(startedAt)) {
            throw ProblemDocuments.unavailable("the service was started a moment ago: make the call anew");
        }
    }

    static ProblemException invalid() {
        return ProblemException.unauthorized(
                "invalid-service-context", "a call between services carries a signed and current " + HEADER);
    }
}
