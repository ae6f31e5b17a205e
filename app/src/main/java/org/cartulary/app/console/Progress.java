package org.cartulary.app.console;

import java.io.Console;
import java.nio.charset.Charset;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars for people: none where nobody looks at a terminal, and in ASCII where nothing else can be shown. */
public final class Progress {

    private static final int KIBIBYTE = 1024;

    private Progress() {}

    /** A bar that counts single things up to a maximum. */
    public static ProgressBar of(String task, long maximum) {
        return bar(task, maximum).build();
    }

    /** A bar that counts bytes up to a maximum, and shows KiB. */
    public static ProgressBar ofBytes(String task, long maximum) {
        return bar(task, maximum).setUnit(" KiB", KIBIBYTE).build();
    }

    /** A bar that counts single things whose number nobody knows yet. */
    public static ProgressBar ofUnknown(String task) {
        return bar(task, -1).build();
    }

    private static ProgressBarBuilder bar(String task, long maximum) {
        ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName(task).setInitialMax(maximum);
        boolean drawsBlocks = Charset.forName(System.getProperty("stderr.encoding", "US-ASCII"))
                .newEncoder()
                .canEncode('\u2588');
        builder.setStyle(drawsBlocks ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII);
        return isWatched() ? builder : builder.setConsumer(new DelegatingProgressBarConsumer(line -> {}));
    }

    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
    private static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
