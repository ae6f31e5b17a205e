package org.cartulary.cart;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.redis.RedisServer;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestRedis;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A store of carts, and what tests do and see behind its back. */
interface StoreUnderTest {

    /** The stores that there are: whatever is promised of carts is promised of both. */
    enum Kind {
        POSTGRES {
            @Override
            StoreUnderTest open(TestDatabase database) {
                return new InPostgres(database);
            }
        },
        REDIS {
            @Override
            StoreUnderTest open(TestDatabase database) {
                return new InRedis(database, SharedServer.SERVER);
            }
        };

        abstract StoreUnderTest open(TestDatabase database);
    }

    /** One connection for all tests of this program. */
    final class SharedServer {
        static final RedisServer SERVER = RedisServer.at(TestRedis.shared().url(), CartStorage.USE);

        private SharedServer() {}
    }

    Carts carts();

    SavedLists saved();

    CartRecords records();

    /** As if that many days had passed since the cart was changed. */
    void age(UUID tenant, UUID cart, int days);

    /** As if the time of what the guest has saved had come. */
    void expireSaved(UUID tenant, UUID guest);

    @Nullable UUID orderOf(UUID tenant, UUID cart);

    /** The carts of the owner that are active. */
    List<UUID> activeCarts(UUID tenant, CartOwner owner);

    /** Everything that is kept in order to answer repeated requests. */
    List<String> keptWithKeys(UUID tenant);

    /** In PostgreSQL. */
    record InPostgres(TestDatabase test, Carts carts, SavedLists saved, CartRecords records) implements StoreUnderTest {

        InPostgres(TestDatabase test) {
            this(
                    test,
                    new PostgresCarts(test.database(), JsonMapper.shared()),
                    new PostgresSavedLists(test.database()),
                    new PostgresCartRecords(test.database()));
        }

        @Override
        public void age(UUID tenant, UUID cart, int days) {
            test.admin()
                    .sql("UPDATE carts SET expires_at = now() - make_interval(days => :days, secs => 1) WHERE id = :id")
                    .param("days", days)
                    .param("id", cart)
                    .update();
        }

        @Override
        public void expireSaved(UUID tenant, UUID guest) {
            test.admin()
                    .sql("UPDATE saved_lists SET expires_at = now() - interval '1 second'"
                            + " WHERE tenant_id = :tenant AND guest_id = :guest")
                    .param("tenant", tenant)
                    .param("guest", guest)
                    .update();
        }

        @Override
        public @Nullable UUID orderOf(UUID tenant, UUID cart) {
            return test.admin()
                    .sql("SELECT ordered_order_id FROM carts WHERE id = :id")
                    .param("id", cart)
                    .query((row, number) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                    .single()
                    .orElse(null);
        }

        @Override
        public List<UUID> activeCarts(UUID tenant, CartOwner owner) {
            return test.admin()
                    .sql("SELECT id FROM carts WHERE tenant_id = :tenant AND status = 'ACTIVE'"
                            + " AND (customer_id = :customer OR guest_id = :guest)")
                    .param("tenant", tenant)
                    .param("customer", owner.customerId())
                    .param("guest", owner.guestId())
                    .query(UUID.class)
                    .list();
        }

        @Override
        public List<String> keptWithKeys(UUID tenant) {
            return test.admin()
                    .sql("SELECT k::text FROM idempotency_keys k WHERE tenant_id = :tenant")
                    .param("tenant", tenant)
                    .query(String.class)
                    .list();
        }
    }

    /** In Redis. */
    record InRedis(RedisServer server, Carts carts, SavedLists saved, CartRecords records) implements StoreUnderTest {

        private static final long DAY_MILLIS = 86_400_000;
        private static final int DAYS_KEPT = 7;

        InRedis(TestDatabase test, RedisServer server) {
            this(
                    server,
                    new RedisCarts(server, new Idempotency(test.database(), JsonMapper.shared())),
                    new RedisSavedLists(server),
                    new RedisCartRecords(server, JsonMapper.shared()));
        }

        @Override
        public void age(UUID tenant, UUID cart, int days) {
            long expired = System.currentTimeMillis() - days * DAY_MILLIS - 1_000;
            String key = new CartKeys(tenant).cart(cart);
            server.ask(redis -> redis.hset(key, "expires", String.valueOf(expired)));
            server.ask(redis -> redis.pexpireat(key, expired + DAYS_KEPT * DAY_MILLIS));
            server.ask(redis -> redis.zadd("cart:expiring:{" + tenant + "}", (double) expired, cart.toString()));
        }

        @Override
        public void expireSaved(UUID tenant, UUID guest) {
            String key = new CartKeys(tenant).saved(new CartOwner(null, guest));
            server.ask(redis -> redis.pexpireat(key, System.currentTimeMillis() - 1_000));
        }

        @Override
        public @Nullable UUID orderOf(UUID tenant, UUID cart) {
            String order = server.ask(redis -> redis.hget(new CartKeys(tenant).cart(cart), "order"));
            return order == null ? null : UUID.fromString(order);
        }

        @Override
        public List<UUID> activeCarts(UUID tenant, CartOwner owner) {
            CartKeys keys = new CartKeys(tenant);
            return server.ask(redis -> redis.smembers(keys.cartsOf(owner))).stream()
                    .filter(id -> {
                        Map<String, String> cart = server.ask(redis -> redis.hgetall(keys.cart(id)));
                        return Objects.equals(cart.get("status"), "ACTIVE");
                    })
                    .map(UUID::fromString)
                    .toList();
        }

        @Override
        public List<String> keptWithKeys(UUID tenant) {
            return server.ask(redis -> redis.keys("cart:answer:{" + tenant + "}:*")).stream()
                    .map(key -> key + server.ask(redis -> redis.hgetall(key)))
                    .toList();
        }
    }
}
