package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.redis.RedisServer;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** Page sessions in Redis, beyond what every store promises: how long they are kept, and a Redis that is away. */
@Tag("AUT-06")
class RedisPageSessionsDbTest {

    private static final String EMAIL = "ann@example.org";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final RedisServer SERVER = PageStoreUnderTest.SharedServer.SERVER;
    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);
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

    private Optional<PageHolder> opened(PageSessionStore store, SignedInUser user) {
        return shop.visitor.supply(() -> store.open(shop.tenant, user.refreshToken(), hash, shop.clock.instant()));
    }

    private Optional<PageHolder> used(PageSessionStore store) {
        return shop.visitor.supply(() -> store.use(shop.tenant, hash, shop.clock.instant()));
    }

    private SignedInUser loggedIn() {
        shop.customer(EMAIL);
        return shop.signedIn(EMAIL);
    }

    private static void assertUnavailable(Supplier<?> work) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, work::get);
        assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(problem.code()).isEqualTo("service-unavailable");
        assertThat(problem.getMessage()).contains("page sessions");
    }

    /** Calls until Redis is found again, which is not at once. */
    private static <T> T eventually(Supplier<T> work) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            try {
                return work.get();
            } catch (ProblemException away) {
                if (System.nanoTime() > end) {
                    throw away;
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private static long left(String key) {
        return SERVER.ask(redis -> redis.pttl(key));
    }

    @Test
    void redisForgetsAPageSessionWhenItWasIdleForTooLong() {
        PageSessionStore store = PageStoreUnderTest.Kind.REDIS.open(test, IDLE).store();
        assertThat(opened(store, loggedIn())).isPresent();
        String key = RedisPageSessions.key(shop.tenant, hash);
        assertThat(left(key)).isPositive().isLessThanOrEqualTo(IDLE.toMillis());
        SERVER.ask(redis -> redis.pexpire(key, IDLE.toMillis() / 2));
        assertThat(used(store)).isPresent();
        assertThat(left(key)).isGreaterThan(IDLE.toMillis() / 2).isLessThanOrEqualTo(IDLE.toMillis());
        assertThat(shop.count("SELECT count(*) FROM page_sessions WHERE tenant_id = :tenant"))
                .isZero();
    }

    @Test
    void whileRedisIsAwayNobodyIsLoggedInAtPagesAndNoLogInIsLost() {
        try (TestRedis redis = TestRedis.prepare();
                PageSessionStorage storage = PageSessionStorage.at(redis.url(), test.database(), IDLE)) {
            PageSessionStore store = storage.store();
            SignedInUser user = loggedIn();
            assertUnavailable(() -> opened(store, user));
            assertUnavailable(() -> {
                storage.requireReachable();
                return true;
            });

            redis.start();
            assertThat(eventually(() -> opened(store, user)))
                    .as("the refresh token is still good")
                    .isPresent();
            storage.requireReachable();
            redis.kill();
            assertUnavailable(() -> used(store));

            redis.start();
            assertThat(eventually(() -> used(store))).isPresent();
        }
    }

    @Test
    void inPostgresqlNothingElseHasToBeReachable() {
        try (PageSessionStorage storage = PageSessionStorage.at(PageSessionStorage.POSTGRESQL, test.database(), IDLE)) {
            storage.requireReachable();
            assertThat(storage.holds()).isEqualTo("page-sessions");
            assertThat(opened(storage.store(), loggedIn())).isPresent();
        }
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutBeingRepeated() {
        IllegalArgumentException refusal = catchThrowableOfType(
                IllegalArgumentException.class,
                () -> PageSessionStorage.at("http://:a-password@host", test.database(), IDLE));
        assertThat(refusal)
                .hasMessageContaining("cartulary.pages.session-store")
                .hasMessageNotContaining("a-password")
                .hasNoCause();
    }
}
