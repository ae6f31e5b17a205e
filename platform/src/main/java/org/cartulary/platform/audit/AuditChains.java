package org.cartulary.platform.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;

/** Reads the chains of a database from their beginnings, and finds the first place of each at which it was altered. */
public final class AuditChains {

    private static final int ENTRIES_A_PAGE = 1_000;

    private AuditChains() {}

    /** What the database says the last entry of a chain is. */
    private record Head(UUID tenantId, long number, Hash hash) {}

    /**
     * Reads all chains, in one snapshot.
     *
     * @param tx sees all tenants' rows
     * @param anchors ends that were kept outside; those of other services are left aside
     */
    public static List<AuditChain> check(Transaction tx, String service, Collection<AuditAnchor> anchors) {
        SortedMap<UUID, Walk> walks = new TreeMap<>();
        Map<UUID, List<AuditAnchor>> ofThisService = anchors.stream()
                .filter(anchor -> anchor.service().equals(service))
                .collect(Collectors.groupingBy(AuditAnchor::tenantId));
        Function<UUID, Walk> begin = tenantId -> new Walk(ofThisService.getOrDefault(tenantId, List.of()));
        ofThisService.keySet().forEach(tenantId -> walks.computeIfAbsent(tenantId, begin));
        readAll(tx, entry -> walks.computeIfAbsent(entry.tenantId(), begin).next(entry));
        heads(tx).forEach(head -> walks.computeIfAbsent(head.tenantId(), begin).end(head));
        return walks.entrySet().stream()
                .map(walk -> walk.getValue().result(service, walk.getKey()))
                .toList();
    }

    /** The invariant {@code audit-chains-are-whole}, of chains that were read. */
    public static InvariantResult invariant(String service, List<AuditChain> chains) {
        List<String> examples = chains.stream()
                .filter(chain -> chain.broken() != null)
                .map(chain -> "chain of tenant " + chain.tenantId() + " at entry "
                        + Objects.requireNonNull(chain.broken()).number() + ": "
                        + chain.broken().detail())
                .toList();
        return new InvariantResult(
                service,
                "audit-chains-are-whole",
                "every entry of the audit log is what was written, and follows the one before it",
                chains.stream().mapToLong(chain -> chain.entries() + 1).sum(),
                examples.size(),
                examples.stream().limit(InvariantResult.MAX_EXAMPLES).toList());
    }

    private static void readAll(Transaction tx, Consumer<ChainedEntry> reader) {
        UUID tenantId = new UUID(0, 0);
        long number = Long.MIN_VALUE;
        List<ChainedEntry> page;
        do {
            page = tx.jdbc()
                    .sql("""
                            SELECT tenant_id, number, id, recorded_at, principal_kind, principal_id, trace_id, action,
                                   subject_kind, subject_id, details, previous_hash, hash
                            FROM audit_log
                            WHERE (tenant_id, number) > (:tenantId, :number)
                            ORDER BY tenant_id, number
                            LIMIT :limit
                            """)
                    .param("tenantId", tenantId)
                    .param("number", number)
                    .param("limit", ENTRIES_A_PAGE)
                    .query(ChainedEntry::read)
                    .list();
            page.forEach(reader);
            if (!page.isEmpty()) {
                tenantId = page.getLast().tenantId();
                number = page.getLast().number();
            }
        } while (page.size() == ENTRIES_A_PAGE);
    }

    private static List<Head> heads(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT tenant_id, number, hash FROM audit_heads ORDER BY tenant_id")
                .query((row, index) -> new Head(
                        row.getObject("tenant_id", UUID.class), row.getLong("number"), Hash.of(row.getBytes("hash"))))
                .list();
    }

    /** One chain, entry by entry. Behind the first break nothing is looked at. Not thread-safe. */
    private static final class Walk {

        private final List<AuditAnchor> anchors;
        private long number;
        private Hash hash = Hash.NONE;
        private boolean hasHead;
        private AuditChain.@Nullable Break broken;

        Walk(List<AuditAnchor> anchors) {
            this.anchors = new ArrayList<>(anchors);
        }

        void next(ChainedEntry entry) {
            if (broken != null) {
                return;
            }
            if (entry.number() != number + 1) {
                breakAt(number + 1, "it is missing; the next one is " + entry.number());
            } else if (!entry.previousHash().equals(hash)) {
                breakAt(entry.number(), "it does not follow the entry before it");
            } else if (!entry.reckonedHash().equals(entry.hash())) {
                breakAt(entry.number(), "it is not what was written");
            } else {
                number = entry.number();
                hash = entry.hash();
                compareWithAnchors();
            }
        }

        /** The entries before are whole, so one that is not the anchored one is of a chain that was written anew. */
        private void compareWithAnchors() {
            boolean differs = anchors.stream()
                    .anyMatch(anchor ->
                            anchor.number() == number && !anchor.hash().equals(hash.toString()));
            if (differs) {
                breakAt(number, "it is not the entry that was anchored: the chain was written anew");
            }
        }

        void end(Head head) {
            hasHead = true;
            if (broken != null) {
                return;
            }
            if (head.number() != number) {
                breakAt(
                        Math.min(head.number(), number) + 1,
                        "the chain ends at " + number + ", its head says " + head.number());
            } else if (!head.hash().equals(hash)) {
                breakAt(number, "its head has another hash");
            }
        }

        AuditChain result(String service, UUID tenantId) {
            if (broken == null && !hasHead && number > 0) {
                breakAt(1, "the chain has no head");
            }
            if (broken == null) {
                anchors.stream()
                        .filter(anchor -> anchor.number() > number)
                        .findFirst()
                        .ifPresent(anchor ->
                                breakAt(number + 1, "it is missing: the entry " + anchor.number() + " was anchored"));
            }
            return new AuditChain(service, tenantId, number, hash.toString(), broken);
        }

        private void breakAt(long place, String detail) {
            broken = new AuditChain.Break(place, detail);
        }
    }
}
