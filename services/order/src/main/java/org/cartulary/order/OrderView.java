package org.cartulary.order;

import static org.cartulary.platform.audit.PersonalDataCategory.ADDRESS;
import static org.cartulary.platform.audit.PersonalDataCategory.EMAIL;
import static org.cartulary.platform.audit.PersonalDataCategory.FREE_FORM;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A complete order as its buyer and the shop see it.
 *
 * @param tax on top of the prices
 * @param includedTax what of the prices is tax
 * @param adjustments the steps from the subtotal to the total: what each falls on, and why; empty for orders that an earlier
 *     version wrote
 * @param notes what the buyer wrote with the order
 * @param notesOfShop what the shop noted on it, the earliest first; a buyer sees those that are meant for buyers
 * @param email {@code null} once the buyer was erased, and so are the addresses
 */
record OrderView(
        UUID id,
        String orderNumber,
        @Nullable UUID customerId,
        @Personal(EMAIL) @Nullable String email,
        String status,
        Money subtotal,
        Money tax,
        Money includedTax,
        Money shipping,
        Money discount,
        Money total,
        List<Adjustment> adjustments,
        Money refunded,
        int lineCount,
        long unitCount,
        Payment payment,
        @Nullable UUID shippingMethodId,
        @Nullable String shippingMethodName,
        @Nullable String couponCode,
        @Nullable String externalReference,
        @Personal(FREE_FORM) @Nullable String notes,
        Instant placedAt,
        @Nullable Instant paidAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant cancelledAt,
        @Nullable Instant completedAt,
        long version,
        List<Item> items,
        Addresses addresses,
        List<Shipment> shipments,
        List<Withdrawal> withdrawals,
        List<Refund> refunds,
        List<Note> notesOfShop,
        List<StatusChange> history)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("order", id, customerId);
    }

    /** What the order service knows of the payment. */
    record Payment(@Nullable UUID id, @Nullable String method, String status) {}

    /**
     * A line, as it was when the order was placed, and where its units are.
     *
     * @param packed units in parcels that are not cancelled, failed or returned
     * @param sent of these, units in parcels that have left
     * @param delivered of these, units that have arrived
     * @param withdrawn units that will not be sent
     */
    record Item(
            UUID id,
            int lineNumber,
            UUID productId,
            String sku,
            String name,
            @Nullable String imageUrl,
            int quantity,
            Money unitPrice,
            Money discount,
            Money tax,
            Money includedTax,
            Money total,
            int packed,
            int sent,
            int delivered,
            int withdrawn) {}

    /** Where the order goes, and where the invoice goes. */
    record Addresses(@Nullable Address shipping, @Nullable Address billing) {}

    /**
     * A parcel. Its number and where it is followed are told until the buyer is erased.
     *
     * @param status PENDING, SHIPPED, IN_TRANSIT, DELIVERED, CANCELLED, FAILED or RETURNED; what lay in the last three is to be
     *     packed anew or withdrawn
     */
    record Shipment(
            UUID id,
            String status,
            @Nullable String carrier,
            @Personal(ADDRESS) @Nullable String trackingNumber,
            @Personal(ADDRESS) @Nullable String trackingUrl,
            @Nullable LocalDate estimatedDelivery,
            Instant createdAt,
            @Nullable Instant shippedAt,
            @Nullable Instant deliveredAt,
            long version,
            List<ShipmentLine> lines,
            List<ShipmentChange> history) {}

    /** What lies in a parcel of a line of the order. */
    record ShipmentLine(UUID orderItemId, int lineNumber, UUID productId, String sku, int quantity) {}

    /**
     * A change of a parcel's state.
     *
     * @param place where it was then, in the carrier's words; {@code null} once the buyer was erased, and so is the note
     * @param happenedAt when, as whoever told of it says
     */
    record ShipmentChange(
            @Nullable String from,
            String to,
            @Personal(ADDRESS) @Nullable String place,
            @Personal(FREE_FORM) @Nullable String note,
            Instant happenedAt,
            @Nullable Actor by) {}

    /**
     * A decision that units will not be sent.
     *
     * @param reasonCode why, for machines
     * @param refundId the refund that puts them on sale again, {@code null} where the shop decided by itself
     * @param undoneAt when that refund was refused: they are to be sent again
     */
    record Withdrawal(
            UUID id,
            String reasonCode,
            @Nullable UUID refundId,
            Instant createdAt,
            @Nullable Instant undoneAt,
            @Nullable Actor by,
            List<SentUnits> lines) {}

    /**
     * Money that was given back, or is to be.
     *
     * @param status PENDING, COMPLETED or REFUSED
     * @param reasonCode why, for machines
     * @param reason why, in the words of whoever gave it back; {@code null} where a buyer looks at the order, for
     *     whom it is not meant, and once the buyer was erased; in the archive of what is kept on them it is told
     * @param restock what became of goods that came back, {@code null} where there were none
     */
    record Refund(
            UUID id,
            Money amount,
            String status,
            String reasonCode,
            @Personal(FREE_FORM) @Nullable String reason,
            @Nullable String restock,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Nullable Actor by) {}

    /**
     * What somebody of the shop noted on the order.
     *
     * @param text {@code null} where the buyer is just forgotten
     * @param visibleToCustomer whether the buyer reads it, too; others are for the shop only
     */
    record Note(
            UUID id,
            @Personal(FREE_FORM) @Nullable String text,
            boolean visibleToCustomer,
            @Nullable Actor by,
            Instant createdAt) {}

    /**
     * Who did something; told to the shop only.
     *
     * @param kind GUEST, CUSTOMER, STAFF, VENDOR, INTEGRATION, SYSTEM, or DATABASE for what was done outside of any request
     * @param id of the account or key, {@code null} where there is none, and of guests who were erased
     */
    record Actor(String kind, @Nullable UUID id) {}

    /**
     * A change of the order's state.
     *
     * @param reasonCode why, for machines; {@code null} where nothing was said
     * @param reason why, in the words of whoever cancelled it; {@code null} where there are none, and once the buyer was erased
     */
    record StatusChange(
            @Nullable String from,
            String to,
            @Nullable String reasonCode,
            @Personal(FREE_FORM) @Nullable String reason,
            Instant changedAt,
            @Nullable Actor by) {}
}
