package org.cartulary.platform.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of a database that every node runs, whatever the others do. Thread-safe. */
final class JobsOfThisNode {

    private static final Logger LOG = LoggerFactory.getLogger(JobsOfThisNode.class);

    private final String service;
    private final List<Job> jobs;
    private final Consumer<Job> runner;
    private final ScheduledExecutorService executor;

    /**
     * Those of the jobs that run on every node.
     *
     * @param runner runs one and records how it went
     */
    JobsOfThisNode(String service, List<Job> all, Consumer<Job> runner) {
        this.service = service;
        this.jobs = all.stream().filter(Job::onEveryNode).toList();
        this.runner = runner;
        // One thread each, so that one which takes long holds up none of the others. They begin when they are needed.
        this.executor = Executors.newScheduledThreadPool(
                jobs.size(),
                Thread.ofPlatform().daemon().name("jobs-" + service + "-", 0).factory());
    }

    void start() {
        for (Job job : jobs) {
            // Nobody waits for it; what it throws it logs itself.
            var _ = executor.scheduleWithFixedDelay(
                    () -> run(job), 0, job.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Returns {@code false} if no job of this name runs on every node. */
    boolean runNow(String name) {
        for (Job job : jobs) {
            if (job.name().equals(name)) {
                executor.execute(() -> run(job));
                return true;
            }
        }
        return false;
    }

    /** Stops, and waits that long for jobs under way. */
    void close(Duration longestWait) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A run that fails must not be the last one, which it would be if the executor saw as much as an {@link Error}. */
    private void run(Job job) {
        try {
            runner.accept(job);
        } catch (Throwable e) {
            LOG.warn("the job {} of {} failed: {}", job.name(), service, String.valueOf(e));
            LOG.debug("the job {} failed", job.name(), e);
        }
    }
}
