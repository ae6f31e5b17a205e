package org.cartulary.tests.architecture.samples.platform;

/** Wrong: it prints. */
public final class Prints {

    private Prints() {}

    /** Prints. */
    public static void hello() {
        System.out.println("hello");
    }
}
