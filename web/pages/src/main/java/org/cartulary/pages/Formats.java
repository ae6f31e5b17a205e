package org.cartulary.pages;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Amounts, numbers and times as people of a language write them. Immutable.
 *
 * @param locale the language
 * @param zone whose days and hours are told
 */
public record Formats(Locale locale, ZoneId zone) {

    /** An amount with its currency, such as {@code €12.99} or {@code 12,99 €}. */
    public String money(@Nullable Money money) {
        if (money == null) {
            return "";
        }
        return money(money.amount(), money.currencyCode());
    }

    /** An amount that may be less than nothing, or more than anything costs, such as a sum. */
    public String money(BigDecimal amount, String currency) {
        return money(
                amount,
                Currency.getInstance(currency),
                Currency.getInstance(currency).getDefaultFractionDigits());
    }

    /** A round amount, without decimals. */
    public String wholeMoney(BigDecimal amount, String currency) {
        return money(amount, Currency.getInstance(currency), 0);
    }

    private String money(BigDecimal amount, Currency currency, int decimals) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(amount);
    }

    /** A whole number with its thousands apart. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** A number with one decimal, such as a rating. */
    public String oneDecimal(Number number) {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        return format.format(number);
    }

    /** A share in per cent. */
    public String percent(Number share) {
        return NumberFormat.getPercentInstance(locale).format(share);
    }

    /** The day, such as {@code 22 November 2026}. */
    public String day(@Nullable Instant time) {
        return time == null
                ? ""
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(locale)
                        .withZone(zone)
                        .format(time);
    }

    /** The day, such as {@code 22 November 2026}. */
    public String date(@Nullable LocalDate day) {
        return day == null
                ? ""
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(locale)
                        .format(day);
    }

    /** Day and month, such as {@code 22 Nov}. */
    public String shortDay(LocalDate day) {
        return DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale).format(day);
    }

    /** Day and minute, short. */
    public String time(@Nullable Instant time) {
        return time == null
                ? ""
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .withZone(zone)
                        .format(time);
    }

    /** The name of a country, from its ISO 3166 code of two letters. */
    public String country(@Nullable String code) {
        return code == null ? "" : Locale.of("", code).getDisplayCountry(locale);
    }
}
