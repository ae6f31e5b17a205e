package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import org.cartulary.contracts.order.Countries;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountriesTest {

    @ParameterizedTest
    @ValueSource(strings = {"DE", "GB", "JE", "AQ", "SS", "XK"})
    void aParcelIsSentToACountry(String code) {
        assertThat(Countries.isCountry(code)).isTrue();
        assertThat(Countries.isUnknown(code)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "QM", "XA", "XZ", "UK", "SU", "AN", "de", "DEU", "*", ""})
    void codesOfNoCountryAreRefused(String code) {
        assertThat(Countries.isCountry(code)).isFalse();
        assertThat(Countries.isUnknown(code)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZZ", "EU"})
    void unknownCountriesAreNone(String code) {
        assertThat(Countries.isCountry(code)).isFalse();
        assertThat(Countries.isUnknown(code)).isTrue();
    }
}
