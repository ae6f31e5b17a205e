package org.cartulary.tests.simulation;

import java.util.function.Supplier;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Patience;
import tools.jackson.databind.JsonNode;

/** Asks the platform until its answer is final, since it may be killed at any moment, and holds the answer to the model's. */
final class Answers {

    private Answers() {}

    /** The final answer to what may be repeated. */
    static HttpShop.Answer ask(Supplier<HttpShop.Answer> call) {
        return Patience.answer(call);
    }

    /**
     * The body of an answer with this status.
     *
     * @throws Discrepancy if it has another
     */
    static JsonNode expect(int status, HttpShop.Answer answer) {
        if (answer.status() != status) {
            throw new Discrepancy("expected " + status + ", was answered " + answer.status() + " to " + answer.text());
        }
        return answer.body();
    }

    /**
     * Looks whether it is this problem.
     *
     * @throws Discrepancy if it is none, or another
     */
    static void expectProblem(int status, String code, HttpShop.Answer answer) {
        JsonNode body = expect(status, answer);
        if (!body.path("code").asString("").equals(code)) {
            throw new Discrepancy("expected " + code + " to " + answer.text());
        }
    }

    /**
     * Compares two values.
     *
     * @throws Discrepancy if they differ
     */
    static void expectSame(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new Discrepancy(what + ": expected " + expected + ", is " + actual);
        }
    }
}
