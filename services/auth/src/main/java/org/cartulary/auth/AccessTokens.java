package org.cartulary.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Signs access tokens; README.md tells what is in them. Thread-safe. */
final class AccessTokens {

    static final Duration LIFE = Duration.ofMinutes(15);
    /** Long enough for one request of a browser, whatever that calls. */
    static final Duration LIFE_AT_PAGES = Duration.ofMinutes(5);

    static final String ISSUER = "cartulary";

    /** A token, and from when on it is refused. */
    record Signed(String text, Instant expiresAt) {

        @Override
        public String toString() {
            return "Signed[expiresAt=" + expiresAt + "]";
        }
    }

    private final SigningKeys keys;
    private final Clock clock;

    AccessTokens(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A token with the life that clients of the API know. */
    String sign(UUID tenantId, SignedInUser user) {
        return sign(tenantId, user.userId(), user.role(), user.sessionId(), LIFE)
                .text();
    }

    /** A token for a page, which asks for another one at its next request. */
    Signed signForPage(UUID tenantId, PageHolder holder) {
        return sign(tenantId, holder.userId(), holder.role(), holder.sessionId(), LIFE_AT_PAGES);
    }

    private Signed sign(UUID tenantId, UUID userId, String role, UUID sessionId, Duration life) {
        ECKey key = keys.current();
        Instant now = clock.instant();
        Instant expiresAt = now.plus(life).truncatedTo(ChronoUnit.SECONDS);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(userId.toString())
                .claim("tid", tenantId.toString())
                .claim("role", role)
                .claim("sid", sessionId.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("an access token cannot be signed", e);
        }
        return new Signed(token.serialize(), expiresAt);
    }

    /** The session that the token names, for a token whose signature has been verified already. */
    static Optional<UUID> sessionOf(String verifiedToken) {
        try {
            return Optional.ofNullable(
                            SignedJWT.parse(verifiedToken).getJWTClaimsSet().getStringClaim("sid"))
                    .map(UUID::fromString);
        } catch (ParseException | IllegalArgumentException e) {
            // An API key is no JWT and has no session.
            return Optional.empty();
        }
    }
}
