package org.cartulary.shipping;

import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** Proves the records of shipping over all tenants, in one snapshot. Thread-safe. */
final class ShippingInvariants {

    private static final List<SqlInvariant> INVARIANTS = List.of(
            new SqlInvariant(
                    "shipping-methods-have-zones",
                    "every shipping method belongs to a zone of the same shop",
                    "shipping_methods m LEFT JOIN shipping_zones z ON z.tenant_id = m.tenant_id AND z.id = m.zone_id",
                    "z.id IS NULL",
                    "format('method %s of tenant %s has no zone %s', m.id, m.tenant_id, m.zone_id)"),
            new SqlInvariant(
                    "shipping-method-names-are-unique",
                    "a zone has no two shipping methods of the same name",
                    "(SELECT tenant_id, zone_id, name, count(*) AS copies FROM shipping_methods GROUP BY 1, 2, 3) m",
                    "m.copies > 1",
                    "format('zone %s of tenant %s has %s methods named %s', m.zone_id, m.tenant_id, m.copies, m.name)"),
            new SqlInvariant(
                    "shipping-prices-are-not-negative",
                    "no shipping method costs less than nothing",
                    "shipping_methods m",
                    "m.price < 0 OR m.price_per_kg < 0 OR m.free_above < 0",
                    "format('method %s of tenant %s costs %s', m.id, m.tenant_id, m.price)"),
            new SqlInvariant(
                    "shipping-zones-are-places",
                    "a zone is a list of countries, the states of one country, or everywhere else",
                    "shipping_zones z",
                    "cardinality(z.countries) = 0 OR ('*' = ANY (z.countries) AND cardinality(z.countries) > 1)"
                            + " OR (cardinality(z.states) > 0 AND cardinality(z.countries) <> 1)",
                    "format('zone %s of tenant %s is %s %s', z.id, z.tenant_id, z.countries, z.states)"),
            new SqlInvariant(
                    "tax-rates-do-not-overlap",
                    "at each time a place has at most one rate of tax for a category",
                    "(SELECT tenant_id, id, code, lag(valid_until) OVER w AS ended, lag(id) OVER w AS former,"
                            + " valid_from FROM tax_rates WINDOW w AS (PARTITION BY tenant_id, country, state, category"
                            + " ORDER BY valid_from NULLS FIRST, valid_until)) r",
                    "r.former IS NOT NULL AND (r.ended IS NULL OR r.valid_from IS NULL OR r.ended > r.valid_from)",
                    "format('rate %s of tenant %s begins before %s has ended', r.id, r.tenant_id, r.former)"),
            new SqlInvariant(
                    "tax-rates-are-sound",
                    "a rate of tax is from 0 to 100 percent, applies to a country, one of its states or everywhere,"
                            + " and ends after it begins",
                    "tax_rates r",
                    "r.percent NOT BETWEEN 0 AND 100 OR (r.country = '*' AND r.state IS NOT NULL)"
                            + " OR r.valid_from >= r.valid_until",
                    "format('rate %s of tenant %s is %s percent in %s %s', r.id, r.tenant_id, r.percent, r.country,"
                            + " r.state)"));

    private final Database database;

    ShippingInvariants(Database database) {
        this.database = database;
    }

    /** What became of each check. */
    List<InvariantResult> check() {
        return SqlInvariant.check(database, INVARIANTS);
    }
}
