package org.cartulary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.cartulary.platform.money.Money;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private static final Formats ENGLISH = new Formats(Locale.UK, ZoneOffset.UTC);
    private static final Formats GERMAN = new Formats(Locale.GERMANY, ZoneOffset.UTC);

    @Test
    void amountsAreWrittenAsInTheCountryOfTheReader() {
        Money price = Money.parse("1234.50", "EUR");

        assertThat(ENGLISH.money(price)).isEqualTo("€1,234.50");
        assertThat(GERMAN.money(price)).isEqualTo("1.234,50\u00a0€");
    }

    @Test
    void anAmountHasTheDecimalsOfItsCurrency() {
        assertThat(ENGLISH.money(Money.parse("1200", "JPY"))).isEqualTo("JP¥1,200");
    }

    @Test
    void daysAreWrittenInWords() {
        Instant time = Instant.parse("2026-11-22T18:30:00Z");

        assertThat(ENGLISH.day(time)).isEqualTo("22 November 2026");
        assertThat(GERMAN.day(time)).isEqualTo("22. November 2026");
    }
}
