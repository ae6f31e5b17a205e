package org.cartulary.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-25")
class BatchesTest {

    private static long work(AtomicInteger left, int size) {
        return Batches.work(size, most -> {
            int done = Math.min(most, left.get());
            left.addAndGet(-done);
            return done;
        });
    }

    @Test
    void allThereIsIsDone() {
        for (int there : new int[] {0, 9, 10, 11, 25}) {
            AtomicInteger left = new AtomicInteger(there);
            assertThat(work(left, 10)).isEqualTo(there);
            assertThat(left).hasValue(0);
        }
    }

    @Test
    void whatDoesNotEndIsLeftToTheNextRun() {
        AtomicInteger batches = new AtomicInteger();
        assertThat(Batches.work(1, _ -> {
                    batches.incrementAndGet();
                    return 1;
                }))
                .isEqualTo(100);
        assertThat(batches).hasValue(100);
    }
}
