package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The undo scripts of a service, run from the last to the first, take back what its migrations made. */
@Tag("PLT-06")
class UndoDbTest {

    static List<String> services() {
        return Repository.services();
    }

    @ParameterizedTest
    @MethodSource("services")
    void theWayBackLeadsToADatabaseWithoutTables(String service) throws SQLException {
        try (TestDatabase database = TestDatabase.create(service);
                Connection connection = DriverManager.getConnection(database.adminJdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("set role " + service + "_owner");
            for (Path script : undoScripts(Repository.migrationsOf(service))) {
                statement.execute(Repository.read(script));
            }
            for (Path script : undoScripts(Repository.platformMigrations())) {
                statement.execute(Repository.read(script));
            }

            assertThat(database.admin()
                            .sql(
                                    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')")
                            .query(String.class)
                            .list())
                    .containsExactly("flyway_schema_history");
        }
    }

    private static List<Path> undoScripts(Path migrations) {
        return Repository.list(migrations.resolveSibling("undo"), Files::isRegularFile)
                .reversed();
    }
}
