package org.cartulary.auth;

import java.time.Duration;

/** After how long without being used page sessions end. */
final class PageIdleTime {

    private static final int MAX_MINUTES = 1440;

    private PageIdleTime() {}

    /**
     * Reads the setting.
     *
     * @throws IllegalArgumentException if it is no number of minutes up to a day
     */
    static Duration ofMinutes(String minutes) {
        String text = minutes.strip();
        if (text.matches("\\d{1,4}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MAX_MINUTES) {
                return Duration.ofMinutes(number);
            }
        }
        throw new IllegalArgumentException("cartulary.pages.idle-minutes is a whole number from 1 to " + MAX_MINUTES
                + ", not \"" + minutes + "\"");
    }
}
