package org.cartulary.platform.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.springframework.dao.DataAccessResourceFailureException;

/** The databases of the services that run in this process. Safe for use by several threads. */
public final class Databases implements AutoCloseable {

    private final DatabaseSettings settings;
    private final MeterRegistry meters;
    private final Map<String, FutureTask<Database>> openings = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Databases(DatabaseSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * The database of a service. The first call creates its roles and the database, if an admin is configured and they
     * are missing, and runs the migrations that have not run yet; later calls return the same object. Different
     * services may be opened at the same time.
     *
     * @throws org.springframework.dao.DataAccessException if the database cannot be reached or prepared
     * @throws org.flywaydb.core.api.FlywayException if a migration fails, or one that has run was changed since
     * @throws IllegalStateException if a role may do what no role of a service may, or if this object is closed
     */
    public Database open(String service) {
        if (closed) {
            throw new IllegalStateException("the databases are closed");
        }
        FutureTask<Database> opening = new FutureTask<>(() -> prepareAndConnect(service));
        FutureTask<Database> earlier = openings.putIfAbsent(service, opening);
        if (earlier != null) {
            return answer(service, earlier);
        }
        opening.run();
        if (opening.state() == Future.State.FAILED) {
            // The next call shall try again.
            openings.remove(service, opening);
        }
        return answer(service, opening);
    }

    private Database prepareAndConnect(String service) throws SQLException {
        ServiceDatabase target = ServiceDatabase.of(settings, service);
        new SchemaPreparation(target, settings.admin()).run();
        Pools pools = new Pools(target, settings.pools(), settings.limits(), meters);
        return new Database(service, PlacedPools.shared(pools), meters);
    }

    private static Database answer(String service, FutureTask<Database> opening) {
        try {
            return opening.get();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database of " + service + " opens", interruption);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof RuntimeException fault) {
                throw fault;
            }
            throw new DataAccessResourceFailureException("the database of " + service + " cannot be opened", cause);
        }
    }

    /** The databases opened so far, in no order. */
    public List<Database> opened() {
        List<Database> opened = new ArrayList<>();
        for (FutureTask<Database> opening : openings.values()) {
            if (opening.state() == Future.State.SUCCESS) {
                opened.add(opening.resultNow());
            }
        }
        return List.copyOf(opened);
    }

    /** Closes all connections; work that still uses one fails. */
    @Override
    public void close() {
        closed = true;
        opened().forEach(Database::close);
    }
}
