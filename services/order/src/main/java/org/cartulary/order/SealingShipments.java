package org.cartulary.order;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals what leads from a parcel to whoever gets it: its number, where it is followed, and what is said of its way. Not within a
 * transaction. Thread-safe.
 */
record SealingShipments(Database database, SealingOrders sealing, JsonMapper json) {

    /** What is said of a parcel's way. */
    record Words(@Nullable String place, @Nullable String note) {

        @Override
        public String toString() {
            return "Words[]";
        }
    }

    /** How a parcel is followed; the number and the address only while the buyer is not forgotten. */
    ShipmentStore.SealedTracking seal(UUID orderId, UUID shipmentId, ShipmentTracking tracking) {
        Optional<Subject> buyer =
                tracking.trackingNumber() == null && tracking.trackingUrl() == null ? Optional.empty() : buyer(orderId);
        return new ShipmentStore.SealedTracking(
                tracking.carrier(),
                buyer.map(subject ->
                                seal(subject, SealingOrders.TRACKING_NUMBER, shipmentId, tracking.trackingNumber()))
                        .orElse(null),
                buyer.map(subject -> seal(subject, SealingOrders.TRACKING_URL, shipmentId, tracking.trackingUrl()))
                        .orElse(null),
                tracking.estimatedDelivery());
    }

    /** What is said of a change; {@code null} where there is nothing to keep. */
    @Nullable String sealWords(UUID orderId, UUID shipmentId, @Nullable String place, @Nullable String note) {
        if (place == null && note == null) {
            return null;
        }
        String words = json.writeValueAsString(new Words(place, note));
        return buyer(orderId)
                .map(subject -> sealing.seal(subject, SealingOrders.SHIPMENT_WORDS, shipmentId, words))
                .orElse(null);
    }

    private @Nullable String seal(Subject buyer, Place place, UUID shipmentId, @Nullable String text) {
        return text == null ? null : sealing.seal(buyer, place, shipmentId, text);
    }

    /** Whether the buyer is forgotten meanwhile, the statement that keeps it decides. */
    private Optional<Subject> buyer(UUID orderId) {
        return database.inReadTransaction(tx -> OrderStore.buyer(tx, orderId));
    }
}
