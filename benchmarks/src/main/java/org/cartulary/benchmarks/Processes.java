package org.cartulary.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What processes have used of the processors, from {@code /proc}; nothing on systems without it. */
final class Processes {

    /** {@code USER_HZ}, which Linux promises to programs. */
    private static final double TICKS_A_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDREN_USER_TIME = 13;
    private static final int CHILDREN_SYSTEM_TIME = 14;
    private static final int PARENT = 1;
    private static final int IDLE = 4;
    private static final int WAITING_FOR_DISKS = 5;

    private Processes() {}

    /** Seconds of processor time of a process, without its children. */
    static double seconds(long pid) {
        String[] fields = fields(Path.of("/proc", Long.toString(pid), "stat"));
        return fields == null ? 0 : (number(fields, USER_TIME) + number(fields, SYSTEM_TIME)) / TICKS_A_SECOND;
    }

    /** Seconds of processor time of a process and its children, those included that have ended. */
    static double secondsWithChildren(long pid) {
        String[] own = fields(Path.of("/proc", Long.toString(pid), "stat"));
        if (own == null) {
            return 0;
        }
        double ticks = number(own, USER_TIME)
                + number(own, SYSTEM_TIME)
                + number(own, CHILDREN_USER_TIME)
                + number(own, CHILDREN_SYSTEM_TIME);
        String parent = Long.toString(pid);
        for (Path process : numbered()) {
            String[] fields = fields(process.resolve("stat"));
            if (fields != null && fields[PARENT].equals(parent)) {
                ticks += number(fields, USER_TIME) + number(fields, SYSTEM_TIME);
            }
        }
        return ticks / TICKS_A_SECOND;
    }

    /** Seconds of processor time of everything on the machine. */
    static double secondsOfMachine() {
        Path file = Path.of("/proc/stat");
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            String[] fields = lines.findFirst().orElseThrow().split("\\s+", -1);
            double ticks = 0;
            // The last two, for guests, are contained in the first two.
            for (int i = 1; i < Math.min(fields.length, 9); i++) {
                ticks += i == IDLE || i == WAITING_FOR_DISKS ? 0 : Double.parseDouble(fields[i]);
            }
            return ticks / TICKS_A_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The resident memory of a process, in MiB. */
    static long residentMebibytes(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            Optional<String> resident =
                    lines.filter(line -> line.startsWith("VmRSS:")).findFirst();
            return resident.map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .orElse(0L);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> numbered() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields after the name, which may hold blanks itself; {@code null} for a process that has ended. */
    private static String @Nullable [] fields(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw new UncheckedIOException(e);
            }
            return null;
        }
    }

    private static double number(String[] fields, int index) {
        return Double.parseDouble(fields[index]);
    }
}
