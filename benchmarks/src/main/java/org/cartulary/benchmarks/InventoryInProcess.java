package org.cartulary.benchmarks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.inventory.InventoryConfiguration;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.ids.Ids;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * The inventory service in this process, beside the platform and on the same database: its contract without HTTP, as the
 * baseline is JDBC without HTTP. What was reserved expires when it is closed. Thread-safe.
 */
final class InventoryInProcess implements AutoCloseable {

    private static final int MINUTES = 1;
    private static final int BATCH = 5_000;
    private static final String DATABASE = "inventory_db";
    private static final int MANY = 1_000_000;

    private final AnnotationConfigApplicationContext context;
    private final InventoryApi inventory;
    private final Cluster cluster;
    private final UUID shop;

    private InventoryInProcess(AnnotationConfigApplicationContext context, Cluster cluster, UUID shop) {
        this.context = context;
        this.inventory = context.getBean(InventoryApi.class);
        this.cluster = cluster;
        this.shop = shop;
    }

    /** Opens the platform's inventory. */
    static InventoryInProcess beside(PlatformUnderTest platform) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Databases.class, () -> platform.databases(context.getBean(MeterRegistry.class)));
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.registerBean(Cursors.class, () -> new Cursors(platform.secret().getBytes(StandardCharsets.UTF_8)));
        context.register(InventoryConfiguration.class);
        context.refresh();
        return new InventoryInProcess(context, platform.cluster(), platform.shop());
    }

    /** Somebody who reserves a unit of the product again and again, for another order each time. */
    Load.Client buyerOf(String product) {
        List<StockLine> lines = List.of(new StockLine(UUID.fromString(product), 1));
        RequestContext asShop = RequestContext.ofSystem(shop);
        return new Load.Client() {
            @Override
            public String once() {
                ReserveStock command = new ReserveStock(Ids.next(), null, lines, MINUTES, MANY);
                try {
                    return switch (asShop.supply(() -> inventory.reserve(command))) {
                        case ReserveStockResult.Reserved _ -> "";
                        case ReserveStockResult.OutOfStock _ -> "out of stock";
                        case ReserveStockResult.TooManyReservations _ -> "too many reservations";
                        case ReserveStockResult.AlreadyReleased _ -> "already released";
                    };
                } catch (RuntimeException e) {
                    return "fault: " + e.getClass().getSimpleName();
                }
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    @Override
    public void close() {
        context.close();
        expire();
    }

    /** As if the minute had passed: nothing is held for orders that will never be, and the records agree. */
    private void expire() {
        cluster.execute(
                DATABASE, "UPDATE inventory_reservations SET expires_at = clock_timestamp() WHERE status = 'OPEN'");
        String expired;
        do {
            expired = cluster.row(DATABASE, "SELECT expire_reservations(" + BATCH + ") AS expired")
                    .getOrDefault("expired", "0");
        } while (!expired.equals("0"));
    }
}
