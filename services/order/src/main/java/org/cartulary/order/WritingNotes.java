package org.cartulary.order;

import java.util.UUID;
import org.cartulary.order.NoteStore.Writing;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** Keeps what those who run a shop note on its orders. Thread-safe. */
record WritingNotes(NoteStore store, SealingWords sealing, Idempotency idempotency) {

    /**
     * Writes a note.
     *
     * @throws ProblemException 404 {@code order-not-found}; 409 {@code too-many-notes}; 410 {@code person-erased}
     */
    StoredAnswer<WrittenNote> write(UUID orderId, WriteNote request, @Nullable String key) {
        UUID noteId = Ids.next();
        String sealed = sealing.sealNote(orderId, noteId, request.text());
        return idempotency.once(
                new Idempotency.Request("POST /api/v1/admin/orders/" + orderId + "/notes", key, request),
                WrittenNote.class,
                tx -> Answer.created(
                        written(
                                orderId,
                                noteId,
                                store.write(tx, orderId, noteId, sealed, request.isVisibleToCustomer())
                                        .orElseThrow(SendingOrder::noSuchOrder)),
                        "/api/v1/admin/orders/" + orderId + "/notes"));
    }

    private static WrittenNote written(UUID orderId, UUID noteId, Writing writing) {
        return switch (writing) {
            case Writing.Written written -> new WrittenNote(orderId, noteId, written.createdAt());
            case Writing.BuyerErased() -> throw ProblemException.gone("person-erased", "who bought was erased");
            case Writing.TooMany() ->
                throw ProblemException.conflict(
                        "too-many-notes", "an order has at most " + NoteStore.MAX_NOTES + " notes");
        };
    }
}
