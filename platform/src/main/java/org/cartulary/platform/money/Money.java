package org.cartulary.platform.money;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An amount in the minor units of an ISO 4217 currency. Immutable. Written in JSON as
 * {@code {"amount": "12.99", "currency": "EUR"}}.
 *
 * <p>Amounts are exact; whoever divides says how the remainder is spread ({@link #split}). Currencies with more than two
 * decimals are refused, because the databases keep {@code numeric(10,2)}; so are amounts beyond ±99,999,999.99.
 */
@JsonAutoDetect(
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        fieldVisibility = JsonAutoDetect.Visibility.NONE)
public final class Money implements Comparable<Money> {

    /** The most decimals that a supported currency has. */
    public static final int MAX_FRACTION_DIGITS = 2;

    private static final BigDecimal LIMIT = new BigDecimal("99999999.99");
    private static final int LIMIT_WHOLE_DIGITS = LIMIT.precision() - LIMIT.scale();
    private static final int MOST_DECIMALS_READ = 1_000;
    private static final int MOST_CHARACTERS_QUOTED = 30;
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,10}(\\.\\d{1,2})?");

    private final long minorUnits;
    private final Currency currency;

    private Money(long minorUnits, Currency currency) {
        this.minorUnits = minorUnits;
        this.currency = currency;
        if (amount().abs().compareTo(LIMIT) > 0) {
            throw new ArithmeticException("an amount of money is at most " + LIMIT + ", this one is " + amount());
        }
    }

    /** An amount in minor units, such as cents. */
    public static Money ofMinor(long minorUnits, Currency currency) {
        return new Money(minorUnits, supported(currency));
    }

    /**
     * A decimal amount.
     *
     * @throws ArithmeticException if it has more decimals than the currency, or exceeds the limit
     */
    public static Money of(BigDecimal amount, Currency currency) {
        BigDecimal scaled = scaled(amount, currency, RoundingMode.UNNECESSARY);
        return new Money(scaled.unscaledValue().longValueExact(), currency);
    }

    /** A decimal amount, rounded half up to the minor unit. */
    public static Money rounded(BigDecimal amount, Currency currency) {
        return of(scaled(amount, currency, RoundingMode.HALF_UP), currency);
    }

    /** To write out a number such as 1e10000000 takes minutes, so what cannot be an amount is refused by its size first. */
    private static BigDecimal scaled(BigDecimal amount, Currency currency, RoundingMode rounding) {
        int decimals = supported(currency).getDefaultFractionDigits();
        if ((long) amount.precision() - amount.scale() > LIMIT_WHOLE_DIGITS) {
            throw new ArithmeticException("an amount of money is at most " + LIMIT);
        }
        if (amount.scale() > MOST_DECIMALS_READ) {
            throw new ArithmeticException(
                    "an amount of money is reckoned from at most " + MOST_DECIMALS_READ + " decimals");
        }
        return amount.setScale(decimals, rounding);
    }

    /**
     * The amount and currency as JSON and commands write them.
     *
     * @throws UnsupportedCurrencyException if the currency is unknown or has more than two decimals
     * @throws IllegalArgumentException if the amount is not a decimal number without exponent, or has too many decimals
     */
    @JsonCreator
    public static Money parse(
            @JsonProperty("amount") @Nullable String amount, @JsonProperty("currency") @Nullable String currency) {
        if (amount == null || currency == null) {
            throw new IllegalArgumentException("an amount of money needs both \"amount\" and \"currency\"");
        }
        Currency known = currencyOf(currency);
        if (!AMOUNT.matcher(amount).matches()) {
            throw notAnAmount(amount, known, null);
        }
        try {
            return of(new BigDecimal(amount), known);
        } catch (ArithmeticException e) {
            throw notAnAmount(amount, known, e);
        }
    }

    private static IllegalArgumentException notAnAmount(String text, Currency currency, @Nullable Throwable cause) {
        String quoted = text.length() > MOST_CHARACTERS_QUOTED ? text.substring(0, MOST_CHARACTERS_QUOTED) + "…" : text;
        return new IllegalArgumentException(
                "\"" + quoted + "\" is not an amount in " + currency + ": a decimal number with at most "
                        + currency.getDefaultFractionDigits() + " decimals, at most " + LIMIT,
                cause);
    }

    /** Nothing, in the currency. */
    public static Money zero(Currency currency) {
        return ofMinor(0, currency);
    }

    /**
     * The currency with this ISO 4217 code.
     *
     * @throws UnsupportedCurrencyException if it is unknown or has more than two decimals
     */
    public static Currency currencyOf(String code) {
        try {
            return supported(Currency.getInstance(code));
        } catch (IllegalArgumentException e) {
            if (e instanceof UnsupportedCurrencyException) {
                throw e;
            }
            throw new UnsupportedCurrencyException("\"" + code + "\" is not an ISO 4217 currency code");
        }
    }

    private static Currency supported(Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        if (digits < 0 || digits > MAX_FRACTION_DIGITS) {
            throw new UnsupportedCurrencyException("the currency " + currency.getCurrencyCode()
                    + " is not supported: amounts are kept with at most two decimals");
        }
        return currency;
    }

    /** The amount in minor units, such as cents. */
    public long minorUnits() {
        return minorUnits;
    }

    /** The currency. */
    public Currency currency() {
        return currency;
    }

    /** The amount with the decimals of its currency. */
    public BigDecimal amount() {
        return new BigDecimal(BigInteger.valueOf(minorUnits), currency.getDefaultFractionDigits());
    }

    @JsonProperty("amount")
    private String amountText() {
        return amount().toPlainString();
    }

    /** The ISO 4217 code of the currency. */
    @JsonProperty("currency")
    public String currencyCode() {
        return currency.getCurrencyCode();
    }

    /** The sum. */
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, sameCurrency(other).minorUnits), currency);
    }

    /** The difference. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, sameCurrency(other).minorUnits), currency);
    }

    /** The amount that many times. */
    public Money times(long factor) {
        return new Money(Math.multiplyExact(minorUnits, factor), currency);
    }

    /** Whether it is less than nothing. */
    public boolean isNegative() {
        return minorUnits < 0;
    }

    /** Whether it is nothing. */
    public boolean isZero() {
        return minorUnits == 0;
    }

    /** The sum of the amounts, nothing where there are none. */
    public static Money sum(Iterable<Money> amounts, Currency currency) {
        Money total = zero(currency);
        for (Money amount : amounts) {
            total = total.plus(amount);
        }
        return total;
    }

    /**
     * Splits the amount in proportion to the weights so that the parts add up to it exactly: each part is rounded down,
     * and the units left over go to the parts with the largest remainders, the first of equals first (Hamilton's method).
     *
     * @param weights not negative and not all zero
     */
    public List<Money> split(long... weights) {
        BigInteger total = BigInteger.ZERO;
        for (long weight : weights) {
            if (weight < 0) {
                throw new IllegalArgumentException("a weight is not negative: " + weight);
            }
            total = total.add(BigInteger.valueOf(weight));
        }
        if (total.signum() == 0) {
            throw new IllegalArgumentException("at least one weight is greater than zero");
        }
        BigInteger magnitude = BigInteger.valueOf(Math.abs(minorUnits));
        long[] parts = new long[weights.length];
        BigInteger[] remainders = new BigInteger[weights.length];
        long given = 0;
        for (int i = 0; i < weights.length; i++) {
            BigInteger[] divided =
                    magnitude.multiply(BigInteger.valueOf(weights[i])).divideAndRemainder(total);
            parts[i] = divided[0].longValueExact();
            remainders[i] = divided[1];
            given += parts[i];
        }
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
                .limit(Math.abs(minorUnits) - given)
                .forEach(i -> parts[i]++);
        long sign = Long.signum(minorUnits);
        return Arrays.stream(parts)
                .mapToObj(part -> new Money(sign * part, currency))
                .toList();
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "amounts in " + currency + " and " + other.currency + " cannot be reckoned together");
        }
        return other;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minorUnits, sameCurrency(other).minorUnits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Money money && minorUnits == money.minorUnits && currency.equals(money.currency);
    }

    @Override
    public int hashCode() {
        return Objects.hash(minorUnits, currency);
    }

    /** The amount and the currency's code, such as {@code 12.99 EUR}. */
    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency;
    }
}
