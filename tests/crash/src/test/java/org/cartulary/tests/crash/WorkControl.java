package org.cartulary.tests.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.tests.support.Eventually;

/** Tells the work of another process where to wait; the other end is {@link ControlledWork}. Immutable. */
record WorkControl(Path folder) {

    static final String DECLARED = "declared-work";
    static final String PASSED = "passed-work";
    static final String READING = "read/before";

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String PLANNED = "work-planned-";
    private static final String WAITING = "work-waiting-";

    /** A point of work that is about something. */
    record Place(String work, String subject, String point) {

        String line() {
            return work + "|" + subject + "|" + point;
        }

        Path planned(Path folder) {
            return folder.resolve(PLANNED + key());
        }

        Path waiting(Path folder) {
            return folder.resolve(WAITING + key());
        }

        private UUID key() {
            return UUID.nameUUIDFromBytes(line().getBytes(UTF_8));
        }
    }

    /** What the platforms of this folder may do unasked, by name. */
    Set<String> declared() {
        return new TreeSet<>(lines(DECLARED));
    }

    /** All points that were passed, in their order, but for the reading of queues. */
    List<Place> passed() {
        return lines(PASSED).stream()
                .map(line -> line.split("\\|", -1))
                // The last line may be being written.
                .filter(words -> words.length == 3)
                .map(words -> new Place(words[0], words[1], words[2]))
                .toList();
    }

    private List<String> lines(String file) {
        Path path = folder.resolve(file);
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever comes to this place next waits there. */
    void hold(Place place) {
        try {
            Files.createFile(place.planned(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when somebody waits there. */
    void awaitHeld(Place place) {
        Eventually.holds(place.line() + " is reached", LIMIT, () -> Files.exists(place.waiting(folder)));
    }

    /** Lets whoever waits there go on. */
    void release(Place place) {
        try {
            Files.delete(place.waiting(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets all go on, and forgets all plans. */
    void releaseAll() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(PLANNED) || name.startsWith(WAITING)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
