package org.cartulary.platform.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.platform.database.SqlUse;

/** How often one operation was over its budget, and by how much at most, as metrics. Thread-safe. */
final class SqlOverruns {

    private final Counter calls;
    private final AtomicInteger mostStatements = new AtomicInteger();
    private final AtomicInteger mostTransactions = new AtomicInteger();

    /**
     * None yet.
     *
     * @param call the method and the route
     */
    SqlOverruns(String call, SqlBudget budget, MeterRegistry meters) {
        calls = Counter.builder("cartulary.sql.over.budget")
                .description("Calls that cost more SQL statements or transactions than their budgets")
                .tag("call", call)
                .tag("budget", budget.statements() + " statements, " + budget.transactions() + " transactions")
                .register(meters);
        most("statements", call, mostStatements, meters);
        most("transactions", call, mostTransactions, meters);
    }

    private static void most(String what, String call, AtomicInteger most, MeterRegistry meters) {
        Gauge.builder("cartulary.sql.over.budget.most", most, AtomicInteger::get)
                .description("The most that a call which was over its budget has cost")
                .tag("call", call)
                .tag("of", what)
                .register(meters);
    }

    void add(SqlUse use) {
        mostStatements.accumulateAndGet(use.statements(), Math::max);
        mostTransactions.accumulateAndGet(use.transactions(), Math::max);
        calls.increment();
    }
}
