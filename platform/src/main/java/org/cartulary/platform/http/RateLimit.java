package org.cartulary.platform.http;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often somebody may ask: so many calls at once, and as many again in each window, of which a part comes back all the time.
 *
 * @param quota the number of calls, 0 for no limit
 * @param window in which the quota comes back, at least a second
 */
public record RateLimit(long quota, Duration window) {

    /** No limit. */
    public static final RateLimit NONE = new RateLimit(0, Duration.ofSeconds(1));

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})/(\\d{1,5})([smh])");
    private static final String OFF = "off";

    public RateLimit {
        if (quota < 0 || window.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("no limit: " + quota + " calls in " + window);
        }
    }

    /**
     * Reads {@code 300/60s}, with {@code s}, {@code m} or {@code h} for the unit of the window, or {@code off}.
     *
     * @throws IllegalArgumentException if it is written in another way
     */
    public static RateLimit parse(String text) {
        String stripped = text.strip().toLowerCase(Locale.ROOT);
        if (stripped.equals(OFF)) {
            return NONE;
        }
        Matcher parts = WRITTEN.matcher(stripped);
        if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
            throw new IllegalArgumentException("a limit is written 300/60s, or off, not \"" + text + "\"");
        }
        long count = Long.parseLong(parts.group(2));
        Duration window = switch (parts.group(3)) {
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
        return new RateLimit(Long.parseLong(parts.group(1)), window);
    }

    /** Whether everybody may ask as often as they like. */
    public boolean isNone() {
        return quota == 0;
    }
}
