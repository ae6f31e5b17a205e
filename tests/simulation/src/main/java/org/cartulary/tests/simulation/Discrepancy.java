package org.cartulary.tests.simulation;

/** The platform is not as the model says it should be. */
final class Discrepancy extends RuntimeException {

    private static final long serialVersionUID = 1;

    Discrepancy(String message) {
        super(message);
    }
}
