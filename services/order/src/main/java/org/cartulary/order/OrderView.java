package org.cartulary.order;

import static org.cartulary.platform.audit.PersonalDataCategory.EMAIL;
import static org.cartulary.platform.audit.PersonalDataCategory.FREE_FORM;

import java.time.Instant;
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
        List<Refund> refunds,
        List<StatusChange> history)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("order", id, customerId);
    }

    /** What the order service knows of the payment. */
    record Payment(@Nullable UUID id, @Nullable String method, String status) {}

    /** A line, as it was when the order was placed. */
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
            Money total) {}

    /** Where the order goes, and where the invoice goes. */
    record Addresses(@Nullable Address shipping, @Nullable Address billing) {}

    /** A parcel. */
    record Shipment(
            UUID id,
            String status,
            @Nullable String carrier,
            @Nullable String trackingNumber,
            @Nullable Instant shippedAt,
            @Nullable Instant deliveredAt) {}

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
            @Nullable Instant endedAt) {}

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
            Instant changedAt) {}
}
