package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CAT-02")
final class ClearingTest {

    private static void require(String description, List<String> clear) {
        var draft = new CategoryDraft("Mugs", null, null, description, null, null, clear);
        Clearing.requireNotGiven(draft, draft.clear());
    }

    @Test
    void whatIsGivenIsNotCleared() {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> require("Words", List.of("imageUrl", "description")));
        assertThat(refused.code()).isEqualTo("cleared-and-given");
        assertThat(refused.errors()).extracting(ProblemError::pointer).containsExactly("/description");
    }
}
