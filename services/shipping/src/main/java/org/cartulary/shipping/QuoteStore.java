package org.cartulary.shipping;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Finds the ways to send a parcel. Thread-safe. */
final class QuoteStore {

    private final Database database;

    QuoteStore(Database database) {
        this.database = database;
    }

    /**
     * A method to send a parcel.
     *
     * @param option with the price of a parcel that weighs nothing more than the price includes
     * @param freeAbove it is free where the goods are worth at least that
     * @param pricePerKg of what weighs more than {@code firstKg}, zero for nothing
     * @param maximumKg it is not offered for what weighs more
     */
    record Offer(
            ShippingOption option,
            @Nullable BigDecimal freeAbove,
            BigDecimal pricePerKg,
            BigDecimal firstKg,
            @Nullable BigDecimal maximumKg) {}

    /**
     * The active methods of the most specific active zone, in their order: of the state, else of the country, else of
     * everywhere.
     */
    List<Offer> offers(String country, @Nullable String state, Currency currency) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        WITH zone AS (
                            SELECT z.id
                            FROM shipping_zones z
                            WHERE z.tenant_id = :tenant AND z.is_active
                              AND (z.countries = ARRAY['*'] OR :country = ANY (z.countries))
                              AND (z.states = '{}' OR cast(:state AS text) = ANY (z.states))
                            ORDER BY z.states <> '{}' DESC, z.countries <> ARRAY['*'] DESC, z.name
                            LIMIT 1
                        )
                        SELECT m.id, m.name, m.carrier, m.estimated_days, m.price, m.free_above,
                            coalesce(m.price_per_kg, 0) AS price_per_kg, coalesce(m.first_kg, 0) AS first_kg, m.maximum_kg
                        FROM shipping_methods m
                        JOIN zone ON zone.id = m.zone_id
                        WHERE m.tenant_id = :tenant AND m.is_active AND m.currency = :currency
                        ORDER BY m.sort_order, m.name
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("country", country)
                .param("state", state == null ? "" : States.canonical(state))
                .param("currency", currency.getCurrencyCode())
                .query((row, number) -> offer(row, currency))
                .list());
    }

    private static Offer offer(ResultSet row, Currency currency) throws SQLException {
        return new Offer(
                new ShippingOption(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("carrier"),
                        Money.of(row.getBigDecimal("price"), currency),
                        row.getInt("estimated_days")),
                row.getBigDecimal("free_above"),
                row.getBigDecimal("price_per_kg"),
                row.getBigDecimal("first_kg"),
                row.getBigDecimal("maximum_kg"));
    }
}
