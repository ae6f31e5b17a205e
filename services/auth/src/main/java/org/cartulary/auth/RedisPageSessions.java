package org.cartulary.auth;

import io.lettuce.core.GetExArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.redis.RedisServer;

/**
 * Page sessions in Redis: a key for each, with the session behind it, which lives as long as the page session may be idle. What is
 * lost there is logged out. Thread-safe.
 */
final class RedisPageSessions implements PageSessionStore {

    private final RedisServer server;
    private final UnidentifiedCallers database;
    private final Duration idle;
    private final SessionStore sessions = new SessionStore();
    private final PageHolderStore holders = new PageHolderStore();

    /**
     * Keeps page sessions in a Redis.
     *
     * @param database where the sessions behind them are
     * @param idle after so long without being used a page session ends
     */
    RedisPageSessions(RedisServer server, Database database, Duration idle) {
        this.server = server;
        this.database = new UnidentifiedCallers(database);
        this.idle = idle;
    }

    /** Of the hash only: whoever reads all keys has no token. */
    static String key(UUID tenantId, String tokenHash) {
        return "page-session:{" + tenantId + "}:" + tokenHash;
    }

    /** Kept before the refresh token is used up: if Redis is away it is good once more, and a key that nobody was told ends by itself. */
    @Override
    public Optional<PageHolder> open(UUID tenantId, String refreshToken, String tokenHash, Instant now) {
        String key = key(tenantId, tokenHash);
        Optional<UUID> behind = database.inReadTransaction(tx -> sessions.sessionOf(tx, tenantId, refreshToken));
        behind.ifPresent(id -> server.ask(redis -> redis.psetex(key, idle.toMillis(), id.toString())));
        Optional<PageHolder> holder = database.inTransaction(tx ->
                sessions.handOver(tx, tenantId, refreshToken, now).flatMap(id -> holders.find(tx, tenantId, id, now)));
        if (holder.isEmpty()) {
            server.ask(redis -> redis.del(key));
        }
        return holder;
    }

    @Override
    public Optional<PageHolder> use(UUID tenantId, String tokenHash, Instant now) {
        String key = key(tenantId, tokenHash);
        String id = server.ask(redis -> redis.getex(key, GetExArgs.Builder.px(idle)));
        return id == null
                ? Optional.empty()
                : database.inTransaction(tx -> holders.find(tx, tenantId, UUID.fromString(id), now));
    }

    /** The session first: what is not ended can be ended again by the same token. */
    @Override
    public void end(UUID tenantId, String tokenHash, Instant now) {
        String key = key(tenantId, tokenHash);
        String id = server.ask(redis -> redis.get(key));
        if (id != null) {
            database.<Boolean>inTransaction(tx -> {
                sessions.logOut(tx, tenantId, UUID.fromString(id), now);
                return true;
            });
            server.ask(redis -> redis.del(key));
        }
    }
}
