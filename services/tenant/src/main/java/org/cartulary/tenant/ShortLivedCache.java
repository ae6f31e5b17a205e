package org.cartulary.tenant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Remembers answers, also that there is nothing, for {@link #LIFE}: so long may another process not see a change.
 * Thread-safe.
 */
final class ShortLivedCache<K, V> {

    static final Duration LIFE = Duration.ofSeconds(2);
    static final int MAX_ENTRIES = 10_000;

    private final Clock clock;
    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();

    ShortLivedCache(Clock clock) {
        this.clock = clock;
    }

    private record Entry<V>(Optional<V> value, Instant until) {}

    Optional<V> get(K key, Function<K, Optional<V>> load) {
        Instant now = clock.instant();
        Entry<V> entry = entries.get(key);
        if (entry != null && entry.until().isAfter(now)) {
            return entry.value();
        }
        long before = generation.get();
        Optional<V> value = load.apply(key);
        makeRoom(now);
        entries.put(key, new Entry<>(value, now.plus(LIFE)));
        if (generation.get() != before) {
            // The value was read before a change that this process has already made.
            entries.remove(key);
        }
        return value;
    }

    /** Forgets everything. */
    void clear() {
        generation.incrementAndGet();
        entries.clear();
    }

    int size() {
        return entries.size();
    }

    private void makeRoom(Instant now) {
        if (entries.size() < MAX_ENTRIES) {
            return;
        }
        entries.values().removeIf(entry -> !entry.until().isAfter(now));
        if (entries.size() >= MAX_ENTRIES) {
            entries.clear();
        }
    }
}
