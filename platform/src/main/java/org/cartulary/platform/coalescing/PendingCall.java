package org.cartulary.platform.coalescing;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.platform.database.SqlUse;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** A call on its way: it waits, until either its caller takes it back or a batch takes it along. */
final class PendingCall<C, R extends @Nullable Object> {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private enum Stage {
        WAITING,
        TAKEN_ALONG,
        TAKEN_BACK
    }

    private final Coalescer<C, R> kind;
    private final UUID tenantId;
    private final Call<C> call;
    private final @Nullable SqlUse caller = SqlUse.currentOrNull();
    private final long submittedAtNanos = System.nanoTime();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final CompletableFuture<R> answer = new CompletableFuture<>();

    PendingCall(Coalescer<C, R> kind, UUID tenantId, Call<C> call) {
        this.kind = kind;
        this.tenantId = tenantId;
        this.call = call;
    }

    Coalescer<C, R> kind() {
        return kind;
    }

    UUID tenantId() {
        return tenantId;
    }

    Call<C> call() {
        return call;
    }

    /** Whether a batch may take it along; from then on its caller waits for what comes of it. */
    boolean takeAlong() {
        return stage.compareAndSet(Stage.WAITING, Stage.TAKEN_ALONG);
    }

    /** Notes how long it has waited for its turn. */
    void measureWait() {
        kind.waitTime().record(System.nanoTime() - submittedAtNanos, TimeUnit.NANOSECONDS);
    }

    private boolean takeBack() {
        return stage.compareAndSet(Stage.WAITING, Stage.TAKEN_BACK);
    }

    /** Counts what a batch of that many calls has cost as the caller's. */
    void charge(SqlUse batch, int calls) {
        if (caller != null) {
            caller.addShareOf(batch, calls);
        }
    }

    boolean keepsTexts() {
        return caller != null && caller.keepsTexts();
    }

    void answer(R result) {
        answer.complete(result);
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    /** Takes the call back, and tells its caller, if it has waited for its turn for longer than that. */
    void loseThePatienceOf(Duration longestWait) {
        if (System.nanoTime() - submittedAtNanos >= longestWait.toNanos() && takeBack()) {
            fail(overloaded("it has waited " + longestWait.toMillis() + " ms for its turn"));
        }
    }

    /**
     * Waits for the answer. A caller that is interrupted leaves if its call still waits for its turn; one whose call is under
     * way stays to hear what came of it.
     */
    R await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (takeBack()) {
                        throw overloaded("its caller was interrupted");
                    }
                }
            }
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNull(e.getCause()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the batch's thread threw, so that it can be handled as if it had been thrown here. */
    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException fault ? fault : new IllegalStateException("a batch failed", cause);
    }

    private ProblemException overloaded(String why) {
        return overloaded(kind.name(), why);
    }

    static ProblemException overloaded(String kind, String why) {
        return ProblemException.unavailable(
                "overloaded", "there is too much to do at once: " + kind + ": " + why, TRY_AGAIN);
    }
}
