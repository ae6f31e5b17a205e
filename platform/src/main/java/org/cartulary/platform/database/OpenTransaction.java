package org.cartulary.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    public <T extends @Nullable Object> T nested(TransactionWork<T> work) {
        Database.requireCurrent(this);
        int actions = afterCommit.size();
        try {
            Savepoint savepoint = connection.setSavepoint();
            try {
                T answer = work.run(this);
                // Refused by PostgreSQL if a statement failed and the work kept silent about it.
                connection.releaseSavepoint(savepoint);
                return answer;
            } catch (Throwable failure) {
                afterCommit.subList(actions, afterCommit.size()).clear();
                try {
                    connection.rollback(savepoint);
                } catch (SQLException rollbackFailure) {
                    failure.addSuppressed(rollbackFailure);
                }
                throw failure;
            }
        } catch (SQLException failure) {
            throw Database.translated(failure);
        }
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
