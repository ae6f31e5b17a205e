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
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Signs access tokens; README.md tells what is in them. Thread-safe. */
final class AccessTokens {

    static final Duration LIFE = Duration.ofMinutes(15);
    static final String ISSUER = "cartulary";

    private final SigningKeys keys;
    private final Clock clock;

    AccessTokens(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    String sign(UUID tenantId, SignedInUser user) {
        ECKey key = keys.current();
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(user.userId().toString())
                .claim("tid", tenantId.toString())
                .claim("role", user.role())
                .claim("sid", user.sessionId().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
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
        return token.serialize();
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
