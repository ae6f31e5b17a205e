package org.cartulary.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says after the journeys on a {@link JourneyTarget} how many there were, and which were left out for what reason: on the
 * standard output and in {@code target/journeys.txt}. Found by the launcher as a service; silent where there is no target.
 */
public final class JourneyReport implements TestExecutionListener {

    private static final Path FILE = Path.of("target", "journeys.txt");

    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    /** By class, the reason and how many tests it concerns. */
    private final Map<String, LeftOut> leftOut = new ConcurrentHashMap<>();

    private volatile @Nullable TestPlan plan;

    private record LeftOut(String reason, int tests) {}

    /** For the launcher. */
    public JourneyReport() {}

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        leaveOut(identifier, reason);
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed.addAndGet(identifier.isTest() ? 1 : 0);
            // A class whose preparation fails counts as one failure: none of its tests is heard of.
            case FAILED -> failed.incrementAndGet();
            case ABORTED ->
                leaveOut(
                        identifier,
                        result.getThrowable().map(Throwable::getMessage).orElse("given up"));
        }
    }

    private void leaveOut(TestIdentifier identifier, String reason) {
        TestPlan all = Objects.requireNonNull(plan, "it has begun");
        int tests = identifier.isTest()
                ? 1
                : Math.toIntExact(all.getDescendants(identifier).stream()
                        .filter(TestIdentifier::isTest)
                        .count());
        String name = identifier.isTest()
                ? all.getParent(identifier).map(TestIdentifier::getDisplayName).orElse("") + "."
                        + identifier.getDisplayName()
                : identifier.getDisplayName();
        leftOut.put(name, new LeftOut(reason, tests));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        JourneyTarget.dataDirectory().ifPresent(target -> {
            String text = text(target);
            System.out.println(text);
            try {
                Files.writeString(FILE, text + System.lineSeparator());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String text(Path target) {
        int out = leftOut.values().stream().mapToInt(LeftOut::tests).sum();
        StringBuilder text = new StringBuilder("Journeys on the platform of %s: %d passed, %d failed, %d left out"
                .formatted(target, passed.get(), failed.get(), out));
        new TreeMap<>(leftOut)
                .forEach((name, why) -> text.append(System.lineSeparator())
                        .append("  left out: %s (%d), which %s".formatted(name, why.tests(), why.reason())));
        return text.toString();
    }
}
