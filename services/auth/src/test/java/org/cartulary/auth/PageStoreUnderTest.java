package org.cartulary.auth;

import java.time.Duration;
import java.util.List;
import org.cartulary.platform.testing.TestDatabase;

/** A store of page sessions, and what tests do and see behind its back. */
interface PageStoreUnderTest {

    /** The stores that there are: whatever is promised of page sessions is promised of both. */
    enum Kind {
        POSTGRES {
            @Override
            PageStoreUnderTest open(TestDatabase test, Duration idle) {
                return new InPostgres(test, new PostgresPageSessions(test.database(), idle));
            }
        };

        abstract PageStoreUnderTest open(TestDatabase test, Duration idle);
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
}
