package org.cartulary.platform.privacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Seals and opens personal data of the current tenant, and makes the blind indexes by which it is found. Keys are asked for
 * outside of transactions, sealing needs none but the key that was got. Keys are remembered for {@link #KEPT_FOR}: for so long
 * a process may still read what was erased in another one. Thread-safe.
 */
public final class PersonalData {

    /** How long a process remembers a key, and that one is gone. */
    public static final Duration KEPT_FOR = Duration.ofSeconds(60);

    /** How many keys a process remembers at most. */
    private static final int MAX_KEYS = 20_000;

    /** Somebody has to mend it. */
    private static final Duration WITHOUT_ROOT_RETRY_AFTER = Duration.ofSeconds(30);

    private static final String EMAIL_INDEX = "index of e-mail addresses";
    private static final String GUESTS = "ids of guests";
    private static final int UUID_VERSION_8 = 8;

    private record SubjectInTenant(UUID tenantId, UUID subjectId) {}

    private record KeyInTenant(UUID tenantId, UUID keyId) {}

    private final MasterKey master;
    private final Supplier<SubjectKeySource> source;
    private final Cache<SubjectInTenant, SealingKey> bySubject;

    /** What is empty is known to be gone. */
    private final Cache<KeyInTenant, Optional<SealingKey>> byId;

    /** Never changes; until it is known every use asks for it. */
    private volatile @Nullable IndexRoot indexRoot;

    /**
     * The personal data of an installation.
     *
     * @param source asked for at the first use
     */
    public PersonalData(MasterKey master, Supplier<SubjectKeySource> source) {
        this(master, source, Ticker.systemTicker());
    }

    PersonalData(MasterKey master, Supplier<SubjectKeySource> source, Ticker ticker) {
        this.master = master;
        this.source = source;
        this.bySubject = memory(ticker);
        this.byId = memory(ticker);
    }

    private static <K, V> Cache<K, V> memory(Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterWrite(KEPT_FOR)
                .ticker(ticker)
                .build();
    }

    /**
     * The full-length blind index of an e-mail address in the current tenant, as 64 hexadecimal digits. Within a transaction only after
     * something was indexed, sealed or opened by this object.
     */
    public String emailIndex(String email) {
        return emailIndex(RequestContext.currentTenant(), email);
    }

    /** As the other, for work that has no tenant. */
    public String emailIndex(UUID tenantId, String email) {
        return indexRoot().index(tenantId, EMAIL_INDEX, EmailAddress.of(email).normalised());
    }

    /** Who buys in the current tenant under this address without an account. */
    public Subject guest(String email) {
        ByteBuffer hash = ByteBuffer.wrap(indexRoot()
                .hmac(
                        RequestContext.currentTenant(),
                        GUESTS,
                        EmailAddress.of(email).normalised()));
        return new Subject(uuid(hash.getLong(), hash.getLong()), Subject.Kind.GUEST);
    }

    /** Who buys: the customer where there is one, else whoever has the address. */
    public Subject buyer(@Nullable UUID customerId, String email) {
        return customerId == null ? guest(email) : Subject.account(customerId);
    }

    /** Not within a transaction, unless it is known already. */
    private IndexRoot indexRoot() {
        IndexRoot known = indexRoot;
        if (known == null) {
            Database.requireNoTransaction("the look-up of the root of indexes");
            known = loadedIndexRoot();
            indexRoot = known;
        }
        return known;
    }

    /** Never guessed: what is written under another root is found by nobody. */
    private IndexRoot loadedIndexRoot() {
        try {
            return master.unwrap(source.get().indexRoot());
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                ProblemException unavailable = ProblemException.unavailable(
                        "service-unavailable",
                        "the service privacy does not answer with the root of the indexes: its URL leads to a process that"
                                + " does not host it, or to one of an earlier version",
                        WITHOUT_ROOT_RETRY_AFTER);
                unavailable.initCause(e);
                throw unavailable;
            }
            throw e;
        }
    }

    private static UUID uuid(long high, long low) {
        return new UUID(
                (high & 0xFFFF_FFFF_FFFF_0FFFL) | ((long) UUID_VERSION_8 << 12),
                (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    /**
     * The key of a subject, made where there is none. Not within a transaction.
     *
     * @throws ProblemException 410 {@code person-erased} if it is an account that was erased
     */
    public SealingKey keyOf(Subject subject) {
        SealingKey key = keysOf(List.of(subject)).get(subject.id());
        if (key == null) {
            throw ProblemException.of(HttpStatus.GONE, "person-erased", "what is kept on this person was erased");
        }
        return key;
    }

    /** The keys of subjects by their ids, made where there are none; accounts that were erased have none. Not within a transaction. */
    public Map<UUID, SealingKey> keysOf(Collection<Subject> subjects) {
        UUID tenantId = RequestContext.currentTenant();
        Map<UUID, SealingKey> keys = new HashMap<>();
        List<Subject> missing = new ArrayList<>();
        for (Subject subject : new LinkedHashSet<>(subjects)) {
            SealingKey known = bySubject.getIfPresent(new SubjectInTenant(tenantId, subject.id()));
            if (known == null) {
                missing.add(subject);
            } else {
                keys.put(subject.id(), known);
            }
        }
        for (List<Subject> page : pages(missing)) {
            Database.requireNoTransaction("the look-up of keys");
            indexRoot();
            for (WrappedSubjectKey wrapped :
                    source.get().obtain(new ObtainSubjectKeys(page)).keys()) {
                keys.put(wrapped.subjectId(), remember(tenantId, wrapped));
            }
        }
        return keys;
    }

    private SealingKey remember(UUID tenantId, WrappedSubjectKey wrapped) {
        SealingKey key = master.unwrap(tenantId, wrapped);
        bySubject.put(new SubjectInTenant(tenantId, key.subjectId()), key);
        byId.put(new KeyInTenant(tenantId, key.id()), Optional.of(key));
        return key;
    }

    /**
     * A key for whoever has the address and is not known: asking for it takes as long as asking for somebody's, and what it seals
     * can be read by nobody. Not within a transaction.
     */
    public SealingKey ofNobody(String email) {
        UUID tenantId = RequestContext.currentTenant();
        UUID id = guest(email).id();
        if (byId.getIfPresent(new KeyInTenant(tenantId, id)) == null) {
            Database.requireNoTransaction("the look-up of keys");
            load(tenantId, List.of(id));
        }
        return master.throwaway(tenantId, id);
    }

    /** The text as it may be kept in that place of that row, and opened nowhere else. */
    public String seal(SealingKey key, Place place, UUID rowId, String text) {
        return SealedText.seal(key, place, rowId, text);
    }

    /** Gets the keys of sealed values, which are to be opened, by one call. Not within a transaction. */
    public void prepare(Collection<? extends @Nullable String> sealed) {
        UUID tenantId = RequestContext.currentTenant();
        Set<UUID> missing = new LinkedHashSet<>();
        for (String value : sealed) {
            if (value != null) {
                UUID keyId = SealedText.keyId(value);
                if (byId.getIfPresent(new KeyInTenant(tenantId, keyId)) == null) {
                    missing.add(keyId);
                }
            }
        }
        for (List<UUID> page : pages(List.copyOf(missing))) {
            load(tenantId, page);
        }
    }

    private void load(UUID tenantId, List<UUID> keyIds) {
        indexRoot();
        Set<UUID> gone = new LinkedHashSet<>(keyIds);
        for (WrappedSubjectKey wrapped :
                source.get().find(new FindSubjectKeys(keyIds)).keys()) {
            gone.remove(remember(tenantId, wrapped).id());
        }
        gone.forEach(keyId -> byId.put(new KeyInTenant(tenantId, keyId), Optional.empty()));
    }

    /**
     * What was sealed for that place of that row; empty where there is nothing, or where its key was destroyed. Not within a
     * transaction, since it may have to ask for the key.
     *
     * @throws IllegalStateException if it was sealed for another tenant, place or row, or was changed
     */
    public Optional<String> open(Place place, UUID rowId, @Nullable String sealed) {
        if (sealed == null) {
            return Optional.empty();
        }
        Database.requireNoTransaction("the opening of a sealed value");
        UUID tenantId = RequestContext.currentTenant();
        KeyInTenant keyId = new KeyInTenant(tenantId, SealedText.keyId(sealed));
        Optional<SealingKey> key = byId.getIfPresent(keyId);
        if (key == null) {
            load(tenantId, List.of(keyId.keyId()));
            key = byId.getIfPresent(keyId);
        }
        return key == null ? Optional.empty() : key.map(known -> SealedText.open(known, place, rowId, sealed));
    }

    /** Forgets the keys of subjects at once, in this process. */
    public void forget(UUID tenantId, Collection<UUID> subjectIds) {
        subjectIds.forEach(subjectId -> bySubject.invalidate(new SubjectInTenant(tenantId, subjectId)));
        byId.asMap()
                .entrySet()
                .removeIf(entry -> entry.getKey().tenantId().equals(tenantId)
                        && entry.getValue()
                                .map(key -> subjectIds.contains(key.subjectId()))
                                .orElse(false));
    }

    private static <T> List<List<T>> pages(List<T> all) {
        List<List<T>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ObtainSubjectKeys.MAX_SUBJECTS) {
            pages.add(all.subList(from, Math.min(all.size(), from + ObtainSubjectKeys.MAX_SUBJECTS)));
        }
        return pages;
    }
}
