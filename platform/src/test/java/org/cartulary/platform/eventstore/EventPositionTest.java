package org.cartulary.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.cartulary.platform.http.ApiJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-11")
class EventPositionTest {

    @Test
    void aPositionIsATextInJsonAndComesBackUnchanged() {
        EventPosition position = new EventPosition(4_711, 12);
        assertThat(ApiJson.tolerant().writeValueAsString(position)).isEqualTo("\"4711-12\"");
        assertThat(ApiJson.tolerant().readValue("\"4711-12\"", EventPosition.class))
                .isEqualTo(position);
        assertThat(EventPosition.parse(EventPosition.START.toString())).isEqualTo(EventPosition.START);
    }

    @Test
    void positionsAreOrderedByTransactionAndThenBySequence() {
        assertThat(new EventPosition(2, 1))
                .isGreaterThan(new EventPosition(1, 9))
                .isLessThan(new EventPosition(2, 2));
    }

    @Test
    void anythingElseIsNoPosition() {
        for (String text : new String[] {"", "1", "-1-2", "1-2-3", "a-b", "99999999999999999999-1"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> EventPosition.parse(text));
        }
    }
}
