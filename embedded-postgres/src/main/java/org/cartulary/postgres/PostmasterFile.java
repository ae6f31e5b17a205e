package org.cartulary.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL writes about its running server into {@code postmaster.pid}. */
record PostmasterFile(long processId, String status) {
    private static final int PROCESS_ID_LINE = 0;
    private static final int STATUS_LINE = 7;

    /** Empty when there is none, or when the server has not finished writing it. */
    static Optional<PostmasterFile> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.getFirst().matches("-?\\d+")) {
                return Optional.empty();
            }
            String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
            return Optional.of(new PostmasterFile(Long.parseLong(lines.get(PROCESS_ID_LINE)), status));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new EmbeddedPostgresException("Cannot read " + file, unreadable);
        }
    }

    boolean acceptsConnections() {
        return status.equals("ready") || status.equals("standby");
    }
}
