package org.cartulary.order;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.http.ProblemException;

/** So many units of a line of an order. */
record SentUnits(
        @NotNull UUID orderItemId, @Min(1) @Max(999_999) int quantity) {

    /**
     * Checks that each line is named once.
     *
     * @throws ProblemException 422 {@code invalid-request} with each that is named again
     */
    static void requireDistinct(List<SentUnits> lines) {
        ProblemException problem = ProblemException.unprocessable("invalid-request", "the lines are not valid");
        Set<UUID> named = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!named.add(lines.get(i).orderItemId())) {
                problem.with("/lines/" + i + "/orderItemId", "duplicate", "name each line once");
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
