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
     * @param kind the kind of the principal
     * @param principal who it is, {@code null} for nobody
     */
    record Binding(
            @Nullable String tenant, String kind, @Nullable UUID principal) {

        /** The platform's own work within a tenant. */
        static Binding of(UUID tenant) {
            return new Binding(tenant.toString(), "SYSTEM", null);
        }

        static Binding customer(UUID tenant, @Nullable UUID customer) {
            return new Binding(tenant.toString(), "CUSTOMER", customer);
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

    private void bind(Binding binding) throws SQLException {
        try (PreparedStatement bind = connection.prepareStatement("""
                select set_config('app.tenant_id', ?, true), set_config('app.principal_kind', ?, true),
                  set_config('app.principal_id', ?, true)""")) {
            bind.setString(1, binding.tenant() == null ? "" : binding.tenant());
            bind.setString(2, binding.kind());
            bind.setString(
                    3, binding.principal() == null ? "" : binding.principal().toString());
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
