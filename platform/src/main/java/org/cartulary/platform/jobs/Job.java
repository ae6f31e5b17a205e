package org.cartulary.platform.jobs;

import java.time.Duration;

/**
 * Work that runs at intervals, once in a cluster or on each of its nodes, as the platform itself and without a tenant.
 *
 * @param name unique in its database, 1 to 100 characters; it never changes
 * @param every how long after the end of one run the next one begins, at least a second
 * @param work what it does; if it throws, the error is recorded and the next run comes at its time
 * @param onEveryNode whether each node runs it, at the same time as others do, so that the death of one delays nothing
 */
public record Job(String name, Duration every, Runnable work, boolean onEveryNode) {

    /** Work that runs once in a cluster. */
    public Job(String name, Duration every, Runnable work) {
        this(name, every, work, false);
    }

    /** Work that runs on each node; the nodes share it out by themselves, for instance by leases. */
    public static Job onEveryNode(String name, Duration every, Runnable work) {
        return new Job(name, every, work, true);
    }

    public Job {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("the name of a job has 1 to 100 characters: \"" + name + "\"");
        }
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the job " + name + " runs at most once a second, not every " + every);
        }
    }
}
