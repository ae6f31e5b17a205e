package org.cartulary.app.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class InterruptionNoteTest {

    @Test
    void whoeverInterruptsLearnsHowFarItWas() {
        StringWriter printed = new StringWriter();
        try (InterruptionNote note = new InterruptionNote(new PrintWriter(printed), () -> 517, 19_959).open()) {
            note.print();
        }

        assertThat(printed.toString().strip()).isEqualTo("517 of 19,959 orders placed; start it again to go on.");
    }
}
