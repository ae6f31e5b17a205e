package org.cartulary.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Executes a script again and again through plain JDBC, with statements that are prepared once. Columns that a statement
 * answers are variables for those after it. A change that changes nothing is an error: the transaction is rolled back.
 */
final class SqlScriptClient implements Load.Client {

    private final Connection connection;
    private final SqlScript script;
    private final List<PreparedStatement> prepared = new ArrayList<>();
    private final Supplier<Map<String, String>> drawn;

    /**
     * A client.
     *
     * @param drawn the values of the variables, anew for each execution
     */
    SqlScriptClient(Cluster cluster, String database, SqlScript script, Supplier<Map<String, String>> drawn) {
        this.script = script;
        this.drawn = drawn;
        try {
            connection = cluster.connect(database);
            connection.setAutoCommit(script.statements().stream().noneMatch(statement -> statement.is("BEGIN")));
            for (SqlScript.Statement statement : script.statements()) {
                prepared.add(connection.prepareStatement(statement.sql()));
            }
        } catch (SQLException e) {
            throw new BenchmarkException("the cluster refuses: " + e.getMessage(), e);
        }
    }

    @Override
    public String once() {
        Map<String, String> values = new HashMap<>(drawn.get());
        try {
            for (int i = 0; i < prepared.size(); i++) {
                SqlScript.Statement statement = script.statements().get(i);
                if (statement.is("COMMIT")) {
                    connection.commit();
                } else if (!statement.is("BEGIN") && !execute(statement, prepared.get(i), values)) {
                    connection.rollback();
                    return "nothing changed";
                }
            }
            return "";
        } catch (SQLException e) {
            return "SQL state " + e.getSQLState();
        }
    }

    private static boolean execute(SqlScript.Statement statement, PreparedStatement sql, Map<String, String> values)
            throws SQLException {
        for (int i = 0; i < statement.variables().size(); i++) {
            sql.setObject(i + 1, values.get(statement.variables().get(i)), Types.OTHER);
        }
        if (!sql.execute()) {
            return sql.getUpdateCount() > 0;
        }
        try (ResultSet rows = sql.getResultSet()) {
            ResultSetMetaData columns = rows.getMetaData();
            boolean found = rows.next();
            for (int column = 1; found && column <= columns.getColumnCount(); column++) {
                values.put(columns.getColumnLabel(column), rows.getString(column));
            }
            return true;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new BenchmarkException("the cluster refuses: " + e.getMessage(), e);
        }
    }
}
