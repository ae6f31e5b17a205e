package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.redis.RedisServer;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** A Redis that is away, comes, dies and comes again. */
@Tag("CRT-02")
class RedisOutageTest {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static TestDatabase test;

    private final RequestContext shop = Contexts.system(Contexts.newTenant());
    private final CartOwner guest = new CartOwner(null, Ids.next());
    private final UUID mug = Ids.next();

    @BeforeAll
    static void createDatabase() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void dropDatabase() {
        test.close();
    }

    private StoredCart fill(Carts carts) {
        return shop.supply(() -> carts.fill(new ActiveCartStore.Filling(
                guest, "GBP", 30, List.of(new CartLine(mug, 1, Money.parse("2.50", "GBP"))))));
    }

    private static void assertUnavailable(Supplier<?> work) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, work::get);
        assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(problem.code()).isEqualTo("service-unavailable");
        assertThat(problem.retryAfter()).isPositive();
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

    @Test
    void cartsAreUnavailableWhileRedisIsAwayAndThereAgainAfterwards() {
        try (TestRedis redis = TestRedis.prepare();
                RedisServer server = RedisServer.at(redis.url(), CartStorage.USE)) {
            Carts carts = new StoreUnderTest.InRedis(test, server).carts();
            assertUnavailable(() -> fill(carts));

            redis.start();
            StoredCart before = eventually(() -> fill(carts));
            redis.kill();
            assertUnavailable(() -> fill(carts));
            assertUnavailable(() -> shop.supply(() -> carts.find(before.id())));

            redis.start();
            StoredCart after = eventually(() -> Objects.requireNonNull(shop.supply(() -> carts.find(before.id()))));
            assertThat(after).isEqualTo(before);
            assertThat(fill(carts).version()).isEqualTo(2);
        }
    }

    @Test
    void healthTellsWhetherRedisAnswers() {
        try (TestRedis redis = TestRedis.prepare();
                CartStorage storage = CartStorage.at(redis.url(), test.database(), JsonMapper.shared())) {
            Supplier<?> ping = () -> {
                storage.requireReachable();
                return true;
            };
            assertUnavailable(ping);
            redis.start();
            eventually(ping);
            redis.kill();
            assertUnavailable(ping);
        }
        try (CartStorage storage = CartStorage.at(CartStorage.POSTGRESQL, test.database(), JsonMapper.shared())) {
            storage.requireReachable();
        }
    }

    @Test
    void noMessageShowsThePassword() {
        try (TestRedis redis = TestRedis.prepare()) {
            assertThat(RedisURI.create(redis.url()).toString()).doesNotContain(redis.password());
            IllegalArgumentException refusal = catchThrowableOfType(
                    IllegalArgumentException.class,
                    () -> CartStorage.at(
                            "http://:" + redis.password() + "@host", test.database(), JsonMapper.shared()));
            assertThat(refusal).hasMessageNotContaining(redis.password()).hasNoCause();
        }
    }
}
