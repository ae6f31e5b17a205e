package org.cartulary.checkout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;

/** Reads checkouts for those who may see them; what is asked for at the same time is read together. Thread-safe. */
final class ReadingCheckouts {

    private final CheckoutStore store;
    private final SealingCheckouts sealing;
    private final Coalescer<UUID, Optional<CheckoutSession>> finder;

    ReadingCheckouts(Database database, CheckoutStore store, SealingCheckouts sealing) {
        this.store = store;
        this.sealing = sealing;
        this.finder = Coalescing.of(database).together("find-checkout", this::findAll);
    }

    /** The checkout; one that the caller may not see is not there. */
    CheckoutSession find(UUID id) {
        CheckoutSession found = finder.call(id)
                .filter(session -> session.isOpenTo(RequestContext.current().principal()))
                .orElseThrow(CheckoutProblems::notFound);
        return sealing.open(found);
    }

    private List<Optional<CheckoutSession>> findAll(Transaction tx, List<Call<UUID>> calls) {
        List<UUID> ids = calls.stream().map(Call::command).toList();
        Map<UUID, CheckoutSession> found = store.findAll(tx, ids);
        return ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
    }
}
