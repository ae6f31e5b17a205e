package org.cartulary.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** What tells one running server from another. */
record ServerIdentity(String dataDirectory, String systemIdentifier) {
    private static final String SECONDS_TO_CONNECT = "10";

    /** Fails when the server that answers on the port is another one. */
    void requireOn(int port, String password) {
        ServerIdentity answering;
        try {
            answering = ask(port, password);
        } catch (SQLException failure) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL runs on port " + port
                            + " but does not let us in. If its superuser's password was changed, put"
                            + " the new one into the file " + DataDirectory.PASSWORD_FILE + " in " + dataDirectory
                            + ".",
                    failure);
        }
        if (!equals(answering)) {
            throw new EmbeddedPostgresException("On port " + port + " answers the server of "
                    + answering.dataDirectory() + " instead of ours of " + dataDirectory + ". Choose another port.");
        }
    }

    private static ServerIdentity ask(int port, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", EmbeddedPostgres.SUPERUSER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
        properties.setProperty("socketTimeout", SECONDS_TO_CONNECT);
        String question = "SELECT current_setting('data_directory'), system_identifier FROM pg_control_system()";
        String url = EmbeddedPostgres.jdbcUrl(port, "postgres");
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return new ServerIdentity(answer.getString(1), Long.toUnsignedString(answer.getLong(2)));
        }
    }
}
