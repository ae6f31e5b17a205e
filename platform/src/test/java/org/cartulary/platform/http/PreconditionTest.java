package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-05")
final class PreconditionTest {

    @Test
    void aVersionIsDemandedOrThatThereIsNoneYetOrNothing() {
        assertThat(Precondition.of(null, null)).isEqualTo(Precondition.NONE);
        assertThat(Precondition.of("\"7\"", null)).isEqualTo(new Precondition(7L, false));
        assertThat(Precondition.of(" ", null)).isEqualTo(Precondition.NONE);
        assertThat(Precondition.of(null, "*")).isEqualTo(new Precondition(null, true));
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertThat(refusal("*", null)).isEqualTo("precondition-failed");
        assertThat(refusal("W/\"7\"", null)).isEqualTo("precondition-failed");
        assertThat(refusal(null, "\"7\"")).isEqualTo("invalid-request");
    }

    private static String refusal(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return catchThrowableOfType(ProblemException.class, () -> Precondition.of(ifMatch, ifNoneMatch))
                .code();
    }
}
