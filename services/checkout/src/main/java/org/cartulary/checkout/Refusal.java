package org.cartulary.checkout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Why an order was not placed.
 *
 * @param code a stable code
 * @param details what is wrong with parts of the checkout, may be empty
 * @param otherOrderId the order that stands in the way
 */
record Refusal(
        String code,
        String detail,
        List<Detail> details,
        @Nullable UUID otherOrderId) {

    /**
     * What is wrong with a part of the checkout.
     *
     * @param pointer a JSON pointer into the checkout
     * @param available how many units can be sold
     */
    record Detail(
            String pointer,
            String code,
            String detail,
            @Nullable Integer available) {}

    /** The HTTP status with which it is answered. */
    HttpStatus status() {
        return switch (code) {
            case "payment-declined" -> HttpStatus.PAYMENT_REQUIRED;
            case "order-rules-violated" -> HttpStatus.UNPROCESSABLE_CONTENT;
            default -> HttpStatus.CONFLICT;
        };
    }

    /** The refusal as a problem document. */
    ProblemException toProblem() {
        ProblemException problem = ProblemException.of(status(), code, detail);
        Map<String, Integer> available = new LinkedHashMap<>();
        for (Detail part : details) {
            problem.with(part.pointer(), part.code(), part.detail());
            Integer units = part.available();
            if (units != null) {
                available.put(part.pointer(), units);
            }
        }
        if (!available.isEmpty()) {
            problem.withProperty("available", available);
        }
        if (otherOrderId != null) {
            problem.withProperty("orderId", otherOrderId);
        }
        return problem;
    }
}
