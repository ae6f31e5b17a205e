package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mfvanek.pg.connection.PgConnection;
import io.github.mfvanek.pg.connection.PgConnectionImpl;
import io.github.mfvanek.pg.core.checks.common.Diagnostic;
import io.github.mfvanek.pg.core.checks.host.StandardChecksOnHost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A second judge of every service's schema: the checks of pg-index-health. */
@Tag("PLT-03")
class IndexHealthDbTest {

    /** Checks that are not for us, with the reason as their value. Those of a running server's statistics are left out too. */
    private static final Map<Diagnostic, String> NOT_FOR_US = Map.of(
            Diagnostic.TABLES_NOT_LINKED_TO_OTHERS,
            "the outbox, the inbox and ledgers have no foreign keys on purpose",
            Diagnostic.PRIMARY_KEYS_THAT_MOST_LIKELY_NATURAL_KEYS,
            "keys that others choose, such as an idempotency key, are keys of the tables that guard them",
            Diagnostic.PRIMARY_KEYS_WITH_VARCHAR,
            "the same",
            Diagnostic.COLUMNS_WITH_FIXED_LENGTH_VARCHAR,
            "a length limit may stand in the type or in a check",
            Diagnostic.INDEXES_WITH_TIMESTAMP_IN_THE_MIDDLE,
            "lists are paged by time and id, so their indexes end with the id",
            Diagnostic.INDEXES_WITH_UNNECESSARY_WHERE_CLAUSE,
            "it takes guest_id IS NOT NULL for id IS NOT NULL");

    /** Tables that a library designed. */
    private static final Pattern NOT_OURS = Pattern.compile("\\b(flyway_schema_history|scheduled_tasks)\\b");

    private static final ServiceDatabases DATABASES = new ServiceDatabases();

    @AfterAll
    static void dropDatabases() {
        DATABASES.close();
    }

    static List<String> services() {
        return ServiceDatabases.services();
    }

    @ParameterizedTest
    @MethodSource("services")
    void theSchemaIsHealthy(String service) {
        assertThat(complaints(DATABASES.of(service))).isEmpty();
    }

    @Test
    void anUnhealthySchemaIsReported() {
        try (TestDatabase database = TestDatabase.create("scratch")) {
            database.admin()
                    .sql(
                            "create table pots (id bigint, name text); create index pots_a on pots (name); create index pots_b on pots (name)")
                    .update();

            assertThat(complaints(database))
                    .anyMatch(complaint -> complaint.startsWith("DUPLICATED_INDEXES") && complaint.contains("pots_a"))
                    .anyMatch(complaint -> complaint.startsWith("TABLES_WITHOUT_PRIMARY_KEY"))
                    .anyMatch(complaint -> complaint.startsWith("COLUMNS_WITHOUT_DESCRIPTION"));
        }
    }

    private static List<String> complaints(TestDatabase database) {
        PgConnection connection =
                PgConnectionImpl.ofUrl(new DriverManagerDataSource(database.adminJdbcUrl()), database.jdbcUrl());
        Set<String> extensionFunctions =
                database.admin().sql("""
                        select p.proname from pg_proc p join pg_depend d on d.objid = p.oid
                        where d.classid = 'pg_proc'::regclass and d.deptype = 'e'
                        """).query(String.class).set();
        return new StandardChecksOnHost()
                .apply(connection).stream()
                        .filter(check ->
                                !check.isRuntime() && !NOT_FOR_US.containsKey(Diagnostic.valueOf(check.getName())))
                        .flatMap(check -> check.check().stream()
                                .filter(object -> !extensionFunctions.contains(object.getName()))
                                .map(object -> check.getName() + ": " + object))
                        .filter(complaint -> !NOT_OURS.matcher(complaint).find())
                        .toList();
    }
}
