package org.cartulary.platform.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

class MoneyTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Currency JPY = Currency.getInstance("JPY");
    private static final long LARGEST_MINOR_UNITS = 9_999_999_999L;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void theLargestAndSmallestAmountsAreKept() {
        assertThat(Money.ofMinor(LARGEST_MINOR_UNITS, EUR)).hasToString("99999999.99 EUR");
        assertThat(Money.ofMinor(-LARGEST_MINOR_UNITS, EUR)).hasToString("-99999999.99 EUR");
        assertThat(Money.ofMinor(99_999_999, JPY)).hasToString("99999999 JPY");
    }

    @Test
    void anAmountBeyondTheLimitIsRefusedWhereverItArises() {
        Money largest = Money.ofMinor(LARGEST_MINOR_UNITS, EUR);
        Money cent = Money.ofMinor(1, EUR);

        assertThatThrownBy(() -> Money.ofMinor(LARGEST_MINOR_UNITS + 1, EUR)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> largest.plus(cent)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> largest.times(-1).minus(cent)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> largest.times(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofMinor(Long.MIN_VALUE, EUR)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KWD", "BHD", "CLF", "XAU", "ABC", "eur", ""})
    void aCurrencyThatTheDatabaseCannotKeepIsRefused(String code) {
        assertThatThrownBy(() -> Money.currencyOf(code)).isInstanceOf(UnsupportedCurrencyException.class);
        assertThatThrownBy(() -> Money.parse("1", code)).isInstanceOf(UnsupportedCurrencyException.class);
    }

    @Test
    void aThreeDecimalCurrencyIsRefusedInEveryWay() {
        Currency dinar = Currency.getInstance("KWD");

        assertThatThrownBy(() -> Money.ofMinor(1, dinar)).isInstanceOf(UnsupportedCurrencyException.class);
        assertThatThrownBy(() -> Money.of(BigDecimal.ONE, dinar)).isInstanceOf(UnsupportedCurrencyException.class);
        assertThatThrownBy(() -> Money.rounded(BigDecimal.ONE, dinar)).isInstanceOf(UnsupportedCurrencyException.class);
        assertThatThrownBy(() -> Money.zero(dinar)).isInstanceOf(UnsupportedCurrencyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.999", "12,99", "", "abc", "NaN", "100000000", "1e99", " 1"})
    void aTextThatIsNoAmountIsRefused(String amount) {
        assertThatThrownBy(() -> Money.parse(amount, "EUR"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e10000000", "1e-10000000", "-1E+2147483647", "0e10000000", "1e0", "+1", "0x1", "1.", ".5", "١"
            })
    void anAmountIsWrittenWithoutExponentAndReadAtOnce(String amount) {
        assertTimeoutPreemptively(
                SOON,
                () -> assertThatThrownBy(() -> Money.parse(amount, "EUR"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("at most 2 decimals"));
    }

    @Test
    void aTextOfManyDigitsIsRefusedAtOnceAndNotRepeatedWhole() {
        assertTimeoutPreemptively(
                SOON,
                () -> assertThatThrownBy(() -> Money.parse("9".repeat(5_000_000), "EUR"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .message()
                        .hasSizeLessThan(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e10000000", "-1e2147483647", "1e-10000000", "0e-10000000"})
    void aNumberTooGreatOrTooFineToWriteOutIsRefusedAtOnce(String number) {
        BigDecimal amount = new BigDecimal(number);

        assertTimeoutPreemptively(SOON, () -> {
            assertThatThrownBy(() -> Money.of(amount, EUR)).isInstanceOf(ArithmeticException.class);
            assertThatThrownBy(() -> Money.rounded(amount, EUR)).isInstanceOf(ArithmeticException.class);
        });
    }

    @Test
    void roundingIsHalfUpAndOnlyWhereItIsAskedFor() {
        assertThat(Money.rounded(new BigDecimal("1.005"), EUR)).isEqualTo(Money.ofMinor(101, EUR));
        assertThat(Money.rounded(new BigDecimal("-1.005"), EUR)).isEqualTo(Money.ofMinor(-101, EUR));
        assertThatThrownBy(() -> Money.of(new BigDecimal("1.005"), EUR)).isInstanceOf(ArithmeticException.class);
        assertThat(Money.of(new BigDecimal("1.500"), EUR)).isEqualTo(Money.ofMinor(150, EUR));
    }

    @Test
    void amountsInDifferentCurrenciesAreNotReckonedTogether() {
        Money euro = Money.ofMinor(100, EUR);
        Money yen = Money.ofMinor(100, JPY);

        assertThat(euro).isNotEqualTo(yen);
        assertThatThrownBy(() -> euro.plus(yen)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> euro.compareTo(yen)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.sum(List.of(euro, yen), EUR)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePartsOfASplitAddUpAndNoneIsAWholeUnitOff() {
        Random random = new Random(20_260_101L);
        for (int run = 0; run < 10_000; run++) {
            long[] weights = weights(random);
            Money amount = Money.ofMinor(
                    random.nextLong(-LARGEST_MINOR_UNITS / 100, LARGEST_MINOR_UNITS / 100 + 1),
                    random.nextBoolean() ? EUR : JPY);

            List<Money> parts = amount.split(weights);

            assertThat(parts).hasSameSizeAs(weights);
            assertThat(Money.sum(parts, amount.currency())).isEqualTo(amount);
            assertEachPartIsLessThanOneUnitFromItsShare(amount, weights, parts);
        }
    }

    private static long[] weights(Random random) {
        long bound = random.nextInt(10) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(1000);
        long[] weights = random.longs(1 + random.nextInt(20), 0, bound).toArray();
        weights[random.nextInt(weights.length)] += 1;
        return weights;
    }

    private static void assertEachPartIsLessThanOneUnitFromItsShare(Money amount, long[] weights, List<Money> parts) {
        BigInteger total =
                Arrays.stream(weights).mapToObj(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        for (int i = 0; i < weights.length; i++) {
            BigInteger share = BigInteger.valueOf(amount.minorUnits()).multiply(BigInteger.valueOf(weights[i]));
            BigInteger part = BigInteger.valueOf(parts.get(i).minorUnits()).multiply(total);
            assertThat(part.subtract(share).abs()).isLessThan(total);
        }
    }

    @Test
    void theUnitsLeftOverGoToTheLargestRemaindersFirstOfEqualsFirst() {
        assertThat(Money.ofMinor(100, EUR).split(1, 1, 1))
                .map(Money::minorUnits)
                .containsExactly(34L, 33L, 33L);
        assertThat(Money.ofMinor(-100, EUR).split(1, 1, 1))
                .map(Money::minorUnits)
                .containsExactly(-34L, -33L, -33L);
        assertThat(Money.ofMinor(10, EUR).split(0, 3, 4)).map(Money::minorUnits).containsExactly(0L, 4L, 6L);
        assertThat(Money.ofMinor(1, EUR).split(0, 0, 5)).map(Money::minorUnits).containsExactly(0L, 0L, 1L);
    }

    @Test
    void aSplitWithoutWeightIsRefused() {
        Money amount = Money.ofMinor(100, EUR);

        assertThatThrownBy(amount::split).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> amount.split(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> amount.split(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void jsonKeepsTheAmountAsADecimalText() {
        Money amount = Money.ofMinor(1299, EUR);

        String json = JSON.writeValueAsString(amount);

        assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree("{\"amount\": \"12.99\", \"currency\": \"EUR\"}"));
        assertThat(JSON.readValue(json, Money.class)).isEqualTo(amount);
    }

    @Test
    void everyAmountComesBackFromJsonUnchanged() {
        Random random = new Random(20_260_102L);
        for (int run = 0; run < 1_000; run++) {
            Money amount = Money.ofMinor(random.nextLong(-99_999_999, 100_000_000), random.nextBoolean() ? EUR : JPY);
            assertThat(JSON.readValue(JSON.writeValueAsString(amount), Money.class))
                    .isEqualTo(amount);
        }
    }

    @Test
    void jsonWithAThreeDecimalCurrencyIsRefused() {
        assertThatThrownBy(() -> JSON.readValue("{\"amount\": \"1.000\", \"currency\": \"KWD\"}", Money.class))
                .isInstanceOf(ValueInstantiationException.class)
                .hasCauseInstanceOf(UnsupportedCurrencyException.class);
    }
}
