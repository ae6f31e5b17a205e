package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CRT-02")
class CartSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"postgresql", "redis://host:6379/2", "redis://:secret@host", "rediss://user:secret@host:6380/0"})
    void cartsAreKeptInPostgresqlOrInRedis(String where) {
        assertThat(CartSettings.of(where).properties()).containsEntry("cartulary.cart.store", where);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql",
                "http://:secret@host",
                "redis:secret",
                "redis://:secret@host/secret",
                "redis://:sec ret@host"
            })
    void whatIsNeitherIsRefusedWithoutBeingRepeated(String where) {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> CartSettings.of(where))
                .withMessageContaining("--carts")
                .withMessageNotContaining("secret");
    }

    @Test
    void noTextShowsThePassword() {
        assertThat(CartSettings.of("redis://:secret@host").toString()).doesNotContain("secret");
    }
}
