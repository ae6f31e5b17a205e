package org.cartulary.admin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.pages.PageInfo;
import org.jspecify.annotations.Nullable;

/** What the API tells an operator of the platform, as far as pages show it. */
final class Platform {

    private Platform() {}

    record Tenant(UUID id, String name, String displayName, boolean active, List<String> hosts) {}

    record Tenants(List<Tenant> items, PageInfo page) {}

    record Work(
            String service,
            String kind,
            UUID id,
            @Nullable UUID tenantId,
            String type,
            String state,
            @Nullable Instant since,
            int attempts,
            @Nullable String error,
            long version,
            List<String> acts) {}

    record UnavailableService(String service, @Nullable String detail) {}

    record StuckWork(List<Work> items, PageInfo page, List<UnavailableService> unavailable) {}

    record Check(String name, String status, @Nullable BigDecimal value, String message) {}

    record Table(String table, long liveRows, BigDecimal deadPercent, long totalBytes) {

        private static final int BYTES_OF_A_MEGABYTE = 1_000_000;

        public BigDecimal megabytes() {
            return BigDecimal.valueOf(totalBytes)
                    .divide(BigDecimal.valueOf(BYTES_OF_A_MEGABYTE), 1, RoundingMode.HALF_UP);
        }
    }

    record Database(String service, String status, List<Check> checks, List<Table> tables) {}

    record Databases(List<Database> items, List<UnavailableService> unavailable) {}
}
