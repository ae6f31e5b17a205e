package org.cartulary.app.retail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayingOnlineRetailTest {

    @Test
    void whoeverInterruptsLearnsHowFarItWas() {
        assertThat(ReplayingOnlineRetail.howFar(517, 19_959))
                .isEqualTo("517 of 19,959 orders placed; start it again to go on.");
    }
}
