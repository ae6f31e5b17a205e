package org.cartulary.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/** In which languages the products of all shops are indexed. Thread-safe. */
final class SearchLanguageStore {

    private final Database database;

    SearchLanguageStore(Database database) {
        this.database = database;
    }

    /**
     * A shop.
     *
     * @param isIndexed whether all of its products are indexed in the present language
     */
    record Shop(UUID tenantId, SearchLanguage present, boolean isIndexed) {}

    /** The shops that have a catalogue. */
    List<Shop> shops() {
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT v.tenant_id, coalesce(l.config, 'english') AS config, l.earlier_config IS NULL AS indexed
                        FROM catalog_versions v
                        LEFT JOIN search_languages l ON l.tenant_id = v.tenant_id
                        ORDER BY v.tenant_id
                        """)
                .query((row, number) -> new Shop(
                        row.getObject("tenant_id", UUID.class),
                        SearchLanguage.ofConfig(row.getString("config")),
                        row.getBoolean("indexed")))
                .list());
    }

    /** Has what a shop writes from now on be indexed in a language, unless products are still being indexed in another one. */
    void change(Shop shop, String tag, SearchLanguage language) {
        database.asWorker(tx -> tx.jdbc()
                .sql("""
                        INSERT INTO search_languages AS l (tenant_id, language, config, earlier_config)
                        VALUES (:tenant, :tag, :config, :present)
                        ON CONFLICT (tenant_id) DO UPDATE
                        SET language = excluded.language, config = excluded.config, earlier_config = l.config, changed_at = now()
                        WHERE l.earlier_config IS NULL AND l.config <> excluded.config
                        """)
                .param("tenant", shop.tenantId())
                .param("tag", tag)
                .param("config", language.config())
                .param("present", shop.present().config())
                .update());
    }

    /**
     * Indexes some products of a shop, those after that one, in the language of the shop where they are not.
     *
     * @return the last one that was looked at; {@code null} where there is none any more
     */
    @Nullable UUID index(UUID tenantId, UUID after, int limit) {
        Optional<UUID> last = database.asWorker(tx -> {
            // As whoever writes many products of the shop does it, so that nobody waits for another in a circle.
            tx.jdbc()
                    .sql("SELECT pg_advisory_xact_lock(hashtext('products'), hashtext(:tenant::text))")
                    .param("tenant", tenantId)
                    .query()
                    .singleRow();
            return tx.jdbc()
                    .sql("""
                            WITH looked AS MATERIALIZED (
                                SELECT p.id, p.search_config
                                FROM products p
                                WHERE p.tenant_id = :tenant AND p.id > :after
                                ORDER BY p.id
                                LIMIT :limit
                            ), indexed AS (
                                UPDATE products p
                                SET search_config = l.config
                                FROM search_languages l, looked k
                                WHERE l.tenant_id = :tenant AND p.tenant_id = :tenant AND p.id = k.id
                                  AND k.search_config <> l.config
                            )
                            SELECT id FROM looked ORDER BY id DESC LIMIT 1
                            """)
                    .param("tenant", tenantId)
                    .param("after", after)
                    .param("limit", limit)
                    .query(UUID.class)
                    .optional();
        });
        return last.orElse(null);
    }

    /** Notes that all products of a shop are indexed in its language, if they are. */
    boolean end(UUID tenantId) {
        return database.asWorker(
                tx -> tx.jdbc().sql("""
                                UPDATE search_languages l
                                SET earlier_config = NULL
                                WHERE l.tenant_id = :tenant AND NOT EXISTS (
                                    SELECT FROM products p
                                    WHERE p.tenant_id = l.tenant_id AND p.search_config <> l.config)
                                """).param("tenant", tenantId).update() == 1);
    }
}
