package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.catalog.Vendor;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;

/** The SQL of vendors, of what they pay and of who works for them. */
final class VendorStore {

    private static final String VENDOR = """
            SELECT v.id, v.name, v.version, coalesce(r.basis_points, 0) AS basis_points, r.valid_from
            FROM vendors v
            LEFT JOIN LATERAL (
                SELECT c.basis_points, c.valid_from FROM vendor_commissions c
                WHERE c.tenant_id = v.tenant_id AND c.vendor_id = v.id
                ORDER BY c.valid_from DESC, c.id DESC LIMIT 1) r ON true
            WHERE v.tenant_id = :tenant
            """;

    /** Whether the vendor was created; if not, there is one of this name. */
    boolean insert(Transaction tx, UUID id, String name) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO vendors (tenant_id, id, name) VALUES (:tenant, :id, :name)
                        ON CONFLICT (tenant_id, name) DO NOTHING
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("name", name)
                        .update()
                == 1;
    }

    /** Whether the vendor had this version, and now is called so. Changes of one vendor wait for one another here. */
    boolean rename(Transaction tx, UUID id, long version, String name) {
        return tx.jdbc()
                        .sql("""
                        UPDATE vendors SET name = :name, version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenant AND id = :id AND version = :version
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("version", version)
                        .param("name", name)
                        .update()
                == 1;
    }

    /**
     * The shop keeps this part of the vendor's sales from now on; what it kept before stays written.
     *
     * @return whether that is another part than before
     */
    boolean agreeOn(Transaction tx, UUID vendorId, int basisPoints) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO vendor_commissions (tenant_id, id, vendor_id, basis_points)
                        SELECT :tenant, :id, :vendorId, :basisPoints
                        WHERE :basisPoints IS DISTINCT FROM (
                            SELECT c.basis_points FROM vendor_commissions c
                            WHERE c.tenant_id = :tenant AND c.vendor_id = :vendorId
                            ORDER BY c.valid_from DESC, c.id DESC LIMIT 1)
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", Ids.next())
                        .param("vendorId", vendorId)
                        .param("basisPoints", basisPoints)
                        .update()
                == 1;
    }

    Optional<VendorView> find(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql(VENDOR + "AND v.id = :id")
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query((row, number) -> view(row))
                .optional();
    }

    /** Those after the name in the order of names, at most that many. */
    List<VendorView> list(Transaction tx, String after, int limit) {
        return tx.jdbc()
                .sql(VENDOR + "AND v.name > :after ORDER BY v.name LIMIT :limit")
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list();
    }

    /** Whether the user works for this vendor from now on; not if that was so before, or for another vendor. */
    boolean employ(Transaction tx, UUID vendorId, UUID userId) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO vendor_members (tenant_id, user_id, vendor_id)
                                VALUES (:tenant, :userId, :vendorId)
                                ON CONFLICT (tenant_id, user_id) DO NOTHING
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("userId", userId)
                        .param("vendorId", vendorId)
                        .update()
                == 1;
    }

    /** Whether the user works for this vendor. By a statement of its own, it sees what {@link #employ} has waited for. */
    boolean employs(Transaction tx, UUID vendorId, UUID userId) {
        return tx.jdbc()
                .sql("""
                        SELECT EXISTS (
                            SELECT FROM vendor_members m
                            WHERE m.tenant_id = :tenant AND m.user_id = :userId AND m.vendor_id = :vendorId)
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("userId", userId)
                .param("vendorId", vendorId)
                .query(Boolean.class)
                .single();
    }

    /** Whether the user belonged to the vendor. */
    boolean dismiss(Transaction tx, UUID vendorId, UUID userId) {
        return tx.jdbc()
                        .sql("""
                        DELETE FROM vendor_members
                        WHERE tenant_id = :tenant AND vendor_id = :vendorId AND user_id = :userId
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("vendorId", vendorId)
                        .param("userId", userId)
                        .update()
                == 1;
    }

    Optional<Vendor> employerOf(Transaction tx, UUID userId) {
        return tx.jdbc()
                .sql("""
                        SELECT v.id, v.name
                        FROM vendor_members m
                        JOIN vendors v ON v.tenant_id = m.tenant_id AND v.id = m.vendor_id
                        WHERE m.tenant_id = :tenant AND m.user_id = :userId
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("userId", userId)
                .query((row, number) -> new Vendor(row.getObject("id", UUID.class), row.getString("name")))
                .optional();
    }

    private static VendorView view(ResultSet row) throws SQLException {
        OffsetDateTime since = row.getObject("valid_from", OffsetDateTime.class);
        return new VendorView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("basis_points"),
                since == null ? null : since.toInstant(),
                row.getLong("version"));
    }
}
