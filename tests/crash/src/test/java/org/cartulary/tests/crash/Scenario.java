package org.cartulary.tests.crash;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.cartulary.tests.support.HttpShop;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Something that starts a saga. A new saga joins the kill matrix by a scenario in {@link Scenarios}. */
interface Scenario {

    /** What happens, in a few words. */
    String name();

    /** The type of the saga that it starts. */
    String sagaType();

    /** A route of the API without which it cannot be; by this it is left out on a platform that does not have it. */
    String route();

    /** Does everything up to the call that starts the saga. */
    Attempt prepare(Market market);

    /** What happens while the saga waits on its way, {@code null} for nothing. */
    default @Nullable Interference interference() {
        return null;
    }

    /**
     * Something that happens behind the saga's back.
     *
     * @param point where the saga waits meanwhile
     * @param act what is done, given the saga's id
     */
    record Interference(String point, Consumer<UUID> act) {}

    /**
     * The call that starts a saga, and what may be there before and after it.
     *
     * @param product the product that is bought, by nobody else
     * @param total what the order costs, as no other order does
     * @param before what is there as long as nothing has happened
     * @param after what is there when all has happened
     * @param call the call, always under the same key
     * @param status what the call is answered in the end, however often it is repeated
     */
    record Attempt(
            String product, BigDecimal total, State before, State after, Supplier<HttpShop.Answer> call, int status) {}

    /** The units that can be bought, and what is charged for the order. */
    record State(int available, long charges, BigDecimal charged) {

        boolean isThatOf(State other) {
            return available == other.available && charges == other.charges && charged.compareTo(other.charged) == 0;
        }
    }

    /** The scenarios for which the platform has the routes. */
    static List<Scenario> offeredBy(JsonNode openApi, List<Scenario> all) {
        return all.stream()
                .filter(scenario -> openApi.path("paths").has(scenario.route()))
                .toList();
    }
}
