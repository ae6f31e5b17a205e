package org.cartulary.tests.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.cartulary.platform.saga.SagaListener;

/**
 * Lives in the platform that is going to be killed, found by the service loader, and does there what {@link SagaControl}
 * says through files in a folder: it notes every point, holds sagas at points until they are let go, and ends the Java
 * machine after so many points. Without the property {@link #FOLDER} it does nothing. Thread-safe.
 */
public final class ControlledSagas implements SagaListener {

    /** The property that names the folder. */
    static final String FOLDER = "cartulary.crash.folder";

    /** The property that says after how many points the machine is halted; 0, as without it, for never. */
    static final String HALT_AFTER = "cartulary.crash.halt-after";

    /** The exit status of a machine that was halted, which is that of one that was killed. */
    static final int HALTED = 137;

    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private final String folder = System.getProperty(FOLDER, "");
    private final long haltAfter = Long.getLong(HALT_AFTER, 0);
    private final AtomicLong reached = new AtomicLong();
    private final ConcurrentMap<UUID, Deque<String>> plans = new ConcurrentHashMap<>();

    @Override
    public void reached(String sagaType, UUID sagaId, String point) {
        if (folder.isEmpty()) {
            return;
        }
        try {
            note(sagaType + " " + sagaId + " " + point);
            if (reached.incrementAndGet() == haltAfter) {
                Runtime.getRuntime().halt(HALTED);
            }
            Deque<String> plan = plans.computeIfAbsent(sagaId, id -> claim(sagaType, id));
            if (point.equals(plan.peek())) {
                plan.remove();
                hold(sagaId, point);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void note(String line) throws IOException {
        Files.writeString(Path.of(folder, "points"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The plan that waits for the next saga of this type; it is for one saga only. */
    private synchronized Deque<String> claim(String sagaType, UUID sagaId) {
        Path next = Path.of(folder, "next-" + sagaType);
        try {
            if (!Files.exists(next)) {
                return new ArrayDeque<>();
            }
            List<String> holds = Files.readAllLines(next);
            Files.move(next, Path.of(folder, "claimed-" + sagaId));
            return new ArrayDeque<>(holds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hold(UUID sagaId, String point) throws IOException {
        Path held = Path.of(folder, "held-" + sagaId);
        Path writing = Path.of(folder, "writing-" + sagaId);
        Files.writeString(writing, point);
        Files.move(writing, held);
        while (Files.exists(held)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
