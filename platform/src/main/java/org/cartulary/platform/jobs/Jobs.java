package org.cartulary.platform.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Work;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one database: each runs at its interval, once in a cluster or on each node, and its last result is recorded.
 * Thread-safe.
 *
 * <p>When a node dies in the middle of a job that runs once, another one runs it again after a minute: jobs bear being
 * repeated.
 */
public final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration MAX_SHUTDOWN_WAIT = Duration.ofSeconds(5);
    private static final int MAX_CONCURRENT_JOBS = 2;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** After so many a node that runs a job counts as dead. */
    private static final int MISSED_HEARTBEATS = 4;

    private final Database database;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private @Nullable Runners runners;
    private boolean closed;

    /** Jobs that begin to run when {@link #start} is called. Their names are unique. */
    public Jobs(Database database, List<Job> jobs) {
        this.database = database;
        jobs.forEach(this::add);
    }

    /**
     * Adds a job. All jobs of a database belong here: a second scheduler would take the jobs of the first for those of a
     * program that is gone, and remove them after some days.
     *
     * @throws IllegalStateException if the jobs were started
     */
    public synchronized void add(Job job) {
        if (runners != null) {
            throw new IllegalStateException("jobs are added before they are started");
        }
        if (jobs.putIfAbsent(job.name(), job) != null) {
            throw new IllegalArgumentException("two jobs of " + database.service() + " are named " + job.name());
        }
        Work.declare(workOf(job));
    }

    /** The service in whose database they run. */
    public String service() {
        return database.service();
    }

    /** Starts to run the jobs; one that never ran before runs at once. */
    public synchronized void start() {
        if (!jobs.isEmpty() && !closed) {
            Runners made = runners();
            made.once().start();
            made.everywhere().start();
        }
    }

    /** Stops; jobs under way may end, but are not waited for longer than some seconds. */
    @Override
    public void close() {
        Runners running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = runners;
        }
        if (running != null) {
            running.once().stop();
            running.everywhere().close(MAX_SHUTDOWN_WAIT);
        }
    }

    /** What runs the jobs that run once in a cluster, and those that run on every node. */
    private record Runners(Scheduler once, JobsOfThisNode everywhere) {}

    private synchronized Runners runners() {
        Runners made = runners;
        if (made == null) {
            made = new Runners(
                    scheduler(), new JobsOfThisNode(database.service(), List.copyOf(jobs.values()), this::run));
            runners = made;
        }
        return made;
    }

    private Scheduler scheduler() {
        return Scheduler.create(database.workerDataSource())
                .startTasks(jobs.values().stream()
                        .filter(job -> !job.onEveryNode())
                        .map(this::task)
                        .toList())
                .threads(MAX_CONCURRENT_JOBS)
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(MAX_SHUTDOWN_WAIT)
                .schedulerName(new SchedulerName.Fixed(database.service() + "-" + UUID.randomUUID()))
                .build();
    }

    /**
     * Has a job run now, on any node, instead of at its time; one that runs on every node runs here. It returns at once; see
     * {@link #lastResult}.
     *
     * @return {@code false} if it is being run already, or was never started
     * @throws IllegalArgumentException if there is no such job
     */
    public boolean runNow(String name) {
        requireKnown(name);
        Runners made = runners();
        if (made.everywhere().runNow(name)) {
            return true;
        }
        Scheduler scheduler = made.once();
        try {
            boolean moved = scheduler.reschedule(TaskInstanceId.of(name, RecurringTask.INSTANCE), Instant.now());
            scheduler.triggerCheckForDueExecutions();
            return moved;
        } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
            LOG.debug("the job {} of {} cannot be moved forward", name, database.service(), e);
            return false;
        }
    }

    /** How the last run of a job went, {@code null} if it never ran. */
    public @Nullable JobResult lastResult(String name) {
        requireKnown(name);
        return results().stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** How the last run of each job went, by name. */
    public List<JobResult> results() {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        SELECT name, last_status, last_started_at, last_finished_at, last_error, run_count
                        FROM job_results
                        ORDER BY name
                        """)
                .query((row, number) -> new JobResult(
                        row.getString("name"),
                        row.getString("last_status"),
                        row.getObject("last_started_at", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("last_finished_at", OffsetDateTime.class)),
                        row.getString("last_error"),
                        row.getLong("run_count")))
                .list());
    }

    private RecurringTask<Void> task(Job job) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.every())).execute((instance, context) -> run(job));
    }

    private void run(Job job) {
        RequestContext.ofSystem(null).run(() -> {
            recordStart(job.name());
            try {
                Work.during(workOf(job), "", job.work());
            } catch (RuntimeException | Error e) {
                recordEnd(job.name(), String.valueOf(e));
                throw e;
            }
            recordEnd(job.name(), null);
        });
    }

    private String workOf(Job job) {
        return "job " + database.service() + "." + job.name();
    }

    private void recordStart(String name) {
        database.asWorker(tx -> tx.jdbc().sql("""
                        INSERT INTO job_results AS r (name, last_status, last_started_at, run_count)
                        VALUES (:name, 'running', clock_timestamp(), 1)
                        ON CONFLICT (name) DO UPDATE
                        SET last_status = 'running', last_started_at = clock_timestamp(), run_count = r.run_count + 1
                        """).param("name", name).update());
    }

    private void recordEnd(String name, @Nullable String error) {
        database.asWorker(tx ->
                tx.jdbc().sql("""
                        UPDATE job_results
                        SET last_status = CASE WHEN cast(:error AS text) IS NULL THEN 'succeeded' ELSE 'failed' END,
                            last_finished_at = clock_timestamp(),
                            last_error = left(:error, 2000)
                        WHERE name = :name
                        """).param("error", error).param("name", name).update());
    }

    private synchronized void requireKnown(String name) {
        if (!jobs.containsKey(name)) {
            throw new IllegalArgumentException(database.service() + " has no job named " + name);
        }
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
