package org.cartulary.checkout;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.promotion.PromotionUse;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.context.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A checkout.
 *
 * @param customerId who buys, {@code null} for a guest
 * @param guestId the principal of the guest who buys, {@code null} for a customer and for a guest who is only known by an
 *     e-mail address
 * @param cart the cart it was made from, {@code null} where its lines were given
 * @param discounts what promotions take off, in the order in which they apply
 * @param orderId the order that is being placed or was placed
 */
record CheckoutSession(
        UUID id,
        @Nullable UUID customerId,
        @Nullable UUID guestId,
        CheckoutContact contact,
        @Nullable CartVersion cart,
        CheckoutStatus status,
        List<CheckoutLine> lines,
        List<ShippingOption> shippingOptions,
        @Nullable UUID shippingMethodId,
        @Nullable String shippingMethodName,
        List<Discount> discounts,
        Totals totals,
        @Nullable Instant placedAt,
        @Nullable String externalReference,
        @Nullable UUID orderId,
        @Nullable String orderNumber,
        @Nullable String lastRefusal,
        Instant expiresAt,
        long version) {

    /** The version of a cart. */
    record CartVersion(UUID id, long version) {}

    @Nullable UUID cartId() {
        return cart == null ? null : cart.id();
    }

    @Nullable Long cartVersion() {
        return cart == null ? null : cart.version();
    }

    /** Where the confirmation goes. */
    String email() {
        return details().email();
    }

    /** Where the goods go. */
    Address shippingAddress() {
        return details().shippingAddress();
    }

    /** Who gets the invoice. */
    Address billingAddress() {
        return details().billingAddress();
    }

    private CheckoutContact.Details details() {
        return switch (contact) {
            case CheckoutContact.Opened opened -> opened.details();
            case CheckoutContact.Sealed sealed ->
                throw new IllegalStateException("the checkout " + id + " has to be opened first");
        };
    }

    /** The same checkout with its buyer as it can be read. */
    CheckoutSession withContact(CheckoutContact opened) {
        return copy(opened, shippingOptions);
    }

    /** The same checkout with other ways to send the goods. */
    CheckoutSession withShippingOptions(List<ShippingOption> options) {
        return copy(contact, options);
    }

    private CheckoutSession copy(CheckoutContact buyer, List<ShippingOption> options) {
        return new CheckoutSession(
                id,
                customerId,
                guestId,
                buyer,
                cart,
                status,
                lines,
                options,
                shippingMethodId,
                shippingMethodName,
                discounts,
                totals,
                placedAt,
                externalReference,
                orderId,
                orderNumber,
                lastRefusal,
                expiresAt,
                version);
    }

    /** The codes of the coupons that take something off. */
    List<String> couponCodes() {
        return discounts.stream()
                .flatMap(discount -> Stream.ofNullable(discount.code()))
                .toList();
    }

    /** The uses of promotions that the order claims; none of those that take nothing off, such as the price of free shipping. */
    List<PromotionUse> promotionUses() {
        return discounts.stream()
                .map(discount -> new PromotionUse(discount.promotionId(), discount.code(), totals.takenOffBy(discount)))
                .filter(use -> !use.amount().isZero())
                .toList();
    }

    /** Whether the caller may see and complete it. */
    boolean isOpenTo(Principal principal) {
        return principal.isCustomer(customerId)
                || (principal.kind() == Principal.Kind.GUEST && guestId != null && guestId.equals(principal.id()))
                || principal.may(Permissions.CHECKOUT_ON_BEHALF);
    }
}
