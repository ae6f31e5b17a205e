package org.cartulary.platform.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void aTraceGoesOnUnderTheIdOfItsHeader() {
        assertThat(TraceIds.fromTraceParent("00-" + TRACE + "-b7ad6b7169203331-01"))
                .isEqualTo(TRACE);
        assertThat(TraceIds.fromTraceParent("cc-" + TRACE + "-b7ad6b7169203331-01-what-the-future-will-be-like"))
                .isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"
            })
    void aMalformedHeaderStartsANewTrace(String header) {
        assertThat(TraceIds.fromTraceParent(header)).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
    }

    @Test
    void aHeaderNamesTheTraceAndANewSpanEachTime() {
        String header = TraceIds.toTraceParent(TRACE);

        assertThat(header).matches("00-" + TRACE + "-[0-9a-f]{16}-01").isNotEqualTo(TraceIds.toTraceParent(TRACE));
        assertThat(TraceIds.fromTraceParent(header)).isEqualTo(TRACE);
        assertThat(TraceIds.fromTraceParent(null)).matches("[0-9a-f]{32}");
    }
}
