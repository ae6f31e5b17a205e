package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AUT-06")
class PageSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"postgresql", "redis://host:6379/2", "redis://:secret@host", "rediss://user:secret@host:6380/0"})
    void pageSessionsAreKeptInPostgresqlOrInRedis(String where) {
        assertThat(PageSettings.of(where).properties()).containsEntry("cartulary.pages.session-store", where);
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
                .isThrownBy(() -> PageSettings.of(where))
                .withMessageContaining("--page-sessions")
                .withMessageNotContaining("secret");
    }

    @Test
    void noTextShowsThePassword() {
        assertThat(PageSettings.of("redis://:secret@host").toString()).doesNotContain("secret");
    }
}
