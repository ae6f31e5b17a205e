package org.cartulary.app.products;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.UUID;
import me.tongfei.progressbar.ProgressBar;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import org.cartulary.app.console.InterruptionNote;
import org.cartulary.app.console.Progress;
import tools.jackson.databind.JsonNode;

/**
 * Looks how far an import is until it has come to its end. The platform works on it whether anybody waits or not, and may be started again
 * meanwhile.
 */
final class WaitingForImport {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final int SHORT_LOOKS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ApiClient shop;
    private final PrintWriter out;
    private final Duration patience;

    /** Bears it for ten minutes that the platform does not answer. */
    WaitingForImport(ApiClient shop, PrintWriter out) {
        this(shop, out, PATIENCE);
    }

    WaitingForImport(ApiClient shop, PrintWriter out, Duration patience) {
        this.shop = shop;
        this.out = out;
        this.patience = patience;
    }

    /**
     * How the import ended.
     *
     * @throws ApiException if there is no such import, or the platform does not answer for too long; the import may be waited for again
     */
    JsonNode until(String path, UUID importId) {
        String note = "The import goes on; ./cartulary products import --resume=" + importId + " waits for it again.";
        try (ProgressBar progress = Progress.ofUnknown("products");
                InterruptionNote _ = new InterruptionNote(out, () -> note).open()) {
            long answered = System.nanoTime();
            for (int look = 0; ; look++) {
                try {
                    JsonNode now = shop.get(path);
                    answered = System.nanoTime();
                    progress.stepTo(now.path("lines").asLong());
                    if (now.hasNonNull("finishedAt")) {
                        return now;
                    }
                } catch (ApiException e) {
                    if (!mayPass(e)) {
                        throw e;
                    }
                    if (System.nanoTime() - answered > patience.toNanos()) {
                        throw new ApiException(e.status(), e.code(), e.getMessage() + "\n" + note);
                    }
                }
                pause(look < SHORT_LOOKS ? SHORT : LONG);
            }
        }
    }

    private static boolean mayPass(ApiException failure) {
        return failure.code().equals("no-answer") || failure.status() == 429 || failure.status() >= 500;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(0, "interrupted", "interrupted while the platform worked");
        }
    }
}
