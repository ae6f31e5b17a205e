package org.cartulary.platform.database;

import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SmartDataSource;

/**
 * Hands out the connection of the transaction that is open on the current thread. It lets all transactions of a
 * database share one {@code JdbcClient}, and with it the statements that client has parsed.
 */
final class CurrentConnection extends AbstractDataSource implements SmartDataSource {

    private final Supplier<Connection> current;

    CurrentConnection(Supplier<Connection> current) {
        this.current = current;
    }

    @Override
    public Connection getConnection() {
        return current.get();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("a transaction has one role");
    }

    @Override
    public boolean shouldClose(Connection connection) {
        return false;
    }
}
