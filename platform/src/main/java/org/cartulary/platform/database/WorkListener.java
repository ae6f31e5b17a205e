package org.cartulary.platform.database;

/**
 * Is told of every point that work passes which nobody asked for: the delivery of events to their consumers, jobs, and what
 * they leave to others. A point is right before and right after everything that is kept. For tests that kill the process at each
 * of them, as {@code SagaListener} is for sagas. Implementations are found by {@link java.util.ServiceLoader} when the first work is
 * declared; without any, nothing is done and nothing is paid.
 *
 * <p>Work is named by what declares it, such as {@code consumer payment.order-confirmed of order.confirmed.v1}, {@code outbox of order} or
 * {@code job customer.customer-statistics}. Its points, in the order in which it passes them:
 *
 * <ul>
 *   <li>{@code begin}: nothing is kept of it yet
 *   <li>{@code commit-1/before}, {@code commit-1/done}, {@code commit-2/before} …: around the end of each transaction that may have
 *       written, in whatever database; before it, nothing of the transaction is kept, and one that is shared with other work may
 *       not have begun
 *   <li>{@code end}: everything is kept, but not that it was done
 *   <li>{@code read/before}, {@code settle/before}, {@code settle/done}: of a queue of events, before due events are read, and around
 *       the writing of what became of them
 * </ul>
 *
 * <p>It is told synchronously, by the thread that does the work: implementations are thread-safe and quick. A
 * {@link RuntimeException} that it throws is logged and changes nothing.
 */
public interface WorkListener {

    /** This process may do such work. */
    default void declared(String work) {}

    /**
     * Work passes a point.
     *
     * @param subject what it is about: the id of an event or of an order; empty where it is about whatever there is
     */
    void reached(String work, String subject, String point);
}
