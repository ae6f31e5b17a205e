package org.cartulary.shipping;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/** The rates of tax of the current tenant. Thread-safe. */
final class TaxRateStore {

    private static final String RATES = """
            SELECT id, code, country, state, category, name, percent, valid_from, valid_until, version
            FROM tax_rates
            WHERE tenant_id = :tenant
            """;

    private final Database database;

    TaxRateStore(Database database) {
        this.database = database;
    }

    /** What became of a rate that was put. */
    sealed interface PutResult {

        /** It is as the draft says; {@code isNew} where there was none of this code. */
        record Put(TaxRateView rate, boolean isNew) implements PutResult {}

        /** The place has another rate for this category during a part of this time; nothing was written. */
        record Overlaps() implements PutResult {}
    }

    /** Makes the rate what the draft says. */
    PutResult put(String code, TaxRateDraft draft) {
        try {
            return database.inTransaction(tx -> {
                waitForOthers(tx);
                Optional<Long> written = write(tx, code, draft);
                TaxRateView rate = coded(tx, code);
                boolean isNew = written.isPresent() && written.get() == 1;
                if (written.isPresent()) {
                    AuditLog.record(tx, audited(isNew ? "tax-rate.created" : "tax-rate.changed", rate));
                }
                return new PutResult.Put(rate, isNew);
            });
        } catch (DataIntegrityViolationException violation) {
            if (String.valueOf(violation.getMessage()).contains("ex_tax_rates_period")) {
                return new PutResult.Overlaps();
            }
            throw violation;
        }
    }

    /** Of two writers whose rates overlap each would wait for the other. */
    private static void waitForOthers(Transaction tx) {
        tx.jdbc()
                .sql("SELECT pg_advisory_xact_lock(hashtext('tax_rates'), hashtext(:tenant))")
                .param("tenant", RequestContext.currentTenant().toString())
                .query()
                .singleRow();
    }

    /** The new version; empty where nothing would change. */
    private static Optional<Long> write(Transaction tx, String code, TaxRateDraft draft) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO tax_rates AS r
                            (tenant_id, id, code, country, state, category, name, percent, valid_from, valid_until)
                        VALUES (:tenant, :id, :code, :country, :state, :category, :name, :percent, :validFrom, :validUntil)
                        ON CONFLICT (tenant_id, code) DO UPDATE SET
                            (country, state, category, name, percent, valid_from, valid_until) =
                            (excluded.country, excluded.state, excluded.category, excluded.name, excluded.percent,
                             excluded.valid_from, excluded.valid_until),
                            version = r.version + 1, updated_at = now()
                        WHERE (r.country, r.state, r.category, r.name, r.percent, r.valid_from, r.valid_until)
                            IS DISTINCT FROM
                            (excluded.country, excluded.state, excluded.category, excluded.name, excluded.percent,
                             excluded.valid_from, excluded.valid_until)
                        RETURNING r.version
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", Ids.next())
                .param("code", code)
                .param("country", draft.country())
                .param("state", draft.state() == null ? null : States.canonical(draft.state()))
                .param("category", draft.category())
                .param("name", draft.name())
                .param("percent", draft.percent())
                .param("validFrom", timestamp(draft.validFrom()))
                .param("validUntil", timestamp(draft.validUntil()))
                .query(Long.class)
                .optional();
    }

    private static TaxRateView coded(Transaction tx, String code) {
        return tx.jdbc()
                .sql(RATES + "AND code = :code")
                .param("tenant", RequestContext.currentTenant())
                .param("code", code)
                .query((row, number) -> view(row))
                .single();
    }

    /** Removes the rate; whether there was one. */
    boolean remove(String code) {
        return database.inTransaction(tx -> {
            Optional<TaxRateView> removed = tx.jdbc()
                    .sql("""
                            DELETE FROM tax_rates
                            WHERE tenant_id = :tenant AND code = :code
                            RETURNING *
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("code", code)
                    .query((row, number) -> view(row))
                    .optional();
            removed.ifPresent(rate -> AuditLog.record(tx, audited("tax-rate.removed", rate)));
            return removed.isPresent();
        });
    }

    /** The rates after the code, in the order of their codes, at most that many. */
    List<TaxRateView> list(String after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(RATES + "AND code > :after ORDER BY code LIMIT :limit")
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list());
    }

    /** All that have to do with a place, whenever they apply. */
    List<TaxRateView> ofPlace(String country, @Nullable String state) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(RATES + "AND country IN (:country, '*') AND (state IS NULL OR state = :state)")
                .param("tenant", RequestContext.currentTenant())
                .param("country", country)
                .param("state", state == null ? "" : States.canonical(state))
                .query((row, number) -> view(row))
                .list());
    }

    private static AuditedAct audited(String action, TaxRateView rate) {
        return AuditedAct.of(action, "tax-rate", rate.id())
                .with("version", rate.version())
                .with("percent", rate.percent().toPlainString());
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant time) {
        return time == null ? null : Sql.timestamp(time);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static TaxRateView view(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String category = row.getString("category");
        String name = row.getString("name");
        return new TaxRateView(
                id,
                row.getString("code"),
                row.getString("country"),
                row.getString("state"),
                category,
                name,
                new TaxRate(id, category, name, row.getBigDecimal("percent")).percent(),
                instant(row, "valid_from"),
                instant(row, "valid_until"),
                row.getLong("version"));
    }
}
