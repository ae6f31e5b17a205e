package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FairPoolDbTest {

    private static final DatabaseSettings SETTINGS =
            TestPostgres.freshDatabases().withPools(new DatabaseSettings.PoolSizes(1, 1, 1, 1, Duration.ZERO));

    private final Databases databases = new Databases(SETTINGS, new SimpleMeterRegistry());
    private Pools pools;

    @BeforeEach
    void open() throws SQLException {
        databases.open("sample");
        pools = new Pools(
                ServiceDatabase.of(SETTINGS, "sample"), SETTINGS.pools(), SETTINGS.limits(), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        pools.close();
        databases.close();
    }

    @Test
    void whoHasWaitedLongestIsServedFirst() throws Exception {
        FairPool pool = pools.app();
        List<Integer> served = new CopyOnWriteArrayList<>();
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (FairPool.Lent held = pool.lend()) {
                assertThat(held.connection().isClosed()).isFalse();
                for (int i = 0; i < 20; i++) {
                    int caller = i;
                    all.add(threads.submit(() -> {
                        try (FairPool.Lent lent = pool.lend()) {
                            return served.add(caller) && lent.connection().isReadOnly();
                        }
                    }));
                    Shop.await(() -> pool.waiting() == caller + 1);
                }
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(served).hasSize(20).isSorted();
    }

    @Test
    void aConnectionThatCannotBeOpenedCostsNobodyATurn() throws Exception {
        FairPool pool = pools.app();
        pool.dataSource().close();

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(pool::lend)
                    .withMessageContaining("has been closed");
        }

        assertThat(pool.waiting()).isZero();
    }
}
