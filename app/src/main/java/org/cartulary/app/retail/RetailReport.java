package org.cartulary.app.retail;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/** Prints what an import or a replay did. */
final class RetailReport {

    private static final int MAX_BAD_LINES = 50;
    private static final String ROW = "%-8s %9s %9s %11s %16s %16s %14s%n";

    private final PrintWriter out;

    RetailReport(PrintWriter out) {
        this.out = out;
    }

    void lines(RetailFile.Content content) {
        long sales = content.lines().stream().filter(RetailLine::isSale).count();
        out.printf(
                Locale.ROOT,
                "%,d lines read: %,d sales, %,d cancellations, adjustments and free items left out, %,d bad%n",
                content.lines().size() + content.bad().size(),
                sales,
                content.lines().size() - sales,
                content.bad().size());
        content.bad().stream()
                .limit(MAX_BAD_LINES)
                .forEach(bad -> out.printf("  line %d: %s%n", bad.lineNumber(), bad.reason()));
        if (content.bad().size() > MAX_BAD_LINES) {
            out.printf("  … and %,d more%n", content.bad().size() - MAX_BAD_LINES);
        }
        out.flush();
    }

    void imported(ImportingOnlineRetail.Result result) {
        result.outcomes().forEach((kind, counts) -> {
            out.printf("  %-16s", kind);
            counts.forEach((outcome, count) -> out.printf(Locale.ROOT, " %,d %s", count, outcome));
            out.println();
        });
        out.println(result.changed() ? "Imported." : "Nothing has changed.");
        out.flush();
    }

    /** Prints the comparison and says whether all figures are equal. */
    boolean compared(ReplayingOnlineRetail.Result result) {
        Histogram latencies = result.latencies();
        out.printf(
                Locale.ROOT,
                "%,d orders in %.1f s: %.1f orders/s; an order took p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, at most %.1f ms%n%n",
                result.placed(),
                result.seconds(),
                result.placed() / Math.max(0.001, result.seconds()),
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(95) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getMaxValue() / 1e3);
        failures(result.failures());
        out.printf(ROW, "month", "orders", "lines", "units", "platform", "file", "difference");
        SortedSet<YearMonth> months = new TreeSet<>(result.file().months().keySet());
        months.addAll(result.platform().months().keySet());
        boolean equal = true;
        for (YearMonth month : months) {
            equal &= row(
                    month.toString(), result.platform().of(month), result.file().of(month));
        }
        equal &= row("total", result.platform().total(), result.file().total());
        out.println(equal ? "The platform and the file agree." : "The platform and the file differ.");
        out.flush();
        return equal && result.failures().isEmpty();
    }

    private void failures(List<String> failures) {
        failures.forEach(failure -> out.printf("  not placed: %s%n", failure));
    }

    private boolean row(String month, MonthlySales.Figures platform, MonthlySales.Figures file) {
        BigDecimal difference = platform.total().subtract(file.total());
        boolean equal = platform.equalTo(file);
        out.printf(
                ROW,
                month,
                figure(platform.orders(), file.orders()),
                figure(platform.lines(), file.lines()),
                figure(platform.units(), file.units()),
                platform.total().toPlainString(),
                file.total().toPlainString(),
                difference.toPlainString());
        return equal;
    }

    /** The platform's figure, with the difference to the file's where there is one. */
    private static String figure(long platform, long file) {
        return platform == file ? Long.toString(platform) : platform + "(%+d)".formatted(platform - file);
    }
}
