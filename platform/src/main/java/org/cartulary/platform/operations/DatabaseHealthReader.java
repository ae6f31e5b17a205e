package org.cartulary.platform.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.operations.DatabaseHealth.CacheHits;
import org.cartulary.platform.operations.DatabaseHealth.Check;
import org.cartulary.platform.operations.DatabaseHealth.IndexUsage;
import org.cartulary.platform.operations.DatabaseHealth.Status;
import org.cartulary.platform.operations.DatabaseHealth.TableStatistics;
import org.jspecify.annotations.Nullable;

/** Asks a database how it is, as the role that only reads. Thread-safe. */
final class DatabaseHealthReader {

    private DatabaseHealthReader() {}

    static DatabaseHealth read(Database database) {
        return database.asReadonly(tx -> {
            List<Check> checks = tx.jdbc()
                    .sql("SELECT * FROM check_database_health()")
                    .query((row, number) -> check(row))
                    .list();
            return new DatabaseHealth(
                    database.service(),
                    checks.stream()
                            .map(Check::status)
                            .max(Comparator.naturalOrder())
                            .orElse(Status.OK),
                    checks,
                    tx.jdbc()
                            .sql("SELECT * FROM get_cache_hit_ratios()")
                            .query((row, number) -> new CacheHits(
                                    row.getString("kind"),
                                    row.getLong("blocks_hit"),
                                    row.getLong("blocks_read"),
                                    row.getBigDecimal("hit_percent")))
                            .list(),
                    tables(tx),
                    indexes(tx));
        });
    }

    private static List<TableStatistics> tables(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT * FROM get_table_statistics() LIMIT :limit")
                .param("limit", DatabaseHealth.MAX_ROWS)
                .query((row, number) -> new TableStatistics(
                        row.getString("table_name"),
                        row.getLong("live_rows"),
                        row.getLong("dead_rows"),
                        row.getBigDecimal("dead_percent"),
                        row.getLong("total_bytes"),
                        row.getLong("index_bytes"),
                        row.getLong("sequential_scans"),
                        row.getLong("index_scans"),
                        instant(row, "last_vacuumed_at"),
                        instant(row, "last_analyzed_at")))
                .list();
    }

    private static List<IndexUsage> indexes(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT * FROM get_index_usage_statistics() LIMIT :limit")
                .param("limit", DatabaseHealth.MAX_ROWS)
                .query((row, number) -> new IndexUsage(
                        row.getString("table_name"),
                        row.getString("index_name"),
                        row.getLong("scans"),
                        row.getLong("rows_read"),
                        row.getLong("bytes"),
                        row.getBoolean("is_unique"),
                        row.getBoolean("is_valid")))
                .list();
    }

    private static Check check(ResultSet row) throws SQLException {
        return new Check(
                row.getString("check_name"),
                Status.valueOf(row.getString("status")),
                row.getBigDecimal("value"),
                row.getBigDecimal("warning_from"),
                row.getBigDecimal("critical_from"),
                row.getString("message"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
