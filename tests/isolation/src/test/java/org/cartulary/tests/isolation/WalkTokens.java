package org.cartulary.tests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.cartulary.tests.support.DatabaseOwner;

/**
 * Signs access tokens that a platform would not sign, with a key that it publishes: one that has done its service and still
 * verifies. Without it nobody could tell a token that is refused since it has expired from one whose key is unknown.
 */
final class WalkTokens {

    private static final Duration LIFE = Duration.ofHours(1);

    private final ECKey key;

    private WalkTokens(ECKey key) {
        this.key = key;
    }

    /** Leaves a key in a platform that has made none of its own yet: nobody has signed in. */
    static WalkTokens ofFormerKey(Path dataDirectory) {
        ECKey key = newKey(UUID.randomUUID().toString());
        try (DatabaseOwner owner = new DatabaseOwner(dataDirectory)) {
            assertThat(owner.one("auth", Long.class, "SELECT count(*) FROM signing_keys"))
                    .as("keys that are known already")
                    .isZero();
            owner.change(
                    "auth",
                    "INSERT INTO signing_keys (generation, id, public_jwk, private_jwk_encrypted,"
                            + " signs_from, signs_until, verifies_until)"
                            + " VALUES (1, ?, ?, 'destroyed', now() - interval '2 days', now() - interval '1 day',"
                            + " now() + interval '1 day')",
                    UUID.fromString(key.getKeyID()),
                    key.toPublicJWK().toJSONString());
        }
        return new WalkTokens(key);
    }

    private static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError("a key cannot be made", e);
        }
    }

    /** What a token says. */
    static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError("this is no access token", e);
        }
    }

    /** As the token, signed by the former key, in another role. */
    String inRole(String token, String role) {
        return signed(key, lasting(token).claim("role", role).build());
    }

    /** As the token, but expired. */
    String expired(String token) {
        Date past = Date.from(Instant.now().minusSeconds(1));
        return signed(key, lasting(token).expirationTime(past).build());
    }

    /** As the token, but for no shop. */
    String withoutTenant(String token) {
        return signed(key, lasting(token).claim("tid", null).build());
    }

    /** As the token, with the published name of the key, by a key that nobody knows. */
    String byAnotherKey(String token) {
        return signed(newKey(key.getKeyID()), lasting(token).build());
    }

    /** As the token, with no signature at all. */
    static String unsigned(String token) {
        return new PlainJWT(lasting(token).claim("role", "ADMIN").build()).serialize();
    }

    /** The token with its own signature, for another role. */
    static String altered(String token) {
        String[] parts = token.split("\\.", -1);
        String payload = new JWTClaimsSet.Builder(claims(token))
                .claim("role", "ADMIN")
                .build()
                .toString();
        return parts[0] + "." + Base64URL.encode(payload) + "." + parts[2];
    }

    private static JWTClaimsSet.Builder lasting(String token) {
        return new JWTClaimsSet.Builder(claims(token))
                .expirationTime(Date.from(Instant.now().plus(LIFE)));
    }

    private static String signed(ECKey key, JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError("a token cannot be signed", e);
        }
        return token.serialize();
    }
}
