package org.cartulary.benchmarks;

import java.util.stream.IntStream;

/**
 * Events from the transaction that appends them to the one in which a handler that does nothing else notes them, through
 * the platform's own classes in this process, in a database of their own on the platform's cluster.
 */
final class OutboxPart implements BenchmarkPart {

    static final String NAME = "outbox";
    static final String UNIT = "events";

    private static final String WANTED = "≥ 5,000/s";
    private static final int WAITING = 50_000;
    private static final int WAITING_IN_SMOKE = 1_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) {
        int waiting = bench.settings().smoke() ? WAITING_IN_SMOKE : WAITING;
        Measurement poller = new OutboxBaseline(bench).drain(waiting);
        bench.report().add(poller);
        try (OutboxUnderTest outbox = OutboxUnderTest.open(bench.platform())) {
            IntStream.range(0, waiting / OutboxUnderTest.BATCH).forEach(_ -> outbox.append(OutboxUnderTest.BATCH));
            bench.report().add(outbox.drain(waiting).against(poller.perSecond(), WANTED));
            bench.report().add(flow(bench, outbox).against(poller.perSecond(), WANTED));
        }
    }

    /** Appended one a transaction by many writers while they are delivered. */
    private static Measurement flow(Workbench bench, OutboxUnderTest outbox) {
        int clients = bench.settings().busyClients();
        Usage usage = new Usage(bench.platform());
        OutboxUnderTest.Window window = outbox.window(usage);
        Load.Outcome appended =
                Load.run(clients, bench.settings().warmUp(), bench.settings().measured(), window, _ -> outbox.writer());
        Load.Outcome delivered = window.delivered(appended.seconds(), appended.errors());
        return Measurement.of(NAME, "one a transaction, while delivered", clients, UNIT, delivered)
                .with("done", delivered.done())
                .with("appended per second", Math.round(appended.perSecond()))
                .with("left to deliver at the end", outbox.awaitDelivered())
                .with(usage.cost(0));
    }
}
