package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

class SqlBudgetsHttpTest {

    @Test
    void theCountersOfAllOperationsWithABudgetAreThereFromTheBeginning() {
        try (SampleServer server = new SampleServer(SampleApplication.class)) {
            MeterRegistry meters = server.bean(MeterRegistry.class);

            assertThat(meters.get("cartulary.sql.over.budget").counters())
                    .singleElement()
                    .satisfies(counter -> {
                        assertThat(counter.getId().getTag("call")).isEqualTo("GET /api/v1/store/who");
                        assertThat(counter.getId().getTag("budget")).isEqualTo("1 statements, 1 transactions");
                        assertThat(counter.count()).isZero();
                    });
        }
    }
}
