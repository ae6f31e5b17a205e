package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;

/** The SQL of groups of customers. Thread-safe. */
final class CustomerGroupStore {

    /** Whether it was made; if not, another group has the name. */
    boolean insert(Transaction tx, UUID id, String name) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO customer_groups (tenant_id, id, name) VALUES (:tenant, :id, :name)
                        ON CONFLICT (tenant_id, lower(name)) DO NOTHING
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("name", name)
                        .update()
                == 1;
    }

    /** Whether it had this version, and now has the name. */
    boolean rename(Transaction tx, UUID id, long version, String name) {
        return tx.jdbc()
                        .sql("""
                        UPDATE customer_groups SET name = :name, version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenant AND id = :id AND version = :version
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("version", version)
                        .param("name", name)
                        .update()
                == 1;
    }

    /** Whether there was one. Its members are in it no more. */
    boolean delete(Transaction tx, UUID id) {
        return tx.jdbc()
                        .sql("DELETE FROM customer_groups WHERE tenant_id = :tenant AND id = :id")
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .update()
                == 1;
    }

    boolean exists(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql("SELECT EXISTS (SELECT FROM customer_groups WHERE tenant_id = :tenant AND id = :id)")
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    Optional<CustomerGroupView> find(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql("""
                        SELECT g.id, g.name, g.created_at, g.updated_at, g.version,
                            (SELECT count(*) FROM customer_group_members m
                             WHERE m.tenant_id = g.tenant_id AND m.group_id = g.id) AS members
                        FROM customer_groups g
                        WHERE g.tenant_id = :tenant AND g.id = :id
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query(CustomerGroupStore::view)
                .optional();
    }

    /** Those after the id, the oldest first, at most that many. */
    List<CustomerGroupView> list(Transaction tx, UUID after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT g.id, g.name, g.created_at, g.updated_at, g.version,
                            (SELECT count(*) FROM customer_group_members m
                             WHERE m.tenant_id = g.tenant_id AND m.group_id = g.id) AS members
                        FROM customer_groups g
                        WHERE g.tenant_id = :tenant AND g.id > :after
                        ORDER BY g.id
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query(CustomerGroupStore::view)
                .list();
    }

    private static CustomerGroupView view(ResultSet row, int number) throws SQLException {
        return new CustomerGroupView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("members"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    /**
     * Puts a customer into a group; one who is in it stays. The rows of both are locked: nobody is put into a group that is being
     * deleted, nor anybody who is being forgotten; whoever forgets changes theirs first. Says whether they are new in it.
     */
    boolean add(Transaction tx, UUID group, UUID customer) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO customer_group_members (tenant_id, group_id, customer_id)
                        SELECT c.tenant_id, g.id, c.id
                        FROM customers c
                        JOIN customer_groups g ON g.tenant_id = c.tenant_id AND g.id = :group
                        WHERE c.tenant_id = :tenant AND c.id = :customer AND c.deleted_at IS NULL
                        FOR SHARE OF c, g
                        ON CONFLICT (tenant_id, group_id, customer_id) DO NOTHING
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("group", group)
                        .param("customer", customer)
                        .update()
                == 1;
    }

    /** When the customer was put into the group, if they are in it. */
    Optional<GroupMember> member(Transaction tx, UUID group, UUID customer) {
        return tx.jdbc()
                .sql("SELECT customer_id, added_at FROM customer_group_members"
                        + " WHERE tenant_id = :tenant AND group_id = :group AND customer_id = :customer")
                .param("tenant", RequestContext.currentTenant())
                .param("group", group)
                .param("customer", customer)
                .query(CustomerGroupStore::member)
                .optional();
    }

    /** Says whether they were in it. */
    boolean remove(Transaction tx, UUID group, UUID customer) {
        return tx.jdbc()
                        .sql("DELETE FROM customer_group_members"
                                + " WHERE tenant_id = :tenant AND group_id = :group AND customer_id = :customer")
                        .param("tenant", RequestContext.currentTenant())
                        .param("group", group)
                        .param("customer", customer)
                        .update()
                == 1;
    }

    /** The members after that customer, at most that many. */
    List<GroupMember> members(Transaction tx, UUID group, UUID after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT customer_id, added_at FROM customer_group_members
                        WHERE tenant_id = :tenant AND group_id = :group AND customer_id > :after
                        ORDER BY customer_id
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("group", group)
                .param("after", after)
                .param("limit", limit)
                .query(CustomerGroupStore::member)
                .list();
    }

    private static GroupMember member(ResultSet row, int number) throws SQLException {
        return new GroupMember(
                row.getObject("customer_id", UUID.class),
                row.getObject("added_at", OffsetDateTime.class).toInstant());
    }

    /** The groups that the customer is in. */
    List<UUID> groupsOf(Transaction tx, UUID customer) {
        return tx.jdbc()
                .sql("SELECT group_id FROM customer_group_members"
                        + " WHERE tenant_id = :tenant AND customer_id = :customer ORDER BY group_id")
                .param("tenant", RequestContext.currentTenant())
                .param("customer", customer)
                .query(UUID.class)
                .list();
    }

    /** The same with their names, which the shop's own and the platform's transactions see. */
    List<GroupMembership> memberships(Transaction tx, UUID customer) {
        return tx.jdbc()
                .sql("""
                        SELECT g.id, g.name, m.added_at
                        FROM customer_group_members m
                        JOIN customer_groups g ON g.tenant_id = m.tenant_id AND g.id = m.group_id
                        WHERE m.tenant_id = :tenant AND m.customer_id = :customer
                        ORDER BY g.id
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("customer", customer)
                .query((row, number) -> new GroupMembership(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getObject("added_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
