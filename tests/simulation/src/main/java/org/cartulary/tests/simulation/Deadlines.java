package org.cartulary.tests.simulation;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Lets time pass: moves deadlines of single orders into the past by SQL, as the owner of the test's database, and has the jobs
 * that look for them run at once. The shortest time that a shop can give its buyers is a minute, and that for all orders;
 * what the platform does when the time is over is its own.
 */
final class Deadlines {

    private static final String ORDER = "order";
    private static final String INVENTORY = "inventory";
    private static final String EXPIRE_ORDERS = "expire-unpaid-orders";
    private static final String EXPIRE_RESERVATIONS = "expire-reservations";

    private final District district;

    Deadlines(District district) {
        this.district = district;
    }

    /** The payment of an order is due, as soon as there is the order. */
    void endPayment(String orderId) {
        district.eventually(
                "there is the order " + orderId,
                () -> district.owner()
                                .change(
                                        ORDER,
                                        "UPDATE orders SET payment_due_at = clock_timestamp() WHERE id = ?",
                                        UUID.fromString(orderId))
                        == 1);
    }

    /** The stock of an order is not reserved any longer, once there is the reservation, and if it is open. */
    void endReservation(String orderId) {
        district.eventually(
                "there is the reservation of " + orderId,
                () -> district.owner().change(INVENTORY, """
                                        UPDATE inventory_reservations
                                        SET expires_at = CASE status WHEN 'OPEN' THEN clock_timestamp() ELSE expires_at END
                                        WHERE order_id = ?
                                        """, UUID.fromString(orderId)) == 1);
    }

    /** Returns when the jobs have looked at every order and reservation whose deadline is over now. */
    void pass() {
        OffsetDateTime now = district.owner().one(ORDER, OffsetDateTime.class, "SELECT clock_timestamp()");
        awaitRun(ORDER, EXPIRE_ORDERS, now);
        awaitRun(INVENTORY, EXPIRE_RESERVATIONS, now);
    }

    private void awaitRun(String service, String job, OffsetDateTime since) {
        district.eventually("the job " + job + " has run", () -> {
            if (hasRun(service, job, since)) {
                return true;
            }
            // As the scheduler itself does when a job is asked for before its time.
            district.owner().change(service, """
                            UPDATE scheduled_tasks
                            SET execution_time = clock_timestamp(), version = version + 1
                            WHERE task_name = ? AND NOT picked AND execution_time > clock_timestamp()
                            """, job);
            return false;
        });
    }

    private boolean hasRun(String service, String job, OffsetDateTime since) {
        return district.owner().one(service, Boolean.class, """
                        SELECT EXISTS (
                            SELECT FROM job_results
                            WHERE name = ? AND last_status = 'succeeded' AND last_started_at >= ?)
                        """, job, since);
    }
}
