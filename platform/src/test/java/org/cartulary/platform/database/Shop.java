package org.cartulary.platform.database;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** A service with a database of its own, in which effects are noted, for tests. */
public final class Shop implements AutoCloseable {

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final JsonMapper json = JsonMapper.builder().build();
    public final UUID tenant = Ids.next();
    public final Database database;
    private final Databases databases;

    private final DatabaseSettings settings = TestPostgres.freshCopyOf("shop");

    public Shop() {
        databases = new Databases(settings, meters);
        database = databases.open("shop");
    }

    public Databases databases() {
        return databases;
    }

    public RequestContext context() {
        return RequestContext.ofSystem(tenant);
    }

    /** Notes an effect in the transaction, for its tenant. */
    public static void note(Transaction tx, String text) {
        tx.jdbc()
                .sql("INSERT INTO effects (tenant_id, text) VALUES (?, ?)")
                .params(RequestContext.currentTenant(), text)
                .update();
    }

    /** The effects of all tenants in their order. */
    public List<String> effects() {
        return database.asWorker(tx -> tx.jdbc()
                .sql("SELECT text FROM effects ORDER BY id")
                .query(String.class)
                .list());
    }

    public long count(String sql) {
        return database.asWorker(tx -> tx.jdbc().sql(sql).query(Long.class).single());
    }

    public int execute(String sql) {
        return database.asWorker(tx -> tx.jdbc().sql(sql).update());
    }

    /** Statements of the superuser, whom neither grants nor policies bind. */
    public JdbcClient admin() {
        return JdbcClient.create(new DriverManagerDataSource(
                TestPostgres.server().jdbcUrl(settings.databaseNames().apply("shop")),
                TestPostgres.server().superuser(),
                TestPostgres.server().password()));
    }

    /** Waits until the condition holds, at most two minutes. */
    public static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come about within two minutes");
            }
            Thread.sleep(20);
        }
    }

    /** The database goes too: the clean-up of a server that keeps those of all tests comes to each of them late. */
    @Override
    public void close() {
        databases.close();
        TestPostgres.drop(settings.databaseNames().apply("shop"));
    }
}
