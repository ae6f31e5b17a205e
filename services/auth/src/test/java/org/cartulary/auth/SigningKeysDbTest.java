package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

@Tag("AUT-04")
class SigningKeysDbTest {

    private static final String SECRET = "a secret that is at least 32 characters long";

    private final TestDatabase test = TestDatabase.create("auth");
    private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final SigningKeys keys = node();
    private final AccessTokens tokens = new AccessTokens(keys, clock);
    private final SignedInUser user = new SignedInUser(Ids.next(), "CUSTOMER", Ids.next(), "rt_");

    @AfterEach
    void close() {
        test.close();
    }

    private SigningKeys node() {
        return new SigningKeys(test.database(), clock, new KeyEncryption(InstallationSecrets.of(SECRET)));
    }

    private static List<String> ids(String jwks) throws Exception {
        return JWKSet.parse(jwks).getKeys().stream().map(JWK::getKeyID).toList();
    }

    private static boolean verifies(String jwks, String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        JWK key = JWKSet.parse(jwks).getKeyByKeyId(jwt.getHeader().getKeyID());
        return key != null && jwt.verify(new ECDSAVerifier(key.toECKey()));
    }

    @Test
    void aTokenSaysWhoInWhichShopForAQuarterOfAnHourAndVerifiesWithThePublishedKeys() throws Exception {
        UUID tenant = Ids.next();
        String token = tokens.sign(tenant, user);
        SignedJWT jwt = SignedJWT.parse(token);
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("cartulary");
        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo(user.userId().toString());
        assertThat(jwt.getJWTClaimsSet().getStringClaim("tid")).isEqualTo(tenant.toString());
        assertThat(jwt.getJWTClaimsSet().getStringClaim("role")).isEqualTo("CUSTOMER");
        assertThat(jwt.getJWTClaimsSet().getIssueTime()).isEqualTo(clock.instant());
        assertThat(jwt.getJWTClaimsSet().getExpirationTime())
                .isEqualTo(clock.instant().plusSeconds(900));
        assertThat(AccessTokens.sessionOf(token)).contains(user.sessionId());
        assertThat(AccessTokens.sessionOf("ck_key")).isEmpty();
        assertThat(verifies(keys.publicKeys(), token)).isTrue();
        assertThat(keys.publicKeys()).doesNotContain("\"d\"");
    }

    @Test
    void nodesThatStartTogetherMakeOneKey() throws Exception {
        List<String> used =
                Concurrently.run(8, () -> node().current().getKeyID()).valuesOrThrow();
        assertThat(used).hasSize(8).containsOnly(used.getFirst());
        assertThat(test.admin()
                        .sql("SELECT count(*) FROM signing_keys")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void theNextKeyIsPublishedBeforeItSignsAndTheLastOneUntilItsTokensHaveExpired() throws Exception {
        String first = keys.current().getKeyID();
        clock.advance(SigningKeys.SIGNING.minus(Duration.ofHours(23)));
        assertThat(keys.current().getKeyID()).isEqualTo(first);
        assertThat(ids(node().publicKeys())).hasSize(2).contains(first);

        clock.advance(Duration.ofHours(23).minusSeconds(1));
        String lastOfFirst = tokens.sign(Ids.next(), user);
        clock.advance(Duration.ofSeconds(1));
        String second = keys.current().getKeyID();
        assertThat(second).isNotEqualTo(first);
        assertThat(verifies(node().publicKeys(), tokens.sign(Ids.next(), user))).isTrue();

        clock.advance(AccessTokens.LIFE);
        assertThat(verifies(node().publicKeys(), lastOfFirst)).isTrue();
        clock.advance(SigningKeys.VERIFYING);
        assertThat(ids(node().publicKeys())).containsExactly(second);
    }

    @Test
    void afterALongPauseANewKeySignsAtOnce() throws Exception {
        keys.current();
        clock.advance(Duration.ofDays(400));
        assertThat(verifies(keys.publicKeys(), tokens.sign(Ids.next(), user))).isTrue();
        assertThat(ids(keys.publicKeys())).hasSize(1);
    }

    @Test
    void thePrivateKeyIsEncryptedAndOnlyTheSecretOpensIt() {
        keys.current();
        String kept = test.admin()
                .sql("SELECT private_jwk_encrypted FROM signing_keys")
                .query(String.class)
                .single();
        assertThat(kept).doesNotContain("{", "crv");
        SigningKeys stranger = new SigningKeys(
                test.database(),
                clock,
                new KeyEncryption(InstallationSecrets.of("another secret of 32 characters or more")));
        assertThatIllegalStateException()
                .isThrownBy(stranger::current)
                .withMessageContaining("cartulary.other-secrets");
        KeyEncryption encryption = new KeyEncryption(InstallationSecrets.of(SECRET));
        UUID id = Ids.next();
        assertThat(encryption.decrypt(id, encryption.encrypt(id, "text"))).isEqualTo("text");
        assertThatIllegalStateException()
                .isThrownBy(() -> encryption.decrypt(Ids.next(), encryption.encrypt(id, "text")));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyEncryption(InstallationSecrets.of("short")));
    }

    @Test
    @Tag("PLT-17")
    void aShopsSessionDoesNotReachTheSigningKeys() {
        keys.current();
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> Contexts.staff(Contexts.newTenant())
                        .run(() -> test.database()
                                .inTransaction(tx -> tx.jdbc()
                                        .sql("SELECT count(*) FROM signing_keys")
                                        .query(Long.class)
                                        .single())))
                .havingRootCause()
                .withMessageContaining("permission denied");
    }
}
