package org.cartulary.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FacetChoicesTest {

    private static List<FacetChoices.Choice> choices(int count, int chosen) {
        return IntStream.range(0, count)
                .mapToObj(
                        number -> new FacetChoices.Choice("v" + number, "V" + number, count - number, number == chosen))
                .toList();
    }

    @Test
    void aFewAreShownAtOnceAndTheRestIsFolded() {
        FacetChoices facet = FacetChoices.of(choices(20, -1));

        assertThat(facet.first()).hasSize(8);
        assertThat(facet.rest()).hasSize(12);
    }

    @Test
    void whatWasChosenIsNeverFolded() {
        FacetChoices facet = FacetChoices.of(choices(20, 15));

        assertThat(facet.first()).extracting(FacetChoices.Choice::value).contains("v15");
        assertThat(facet.rest()).extracting(FacetChoices.Choice::value).doesNotContain("v15");
    }

    @Test
    void aSingleOneIsNotFolded() {
        assertThat(FacetChoices.of(choices(9, -1)).rest()).isEmpty();
        assertThat(FacetChoices.of(choices(9, -1)).first()).hasSize(9);
    }
}
