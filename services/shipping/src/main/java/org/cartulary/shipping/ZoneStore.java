package org.cartulary.shipping;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.shipping.ZoneView.MethodView;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Zones and their methods. Thread-safe. */
final class ZoneStore {

    private static final String ZONES = """
            SELECT z.id, z.name, z.countries, z.states, z.is_active, z.version, (
                SELECT coalesce(json_agg(json_build_object(
                    'id', m.id, 'name', m.name, 'carrier', m.carrier, 'estimatedDays', m.estimated_days,
                    'price', json_build_object('amount', m.price::text, 'currency', m.currency),
                    'freeAbove', CASE WHEN m.free_above IS NOT NULL
                        THEN json_build_object('amount', m.free_above::text, 'currency', m.currency) END,
                    'pricePerKg', CASE WHEN m.price_per_kg IS NOT NULL
                        THEN json_build_object('amount', m.price_per_kg::text, 'currency', m.currency) END,
                    'firstKg', m.first_kg, 'maximumKg', m.maximum_kg)
                    ORDER BY m.sort_order, m.name), '[]')
                FROM shipping_methods m
                WHERE m.tenant_id = z.tenant_id AND m.zone_id = z.id AND m.is_active) AS methods
            FROM shipping_zones z
            WHERE z.tenant_id = :tenant
            """;

    private static final TypeReference<List<MethodView>> METHODS = new TypeReference<>() {};

    private final Database database;
    private final JsonMapper json;

    ZoneStore(Database database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** What became of a zone that was put. */
    enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /** A zone and what became of it. */
    record PutZone(Outcome outcome, ZoneView zone) {}

    /** A method with the id that it gets if it is new. */
    private record NewMethod(
            UUID id,
            String name,
            @Nullable String carrier,
            Object price,
            int estimatedDays,
            @Nullable Object freeAbove,
            @Nullable Object pricePerKg,
            @Nullable BigDecimal firstKg,
            @Nullable BigDecimal maximumKg) {}

    /** Makes the zone and its methods what the draft says. */
    PutZone put(String name, ZoneDraft draft) {
        List<String> countries = draft.countries().stream().distinct().sorted().toList();
        List<String> states = draft.states() == null
                ? List.of()
                : draft.states().stream()
                        .map(States::canonical)
                        .distinct()
                        .sorted()
                        .toList();
        String methods = json.writeValueAsString(draft.methods().stream()
                .map(method -> new NewMethod(
                        Ids.next(),
                        method.name(),
                        method.carrier(),
                        method.price(),
                        method.estimatedDays(),
                        method.freeAbove(),
                        method.pricePerKg(),
                        method.firstKg(),
                        method.maximumKg()))
                .toList());
        return database.inTransaction(tx -> {
            String outcome = tx.jdbc()
                    .sql("SELECT put_shipping_zone(:id, :name, :countries, :states, :methods)")
                    .param("id", Ids.next())
                    .param("name", name)
                    .param("countries", Sql.textArray(countries))
                    .param("states", Sql.textArray(states))
                    .param("methods", Sql.json(methods))
                    .query(String.class)
                    .single();
            PutZone put = new PutZone(Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)), named(tx, name));
            if (put.outcome() != Outcome.UNCHANGED) {
                AuditLog.record(tx, audited(put));
            }
            return put;
        });
    }

    /** Where is sent to and for how much; names are texts of the shop, which an entry does not hold. */
    private static AuditedAct audited(PutZone put) {
        ZoneView zone = put.zone();
        String action = put.outcome() == Outcome.CREATED ? "shipping-zone.created" : "shipping-zone.changed";
        AuditedAct act = AuditedAct.of(action, "shipping-zone", zone.id()).with("version", zone.version());
        for (MethodView method : zone.methods()) {
            act = act.withAmount("price." + method.id(), method.price());
        }
        return act;
    }

    private ZoneView named(Transaction tx, String name) {
        return tx.jdbc()
                .sql(ZONES + "AND z.name = :name")
                .param("tenant", RequestContext.currentTenant())
                .param("name", name)
                .query((row, number) -> view(row))
                .single();
    }

    /** The zones after the name, in the order of their names, at most that many. */
    List<ZoneView> list(String after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(ZONES + "AND z.name > :after ORDER BY z.name LIMIT :limit")
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list());
    }

    private ZoneView view(ResultSet row) throws SQLException {
        return new ZoneView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                texts(row, "countries"),
                texts(row, "states"),
                row.getBoolean("is_active"),
                json.readValue(row.getString("methods"), METHODS),
                row.getLong("version"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
