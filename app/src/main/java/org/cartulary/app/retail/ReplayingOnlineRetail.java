package org.cartulary.app.retail;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import me.tongfei.progressbar.ProgressBar;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.cartulary.app.InstallationException;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import org.cartulary.app.console.InterruptionNote;
import org.cartulary.app.console.Progress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Places every invoice of the file as an order, several at a time, and compares the platform with the file. */
public final class ReplayingOnlineRetail {

    /** After so many failures the replay stops: something is wrong with more than single invoices. */
    private static final int MAX_FAILURES = 20;

    private static final int PAGE = 100;
    private static final long MAX_LATENCY_MICROSECONDS = 10L * 60 * 1_000_000;

    private final ApiClient operator;
    private final int clients;
    private final PrintWriter out;

    /**
     * A replay that acts as the platform's operator.
     *
     * @param clients how many invoices are placed at the same time, at least 1
     * @param out where it is said how far the replay was, if it is interrupted
     */
    public ReplayingOnlineRetail(ApiClient operator, int clients, PrintWriter out) {
        this.operator = operator;
        this.clients = clients;
        this.out = out;
    }

    /**
     * What came of a replay.
     *
     * @param latencies in microseconds, of whole orders: opening the checkout and completing it
     */
    record Result(
            MonthlySales file,
            MonthlySales platform,
            List<String> failures,
            int placed,
            double seconds,
            Histogram latencies) {}

    Result run(RetailDataset dataset, @Nullable LocalDate until) {
        List<RetailInvoice> invoices = dataset.invoices().stream()
                .filter(invoice -> until == null
                        || invoice.lines().getFirst().at().toLocalDate().isBefore(until))
                .toList();
        String shop = RetailShop.find(operator)
                .orElseThrow(() -> new InstallationException(
                        "the data set was not imported yet; run ./cartulary import online-retail FILE first"));
        ApiClient client = RetailShop.integration(operator, shop, "replay");
        RetailOrders orders = new RetailOrders(
                client,
                idsBy(client, "/api/v1/admin/products", "sku"),
                idsBy(client, "/api/v1/admin/customers", "customerNumber"),
                shippingMethod(client));
        Histogram latencies = new ConcurrentHistogram(MAX_LATENCY_MICROSECONDS, 3);
        long begun = System.nanoTime();
        Queue<String> failures = place(orders, invoices, latencies);
        double seconds = (System.nanoTime() - begun) / 1e9;
        // Orders of a longer replay before this one are not part of the comparison.
        MonthlySales platform = MonthlySales.of(client.get("/api/v1/admin/reports/orders-by-month?timeZone="
                + RetailInvoice.ZONE.getId() + (until == null ? "" : "&until=" + until)));
        return new Result(
                MonthlySales.of(invoices),
                platform,
                List.copyOf(failures),
                (int) latencies.getTotalCount(),
                seconds,
                latencies);
    }

    private Queue<String> place(RetailOrders orders, List<RetailInvoice> invoices, Histogram latencies) {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        Semaphore places = new Semaphore(clients);
        try (ProgressBar progress = Progress.of("orders", invoices.size());
                InterruptionNote _ =
                        new InterruptionNote(out, () -> howFar(latencies.getTotalCount(), invoices.size())).open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (RetailInvoice invoice : invoices) {
                places.acquireUninterruptibly();
                if (failures.size() >= MAX_FAILURES) {
                    break;
                }
                threads.execute(() -> {
                    try {
                        long begun = System.nanoTime();
                        orders.place(invoice);
                        latencies.recordValue(Math.min(MAX_LATENCY_MICROSECONDS, (System.nanoTime() - begun) / 1_000));
                        progress.step();
                    } catch (ApiException e) {
                        failures.add("invoice " + invoice.number() + ": " + e.getMessage());
                    } finally {
                        places.release();
                    }
                });
            }
        }
        return failures;
    }

    /** What is said to whoever interrupts. */
    static String howFar(long placed, int all) {
        return String.format(Locale.ROOT, "%,d of %,d orders placed; start it again to go on.", placed, all);
    }

    private static Map<String, String> idsBy(ApiClient client, String path, String key) {
        Map<String, String> ids = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = client.get(path + "?limit=" + PAGE + cursor);
            for (JsonNode item : page.path("items")) {
                ids.put(item.path(key).asString(), item.path("id").asString());
            }
            cursor = page.path("page").path("hasMore").asBoolean(false)
                    ? "&cursor=" + page.path("page").path("next").asString()
                    : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    private static String shippingMethod(ApiClient client) {
        List<String> ids = new ArrayList<>();
        for (JsonNode zone : client.get("/api/v1/admin/shipping-zones").path("items")) {
            for (JsonNode method : zone.path("methods")) {
                if (method.path("name").asString().equals(RetailShop.SHIPPING_METHOD)) {
                    ids.add(method.path("id").asString());
                }
            }
        }
        if (ids.isEmpty()) {
            throw new InstallationException(
                    "the shop has no way of sending; run ./cartulary import online-retail FILE again");
        }
        return ids.getFirst();
    }
}
