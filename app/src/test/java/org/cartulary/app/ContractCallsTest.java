package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.CallRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What contracts declare about their calls to other processes. */
@Tag("PLT-14")
class ContractCallsTest {

    /**
     * A second call creates nobody either, but its answer says so of a member of staff whom the first, lost one created.
     * A page session is opened with a token that is good once, and a second call with it ends the session.
     * A call that is new here is either declared {@code @SafeToRepeat}, or named with the reason why it is not.
     */
    @Test
    void everyCallButTheseIsSafeToRepeat() {
        assertThat(calls().filter(call -> !CallRules.of(call).repeatable()).map(ContractCallsTest::name))
                .containsExactlyInAnyOrder("AuthApi.ensureStaff", "PageSessionsApi.open");
    }

    @Test
    void callsDuringWhichAProviderIsAskedMayTakeLonger() {
        assertThat(calls().filter(call -> CallRules.of(call).length() == CallLength.PROVIDER)
                        .map(ContractCallsTest::name))
                .contains("PaymentApi.authorize", "PaymentApi.cancel", "PaymentApi.refund");
    }

    @Test
    void callsThatReadWholeTablesMayTakeLong() {
        assertThat(calls().filter(call -> call.getName().equals("checkInvariants")
                        || call.getName().equals("facts")))
                .isNotEmpty()
                .allMatch(call -> CallRules.of(call).length() == CallLength.LONG);
    }

    private static Stream<Method> calls() {
        return Arrays.stream(ServiceName.values())
                .flatMap(service -> service.contracts().stream())
                .flatMap(contract -> Arrays.stream(contract.getMethods()))
                .distinct();
    }

    private static String name(Method call) {
        return call.getDeclaringClass().getSimpleName() + "." + call.getName();
    }
}
