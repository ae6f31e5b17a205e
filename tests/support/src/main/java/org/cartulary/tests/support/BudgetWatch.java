package org.cartulary.tests.support;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fails when calls to a platform cost more SQL than their budgets, which the platform counts. A call is counted a moment after
 * its answer: one that is counted after the last question is found by the next one. Thread-safe.
 */
final class BudgetWatch {

    private static final Pattern CALLS =
            Pattern.compile("(?m)^cartulary_sql_over_budget_total\\{budget=\"([^\"]*)\",call=\"([^\"]*)\"} ([0-9.E]+)");
    private static final Pattern MOST =
            Pattern.compile("(?m)^cartulary_sql_over_budget_most\\{call=\"([^\"]*)\",of=\"([^\"]*)\"} ([0-9.E]+)");

    private final HttpShop visitor;

    /** By operation, how many calls were over the budget when it was asked last. Guarded by this. */
    private final Map<String, Integer> known = new HashMap<>();

    BudgetWatch(HttpShop visitor) {
        this.visitor = visitor;
    }

    /**
     * Asks whether calls were over their budgets since it was asked last.
     *
     * @throws AssertionError if some were, with their budgets and the most that they have cost
     */
    synchronized void requireKept() {
        HttpShop.Answer metrics = visitor.get("/actuator/prometheus");
        if (metrics.status() != 200) {
            throw new AssertionError("the metrics were answered " + metrics.status());
        }
        Map<String, Integer> most = new HashMap<>();
        for (Matcher gauge = MOST.matcher(metrics.text()); gauge.find(); ) {
            most.put(gauge.group(1) + "|" + gauge.group(2), number(gauge.group(3)));
        }
        List<String> over = new ArrayList<>();
        for (Matcher counter = CALLS.matcher(metrics.text()); counter.find(); ) {
            String call = counter.group(2);
            int calls = number(counter.group(3));
            Integer before = known.put(call, calls);
            if (calls > (before == null ? 0 : before)) {
                over.add("%s is over its budget of %s: it cost up to %s statements, %s transactions"
                        .formatted(
                                call,
                                counter.group(1),
                                most.get(call + "|statements"),
                                most.get(call + "|transactions")));
            }
        }
        if (!over.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), over));
        }
    }

    private static int number(String text) {
        return (int) Double.parseDouble(text);
    }
}
