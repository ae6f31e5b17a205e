package org.cartulary.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/**
 * An existing PostgreSQL server and an administrator who may create roles and databases.
 *
 * @param server the JDBC URL of the server, up to the slash before a database's name
 * @param database the database to connect to while others are created
 */
public record DatabaseUrl(String server, String user, String password, String database) {

    private static final int DEFAULT_PORT = 5432;
    private static final int OLDEST_VERSION = 15;
    private static final String CONNECT_TIMEOUT_SECONDS = "5";

    /**
     * Reads {@code postgresql://user:password@host:port/database}; {@code jdbc:} may stand before it, the port and the
     * database may be left out.
     *
     * @throws InstallationException if it is not such an address
     */
    public static DatabaseUrl parse(String text) {
        String stripped = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        try {
            URI uri = new URI(stripped);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String userInfo = uri.getRawUserInfo();
            if (!(scheme.equals("postgresql") || scheme.equals("postgres"))
                    || uri.getHost() == null
                    || userInfo == null
                    || userInfo.indexOf(':') < 0) {
                throw malformed();
            }
            int colon = userInfo.indexOf(':');
            String path = uri.getPath() == null || uri.getPath().length() < 2
                    ? "postgres"
                    : uri.getPath().substring(1);
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new DatabaseUrl(
                    "jdbc:postgresql://" + uri.getHost() + ":" + port + "/" + query,
                    decode(userInfo.substring(0, colon)),
                    decode(userInfo.substring(colon + 1)),
                    path);
        } catch (URISyntaxException e) {
            throw malformed();
        }
    }

    /**
     * Connects once and looks at the server's version.
     *
     * @throws InstallationException if the server does not answer within some seconds, refuses the user, or is too old
     */
    public void requireUsable() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        // What accepts connections need not be a PostgreSQL that speaks.
        properties.setProperty("socketTimeout", CONNECT_TIMEOUT_SECONDS);
        try (Connection connection = DriverManager.getConnection(withDatabase(), properties)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_VERSION) {
                throw new InstallationException("the server at --database-url is PostgreSQL " + version
                        + "; Cartulary needs " + OLDEST_VERSION + " or later");
            }
        } catch (SQLException e) {
            throw new InstallationException(
                    "the PostgreSQL server at --database-url cannot be used as " + user + ": " + e.getMessage(), e);
        }
    }

    private String withDatabase() {
        int query = server.indexOf('?');
        return query < 0 ? server + database : server.substring(0, query) + database + server.substring(query);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static InstallationException malformed() {
        return new InstallationException(
                "--database-url is written postgresql://USER:PASSWORD@HOST:PORT/DATABASE, where the user may create roles"
                        + " and databases");
    }

    @Override
    public String toString() {
        return "DatabaseUrl[server=" + server + ", user=" + user + "]";
    }
}
