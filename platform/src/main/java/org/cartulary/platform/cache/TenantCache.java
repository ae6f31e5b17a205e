package org.cartulary.platform.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one kind, kept for the tenant whose they are until its data has another version ({@link TenantVersions}), for an
 * hour, or until others are asked for more often. An answer is kept with the version that was known before it was loaded, so
 * that one which was overtaken by a change while it was loaded is not taken for current. Thread-safe.
 *
 * @param <K> what is asked; with {@code equals} and {@code hashCode}, and never changed
 * @param <V> what is answered; never changed
 */
public final class TenantCache<K, V> {

    private static final Duration LONGEST_KEPT = Duration.ofHours(1);
    private static final int BYTES_OF_AN_ENTRY = 160;

    private final TenantVersions versions;
    private final Cache<Key<K>, Entry<V>> entries;
    private final Counter hits;
    private final Counter misses;

    /**
     * An empty cache.
     *
     * @param name in kebab-case, for metrics
     * @param maxBytes about how much memory it may take
     * @param bytes about how much an answer and what was asked take
     */
    public TenantCache(TenantVersions versions, String name, long maxBytes, ToIntBiFunction<K, V> bytes) {
        this(versions, name, maxBytes, bytes, Ticker.systemTicker());
    }

    TenantCache(TenantVersions versions, String name, long maxBytes, ToIntBiFunction<K, V> bytes, Ticker ticker) {
        this.versions = versions;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Key<K> key, Entry<V> entry) -> BYTES_OF_AN_ENTRY + bytes.applyAsInt(key.key(), entry.value()))
                .expireAfterWrite(LONGEST_KEPT)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
        this.hits = counter(name, "hit");
        this.misses = counter(name, "miss");
    }

    private record Key<K>(UUID tenantId, K key) {}

    private record Entry<V>(long version, V value) {}

    private Counter counter(String name, String outcome) {
        return Counter.builder("cartulary.cache.reads")
                .description("Answers that were asked for, and whether they were kept")
                .tag("service", versions.database().service())
                .tag("cache", name)
                .tag("outcome", outcome)
                .register(versions.database().meters());
    }

    /**
     * The answer that is kept, or the one that the loader gives, which is kept then.
     *
     * @param load asks the database; several threads may do so at once. {@code null} is not kept
     * @throws IllegalStateException if a transaction is open on this thread
     */
    public @Nullable V get(K key, Supplier<? extends @Nullable V> load) {
        long version = versions.current();
        Key<K> place = new Key<>(RequestContext.currentTenant(), key);
        V kept = kept(place, version);
        if (kept != null) {
            return kept;
        }
        V loaded = load.get();
        if (loaded != null) {
            entries.put(place, new Entry<>(version, loaded));
        }
        return loaded;
    }

    /**
     * The answers to several questions, of which those that are not kept are loaded together. Those that have no answer are
     * missing.
     *
     * @param load asks the database for those keys, of which it may leave out some
     * @throws IllegalStateException if a transaction is open on this thread
     */
    public Map<K, V> getAll(Collection<K> keys, Function<Set<K>, Map<K, V>> load) {
        long version = versions.current();
        UUID tenantId = RequestContext.currentTenant();
        Map<K, V> answers = new HashMap<>();
        Set<K> missing = new LinkedHashSet<>();
        for (K key : new LinkedHashSet<>(keys)) {
            V kept = kept(new Key<>(tenantId, key), version);
            if (kept == null) {
                missing.add(key);
            } else {
                answers.put(key, kept);
            }
        }
        if (!missing.isEmpty()) {
            load.apply(missing).forEach((key, loaded) -> {
                entries.put(new Key<>(tenantId, key), new Entry<>(version, loaded));
                answers.put(key, loaded);
            });
        }
        return answers;
    }

    private @Nullable V kept(Key<K> place, long version) {
        Entry<V> entry = entries.getIfPresent(place);
        // A greater one was seen by another thread since this one asked for the version.
        if (entry != null && entry.version() >= version) {
            hits.increment();
            return entry.value();
        }
        misses.increment();
        return null;
    }
}
