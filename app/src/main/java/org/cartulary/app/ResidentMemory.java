package org.cartulary.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The memory that processes occupy, in mebibytes, where pages that several of them share, as the buffers of PostgreSQL, are
 * divided among them and so counted once (the proportional set size of Linux).
 *
 * @param java this Java machine
 * @param postgres the embedded PostgreSQL with all its processes, 0 where there is none
 */
public record ResidentMemory(double java, double postgres) {

    private static final double KIBIBYTES_OF_A_MEBIBYTE = 1024;

    /** Measures now. */
    static ResidentMemory of(Stream<ProcessHandle> postgres) {
        return new ResidentMemory(
                mebibytes(ProcessHandle.current()),
                postgres.mapToDouble(ResidentMemory::mebibytes).sum());
    }

    /** Zero for a process that has ended meanwhile, and on systems that do not tell. */
    private static double mebibytes(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBIBYTES_OF_A_MEBIBYTE)
                    .sum();
        } catch (IOException unknown) {
            return 0;
        }
    }
}
