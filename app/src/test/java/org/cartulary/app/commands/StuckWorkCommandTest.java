package org.cartulary.app.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-12")
class StuckWorkCommandTest {

    @Test
    void whateverIsTypedIsOneSegmentOfThePath() {
        for (String typed : new String[] {"order", "the order", "a+b", "a/b?c#d", "100%", "ü"}) {
            String segment = StuckWorkCommand.ActCommand.segment(typed);

            assertThat(segment).matches("[A-Za-z0-9%]+");
            assertThat(URI.create("/" + segment).getPath()).isEqualTo("/" + typed);
        }
    }
}
