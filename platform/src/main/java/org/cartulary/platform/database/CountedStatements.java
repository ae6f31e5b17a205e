package org.cartulary.platform.database;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counts the statements that are run. */
final class CountedStatements extends JdbcTemplate {

    private final String service;

    CountedStatements(String service, DataSource dataSource) {
        super(dataSource);
        this.service = service;
    }

    /** Is called once before each statement is run. */
    @Override
    protected void applyStatementSettings(Statement statement) throws SQLException {
        super.applyStatementSettings(statement);
        SqlUse.statement(service, statement);
    }
}
