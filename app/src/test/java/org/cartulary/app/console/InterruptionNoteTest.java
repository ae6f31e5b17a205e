package org.cartulary.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptionNoteTest {

    @Test
    void whoeverInterruptsLearnsHowFarItWasAtThatMoment() {
        StringWriter printed = new StringWriter();
        AtomicInteger done = new AtomicInteger();
        try (InterruptionNote note =
                new InterruptionNote(new PrintWriter(printed), () -> done.get() + " are done.").open()) {
            done.set(517);
            note.print();
        }

        assertThat(printed.toString().strip()).isEqualTo("517 are done.");
    }
}
