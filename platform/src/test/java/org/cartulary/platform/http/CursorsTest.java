package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.platform.context.RequestContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PLT-15")
class CursorsTest {

    private static final RequestContext ONE = RequestContext.ofSystem(new UUID(0, 1));
    private static final RequestContext OTHER = RequestContext.ofSystem(new UUID(0, 2));

    private final Cursors cursors = new Cursors("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @Test
    void theKeysComeBackUnchanged() {
        List<String> keys = List.of("2026-01-01T00:00:00Z", "", "Überraschung, \"/~\u0000", "42");

        assertThat(ONE.supply(() -> cursors.decode("orders", cursors.encode("orders", keys))))
                .isEqualTo(keys);
        assertThat(ONE.supply(() -> cursors.decode("orders", cursors.encode("orders", List.of()))))
                .isEmpty();
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String cursor = ONE.supply(() -> cursors.encode("orders?status=paid", List.of("1")));

        assertInvalid(ONE, "orders", cursor);
    }

    @Test
    void aCursorOfAnotherTenantIsRefused() {
        String cursor = ONE.supply(() -> cursors.encode("orders", List.of("1")));

        assertInvalid(OTHER, "orders", cursor);
        assertInvalid(RequestContext.ofSystem(null), "orders", cursor);
    }

    @Test
    void aCursorSignedWithAnotherSecretIsRefused() {
        Cursors foreign = new Cursors("another-secret-another-secret-32".getBytes(StandardCharsets.UTF_8));

        assertInvalid(ONE, "orders", ONE.supply(() -> foreign.encode("orders", List.of("1"))));
    }

    @Test
    @Tag("PLT-28")
    void whileTheSecretIsChangedCursorsOfEitherAreTaken() {
        byte[] old = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        byte[] next = "another-secret-another-secret-32".getBytes(StandardCharsets.UTF_8);
        Cursors announced = new Cursors(List.of(old, next));
        Cursors changed = new Cursors(List.of(next, old));

        for (Cursors maker : List.of(cursors, changed)) {
            String cursor = ONE.supply(() -> maker.encode("orders", List.of("1")));
            assertThat(ONE.supply(() -> announced.decode("orders", cursor))).containsExactly("1");
            assertThat(ONE.supply(() -> changed.decode("orders", cursor))).containsExactly("1");
        }
        assertInvalid(ONE, "orders", ONE.supply(() -> changed.encode("orders", List.of("1"))));
    }

    @Test
    void aCursorWithAnyCharacterChangedIsRefused() {
        String cursor = ONE.supply(() -> cursors.encode("orders", List.of("abc")));

        IntStream.range(0, cursor.length()).forEach(i -> {
            char changed = cursor.charAt(i) == 'A' ? 'Q' : 'A';
            assertInvalid(ONE, "orders", cursor.substring(0, i) + changed + cursor.substring(i + 1));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "not a cursor", "%%%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoCursorIsRefused(String cursor) {
        assertInvalid(ONE, "orders", cursor);
    }

    @Test
    void anEndlessCursorIsRefusedAndNotMade() {
        assertInvalid(ONE, "orders", "A".repeat(1_000_000));
        assertThatThrownBy(() -> ONE.supply(() -> cursors.encode("orders", List.of("x".repeat(3000)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> new Cursors(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertInvalid(RequestContext context, String scope, String cursor) {
        assertThatThrownBy(() -> context.supply(() -> cursors.decode(scope, cursor)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo("invalid-cursor");
                    assertThat(problem.status().value()).isEqualTo(400);
                });
    }
}
