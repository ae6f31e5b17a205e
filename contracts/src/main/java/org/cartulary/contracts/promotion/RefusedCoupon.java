package org.cartulary.contracts.promotion;

/**
 * A code that takes nothing off.
 *
 * @param code as it was asked for
 * @param reason {@code coupon-unknown}, {@code coupon-not-started}, {@code coupon-expired}, {@code coupon-used-up},
 *     {@code coupon-customer-limit-reached}, {@code coupon-minimum-not-reached}, {@code coupon-first-order-only},
 *     {@code coupon-needs-account}, {@code coupon-not-in-group}, {@code coupon-not-combinable} or {@code coupon-not-applicable}
 */
public record RefusedCoupon(String code, String reason) {}
