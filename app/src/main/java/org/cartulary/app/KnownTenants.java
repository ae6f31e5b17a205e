package org.cartulary.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Whose shop a host name is, and whether a tenant is active, as the directory of tenants says. Where the directory is in
 * another process its answers are remembered for {@link #MEMORY_OF_REMOTE_TENANTS}; with the {@code 2 s} for which a directory
 * remembers what another one has changed, a suspension is known everywhere after 5 s. Thread-safe.
 */
final class KnownTenants {

    /** How long an answer is believed where the directory of tenants is in another process. */
    static final Duration MEMORY_OF_REMOTE_TENANTS = Duration.ofSeconds(3);
    /** How long it is believed while that process does not answer: a known shop goes on selling. */
    private static final Duration MEMORY_WITHOUT_DIRECTORY = Duration.ofMinutes(10);

    private static final int MAX_REMEMBERED = 10_000;

    private final TenantApi directory;
    private final Duration memory;
    private final Clock clock;
    private final Map<String, Remembered> byHost = new ConcurrentHashMap<>();
    private final Map<UUID, Remembered> byId = new ConcurrentHashMap<>();

    /**
     * What is known through this directory.
     *
     * @param memory how long an answer is remembered; zero where asking costs nothing
     */
    KnownTenants(TenantApi directory, Duration memory, Clock clock) {
        this.directory = directory;
        this.memory = memory;
        this.clock = clock;
    }

    private record Remembered(UUID id, boolean active, Instant askedAt) {}

    /** The tenant of a host name in lower case, suspended or not; {@code null} if there is none. */
    @Nullable UUID ofHost(String host) {
        Remembered known = recall(byHost, host, () -> directory.findByHost(new FindTenantByHost(host)));
        return known == null ? null : known.id();
    }

    /** Whether the tenant exists and is not suspended. */
    boolean isActive(UUID id) {
        Remembered known = recall(byId, id, () -> directory.find(new FindTenant(id)));
        return known != null && known.active();
    }

    private <K> @Nullable Remembered recall(Map<K, Remembered> answers, K key, Supplier<@Nullable Tenant> question) {
        Instant now = clock.instant();
        Remembered remembered = answers.get(key);
        if (remembered != null && now.isBefore(remembered.askedAt().plus(memory))) {
            return remembered;
        }
        try {
            Tenant tenant = question.get();
            Remembered answer = tenant == null ? null : new Remembered(tenant.id(), tenant.active(), now);
            remember(answers, key, answer);
            return answer;
        } catch (ProblemException e) {
            boolean directoryIsAway = e.status() == HttpStatus.SERVICE_UNAVAILABLE;
            if (directoryIsAway
                    && remembered != null
                    && now.isBefore(remembered.askedAt().plus(MEMORY_WITHOUT_DIRECTORY))) {
                return remembered;
            }
            throw e;
        }
    }

    private <K> void remember(Map<K, Remembered> answers, K key, @Nullable Remembered answer) {
        if (answer == null || memory.isZero()) {
            answers.remove(key);
            return;
        }
        put(answers, key, answer);
        // Whoever comes by a host name asks next whether its shop is open.
        put(byId, answer.id(), answer);
    }

    private static <K> void put(Map<K, Remembered> answers, K key, Remembered answer) {
        if (answers.size() >= MAX_REMEMBERED) {
            answers.clear();
        }
        answers.put(key, answer);
    }
}
