package org.cartulary.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.contracts.auth.ApiKeyOwner;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.auth.FindApiKey;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.http.AccessVerifier;
import org.cartulary.platform.http.InvalidTokenException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens with the published keys, API keys with the auth service, and the operator's key by itself.
 * Thread-safe.
 */
final class TokenVerifier implements AccessVerifier {

    private static final String OPERATOR_KEY_PREFIX = "co_";
    private static final String API_KEY_PREFIX = "ck_";
    /** How long an answer about an API key is believed: a revoked key admits no longer than that. */
    private static final Duration API_KEY_MEMORY = Duration.ofSeconds(5);

    private static final int MAX_REMEMBERED_API_KEYS = 10_000;
    /** The least time between two questions for the published keys, so that forged tokens cause no storm of them. */
    private static final Duration LEAST_TIME_BETWEEN_KEY_READS = Duration.ofSeconds(1);

    private final List<String> operatorKeysSha256;
    private final AuthApi identities;
    private final KnownTenants tenants;
    private final Clock clock;
    private final Map<String, Remembered> apiKeys = new ConcurrentHashMap<>();
    private volatile PublishedKeys keys = new PublishedKeys(new JWKSet(), Instant.EPOCH);

    private record Remembered(ApiKeyOwner owner, Instant until) {}

    private record PublishedKeys(JWKSet set, Instant readAt) {}

    /**
     * A verifier that asks these.
     *
     * @param operatorKeysSha256 of any key of the operator, in hexadecimal
     */
    TokenVerifier(List<String> operatorKeysSha256, AuthApi identities, KnownTenants tenants, Clock clock) {
        this.operatorKeysSha256 = List.copyOf(operatorKeysSha256);
        this.identities = identities;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public Access verifyBearer(String token) {
        if (token.startsWith(OPERATOR_KEY_PREFIX)) {
            return operator(token);
        }
        return token.startsWith(API_KEY_PREFIX) ? apiKey(token) : accessToken(token);
    }

    private Access operator(String token) {
        byte[] shown = sha256(token).getBytes(StandardCharsets.US_ASCII);
        boolean isOperators = false;
        for (String known : operatorKeysSha256) {
            isOperators |= MessageDigest.isEqual(known.getBytes(StandardCharsets.US_ASCII), shown);
        }
        if (!isOperators) {
            throw new InvalidTokenException(InvalidTokenException.INVALID);
        }
        return new Access(null, new Principal(Principal.Kind.INTEGRATION, new UUID(0, 0), Permissions.OF_THE_OPERATOR));
    }

    private Access apiKey(String token) {
        String hash = sha256(token);
        Instant now = clock.instant();
        Remembered remembered = apiKeys.get(hash);
        if (remembered == null || remembered.until().isBefore(now)) {
            apiKeys.remove(hash);
            ApiKeyOwner owner = identities.findApiKey(new FindApiKey(hash));
            if (owner == null) {
                throw new InvalidTokenException(InvalidTokenException.INVALID);
            }
            remembered = new Remembered(owner, now.plus(API_KEY_MEMORY));
            if (apiKeys.size() >= MAX_REMEMBERED_API_KEYS) {
                apiKeys.clear();
            }
            apiKeys.put(hash, remembered);
        }
        ApiKeyOwner owner = remembered.owner();
        if (owner.expiresAt() != null && owner.expiresAt().isBefore(now)) {
            throw new InvalidTokenException(InvalidTokenException.EXPIRED);
        }
        return new Access(owner.tenantId(), new Principal(Principal.Kind.INTEGRATION, owner.id(), owner.permissions()));
    }

    private Access accessToken(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            String keyId = jwt.getHeader().getKeyID();
            if (keyId == null || !JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())) {
                throw new InvalidTokenException(InvalidTokenException.INVALID);
            }
            ECKey key = publicKey(keyId);
            if (key == null || !jwt.verify(new ECDSAVerifier(key))) {
                throw new InvalidTokenException(InvalidTokenException.INVALID);
            }
            return admit(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw new InvalidTokenException(InvalidTokenException.INVALID);
        }
    }

    private Access admit(JWTClaimsSet claims) throws ParseException {
        Date expires = claims.getExpirationTime();
        if (expires == null || claims.getSubject() == null) {
            throw new InvalidTokenException(InvalidTokenException.INVALID);
        }
        if (expires.toInstant().isBefore(clock.instant())) {
            throw new InvalidTokenException(InvalidTokenException.EXPIRED);
        }
        String role = claims.getStringClaim("role");
        String tenant = claims.getStringClaim("tid");
        if (role == null || tenant == null) {
            throw new InvalidTokenException(InvalidTokenException.INVALID);
        }
        Principal.Kind kind = switch (role) {
            case Roles.CUSTOMER -> Principal.Kind.CUSTOMER;
            case Roles.VENDOR -> Principal.Kind.VENDOR;
            default -> Principal.Kind.STAFF;
        };
        return new Access(
                UUID.fromString(tenant),
                new Principal(kind, UUID.fromString(claims.getSubject()), Roles.permissionsOf(role)));
    }

    private @Nullable ECKey publicKey(String keyId) throws ParseException {
        JWK known = keys.set().getKeyByKeyId(keyId);
        if (known == null && keys.readAt().plus(LEAST_TIME_BETWEEN_KEY_READS).isBefore(clock.instant())) {
            keys = new PublishedKeys(JWKSet.parse(identities.publicKeys().jwks()), clock.instant());
            known = keys.set().getKeyByKeyId(keyId);
        }
        return known instanceof ECKey key ? key : null;
    }

    @Override
    public boolean isSuspended(UUID tenantId) {
        return !tenants.isActive(tenantId);
    }

    @Override
    public @Nullable UUID tenantOfHost(String host) {
        return tenants.ofHost(host);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
