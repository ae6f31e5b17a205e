package org.cartulary.postgres;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that this process started. */
final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    private final Process process;
    private final Postmaster postmaster;
    private volatile boolean toldToStop;

    ServerProcess(Process process, Postmaster postmaster) {
        this.process = process;
        this.postmaster = postmaster;
    }

    long processId() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** From now on an end that nobody asked for is reported in the program's log. */
    void watch() {
        CompletableFuture<Void> _ = process.onExit().thenAccept(ended -> {
            if (!toldToStop) {
                LOG.error("PostgreSQL (process {}) ended unexpectedly with code {}", ended.pid(), ended.exitValue());
            }
        });
    }

    void stop() {
        toldToStop = true;
        postmaster.stop();
        // It has ended; Java takes note of that a moment later.
        process.onExit().join();
    }
}
