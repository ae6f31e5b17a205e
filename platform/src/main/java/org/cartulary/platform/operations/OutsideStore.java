package org.cartulary.platform.operations;

/** Where a service keeps something outside of its database. {@code /actuator/health} tells under {@code stores} whether it answers. Thread-safe. */
public interface OutsideStore {

    /** What is kept there, in one word. */
    String holds();

    /**
     * It answers now, within a few seconds.
     *
     * @throws RuntimeException if it does not
     */
    void requireReachable();
}
