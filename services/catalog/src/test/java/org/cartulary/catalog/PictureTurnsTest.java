package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.platform.http.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CAT-01")
class PictureTurnsTest {

    private static final int SENT = 7;
    private static final byte[] PICTURE = Pictures.png(2, 2, BufferedImage.TYPE_INT_RGB, 0);

    /** Does something while the only turn is taken. */
    private static void whileAnotherWorks(PictureTurns turns, Runnable meanwhile) throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> work = threads.submit(() -> turns.take(() -> {
                atWork.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return true;
            }));
            try {
                atWork.await();
                meanwhile.run();
            } finally {
                mayEnd.countDown();
            }
            assertThat(work.get()).isTrue();
        }
    }

    private static ProblemException refusal(RenderingPictures rendering) {
        return catchThrowableOfType(ProblemException.class, () -> rendering.render(PICTURE));
    }

    @Test
    void whoHasWaitedLongEnoughIsToldToComeAgainAndThenIsServed() throws Exception {
        PictureTurns turns = new PictureTurns(1, Duration.ZERO);
        RenderingPictures rendering = new RenderingPictures(turns);
        whileAnotherWorks(turns, () -> {
            ProblemException refusal = refusal(rendering);
            assertThat(refusal.code()).isEqualTo("overloaded");
            assertThat(refusal.status().value()).isEqualTo(503);
            assertThat(refusal.retryAfter()).isPositive();
        });
        assertThat(rendering.render(PICTURE)).hasSize(RenderingPictures.SIZES.size());
    }

    @Test
    void noMoreWaitThanMay() throws Exception {
        PictureTurns turns = new PictureTurns(0, Duration.ZERO);
        RenderingPictures rendering = new RenderingPictures(turns);
        whileAnotherWorks(
                turns,
                () -> assertThat(refusal(rendering))
                        .hasMessageContaining("too many")
                        .extracting(ProblemException::code)
                        .isEqualTo("overloaded"));
        assertThat(rendering.render(PICTURE)).isNotEmpty();
    }

    @Test
    void oneIsAtWorkAtATimeAndWhoeverMayWaitIsServed() throws Exception {
        PictureTurns turns = new PictureTurns(SENT - 1, Duration.ofDays(1));
        RenderingPictures rendering = new RenderingPictures();
        AtomicInteger atWork = new AtomicInteger();
        List<Future<Integer>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENT; i++) {
                results.add(threads.submit(() -> turns.take(() -> {
                    int together = atWork.incrementAndGet();
                    rendering.render(PICTURE);
                    atWork.decrementAndGet();
                    return together;
                })));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isOne();
            }
        }
    }
}
