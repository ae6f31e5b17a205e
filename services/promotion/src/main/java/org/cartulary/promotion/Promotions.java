package org.cartulary.promotion;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Drafts, changes, starts and ends promotions. Thread-safe. */
final class Promotions {

    private final Database database;
    private final PromotionStore store = new PromotionStore();

    Promotions(Database database) {
        this.database = database;
    }

    /** A new promotion, which is a draft. */
    PromotionView create(Transaction tx, PromotionDraft draft) {
        UUID id = Ids.next();
        if (!store.insert(tx, id, draft)) {
            throw codeTaken();
        }
        return audited(tx, "promotion.created", id);
    }

    /** Makes the promotion what the draft says. Orders that use it already keep what they got. */
    PromotionView change(UUID id, long version, PromotionDraft draft) {
        try {
            return database.inTransaction(tx -> {
                store.lock(tx, id);
                if (!store.update(tx, id, version, draft)) {
                    PromotionView found = found(tx, id);
                    throw found.status().equals("ENDED") ? ended() : ETags.stale();
                }
                if (!store.limit(tx, id, draft.totalLimit())) {
                    throw ProblemException.conflict(
                                    "limit-below-uses", "more orders than that use the promotion already")
                            .with(
                                    "/totalLimit",
                                    "below-uses",
                                    "there are " + found(tx, id).uses() + " uses");
                }
                return audited(tx, "promotion.changed", id);
            });
        } catch (DuplicateKeyException taken) {
            throw codeTaken();
        }
    }

    PromotionView activate(UUID id) {
        return database.inTransaction(tx -> {
            if (store.turn(tx, id, List.of("DRAFT"), "ACTIVE")) {
                return audited(tx, "promotion.activated", id);
            }
            PromotionView found = found(tx, id);
            if (found.status().equals("ENDED")) {
                throw ended();
            }
            return found;
        });
    }

    /** After it nobody gets to use it; orders that do keep what they got. */
    PromotionView end(UUID id) {
        return database.inTransaction(tx -> {
            store.lock(tx, id);
            return store.turn(tx, id, List.of("DRAFT", "ACTIVE"), "ENDED")
                    ? audited(tx, "promotion.ended", id)
                    : found(tx, id);
        });
    }

    PromotionView find(UUID id) {
        return database.inReadTransaction(tx -> found(tx, id));
    }

    List<PromotionView> list(@Nullable UUID before, int limit) {
        return database.inReadTransaction(tx -> store.list(tx, before, limit));
    }

    PromotionUsage usage(UUID id) {
        return database.inReadTransaction(tx -> {
            PromotionView found = found(tx, id);
            return new PromotionUsage(id, found.uses(), found.totalLimit(), store.amounts(tx, id));
        });
    }

    private PromotionView found(Transaction tx, UUID id) {
        return store.find(tx, id)
                .orElseThrow(() -> ProblemException.notFound("promotion-not-found", "there is no such promotion"));
    }

    /** What it takes off and how often; names are texts of the shop, which an entry does not hold. */
    private PromotionView audited(Transaction tx, String action, UUID id) {
        PromotionView promotion = found(tx, id);
        AuditedAct act = AuditedAct.of(action, "promotion", id)
                .with("version", promotion.version())
                .with("kind", promotion.kind().name());
        if (promotion.code() != null) {
            act = act.with("code", promotion.code());
        }
        if (promotion.basisPoints() != null) {
            act = act.with("basisPoints", promotion.basisPoints());
        }
        if (promotion.amount() != null) {
            act = act.withAmount("amount", promotion.amount());
        }
        if (promotion.totalLimit() != null) {
            act = act.with("totalLimit", promotion.totalLimit());
        }
        AuditLog.record(tx, act);
        return promotion;
    }

    private static ProblemException codeTaken() {
        return ProblemException.conflict("coupon-code-taken", "another promotion that has not ended has this code")
                .with("/code", "taken", "choose another code, or end the other promotion");
    }

    private static ProblemException ended() {
        return ProblemException.conflict("promotion-ended", "the promotion has ended, for good");
    }
}
