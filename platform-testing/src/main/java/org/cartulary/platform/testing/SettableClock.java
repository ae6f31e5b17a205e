package org.cartulary.platform.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/** A clock in UTC that stands still until a test moves it. The database's clock goes on. Safe for several threads. */
public final class SettableClock extends Clock {

    private final Hands hands;
    private final ZoneId zone;

    /** Shared by the same clock in several time zones. */
    private static final class Hands {
        private Instant now;

        Hands(Instant now) {
            this.now = Objects.requireNonNull(now);
        }

        synchronized Instant now() {
            return now;
        }

        synchronized void set(Instant instant) {
            now = Objects.requireNonNull(instant);
        }

        synchronized void advance(Duration duration) {
            now = now.plus(duration);
        }
    }

    private SettableClock(Hands hands, ZoneId zone) {
        this.hands = hands;
        this.zone = zone;
    }

    /** A clock that shows this instant. */
    public static SettableClock at(Instant instant) {
        return new SettableClock(new Hands(instant), ZoneOffset.UTC);
    }

    /** Shows another instant, earlier or later. */
    public void set(Instant instant) {
        hands.set(instant);
    }

    /** Moves on; a negative duration moves back. */
    public void advance(Duration duration) {
        hands.advance(duration);
    }

    @Override
    public Instant instant() {
        return hands.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock, moved together with this one, in another time zone. */
    @Override
    public Clock withZone(ZoneId otherZone) {
        return new SettableClock(hands, otherZone);
    }
}
