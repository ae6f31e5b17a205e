package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

/** Page sessions in PostgreSQL, beyond what every store promises. */
@Tag("AUT-06")
class PostgresPageSessionsDbTest {

    private static final String EMAIL = "ann@example.org";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);
    private final PostgresPageSessions store = new PostgresPageSessions(test.database(), IDLE);
    private final String hash = SecretTexts.sha256(SecretTexts.next("ps_"));

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private PageHolder opened() {
        shop.customer(EMAIL);
        SignedInUser user = shop.signedIn(EMAIL);
        return shop.visitor
                .supply(() -> store.open(shop.tenant, user.refreshToken(), hash, shop.clock.instant()))
                .orElseThrow();
    }

    private Optional<PageHolder> used() {
        return shop.visitor.supply(() -> store.use(shop.tenant, hash, shop.clock.instant()));
    }

    private Instant noted() {
        return test.admin()
                .sql("SELECT last_used_at FROM page_sessions WHERE tenant_id = :tenant")
                .param("tenant", shop.tenant)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Test
    void useIsNotedOnceAMinuteAtMost() {
        opened();
        Instant opened = shop.clock.instant();
        shop.clock.advance(Duration.ofSeconds(59));
        assertThat(used()).isPresent();
        assertThat(noted()).isEqualTo(opened);
        shop.clock.advance(Duration.ofSeconds(1));
        assertThat(used()).isPresent();
        assertThat(noted()).isEqualTo(shop.clock.instant());
    }

    @Test
    void aRequestTakesThreeStatements() {
        opened();
        assertThat(Shop.statements(this::used).stream().filter(sql -> sql.contains("session")))
                .hasSize(3);
    }

    @Test
    void theDatabaseGivesASessionOnePageSession() {
        PageHolder holder = opened();
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> test.admin()
                        .sql("""
                        INSERT INTO page_sessions (tenant_id, id, session_id, token_hash, last_used_at, created_at)
                        VALUES (:tenant, :id, :session, :hash, now(), now())
                        """)
                        .param("tenant", shop.tenant)
                        .param("id", Ids.next())
                        .param("session", holder.sessionId())
                        .param("hash", SecretTexts.sha256("another"))
                        .update());
    }

    @Test
    @Tag("PLT-18")
    void onlyThoseWhoServeTheShopSeePageSessions() {
        UUID owner = opened().userId();
        assertThat(seen(Principal.Kind.SYSTEM, null)).isOne();
        for (Principal.Kind kind : List.of(Principal.Kind.CUSTOMER, Principal.Kind.VENDOR, Principal.Kind.GUEST)) {
            assertThat(seen(kind, owner)).as("%s", kind).isZero();
        }
    }

    private long seen(Principal.Kind kind, @Nullable UUID id) {
        return new RequestContext(shop.tenant, new Principal(kind, id, Set.of()), TraceIds.next())
                .supply(() -> test.database()
                        .inReadTransaction(tx -> tx.jdbc()
                                .sql("SELECT count(*) FROM page_sessions")
                                .query(Long.class)
                                .single()));
    }

    @Test
    void whatHasBeenIdleForLongIsForgottenAndSoIsWhatBelongsToAForgottenSession() {
        PageHolder holder = opened();
        test.admin()
                .sql("UPDATE page_sessions SET last_used_at = now() - interval '47 hours',"
                        + " created_at = now() - interval '3 days' WHERE tenant_id = :tenant")
                .param("tenant", shop.tenant)
                .update();
        test.admin()
                .sql("UPDATE user_sessions SET expires_at = now() + interval '1 day' WHERE tenant_id = :tenant")
                .param("tenant", shop.tenant)
                .update();
        Shop.forgetExpired(test);
        assertThat(kept()).isOne();
        test.admin()
                .sql("UPDATE page_sessions SET last_used_at = now() - interval '49 hours' WHERE tenant_id = :tenant")
                .param("tenant", shop.tenant)
                .update();
        Shop.forgetExpired(test);
        assertThat(kept()).isZero();
        assertThat(shop.count("SELECT count(*) FROM user_sessions WHERE tenant_id = :tenant"))
                .as("the session of %s", holder.userId())
                .isOne();
    }

    private int kept() {
        return shop.count("SELECT count(*) FROM page_sessions WHERE tenant_id = :tenant");
    }

    @Test
    void aRefreshTokenBesideAPageSessionIsReported() {
        PageHolder holder = opened();
        assertThat(broken()).isEmpty();
        test.admin()
                .sql("UPDATE refresh_tokens SET used_at = NULL WHERE tenant_id = :tenant AND session_id = :session")
                .param("tenant", shop.tenant)
                .param("session", holder.sessionId())
                .update();
        assertThat(broken()).containsExactly("page-session-without-refresh-token");
        test.admin()
                .sql("UPDATE refresh_tokens SET used_at = now() WHERE tenant_id = :tenant")
                .param("tenant", shop.tenant)
                .update();
    }

    private static List<String> broken() {
        return AuthInvariants.check(
                        test.database(), InstallationSecrets.of(Shop.SECRET).ids())
                .stream()
                // Nobody delivers events here.
                .filter(result -> !result.holds() && !result.name().equals("no-event-left"))
                .map(InvariantResult::name)
                .toList();
    }
}
