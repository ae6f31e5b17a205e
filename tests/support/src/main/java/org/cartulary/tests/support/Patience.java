package org.cartulary.tests.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until there is an answer that says what became of it: what a good client does, in front of a bad network. */
public final class Patience {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(160).toNanos();

    private Patience() {}

    /**
     * The first answer that is final.
     *
     * @param call what may be repeated: it reads, or it carries the same key each time
     * @throws AssertionError if there is none in three minutes
     */
    public static HttpShop.Answer answer(Supplier<HttpShop.Answer> call) {
        return answer(call, Patience::isFinal);
    }

    /**
     * The first answer that is enough.
     *
     * @param call what may be repeated: it reads, or it carries the same key each time
     * @throws AssertionError if there is none in three minutes
     */
    public static HttpShop.Answer answer(Supplier<HttpShop.Answer> call, Predicate<HttpShop.Answer> isEnough) {
        // What is nearly done is asked for soon; who has to wait for long asks seldom, and leaves others the processor.
        long pause = FIRST_PAUSE_NANOS;
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            String last;
            try {
                HttpShop.Answer answer = call.get();
                if (isEnough.test(answer)) {
                    return answer;
                }
                last = answer.text();
            } catch (HttpShop.UnansweredException e) {
                last = String.valueOf(e.getMessage());
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + LIMIT.toSeconds() + " s still no final answer: " + last);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    /** Whether the answer says what became of the request: not that it is under way, or may be tried later. */
    public static boolean isFinal(HttpShop.Answer answer) {
        return answer.status() != 202 && isAccepted(answer);
    }

    /** Whether the request was taken on, or refused: what becomes of it may be open, but not that it may be tried later. */
    public static boolean isAccepted(HttpShop.Answer answer) {
        return answer.status() != 503
                && !answer.body().path("code").asString("").equals("request-in-progress");
    }
}
