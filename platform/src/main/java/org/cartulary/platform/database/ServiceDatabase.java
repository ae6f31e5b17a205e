package org.cartulary.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names and addresses of one service's database and of its four roles. */
record ServiceDatabase(
        String service,
        String name,
        String server,
        UnaryOperator<String> passwords,
        List<UnaryOperator<String>> otherPasswords) {

    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int CONNECT_LIMIT_SECONDS = 10;

    /** For what a start does beside migrations: short statements, and the creation of roles and of a database. */
    private static final int PREPARATION_SILENCE_SECONDS = 300;

    /** Changes when {@link Provisioning} does something else than before, so that existing databases get it too. */
    private static final int PROVISIONING_EDITION = 1;

    ServiceDatabase {
        if (!SERVICE_NAME.matcher(service).matches()) {
            throw new IllegalArgumentException("not a service's name: " + service);
        }
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a database's name: " + name);
        }
    }

    static ServiceDatabase of(DatabaseSettings settings, String service) {
        return new ServiceDatabase(
                service,
                settings.databaseNames().apply(service),
                settings.servers().apply(service),
                settings.passwords(),
                settings.otherPasswords());
    }

    String owner() {
        return service + "_owner";
    }

    String app() {
        return service + "_app";
    }

    String worker() {
        return service + "_worker";
    }

    String readonly() {
        return service + "_readonly";
    }

    List<String> roles() {
        return List.of(owner(), app(), worker(), readonly());
    }

    String password(String role) {
        return passwords.apply(role);
    }

    String url() {
        return url(name);
    }

    String url(String database) {
        int parameters = server.indexOf('?');
        String address = parameters < 0 ? server : server.substring(0, parameters);
        String slash = address.endsWith("/") ? "" : "/";
        return address + slash + database + (parameters < 0 ? "" : server.substring(parameters));
    }

    /** What every session of this service has in common. */
    Properties sessionProperties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "cartulary-" + service);
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.putAll(connecting());
        return properties;
    }

    /** How long to connect, and then to log in, may take; and that the operating system looks after silent connections. */
    static Map<String, String> connecting() {
        return Map.of(
                "connectTimeout", Integer.toString(CONNECT_LIMIT_SECONDS),
                "loginTimeout", Integer.toString(CONNECT_LIMIT_SECONDS),
                "tcpKeepAlive", "true");
    }

    Connection connectAsOwner() throws SQLException {
        Properties properties = sessionProperties();
        properties.setProperty("socketTimeout", Integer.toString(PREPARATION_SILENCE_SECONDS));
        return connections(owner(), properties).getConnection();
    }

    /** New connections of a role to the database, with whichever of its passwords the server takes. */
    RoleConnections connections(String role, Properties properties) {
        return new RoleConnections(
                url(),
                role,
                Stream.concat(Stream.of(passwords), otherPasswords.stream())
                        .map(of -> of.apply(role))
                        .toList(),
                properties);
    }

    Connection connectAs(DatabaseSettings.Admin admin) throws SQLException {
        Properties properties = sessionProperties();
        properties.setProperty("socketTimeout", Integer.toString(PREPARATION_SILENCE_SECONDS));
        properties.setProperty("user", admin.user());
        properties.setProperty("password", admin.password());
        return DriverManager.getConnection(url(admin.database()), properties);
    }

    /** Differs when roles, passwords or grants have to be set anew. Tells nothing to those without the owner's password. */
    String accessMark() {
        StringBuilder text = new StringBuilder().append(PROVISIONING_EDITION);
        for (String role : roles()) {
            String password = password(role);
            text.append('\n')
                    .append(role)
                    .append(' ')
                    .append(password.length())
                    .append(' ')
                    .append(password);
        }
        return HexFormat.of().formatHex(DatabaseSettings.authenticationCode(password(owner()), text.toString()));
    }

    @Override
    public String toString() {
        return url();
    }
}
