package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetstringsTest {

    @Test
    void aPartStandsBehindItsLength() {
        assertThat(Netstrings.of("tea", 12, null)).isEqualTo("3:tea2:12-");
        assertThat(Netstrings.of()).isEmpty();
    }

    @Test
    void textsDifferWhereverAPartDoes() {
        assertThat(List.of(
                        Netstrings.of(null, "a"),
                        Netstrings.of("null", "a"),
                        Netstrings.of("-", "a"),
                        Netstrings.of("", "a"),
                        Netstrings.of("a", null),
                        Netstrings.of(List.of("a", "b")),
                        Netstrings.of(List.of("a, b")),
                        Netstrings.of(List.of("1:a1:b")),
                        Netstrings.of(List.of()),
                        Netstrings.of(List.of(""))))
                .doesNotHaveDuplicates();
    }
}
