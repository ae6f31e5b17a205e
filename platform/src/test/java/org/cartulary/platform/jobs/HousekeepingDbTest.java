package org.cartulary.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.events.Inbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HousekeepingDbTest {

    private final Shop shop = new Shop();
    private final Jobs jobs = new Jobs(shop.database, List.of());

    @AfterEach
    void close() {
        jobs.close();
        shop.close();
    }

    private void writeNotes(int number, String age) {
        shop.execute("""
                INSERT INTO inbox_events (tenant_id, consumer, event_id, received_at)
                SELECT '%s', 'noting', gen_random_uuid(), now() - interval '%s' FROM generate_series(1, %d)
                """.formatted(shop.tenant, age, number));
    }

    private void writeKeys(int number, String remaining) {
        shop.execute("""
                INSERT INTO idempotency_keys (tenant_id, principal, route, key, body_hash, expires_at)
                SELECT '%s', 'SYSTEM', 'POST /', gen_random_uuid(), sha256('x'), now() + interval '%s'
                FROM generate_series(1, %d)
                """.formatted(shop.tenant, remaining, number));
    }

    @Test
    @Tag("PLT-10")
    @Tag("PLT-13")
    void whatIsOldIsDeletedAndTheRestIsKept() throws InterruptedException {
        writeNotes(12_000, "31 days");
        writeNotes(5, "29 days");
        writeKeys(7_000, "-1 minute");
        writeKeys(3, "1 minute");
        jobs.add(Housekeeping.of(shop.database));
        jobs.start();
        Shop.await(() -> {
            JobResult result = jobs.lastResult("housekeeping");
            return result != null && result.status().equals("succeeded");
        });
        assertThat(shop.count("SELECT count(*) FROM inbox_events")).isEqualTo(5);
        assertThat(shop.count("SELECT count(*) FROM idempotency_keys")).isEqualTo(3);
    }

    @Test
    @Tag("PLT-10")
    void oneStatementDeletesABoundedNumberOfRows() {
        writeNotes(100, "31 days");
        assertThat(Inbox.purge(shop.database, Duration.ofDays(30), 40)).isEqualTo(40);
        assertThat(shop.count("SELECT count(*) FROM inbox_events")).isEqualTo(60);
    }

    @Test
    void aJobIsAddedOnceAndBeforeTheStart() {
        Job job = Housekeeping.of(shop.database);
        jobs.add(job);
        assertThatIllegalArgumentException().isThrownBy(() -> jobs.add(job));
        jobs.start();
        assertThatIllegalStateException().isThrownBy(() -> jobs.add(new Job("late", Duration.ofHours(1), () -> {})));
    }
}
