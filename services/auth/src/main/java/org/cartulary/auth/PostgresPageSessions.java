package org.cartulary.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;

/** Page sessions in PostgreSQL. Whatever changes one takes the session behind it first. Thread-safe. */
final class PostgresPageSessions implements PageSessionStore {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int PAUSES_OF_IDLE_TIME = 10;

    private final UnidentifiedCallers database;
    private final Duration idle;
    private final Duration pause;
    private final SessionStore sessions = new SessionStore();
    private final PageHolderStore holders = new PageHolderStore();

    /**
     * Keeps page sessions in a database.
     *
     * @param idle after so long without being used a page session ends. That it is used is noted once a minute, and once in a tenth of a
     *     short idle time, so it may end by so much earlier, never later.
     */
    PostgresPageSessions(Database database, Duration idle) {
        this.database = new UnidentifiedCallers(database);
        this.idle = idle;
        Duration tenth = idle.dividedBy(PAUSES_OF_IDLE_TIME);
        this.pause = tenth.compareTo(LONGEST_PAUSE) < 0 ? tenth : LONGEST_PAUSE;
    }

    @Override
    public Optional<PageHolder> open(UUID tenantId, String refreshToken, String tokenHash, Instant now) {
        return database.inTransaction(tx -> {
            Optional<UUID> session = sessions.handOver(tx, tenantId, refreshToken, now);
            session.ifPresent(id -> insert(tx, tenantId, id, tokenHash, now));
            return session.flatMap(id -> holders.find(tx, tenantId, id, now));
        });
    }

    private static void insert(Transaction tx, UUID tenantId, UUID sessionId, String tokenHash, Instant now) {
        tx.jdbc()
                .sql("""
                        INSERT INTO page_sessions (tenant_id, id, session_id, token_hash, last_used_at, created_at)
                        VALUES (:tenantId, :id, :sessionId, :tokenHash, :now, :now)
                        """)
                .param("tenantId", tenantId)
                .param("id", Ids.next())
                .param("sessionId", sessionId)
                .param("tokenHash", tokenHash)
                .param("now", Sql.timestamp(now))
                .update();
    }

    @Override
    public Optional<PageHolder> use(UUID tenantId, String tokenHash, Instant now) {
        return database.inTransaction(tx -> {
            Optional<PageHolder> holder =
                    findUsed(tx, tenantId, tokenHash, now).flatMap(id -> holders.find(tx, tenantId, id, now));
            holder.ifPresent(found -> noteUse(tx, tenantId, tokenHash, now));
            return holder;
        });
    }

    /** The session behind a page session that was used lately. */
    private Optional<UUID> findUsed(Transaction tx, UUID tenantId, String tokenHash, Instant now) {
        return tx.jdbc()
                .sql("""
                        SELECT session_id
                        FROM page_sessions
                        WHERE tenant_id = :tenantId AND token_hash = :tokenHash AND last_used_at > :idleSince
                        """)
                .param("tenantId", tenantId)
                .param("tokenHash", tokenHash)
                .param("idleSince", Sql.timestamp(now.minus(idle)))
                .query(UUID.class)
                .optional();
    }

    private void noteUse(Transaction tx, UUID tenantId, String tokenHash, Instant now) {
        tx.jdbc()
                .sql("""
                        UPDATE page_sessions
                        SET last_used_at = :now
                        WHERE tenant_id = :tenantId AND token_hash = :tokenHash AND last_used_at <= :notedBefore
                        """)
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("tokenHash", tokenHash)
                .param("notedBefore", Sql.timestamp(now.minus(pause)))
                .update();
    }

    @Override
    public void end(UUID tenantId, String tokenHash, Instant now) {
        database.<Boolean>inTransaction(tx -> {
            Optional<UUID> session = tx.jdbc()
                    .sql("SELECT session_id FROM page_sessions WHERE tenant_id = :tenantId AND token_hash = :tokenHash")
                    .param("tenantId", tenantId)
                    .param("tokenHash", tokenHash)
                    .query(UUID.class)
                    .optional();
            session.ifPresent(id -> sessions.logOut(tx, tenantId, id, now));
            return true;
        });
    }
}
