package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two places for the rows of one service: the platform asks for the tenant's, and nobody who uses a database notices. */
@Tag("PLT-20")
class PlacementDbTest {

    private static final RequestContext AT_HOME = RequestContext.ofSystem(Ids.next());
    private static final RequestContext AWAY = RequestContext.ofSystem(Ids.next());
    private static Database database;

    /** One tenant is away, all others are in the shared place. */
    private record TwoPlaces(Pools shared, Pools away) implements PlacedPools {

        @Override
        public Pools of(@Nullable UUID tenantId) {
            return AWAY.tenantId().equals(tenantId) ? away : shared;
        }

        @Override
        public List<Pools> everywhere() {
            return List.of(shared, away);
        }

        @Override
        public void close() {
            shared.close();
            away.close();
        }
    }

    @BeforeAll
    static void open() throws SQLException {
        database = new Database("sample", new TwoPlaces(place(), place()), new SimpleMeterRegistry());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Pools place() throws SQLException {
        DatabaseSettings settings = TestPostgres.freshDatabases();
        try (Databases migrated = new Databases(settings, new SimpleMeterRegistry())) {
            migrated.open("sample");
        }
        return new Pools(
                ServiceDatabase.of(settings, "sample"), settings.pools(), settings.limits(), new SimpleMeterRegistry());
    }

    private static int write(String text) {
        return database.inTransaction(tx -> tx.jdbc()
                .sql("insert into notes (tenant_id, id, text) values (?, ?, ?)")
                .params(RequestContext.currentTenant(), Ids.next(), text)
                .update());
    }

    private static List<String> notes(Transaction tx) {
        return tx.jdbc()
                .sql("select text from notes order by text")
                .query(String.class)
                .list();
    }

    @Test
    void whatATenantWritesIsWhereItsPlacementSays() {
        AT_HOME.run(() -> write("at home"));
        AWAY.run(() -> write("away"));

        assertThat(database.asWorker(PlacementDbTest::notes)).containsExactly("at home");
        assertThat(AWAY.supply(() -> database.asWorker(PlacementDbTest::notes))).containsExactly("away");
        assertThat(AWAY.supply(() -> database.inReadTransaction(PlacementDbTest::notes)))
                .containsExactly("away");
        assertThat(AT_HOME.supply(() -> database.inReadTransaction(PlacementDbTest::notes)))
                .containsExactly("at home");
        assertThat(database.asWorkerEverywhere(PlacementDbTest::notes))
                .containsExactly(List.of("at home"), List.of("away"));
    }
}
