package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CAT-01")
class LegibleTest {

    @Test
    void aNameIsLegible() {
        assertThat(List.of(
                        "a",
                        "7",
                        "-",
                        "\u20ac",
                        "Mug, blue",
                        " a ",
                        "Caf\u00e9",
                        "\u8336",
                        "a\u200Db",
                        "\uD83D\uDC69\u200D\uD83D\uDCBB"))
                .allMatch(Legible.Validator::isLegible);
    }

    @Test
    void whatIsNotSeenOrNotOnOneLineIsNot() {
        assertThat(List.of(
                        "",
                        " ",
                        "\u00A0",
                        "\u200B",
                        "\uFEFF\u2060",
                        "\u0301",
                        "\u3164",
                        "\u2800",
                        "a\nb",
                        "a\tb",
                        "a\u0007b",
                        "a\u007Fb",
                        "a\u0085b",
                        "a\u2028b",
                        "a\u2029b"))
                .noneMatch(Legible.Validator::isLegible);
    }
}
