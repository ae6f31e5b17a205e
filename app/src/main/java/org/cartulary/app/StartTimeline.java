package org.cartulary.app;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How far a start was at which time, counted from the moment at which the Java machine began. Thread-safe. */
public final class StartTimeline {

    // Not that of the ProcessHandle: it is reckoned from a time of booting that is known to the second only.
    private final Instant began =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    private final List<Point> points = new CopyOnWriteArrayList<>();

    private record Point(String name, Duration since) {}

    /** Notes that something is done. */
    void reached(String name) {
        points.add(new Point(name, elapsed()));
    }

    /** How long ago the Java machine began. */
    public Duration elapsed() {
        return Duration.between(began, Instant.now());
    }

    /** One line for each point: seconds since the beginning, seconds since the point before, and its name. */
    public void print(PrintWriter out) {
        Duration before = Duration.ZERO;
        for (Point point : points) {
            out.printf(
                    "  %6.2f s  %+6.2f s  %s%n",
                    seconds(point.since()), seconds(point.since().minus(before)), point.name());
            before = point.since();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
