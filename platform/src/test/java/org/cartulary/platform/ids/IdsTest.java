package org.cartulary.platform.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void idsAreOfVersionSevenAndDiffer() {
        List<UUID> ids = Stream.generate(Ids::next).limit(10_000).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.version() == 7 && id.variant() == 2);
    }

    @Test
    void eachIdSortsAfterTheOneBefore() {
        List<String> ids =
                Stream.generate(Ids::next).limit(10_000).map(UUID::toString).toList();

        assertThat(ids).isSorted();
    }

    @Test
    void anIdTellsWhenItWasMade() {
        long before = System.currentTimeMillis();

        long made = Ids.next().getMostSignificantBits() >>> 16;

        assertThat(made).isBetween(before, System.currentTimeMillis());
    }
}
