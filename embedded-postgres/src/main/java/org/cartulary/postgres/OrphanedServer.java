package org.cartulary.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program that was killed may have left of its server. Only the holder of the directory's lock may ask: the lock
 * proves that no living program owns the server.
 */
record OrphanedServer(DataDirectory directory, PostgresBinaries binaries, ServerUser user) {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedServer.class);

    void stop() throws IOException {
        Optional<ProcessHandle> process =
                directory.postmasterFile().flatMap(file -> ProcessHandle.of(file.processId()));
        if (process.isEmpty()) {
            return;
        }
        Postmaster postmaster = new Postmaster(process.get(), directory.path(), binaries, user);
        if (postmaster.isRunning()) {
            LOG.warn(
                    "Stopping the PostgreSQL server (process {}) which an earlier run left behind",
                    postmaster.processId());
            postmaster.stop();
        } else {
            // The number now belongs to an unrelated process, in which PostgreSQL would suspect a living server.
            Files.deleteIfExists(directory.postmasterFilePath());
        }
    }
}
