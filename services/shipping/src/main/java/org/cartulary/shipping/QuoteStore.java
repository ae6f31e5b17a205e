package org.cartulary.shipping;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.shipping.QuoteShipping;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.money.Money;

/** Finds the ways to send a parcel. Thread-safe. */
final class QuoteStore {

    private final Database database;

    QuoteStore(Database database) {
        this.database = database;
    }

    /** The active methods of the most specific active zone: of the state, else of the country, else of everywhere. */
    List<ShippingOption> quote(QuoteShipping query) {
        Currency currency = query.subtotal().currency();
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        WITH zone AS (
                            SELECT z.id
                            FROM shipping_zones z
                            WHERE z.tenant_id = :tenant AND z.is_active
                              AND (z.countries = ARRAY['*'] OR :country = ANY (z.countries))
                              AND (z.states = '{}' OR upper(btrim(:state)) = ANY (z.states))
                            ORDER BY z.states <> '{}' DESC, z.countries <> ARRAY['*'] DESC, z.name
                            LIMIT 1
                        )
                        SELECT m.id, m.name, m.carrier, m.estimated_days,
                            CASE WHEN :subtotal >= m.free_above THEN 0 ELSE m.price END AS charge
                        FROM shipping_methods m
                        JOIN zone ON zone.id = m.zone_id
                        WHERE m.tenant_id = :tenant AND m.is_active AND m.currency = :currency
                        ORDER BY charge, m.sort_order, m.name
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("country", query.country())
                .param("state", query.state() == null ? "" : query.state())
                .param("subtotal", query.subtotal().amount())
                .param("currency", currency.getCurrencyCode())
                .query((row, number) -> option(row, currency))
                .list());
    }

    private static ShippingOption option(ResultSet row, Currency currency) throws SQLException {
        return new ShippingOption(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("carrier"),
                Money.of(row.getBigDecimal("charge"), currency),
                row.getInt("estimated_days"));
    }
}
