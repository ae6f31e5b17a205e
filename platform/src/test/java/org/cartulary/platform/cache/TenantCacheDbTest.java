package org.cartulary.platform.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.cartulary.platform.database.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

@Tag("PLT-16")
class TenantCacheDbTest {

    private final Shop shop = new Shop();
    private final AtomicLong now = new AtomicLong();

    /** It never looks by itself, so that what a request does can be seen. */
    private final TenantVersions versions =
            new TenantVersions(shop.database, "effect_versions", Duration.ofDays(1), now::incrementAndGet);

    private final TenantCache<String, Long> counts =
            new TenantCache<>(versions, "counts", 10_000, (key, count) -> 100, now::get);

    @AfterEach
    void close() {
        versions.close();
        shop.close();
    }

    /** As another process would: nobody here hears of the commit. */
    private void writeElsewhere() {
        shop.execute("INSERT INTO effects (tenant_id, text) VALUES ('" + shop.tenant + "', 'elsewhere')");
    }

    private long count() {
        return shop.context().supply(() -> counts.get("all", this::load));
    }

    private long load() {
        return shop.database.inReadTransaction(tx ->
                tx.jdbc().sql("SELECT count(*) FROM effects").query(Long.class).single());
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void whatNobodyHasLookedAtForTwoSecondsIsLookedAtByWhoeverAsks() {
        assertThat(count()).isZero();
        writeElsewhere();
        pass(Duration.ofMillis(1900));
        assertThat(count()).isZero();
        pass(Duration.ofMillis(200));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aProcessThatCannotLookAnswersNothingThatIsOld() {
        assertThat(count()).isZero();
        shop.admin().sql("REVOKE SELECT ON effect_versions FROM shop_app").update();
        assertThat(count()).isZero();
        pass(Duration.ofSeconds(3));
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(this::count);
    }

    @Test
    void whatThisProcessCommitsIsSeenAtOnce() {
        assertThat(count()).isZero();
        shop.context()
                .run(() -> shop.database.inTransaction(tx -> {
                    Shop.note(tx, "here");
                    return tx;
                }));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void whatOthersCommitIsSeenByTheLookThatIsDueWithoutARequest() throws InterruptedException {
        try (TenantVersions looking = new TenantVersions(shop.database, "effect_versions")) {
            long before = shop.context().supply(looking::current);
            writeElsewhere();
            Shop.await(() -> shop.context().supply(looking::current) == before + 1);
        }
    }

    @Test
    void anHourIsTheLongestThatAnAnswerIsKept() {
        assertThat(count()).isZero();
        pass(Duration.ofMinutes(61));
        assertThat(shop.context().supply(() -> counts.get("all", () -> 7L))).isEqualTo(7);
        pass(Duration.ofMinutes(59));
        assertThat(shop.context().supply(() -> counts.get("all", () -> 8L))).isEqualTo(7);
    }

    @Test
    void moreThanFitsIsNotKept() {
        shop.context().run(() -> {
            for (int i = 0; i < 1000; i++) {
                String key = Integer.toString(i);
                assertThat(counts.get(key, () -> 1L)).isEqualTo(1);
            }
            AtomicLong loads = new AtomicLong();
            for (int i = 0; i < 1000; i++) {
                counts.get(Integer.toString(i), loads::incrementAndGet);
            }
            assertThat(loads.get()).isGreaterThan(900);
        });
    }

    @Test
    void severalAreLoadedTogetherAndOnlyThoseThatAreMissing() {
        shop.context().run(() -> {
            assertThat(counts.getAll(List.of("a", "b", "none"), missing -> {
                        assertThat(missing).containsExactly("a", "b", "none");
                        return Map.of("a", 1L, "b", 2L);
                    }))
                    .isEqualTo(Map.of("a", 1L, "b", 2L));
            assertThat(counts.getAll(List.of("b", "none", "a"), missing -> {
                        assertThat(missing).containsExactly("none");
                        return Map.of();
                    }))
                    .isEqualTo(Map.of("a", 1L, "b", 2L));
        });
    }

    @Test
    void nothingIsAskedForInATransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> shop.context().supply(() -> shop.database.inTransaction(tx -> count())));
    }
}
