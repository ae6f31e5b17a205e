package org.cartulary.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections as one role, whose password may be one of several: while the secret of an installation is changed, some process
 * sets the new one at a moment of its own. Nothing is pooled here. Thread-safe.
 */
final class RoleConnections extends AbstractDataSource {

    /** What the server answers to a wrong password. */
    private static final String INVALID_PASSWORD = "28P01";

    private final String url;
    private final String role;
    private final List<String> passwords;
    private final Properties properties;
    /** The one that was taken last, which is tried first: each refusal is a line in the log of the server. */
    private volatile int taken;

    private volatile int loginTimeout;

    /**
     * Opens connections as the role.
     *
     * @param passwords at least one; the first is tried first until another is taken
     * @param properties of the driver, without role and password
     */
    RoleConnections(String url, String role, List<String> passwords, Properties properties) {
        this.url = url;
        this.role = role;
        this.passwords = List.copyOf(passwords);
        this.properties = properties;
    }

    @Override
    public Connection getConnection() throws SQLException {
        int first = taken;
        SQLException refusal = null;
        // The first one once more at the end: it may have been set while the others were tried.
        int attempts = passwords.size() == 1 ? 1 : passwords.size() + 1;
        for (int attempt = 0; attempt < attempts; attempt++) {
            int index = (first + attempt) % passwords.size();
            try {
                Connection connection = open(passwords.get(index));
                taken = index;
                return connection;
            } catch (SQLException e) {
                if (!INVALID_PASSWORD.equals(e.getSQLState())) {
                    throw e;
                }
                refusal = e;
            }
        }
        throw refusal == null ? new SQLException("there is no password for " + role) : refusal;
    }

    private Connection open(String password) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", role);
        all.setProperty("password", password);
        return DriverManager.getConnection(url, all);
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("connections are those of " + role);
    }

    /**
     * Kept for the pool, which waits so long for connections that are being opened when it is closed. The driver is told by {@link
     * ServiceDatabase#connecting()}, for all connections alike.
     */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public String toString() {
        return role + " at " + url;
    }
}
