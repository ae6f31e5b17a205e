package org.cartulary.tests.support;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What a reconciliation of all records has found.
 *
 * @param invariants how many were checked
 * @param breaches what does not hold, each in words with examples
 */
public record Reconciled(int invariants, List<String> breaches) {

    public Reconciled {
        breaches = List.copyOf(breaches);
    }

    /**
     * Lets the platform reconcile its records now, as soon as it can.
     *
     * @param operator who may ask for it
     * @throws AssertionError if the platform does not, or checks nothing
     */
    public static Reconciled by(HttpShop operator) {
        JsonNode report = Patience.answer(() -> operator.post("/api/v1/admin/reconciliations", Map.of()))
                .expect(200);
        JsonNode results = report.path("results");
        List<String> breaches = StreamSupport.stream(results.spliterator(), false)
                .filter(result -> result.path("breaches").asLong() > 0)
                .map(result -> result.path("service").asString() + ": "
                        + result.path("name").asString() + ", "
                        + result.path("breaches").asLong() + " rows, such as " + result.path("examples"))
                .toList();
        if (results.isEmpty() || report.path("ok").asBoolean() != breaches.isEmpty()) {
            throw new AssertionError("this says nothing: " + report);
        }
        return new Reconciled(results.size(), breaches);
    }

    /** Whether all invariants hold. */
    public boolean holds() {
        return breaches.isEmpty();
    }
}
