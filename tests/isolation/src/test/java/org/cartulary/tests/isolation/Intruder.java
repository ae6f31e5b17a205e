package org.cartulary.tests.isolation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.cartulary.tests.support.DatabaseOwner;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has taken over a service's process and says to its database whatever they like, with the rights of the application.
 * Everything is rolled back. Not thread-safe.
 */
final class Intruder implements AutoCloseable {

    /**
     * For whom a transaction is opened.
     *
     * @param tenant what is bound as the tenant, {@code null} if nothing is
     * @param kind the kind of the principal, {@code null} if nothing is said of it
     * @param principal who it is, {@code null} for nobody
     * @param vendor for which vendor it acts, {@code null} for none
     */
    record Binding(
            @Nullable String tenant,
            @Nullable String kind,
            @Nullable UUID principal,
            @Nullable UUID vendor) {

        /** The platform's own work within a tenant. */
        static Binding of(UUID tenant) {
            return new Binding(tenant.toString(), "SYSTEM", null, null);
        }

        static Binding customer(UUID tenant, @Nullable UUID customer) {
            return new Binding(tenant.toString(), "CUSTOMER", customer, null);
        }

        static Binding guest(UUID tenant, @Nullable UUID guest) {
            return new Binding(tenant.toString(), "GUEST", guest, null);
        }

        static Binding vendor(UUID tenant, @Nullable UUID person, @Nullable UUID vendor) {
            return new Binding(tenant.toString(), "VENDOR", person, vendor);
        }

        /** Somebody of whom is not said what they are. */
        static Binding untold(UUID tenant, @Nullable UUID principal) {
            return new Binding(tenant.toString(), null, principal, null);
        }
    }

    /** What came of a statement. */
    sealed interface Outcome {

        /** It was run: rows that were changed, or the number that a query counted. */
        record Rows(long count) implements Outcome {}

        /** The database did not run it. */
        record Refused(String sqlState, String message) implements Outcome {}
    }

    private final Connection connection;
    private int attempts;

    /** Somebody in a service's process. */
    Intruder(DatabaseOwner owner, String service) throws SQLException {
        connection = owner.connect(service);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION AUTHORIZATION " + service + "_app");
        }
        connection.setAutoCommit(false);
    }

    /** Tries a change, or a query that counts. */
    Outcome attempt(Binding binding, String sql) throws SQLException {
        attempts++;
        try (Statement statement = connection.createStatement()) {
            bind(binding);
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    rows.next();
                    return new Outcome.Rows(rows.getLong(1));
                }
            }
            return new Outcome.Rows(statement.getUpdateCount());
        } catch (SQLException refusal) {
            return new Outcome.Refused(refusal.getSQLState(), String.valueOf(refusal.getMessage()));
        } finally {
            connection.rollback();
        }
    }

    /** What is not said is not set: to a connection that has never heard of it a setting is NULL, later it is empty. */
    private void bind(Binding binding) throws SQLException {
        set("app.tenant_id", binding.tenant());
        set("app.principal_kind", binding.kind());
        set("app.principal_id", binding.principal());
        set("app.vendor_id", binding.vendor());
    }

    private void set(String setting, @Nullable Object value) throws SQLException {
        if (value == null) {
            return;
        }
        try (PreparedStatement bind = connection.prepareStatement("select set_config(?, ?, true)")) {
            bind.setString(1, setting);
            bind.setString(2, value.toString());
            bind.execute();
        }
    }

    /** How often it has tried. */
    int attempts() {
        return attempts;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
