package org.cartulary.tests.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.cartulary.platform.database.WorkListener;

/**
 * Lives in the platform that is going to be killed, found by the service loader, and does there what {@link WorkControl} says
 * through files: it notes what work is declared and every point that is passed, and holds work where it is to wait. Without the
 * property {@link ControlledSagas#FOLDER} it does nothing. Thread-safe.
 */
public final class ControlledWork implements WorkListener {

    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private final String folder = System.getProperty(ControlledSagas.FOLDER, "");

    @Override
    public void declared(String work) {
        if (!folder.isEmpty()) {
            note(WorkControl.DECLARED, work);
        }
    }

    @Override
    public void reached(String work, String subject, String point) {
        if (folder.isEmpty()) {
            return;
        }
        WorkControl.Place place = new WorkControl.Place(work, subject, point);
        if (!point.equals(WorkControl.READING)) {
            note(WorkControl.PASSED, place.line());
        }
        Path planned = place.planned(Path.of(folder));
        if (Files.exists(planned)) {
            hold(planned, place.waiting(Path.of(folder)));
        }
    }

    private synchronized void note(String file, String line) {
        try {
            Files.writeString(Path.of(folder, file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hold(Path planned, Path waiting) {
        try {
            Files.move(planned, waiting);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (Files.exists(waiting)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
