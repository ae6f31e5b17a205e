package org.cartulary.tests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.support.DatabaseOwner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What gives a shop away: every UUID in any of its rows, in any database, that no other shop's row holds. Immutable, thread-safe.
 *
 * @param ids in lower case
 */
record Traces(Set<String> ids) {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
    /** Those of a shop. */
    static Traces of(DatabaseOwner owner, UUID tenant) {
        Set<String> theirs = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (ServiceName service : ServiceName.values()) {
            if (service.keepsRecords()) {
                try (Connection connection = owner.connect(service.word())) {
                    JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
                    for (TenantTable table : TenantTable.of(service.word(), database)) {
                        theirs.addAll(ids(database, table, tenant, true));
                        others.addAll(ids(database, table, tenant, false));
                    }
                } catch (SQLException e) {
                    throw new AssertionError("the rows of " + service.word() + " cannot be read", e);
                }
            }
        }
        theirs.removeAll(others);
        assertThat(theirs).as("ids of the shop").hasSizeGreaterThan(100);
        return new Traces(Set.copyOf(theirs));
    }

    private static List<String> ids(JdbcClient database, TenantTable table, UUID tenant, boolean ofTheTenant) {
        return database.sql("""
                        select distinct ids[1] from %s r cross join lateral regexp_matches(to_jsonb(r)::text,
                          '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', 'g') ids
                        where (%s = :tenant) = :ofTheTenant
                        """.formatted(table.name(), table.tenantColumn()))
                .param("tenant", tenant)
                .param("ofTheTenant", ofTheTenant)
                .query(String.class)
                .list();
    }

    /** The ids in a text, apart from one that the reader knows, having asked for it. */
    List<String> in(String text, String known) {
        return ID.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(id -> id.toLowerCase(Locale.ROOT))
                .filter(id -> ids.contains(id) && !id.equals(known))
                .distinct()
                .toList();
    }
}
