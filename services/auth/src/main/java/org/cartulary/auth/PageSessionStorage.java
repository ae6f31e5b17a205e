package org.cartulary.auth;

import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.operations.OutsideStore;
import org.cartulary.platform.redis.RedisServer;
import org.cartulary.platform.redis.RedisUse;
import org.jspecify.annotations.Nullable;

/** Where page sessions are kept: in PostgreSQL, or in Redis. Those that were kept elsewhere before are over. Thread-safe. */
final class PageSessionStorage implements OutsideStore, AutoCloseable {

    static final String SETTING = "cartulary.pages.session-store";
    static final String POSTGRESQL = "postgresql";

    private final @Nullable RedisServer redis;
    private final PageSessionStore store;

    private PageSessionStorage(@Nullable RedisServer redis, PageSessionStore store) {
        this.redis = redis;
        this.store = store;
    }

    /**
     * The storage at an address.
     *
     * @param where {@value #POSTGRESQL}, or {@code redis://:password@host:port/database}, or {@code rediss://…} for TLS
     * @throws IllegalArgumentException if it is neither; the message does not repeat it, since it may hold a password
     */
    static PageSessionStorage at(String where, Database database, Duration idle) {
        if (where.equals(POSTGRESQL)) {
            return new PageSessionStorage(null, new PostgresPageSessions(database, idle));
        }
        RedisServer server = RedisServer.at(where, new RedisUse("page sessions", SETTING));
        return new PageSessionStorage(server, new RedisPageSessions(server, database, idle));
    }

    PageSessionStore store() {
        return store;
    }

    @Override
    public String holds() {
        return "page-sessions";
    }

    /** Of PostgreSQL nothing is asked: its databases answer for themselves. */
    @Override
    public void requireReachable() {
        if (redis != null) {
            redis.ask(RedisCommands::ping);
        }
    }

    @Override
    public void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
