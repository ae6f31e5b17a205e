package org.cartulary.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.platform.database.Shop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JobsDbTest {

    private static final Shop SHOP = new Shop();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    @Test
    @Tag("PLT-22")
    void aJobRunsOnceInAClusterIsRunByHandAndRecordsItsLastResult() throws InterruptedException {
        var runs = new AtomicInteger();
        var job = new Job("counting", Duration.ofHours(1), () -> {
            if (runs.incrementAndGet() == 2) {
                throw new IllegalStateException("the second run fails");
            }
        });
        try (var one = new Jobs(SHOP.database, List.of(job));
                var other = new Jobs(SHOP.database, List.of(job))) {
            assertThat(one.lastResult("counting")).isNull();
            one.start();
            other.start();
            Shop.await(() -> ended(one, "succeeded"));
            assertThat(runs).hasValue(1);
            Shop.await(() -> other.runNow("counting"));
            Shop.await(() -> ended(one, "failed"));
            assertThat(one.lastResult("counting")).satisfies(result -> {
                assertThat(result.error()).contains("the second run fails");
                assertThat(result.runs()).isEqualTo(2);
            });
            assertThatIllegalArgumentException().isThrownBy(() -> one.runNow("unknown"));
        }
        assertThat(runs).hasValue(2);
    }

    @Test
    @Tag("PLT-12")
    void aJobOfEveryNodeRunsOnEachAtItsIntervalThoughItFails() throws InterruptedException {
        var runsOfOne = new AtomicInteger();
        var runsOfOther = new AtomicInteger();
        try (var one = new Jobs(SHOP.database, List.of(everywhere(runsOfOne)));
                var other = new Jobs(SHOP.database, List.of(everywhere(runsOfOther)))) {
            one.start();
            other.start();
            Shop.await(() -> runsOfOne.get() >= 2 && runsOfOther.get() >= 2);
            assertThat(one.runNow("everywhere")).isTrue();
            Shop.await(() -> one.results().stream()
                    .anyMatch(result -> result.name().equals("everywhere") && result.runs() >= 5));
        }
    }

    @Test
    @Tag("PLT-12")
    void aJobGoesOnAfterAnErrorWhichIsRecorded() throws InterruptedException {
        var runs = new AtomicInteger();
        var job = Job.onEveryNode("overflowing", Duration.ofSeconds(1), () -> {
            runs.incrementAndGet();
            throw new StackOverflowError("too deep");
        });
        try (var jobs = new Jobs(SHOP.database, List.of(job))) {
            jobs.start();
            Shop.await(() -> runs.get() >= 2);
            Shop.await(() -> jobs.results().stream()
                    .anyMatch(result -> result.name().equals("overflowing")
                            && result.status().equals("failed")
                            && String.valueOf(result.error()).contains("too deep")));
        }
    }

    private static Job everywhere(AtomicInteger runs) {
        return Job.onEveryNode("everywhere", Duration.ofSeconds(1), () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("the first run fails");
            }
        });
    }

    private static boolean ended(Jobs jobs, String status) {
        return jobs.results().stream()
                .anyMatch(result ->
                        result.name().equals("counting") && result.status().equals(status));
    }
}
