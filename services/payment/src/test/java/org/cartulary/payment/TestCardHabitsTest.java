package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.cartulary.payment.TestCardHabits.Kind;
import org.cartulary.payment.TestCardHabits.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TestCardHabitsTest {

    private static List<Kind> kinds(String token, Operation operation, int times) {
        TestCardHabits habits = TestCardHabits.ofToken(token).orElseThrow();
        return IntStream.rangeClosed(1, times)
                .mapToObj(time -> habits.step(operation, time).kind())
                .toList();
    }

    @Test
    @Tag("PAY-03")
    void aScriptSaysWhatHappensEachTimeAndTheLastStays() {
        String token =
                "tok:authorize=timeout-then-ok,capture=error-but-done,refund=late(2),void=flaky(1),webhook=twice";
        assertThat(kinds(token, Operation.AUTHORIZE, 3)).containsExactly(Kind.TIMEOUT, Kind.OK, Kind.OK);
        assertThat(kinds(token, Operation.CAPTURE, 2)).containsExactly(Kind.ERROR_BUT_DONE, Kind.ERROR_BUT_DONE);
        assertThat(kinds(token, Operation.REFUND, 4))
                .containsExactly(Kind.PROCESSING, Kind.PROCESSING, Kind.OK, Kind.OK);
        assertThat(kinds(token, Operation.VOID, 2)).containsExactly(Kind.FAIL, Kind.OK);
        assertThat(TestCardHabits.ofToken(token).orElseThrow().webhooks()).isEqualTo(TestCardHabits.Webhooks.TWICE);
    }

    @Test
    @Tag("PAY-03")
    void codesAndTimesAreGivenInBrackets() {
        TestCardHabits habits = TestCardHabits.ofToken(
                        "tok:authorize=declined(lost_card),capture=slow(250ms)-then-late(2s)")
                .orElseThrow();
        assertThat(habits.step(Operation.AUTHORIZE, 1).code()).isEqualTo("lost_card");
        assertThat(habits.step(Operation.CAPTURE, 1).time()).isEqualTo(Duration.ofMillis(250));
        assertThat(habits.step(Operation.CAPTURE, 2).time()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    @Tag("PAY-03")
    void whatCannotBeReadIsNoToken() {
        for (String token : List.of(
                "",
                "4242424242424242",
                "tok_unknown",
                "tok:authorize",
                "tok:authorize=maybe",
                "tok:authorize=ok,authorize=ok",
                "tok:charge=ok",
                "tok:authorize=late",
                "tok:authorize=flaky(21)",
                "tok:authorize=hang(61s)",
                "tok:authorize=ok(now)",
                "tok:webhook=thrice",
                "tok:authorize=ok,")) {
            assertThat(TestCardHabits.ofToken(token)).as(token).isEmpty();
        }
    }
}
