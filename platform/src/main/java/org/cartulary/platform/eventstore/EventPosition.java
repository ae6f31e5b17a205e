package org.cartulary.platform.eventstore;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the feed of one database: everything up to an event. Immutable; to be kept and handed back unchanged, and never
 * used with another database. In JSON it is a text.
 *
 * @param transaction the transaction that wrote the event, 0 or more
 * @param sequence tells apart the events of one transaction, 0 or more
 */
public record EventPosition(long transaction, long sequence) implements Comparable<EventPosition> {

    /** Before all events. */
    public static final EventPosition START = new EventPosition(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,19})-(\\d{1,19})");
    private static final Comparator<EventPosition> ORDER =
            Comparator.comparingLong(EventPosition::transaction).thenComparingLong(EventPosition::sequence);

    public EventPosition {
        if (transaction < 0 || sequence < 0) {
            throw new IllegalArgumentException(transaction + "-" + sequence + " is no position");
        }
    }

    /**
     * The position that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it is not one
     */
    @JsonCreator
    public static EventPosition parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no position in a feed");
        }
        return new EventPosition(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public int compareTo(EventPosition other) {
        return ORDER.compare(this, other);
    }

    /** The transaction and the sequence, with a hyphen between them. */
    @Override
    @JsonValue
    public String toString() {
        return transaction + "-" + sequence;
    }
}
