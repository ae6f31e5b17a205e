package org.cartulary.platform.jobs;

import java.time.Duration;

/**
 * Work that runs at intervals, once in a cluster, as the platform itself and without a tenant.
 *
 * @param name unique in its database, 1 to 100 characters; it never changes
 * @param every how long after the end of one run the next one begins, at least a second
 * @param work what it does; if it throws, the error is recorded and the next run comes at its time
 */
public record Job(String name, Duration every, Runnable work) {

    public Job {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("the name of a job has 1 to 100 characters: \"" + name + "\"");
        }
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the job " + name + " runs at most once a second, not every " + every);
        }
    }
}
