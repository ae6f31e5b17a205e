package org.cartulary.platform.context;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Trace ids as W3C Trace Context defines them: 32 lower-case hexadecimal digits, not all zero. Thread-safe. */
public final class TraceIds {

    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final HexFormat HEX = HexFormat.of();

    private TraceIds() {}

    /** A new random trace id. */
    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long low;
        do {
            low = random.nextLong();
        } while (low == 0);
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(low);
    }

    /** The trace id of a {@code traceparent} header, or a new one where the header is missing or malformed. */
    public static String fromTraceParent(@Nullable String header) {
        if (header != null) {
            var matcher = TRACE_PARENT.matcher(header);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return next();
    }

    /** A {@code traceparent} header that names the trace and a new span. */
    public static String toTraceParent(String traceId) {
        long span;
        do {
            span = ThreadLocalRandom.current().nextLong();
        } while (span == 0);
        return "00-" + traceId + "-" + HEX.toHexDigits(span) + "-01";
    }
}
