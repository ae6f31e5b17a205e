package org.cartulary.auth;

import java.time.Duration;
import java.util.List;
import org.cartulary.platform.redis.RedisServer;
import org.cartulary.platform.redis.RedisUse;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestRedis;

/** A store of page sessions, and what tests do and see behind its back. */
interface PageStoreUnderTest {

    /** The stores that there are: whatever is promised of page sessions is promised of both. */
    enum Kind {
        POSTGRES {
            @Override
            PageStoreUnderTest open(TestDatabase test, Duration idle) {
                return new InPostgres(test, new PostgresPageSessions(test.database(), idle));
            }
        },
        REDIS {
            @Override
            PageStoreUnderTest open(TestDatabase test, Duration idle) {
                RedisServer server = SharedServer.SERVER;
                return new InRedis(server, new RedisPageSessions(server, test.database(), idle));
            }
        };

        abstract PageStoreUnderTest open(TestDatabase test, Duration idle);
    }

    /** One connection for all tests of this program. */
    final class SharedServer {
        static final RedisServer SERVER =
                RedisServer.at(TestRedis.shared().url(), new RedisUse("page sessions", PageSessionStorage.SETTING));

        private SharedServer() {}
    }

    PageSessionStore store();

    /** Lets time pass in the shop. */
    void pass(Shop shop, Duration time);

    /** All that is kept of page sessions of the shop, as text. */
    List<String> kept(Shop shop);

    /** In PostgreSQL. */
    record InPostgres(TestDatabase test, PageSessionStore store) implements PageStoreUnderTest {

        @Override
        public void pass(Shop shop, Duration time) {
            shop.clock.advance(time);
        }

        @Override
        public List<String> kept(Shop shop) {
            return test.admin()
                    .sql("SELECT p::text FROM page_sessions p WHERE tenant_id = :tenant")
                    .param("tenant", shop.tenant)
                    .query(String.class)
                    .list();
        }
    }

    /** In Redis, which has a clock of its own: what passes is taken from what its keys have left. */
    record InRedis(RedisServer server, PageSessionStore store) implements PageStoreUnderTest {

        @Override
        public void pass(Shop shop, Duration time) {
            shop.clock.advance(time);
            for (String key : keys(shop)) {
                long left = server.ask(redis -> redis.pttl(key));
                server.ask(redis -> redis.pexpire(key, left - time.toMillis()));
            }
        }

        @Override
        public List<String> kept(Shop shop) {
            return keys(shop).stream()
                    .map(key -> key + " " + server.ask(redis -> redis.get(key)))
                    .toList();
        }

        private List<String> keys(Shop shop) {
            return server.ask(redis -> redis.keys(RedisPageSessions.key(shop.tenant, "*")));
        }
    }
}
