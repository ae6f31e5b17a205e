package org.cartulary.cart;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.operations.OutsideStore;
import org.cartulary.platform.redis.RedisServer;
import org.cartulary.platform.redis.RedisUse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where carts are kept: in PostgreSQL, or in Redis. Where they are kept in Redis, there may be carts in PostgreSQL that were kept
 * before: nobody finds them any more, but they expire, are checked, told and forgotten as before. Thread-safe.
 */
final class CartStorage implements OutsideStore, AutoCloseable {

    /** The word for PostgreSQL. */
    static final String POSTGRESQL = "postgresql";

    static final RedisUse USE = new RedisUse("carts", "cartulary.cart.store");

    private final @Nullable RedisServer redis;
    private final List<Carts> stores;
    private final List<SavedLists> saved;
    private final List<CartRecords> records;

    private CartStorage(
            @Nullable RedisServer redis, List<Carts> stores, List<SavedLists> saved, List<CartRecords> records) {
        this.redis = redis;
        this.stores = stores;
        this.saved = saved;
        this.records = records;
    }

    /**
     * The storage at an address.
     *
     * @param where {@value #POSTGRESQL}, or {@code redis://:password@host:port/database}, or {@code rediss://…} for TLS
     * @throws IllegalArgumentException if it is neither; the message does not repeat it, since it may hold a password
     */
    static CartStorage at(String where, Database database, JsonMapper json) {
        Carts inPostgres = new PostgresCarts(database, json);
        SavedLists savedInPostgres = new PostgresSavedLists(database);
        CartRecords recordsInPostgres = new PostgresCartRecords(database);
        if (where.equals(POSTGRESQL)) {
            return new CartStorage(null, List.of(inPostgres), List.of(savedInPostgres), List.of(recordsInPostgres));
        }
        RedisServer server = RedisServer.at(where, USE);
        return new CartStorage(
                server,
                List.of(new RedisCarts(server, new Idempotency(database, json)), inPostgres),
                List.of(new RedisSavedLists(server), savedInPostgres),
                List.of(new RedisCartRecords(server, json), recordsInPostgres));
    }

    /** The carts that are in use. */
    Carts carts() {
        return stores.getFirst();
    }

    /** All stores in which there may be carts; that in use comes first. */
    List<Carts> stores() {
        return stores;
    }

    /** What is saved for later, where the carts that are in use lie. */
    SavedLists saved() {
        return saved.getFirst();
    }

    /** Wherever something may be saved for later; what is in use comes first. */
    List<SavedLists> savedStores() {
        return saved;
    }

    /** What all stores know of people. */
    List<CartRecords> records() {
        return records;
    }

    @Override
    public String holds() {
        return USE.kept();
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
