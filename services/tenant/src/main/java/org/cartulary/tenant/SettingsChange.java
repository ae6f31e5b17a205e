package org.cartulary.tenant;

import java.math.BigDecimal;
import org.cartulary.contracts.tenant.OrderRules;
import org.cartulary.contracts.tenant.ReservationRules;
import org.cartulary.contracts.tenant.TenantSettings;
import org.jspecify.annotations.Nullable;

/** Settings as they are sent: a part that is left out stays as it is. */
record SettingsChange(
        @Nullable String currency,
        @Nullable String language,
        @Nullable String timeZone,
        @Nullable OrderRulesChange orders,
        @Nullable ReservationRulesChange reservations,
        @Nullable Integer cartDays,
        @Nullable Integer checkoutMinutes,
        @Nullable Boolean pricesIncludeTax) {

    /** The currency of a shop that names none. */
    static final String DEFAULT_CURRENCY = "EUR";

    /** Rules for orders as they are sent. */
    record OrderRulesChange(
            @Nullable BigDecimal minimumTotal,
            @Nullable BigDecimal maximumTotal,
            @Nullable Integer maximumLines,
            @Nullable Integer maximumPendingOrders,
            @Nullable Integer unpaidMinutes) {

        OrderRules appliedTo(OrderRules rules) {
            return new OrderRules(
                    or(minimumTotal, rules.minimumTotal()),
                    or(maximumTotal, rules.maximumTotal()),
                    or(maximumLines, rules.maximumLines()),
                    or(maximumPendingOrders, rules.maximumPendingOrders()),
                    or(unpaidMinutes, rules.unpaidMinutes()));
        }
    }

    /** Rules for reservations as they are sent. */
    record ReservationRulesChange(
            @Nullable Integer minutes, @Nullable Integer maximumOpenPerProduct) {

        ReservationRules appliedTo(ReservationRules rules) {
            return new ReservationRules(
                    or(minutes, rules.minutes()), or(maximumOpenPerProduct, rules.maximumOpenPerProduct()));
        }
    }

    TenantSettings appliedTo(TenantSettings settings) {
        return new TenantSettings(
                or(currency, settings.currency()),
                or(language, settings.language()),
                or(timeZone, settings.timeZone()),
                orders == null ? settings.orders() : orders.appliedTo(settings.orders()),
                reservations == null ? settings.reservations() : reservations.appliedTo(settings.reservations()),
                or(cartDays, settings.cartDays()),
                or(checkoutMinutes, settings.checkoutMinutes()),
                or(pricesIncludeTax, settings.pricesIncludeTax()));
    }

    /** The settings of a shop that begins with these: what they leave out has the default for their currency. */
    TenantSettings appliedToDefaults() {
        return appliedTo(TenantSettings.defaults(or(currency, DEFAULT_CURRENCY)));
    }

    private static <T> T or(@Nullable T sent, T present) {
        return sent == null ? present : sent;
    }
}
