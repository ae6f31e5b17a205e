package org.cartulary.platform.database;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The transaction of the current thread. */
final class OpenTransaction implements Transaction {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransaction.class);

    private final Database database;
    private final Connection connection;
    private final JdbcClient jdbc;
    private final List<Runnable> afterCommit = new ArrayList<>();

    OpenTransaction(Database database, Connection connection, JdbcClient jdbc) {
        this.database = database;
        this.connection = connection;
        this.jdbc = jdbc;
    }

    Database database() {
        return database;
    }

    String service() {
        return database.service();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public JdbcClient jdbc() {
        Database.requireCurrent(this);
        return jdbc;
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void runAfterCommit() {
        for (Runnable action : afterCommit) {
            try {
                action.run();
            } catch (RuntimeException failure) {
                LOG.error("An action after a committed transaction of {} failed", service(), failure);
            }
        }
    }
}
