package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.FirstStart;
import org.cartulary.app.PlatformProcess;
import org.cartulary.app.ServiceName;
import org.cartulary.app.demo.DemoCatalogue;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.MigratedCluster;
import org.cartulary.tests.support.Reconciled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The demo shop is filled as if customers and staff had done it, over the public API. */
@Tag("CAT-01")
@HoldsThePlatform("fills the first shop of an installation of its own")
final class DemoShopJourneyTest {

    /** Among the first products are some with variants and some whose second picture is from near. */
    private static final DemoCatalogue CATALOGUE = DemoCatalogue.load().first(16);

    private final Path data = Installation.freshFolder("demo");
    private @Nullable PlatformProcess process;

    @AfterEach
    void end() {
        if (process != null) {
            process.close();
        }
    }

    private PlatformProcess start() {
        MigratedCluster.prepareDataDirectory(data);
        PlatformProcess started = PlatformProcess.start(
                new PlatformProcess.Options(data, 0, EnumSet.allOf(ServiceName.class), null, Map.of(), null, Map.of()));
        process = started;
        return started;
    }

    /** Where it is told how far the fill is; whoever tells a line with these words is stopped. */
    private static final class Interrupting extends PrintWriter {

        private final String words;

        Interrupting(String words) {
            super(new StringWriter());
            this.words = words;
        }

        @Override
        public void println(String line) {
            if (line.contains(words)) {
                throw new IllegalStateException("interrupted at " + line);
            }
        }
    }

    private static void fill(PlatformProcess platform) {
        FirstStart.fillDemo(platform, CATALOGUE, new PrintWriter(new StringWriter()));
    }

    private static void fillUntil(PlatformProcess platform, String words) {
        assertThatThrownBy(() -> FirstStart.fillDemo(platform, CATALOGUE, new Interrupting(words)))
                .hasMessageContaining("interrupted at");
    }

    private static HttpShop administrator(DataDirectory.Connection connection) {
        DataDirectory.Administrator administrator = Objects.requireNonNull(connection.administrator());
        HttpShop visitor = HttpShop.visitor(connection.url());
        JsonNode session = visitor.post(
                        "/api/v1/store/sessions",
                        Map.of("email", administrator.email(), "password", administrator.password()))
                .expect(201);
        return visitor.bearing(session.path("accessToken").asString());
    }

    /** Everything that a second fill could change, in words. */
    private static Map<String, List<String>> records(HttpShop shop) {
        Map<String, List<String>> records = new HashMap<>();
        for (String list : List.of(
                "products",
                "categories",
                "orders",
                "stock",
                "stock?low=true",
                "shipping-zones",
                "tax-rates",
                "promotions",
                "customers",
                "reviews?status=APPROVED",
                "reviews?status=PENDING")) {
            String path = "/api/v1/admin/" + list + (list.contains("?") ? "&" : "?") + "limit=100";
            JsonNode page = shop.get(path).expect(200);
            assertThat(page.path("page").path("hasMore").asBoolean()).as(list).isFalse();
            records.put(list, items(page).map(JsonNode::toString).toList());
        }
        return records;
    }

    private static Stream<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false);
    }

    @Test
    void aFillThatWasInterruptedGoesOnAndAFurtherOneChangesNothing() {
        PlatformProcess platform = start();
        DataDirectory.Connection connection = FirstStart.prepare(platform, false);
        HttpShop shop = administrator(connection);

        fillUntil(platform, "products with their stock");
        fillUntil(platform, "customers, ");
        fill(platform);
        Map<String, List<String>> filled = records(shop);
        fill(platform);

        assertThat(records(shop)).isEqualTo(filled);
        assertThat(filled.get("products")).hasSize(16);
        assertThat(filled.get("orders")).hasSize(42);
        assertThat(filled.get("customers")).hasSize(6);
        assertThat(filled.get("stock?low=true")).isNotEmpty();
        assertThat(filled.get("reviews?status=PENDING")).hasSize(1);
        assertThat(filled.get("reviews?status=APPROVED")).isNotEmpty();
        assertThat(items(shop.get("/api/v1/admin/products?limit=100").expect(200)))
                .allSatisfy(product -> assertThat(product.path("images").size())
                        .isEqualTo(product.path("featured").asBoolean() ? 2 : 1));
        assertThat(items(shop.get("/api/v1/admin/orders?limit=100").expect(200))
                        .map(order -> order.path("status").asString()))
                .contains("CONFIRMED", "PROCESSING", "SHIPPED", "DELIVERED", "CANCELLED", "REFUNDED");
        assertThat(Reconciled.by(HttpShop.visitor(connection.url()).bearing(connection.apiKey()))
                        .breaches())
                .isEmpty();
    }

    @Test
    void whoeverHostsOnlyAPartIsToldWhatTheDemoNeeds() {
        Commands.Outcome refused = Commands.run("up", "--demo", "--services=catalog,inventory", "--data-dir=" + data);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("--demo", "order", "payment").doesNotContain("inventory", "Exception");
    }
}
