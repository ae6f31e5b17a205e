package org.cartulary.tests.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.cartulary.tests.support.Eventually;

/** Tells the sagas of another process where to wait; the other end is {@link ControlledSagas}. For one thread. */
record SagaControl(Path folder) {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String HELD = "held-";

    /** A point that a saga passed. */
    record Passed(String sagaType, UUID sagaId, String point) {

        private static Passed parse(String line) {
            String[] words = line.split(" ", 3);
            return new Passed(words[0], UUID.fromString(words[1]), words[2]);
        }
    }

    /** All points that were passed since the folder was made, in their order. */
    List<Passed> passed() {
        Path points = folder.resolve("points");
        try {
            return Files.exists(points)
                    ? Files.readAllLines(points).stream().map(Passed::parse).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next new saga of this type waits at each of these points until it is {@linkplain #release let go}. */
    void holdNext(String sagaType, List<String> points) {
        try {
            Files.write(folder.resolve("writing-" + sagaType), points);
            Files.move(folder.resolve("writing-" + sagaType), folder.resolve("next-" + sagaType));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sagas that wait. */
    Set<UUID> held() {
        try (Stream<Path> files = Files.list(folder)) {
            List<UUID> ids = new ArrayList<>();
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(HELD))
                    .forEach(name -> ids.add(UUID.fromString(name.substring(HELD.length()))));
            return new HashSet<>(ids);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until one more saga than these waits.
     *
     * @param call what started it, and does not end before it
     */
    UUID awaitAnother(Set<UUID> known, String point, Future<?> call) {
        Set<UUID> others = new HashSet<>();
        Eventually.holds("a saga waits at " + point, LIMIT, () -> {
            others.addAll(held());
            others.removeAll(known);
            if (others.isEmpty() && call.isDone()) {
                throw new AssertionError("the call ended, and its saga never came to " + point + ": " + call);
            }
            return !others.isEmpty();
        });
        return others.iterator().next();
    }

    /** Lets a saga go on. */
    void release(UUID sagaId) {
        try {
            Files.deleteIfExists(folder.resolve(HELD + sagaId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets all go on; after the machine in which they wait has died, forgets them. */
    void releaseAll() {
        held().forEach(this::release);
    }
}
