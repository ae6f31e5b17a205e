package org.cartulary.benchmarks;

import org.jspecify.annotations.Nullable;

/** What a measured time has cost: processor time by process, and the counters of the cluster. Used by one thread. */
final class Usage implements Load.Watcher {

    private final PlatformUnderTest platform;
    private @Nullable Snapshot begin;
    private @Nullable Snapshot end;

    Usage(PlatformUnderTest platform) {
        this.platform = platform;
    }

    private record Snapshot(
            long nanos,
            double platform,
            double postgres,
            double generator,
            double machine,
            Cluster.Counters counters) {}

    /**
     * The cost.
     *
     * @param platform processors kept busy by the platform's Java machine, 1.0 for a whole one
     * @param postgres by all processes of PostgreSQL
     * @param generator by the load generator
     * @param others by everything else on the machine, which should be nothing
     */
    record Cost(double platform, double postgres, double generator, double others, Cluster.Counters counters) {}

    private Snapshot snapshot() {
        return new Snapshot(
                System.nanoTime(),
                Processes.seconds(platform.pid()),
                Processes.secondsWithChildren(platform.cluster().pid()),
                Processes.seconds(ProcessHandle.current().pid()),
                Processes.secondsOfMachine(),
                platform.cluster().counters());
    }

    @Override
    public void begins() {
        begin = snapshot();
    }

    @Override
    public void ends() {
        end = snapshot();
    }

    /**
     * The cost between begin and end.
     *
     * @param elsewhere seconds of processor time of a generator that is a process of its own
     */
    Cost cost(double elsewhere) {
        Snapshot from = begin;
        Snapshot to = end;
        if (from == null || to == null) {
            throw new IllegalStateException("nothing was measured");
        }
        double seconds = (to.nanos - from.nanos) / 1e9;
        double java = to.platform - from.platform;
        double postgres = to.postgres - from.postgres;
        double generator = to.generator - from.generator + elsewhere;
        double others = Math.max(0, to.machine - from.machine - java - postgres - generator);
        return new Cost(
                java / seconds,
                postgres / seconds,
                generator / seconds,
                others / seconds,
                to.counters.since(from.counters));
    }
}
