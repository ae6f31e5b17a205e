package org.cartulary.app.retail;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import me.tongfei.progressbar.ProgressBar;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.console.Progress;
import org.jspecify.annotations.Nullable;

/** What the command line does with the data set. */
public final class OnlineRetail {

    private final ApiClient operator;
    private final PrintWriter out;

    /** Works as the platform's operator and says on {@code out} what it did. */
    public OnlineRetail(ApiClient operator, PrintWriter out) {
        this.operator = operator;
        this.out = out;
    }

    /** Imports the file; false where it holds lines that cannot be read. */
    public boolean importFile(Path file) {
        RetailFile.Content content = read(file);
        RetailReport report = new RetailReport(out);
        report.lines(content);
        report.imported(new ImportingOnlineRetail(operator).run(RetailDataset.of(content.lines())));
        return content.bad().isEmpty();
    }

    /**
     * Replays the file and compares; false where anything differs.
     *
     * @param until the first day that is left out, {@code null} for all days
     * @param clients how many orders are placed at the same time
     */
    public boolean replayFile(Path file, @Nullable LocalDate until, int clients) {
        RetailFile.Content content = read(file);
        RetailReport report = new RetailReport(out);
        report.lines(content);
        ReplayingOnlineRetail replaying = new ReplayingOnlineRetail(operator, clients, out);
        return report.compared(replaying.run(RetailDataset.of(content.lines()), until));
    }

    private static RetailFile.Content read(Path file) {
        try (ProgressBar progress = Progress.ofBytes("reading", RetailFile.sizeOf(file))) {
            return RetailFile.read(file, progress::stepTo);
        }
    }
}
