package org.cartulary.tenant;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Currency;
import java.util.regex.Pattern;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.money.UnsupportedCurrencyException;

/** What must hold of settings beyond the ranges of their parts. */
final class SettingsRules {

    /** The greatest amount that numeric(10,2) holds. */
    private static final BigDecimal MAX_AMOUNT = new BigDecimal("99999999.99");

    /** The parts of BCP 47 that say more than an area use: a language, a script, a region. */
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?");

    private SettingsRules() {}

    /**
     * Refuses settings with which a shop cannot work.
     *
     * @param pointer where they are in the request, as a JSON pointer
     * @throws ProblemException 422 with everything that is wrong
     */
    static void requireValid(TenantSettings settings, String pointer) {
        ProblemException problem = ProblemException.unprocessable("invalid-settings", "the settings are not valid");
        checkCurrency(settings, pointer, problem);
        if (!ZoneId.getAvailableZoneIds().contains(settings.timeZone())) {
            problem.with(pointer + "/timeZone", "unknown-time-zone", "use the name of an IANA time zone");
        }
        if (!LANGUAGE.matcher(settings.language()).matches()) {
            problem.with(pointer + "/language", "unknown-language", "use a language tag such as en or pt-BR");
        }
        checkNumbers(settings, pointer, problem);
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    private static void checkCurrency(TenantSettings settings, String pointer, ProblemException problem) {
        try {
            Currency currency = Money.currencyOf(settings.currency());
            checkAmount(settings.orders().minimumTotal(), currency, pointer + "/orders/minimumTotal", problem);
            checkAmount(settings.orders().maximumTotal(), currency, pointer + "/orders/maximumTotal", problem);
        } catch (UnsupportedCurrencyException e) {
            problem.with(pointer + "/currency", "unsupported-currency", String.valueOf(e.getMessage()));
        }
        if (settings.orders().minimumTotal().compareTo(settings.orders().maximumTotal()) > 0) {
            problem.with(pointer + "/orders/minimumTotal", "above-maximum", "the least total is above the greatest");
        }
    }

    private static void checkAmount(BigDecimal amount, Currency currency, String pointer, ProblemException problem) {
        boolean tooFine = amount.stripTrailingZeros().scale() > currency.getDefaultFractionDigits();
        if (tooFine || amount.signum() < 0 || amount.compareTo(MAX_AMOUNT) > 0) {
            problem.with(pointer, "invalid-amount", "use an amount of the currency from 0 to " + MAX_AMOUNT);
        }
    }

    private static void checkNumbers(TenantSettings settings, String pointer, ProblemException problem) {
        check(settings.orders().maximumLines(), 10_000, pointer + "/orders/maximumLines", problem);
        check(settings.orders().maximumPendingOrders(), 1_000_000, pointer + "/orders/maximumPendingOrders", problem);
        check(settings.orders().unpaidMinutes(), 525_600, pointer + "/orders/unpaidMinutes", problem);
        check(settings.reservations().minutes(), 10_080, pointer + "/reservations/minutes", problem);
        check(
                settings.reservations().maximumOpenPerProduct(),
                1_000_000,
                pointer + "/reservations/maximumOpenPerProduct",
                problem);
        check(settings.cartDays(), 365, pointer + "/cartDays", problem);
        check(settings.checkoutMinutes(), 10_080, pointer + "/checkoutMinutes", problem);
    }

    private static void check(int value, int maximum, String pointer, ProblemException problem) {
        if (value < 1 || value > maximum) {
            problem.with(pointer, "out-of-range", "use a number from 1 to " + maximum);
        }
    }
}
