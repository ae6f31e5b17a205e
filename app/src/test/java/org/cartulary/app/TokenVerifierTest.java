package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.auth.ApiKeyOwner;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.auth.CreateStaff;
import org.cartulary.contracts.auth.FindApiKey;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.auth.PublicKeys;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.contracts.secrets.SecretUses;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.contracts.tenant.TenantPlacement;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.http.AccessVerifier.Access;
import org.cartulary.platform.http.InvalidTokenException;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID CLOSED = new UUID(1, 9);
    private static final UUID USER = new UUID(2, 2);
    private static final String OPERATOR_KEY = "co_operator";

    private final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private final Identities identities = new Identities();
    private final TokenVerifier verifier = new TokenVerifier(
            List.of(sha256(OPERATOR_KEY)), identities, new KnownTenants(new Directory(), Duration.ZERO, clock), clock);
    private ECKey key;

    @BeforeEach
    void publishAKey() throws JOSEException {
        key = newKey("first");
        identities.publish(key);
    }

    @Test
    void tokenAdmitsUntilItExpires() throws JOSEException {
        String token = token(key, Roles.CUSTOMER);

        Access access = verifier.verifyBearer(token);

        assertThat(access.tenantId()).isEqualTo(TENANT);
        assertThat(access.principal()).isEqualTo(new Principal(Principal.Kind.CUSTOMER, USER, Set.of()));
        clock.advance(Duration.ofMinutes(15).plusSeconds(1));
        refuses(token, InvalidTokenException.EXPIRED);
    }

    @Test
    void staffHaveThePermissionsOfTheirRole() throws JOSEException {
        Principal principal = verifier.verifyBearer(token(key, Roles.ADMIN)).principal();

        assertThat(principal.kind()).isEqualTo(Principal.Kind.STAFF);
        assertThat(principal.permissions()).isEqualTo(Permissions.OF_A_SHOP);
    }

    @Test
    @Tag("CAT-07")
    void whoeverWorksForAVendorIsNotStaffOfTheShop() throws JOSEException {
        Principal principal = verifier.verifyBearer(token(key, Roles.VENDOR)).principal();

        assertThat(principal).isEqualTo(new Principal(Principal.Kind.VENDOR, USER, Permissions.OF_A_VENDOR, null));
    }

    @Test
    void tokenOfAKeyThatWasNotPublishedIsInvalid() throws JOSEException {
        refuses(token(newKey("unknown"), Roles.ADMIN), InvalidTokenException.INVALID);
        refuses(token(newKey("first"), Roles.ADMIN), InvalidTokenException.INVALID);
        refuses("no.token.atall", InvalidTokenException.INVALID);
    }

    @Test
    void forgedTokensCauseNoStormOfQuestions() throws JOSEException {
        String forged = token(newKey("unknown"), Roles.ADMIN);

        for (int i = 0; i < 10; i++) {
            refuses(forged, InvalidTokenException.INVALID);
        }

        assertThat(identities.timesAskedForKeys).isEqualTo(1);
    }

    @Test
    void keyThatWasPublishedLaterIsFound() throws JOSEException {
        refuses(token(newKey("unknown"), Roles.CUSTOMER), InvalidTokenException.INVALID);
        ECKey later = newKey("later");
        identities.publish(later);
        clock.advance(Duration.ofSeconds(2));

        assertThat(verifier.verifyBearer(token(later, Roles.CUSTOMER)).tenantId())
                .isEqualTo(TENANT);
    }

    @Test
    void apiKeyAdmitsUntilItExpiresOrIsRevoked() {
        Instant expiresAt = clock.instant().plusSeconds(3);
        identities.keys.put(
                sha256("ck_known"), new ApiKeyOwner(USER, TENANT, "shop", Set.of(Permissions.STOCK_READ), expiresAt));

        assertThat(verifier.verifyBearer("ck_known").principal())
                .isEqualTo(new Principal(Principal.Kind.INTEGRATION, USER, Set.of(Permissions.STOCK_READ)));
        refuses("ck_other", InvalidTokenException.INVALID);
        clock.advance(Duration.ofSeconds(4));
        refuses("ck_known", InvalidTokenException.EXPIRED);
        identities.keys.clear();
        clock.advance(Duration.ofSeconds(2));
        refuses("ck_known", InvalidTokenException.INVALID);
    }

    @Test
    void operatorHasOneKey() {
        Access access = verifier.verifyBearer(OPERATOR_KEY);

        assertThat(access.tenantId()).isNull();
        assertThat(access.principal().permissions()).isEqualTo(Permissions.OF_THE_OPERATOR);
        refuses("co_other", InvalidTokenException.INVALID);
    }

    @Test
    void hostsLeadToTheirTenantsOfWhichSomeAreSuspended() {
        assertThat(verifier.tenantOfHost("shop.example")).isEqualTo(TENANT);
        assertThat(verifier.isSuspended(TENANT)).isFalse();
        assertThat(verifier.tenantOfHost("closed.example")).isEqualTo(CLOSED);
        assertThat(verifier.isSuspended(CLOSED)).isTrue();
        assertThat(verifier.isSuspended(UUID.randomUUID())).isTrue();
        assertThat(verifier.tenantOfHost("unknown.example")).isNull();
    }

    private void refuses(String token, String code) {
        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> verifier.verifyBearer(token))
                .extracting(InvalidTokenException::code)
                .isEqualTo(code);
    }

    private static ECKey newKey(String id) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    /** A token as the service auth issues it, for 15 minutes from now on. */
    private String token(ECKey signedWith, String role) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(signedWith.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .subject(USER.toString())
                        .claim("tid", TENANT.toString())
                        .claim("role", role)
                        .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(15))))
                        .build());
        jwt.sign(new ECDSASigner(signedWith));
        return jwt.serialize();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What the verifier asks of auth. */
    private static final class Identities implements AuthApi {
        private final Map<String, ApiKeyOwner> keys = new HashMap<>();
        private String published = new JWKSet().toString();
        private int timesAskedForKeys;

        void publish(ECKey key) {
            published = new JWKSet(key.toPublicJWK()).toString();
        }

        @Override
        public PublicKeys publicKeys() {
            timesAskedForKeys++;
            return new PublicKeys(published);
        }

        @Override
        public ApiKeyOwner findApiKey(FindApiKey query) {
            return keys.get(query.sha256());
        }

        @Override
        public StaffMember ensureStaff(CreateStaff command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SecretUses secretUses() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    @Tag("PLT-17")
    void suspensionIsKnownAfterThreeSecondsWhereTheDirectoryIsInAnotherProcess() {
        Directory directory = new Directory();
        KnownTenants remote = new KnownTenants(directory, KnownTenants.MEMORY_OF_REMOTE_TENANTS, clock);
        assertThat(remote.ofHost("shop.example")).isEqualTo(TENANT);
        assertThat(remote.isActive(TENANT)).isTrue();
        assertThat(directory.asked).as("one question answers both").isEqualTo(1);

        directory.suspended = true;
        clock.advance(KnownTenants.MEMORY_OF_REMOTE_TENANTS.minusMillis(1));
        assertThat(remote.isActive(TENANT)).isTrue();
        clock.advance(Duration.ofMillis(1));

        assertThat(remote.isActive(TENANT)).isFalse();
        clock.advance(Duration.ofSeconds(6));
        directory.away = true;
        assertThat(remote.isActive(TENANT)).as("what was suspended stays so").isFalse();
    }

    @Test
    @Tag("PLT-28")
    void theOperatorsKeysOfAllKnownSecretsAreTaken() {
        TokenVerifier changed = new TokenVerifier(
                List.of(sha256("co_new"), sha256(OPERATOR_KEY)),
                identities,
                new KnownTenants(new Directory(), Duration.ZERO, clock),
                clock);

        assertThat(changed.verifyBearer(OPERATOR_KEY)).isEqualTo(changed.verifyBearer("co_new"));
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> changed.verifyBearer("co_older"));
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> verifier.verifyBearer("co_new"));
    }

    @Test
    void shopInAnotherProcessIsRememberedForAMomentAndWhileTheDirectoryIsAway() {
        Directory directory = new Directory();
        TokenVerifier remote = new TokenVerifier(
                List.of(sha256(OPERATOR_KEY)),
                identities,
                new KnownTenants(directory, KnownTenants.MEMORY_OF_REMOTE_TENANTS, clock),
                clock);

        assertThat(remote.tenantOfHost("shop.example")).isEqualTo(TENANT);
        assertThat(remote.tenantOfHost("shop.example")).isEqualTo(TENANT);
        assertThat(directory.asked).isEqualTo(1);
        clock.advance(Duration.ofSeconds(6));
        directory.away = true;
        assertThat(remote.tenantOfHost("shop.example")).isEqualTo(TENANT);
        assertThat(directory.asked).isEqualTo(2);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> remote.tenantOfHost("other.example"));
        clock.advance(Duration.ofMinutes(10));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> remote.tenantOfHost("shop.example"));
    }

    /** Two tenants, the second one closed. */
    private static final class Directory implements TenantApi {

        private int asked;
        private boolean away;
        private boolean suspended;

        @Override
        public Tenant findByHost(FindTenantByHost query) {
            asked++;
            if (away) {
                throw ProblemException.unavailable("service-unavailable", "away", Duration.ofSeconds(1));
            }
            return switch (query.host()) {
                case "shop.example" -> tenant(TENANT, !suspended);
                case "closed.example" -> tenant(CLOSED, false);
                default -> null;
            };
        }

        private static Tenant tenant(UUID id, boolean active) {
            return new Tenant(
                    id, "shop", "Shop", active, List.of(), TenantSettings.defaults("EUR"), TenantPlacement.SHARED, 1);
        }

        @Override
        public Tenant find(FindTenant query) {
            asked++;
            if (away) {
                throw ProblemException.unavailable("service-unavailable", "away", Duration.ofSeconds(1));
            }
            return query.id().equals(TENANT)
                    ? tenant(TENANT, !suspended)
                    : query.id().equals(CLOSED) ? tenant(CLOSED, false) : null;
        }

        @Override
        public Tenant ensure(CreateTenant command) {
            throw new UnsupportedOperationException();
        }
    }
}
