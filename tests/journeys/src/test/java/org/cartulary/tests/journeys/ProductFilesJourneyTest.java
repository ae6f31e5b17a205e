package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A shop fills its catalogue with a file, and takes it out again. */
@Tag("CAT-01")
@ExtendWith(SharedInstallation.class)
final class ProductFilesJourneyTest {

    private static final String IMPORTS = "/api/v1/admin/product-imports";

    private final HttpShop shop;
    private final HttpShop visitor;

    ProductFilesJourneyTest(Installation installation) {
        this.shop = installation.merchant().shop();
        this.visitor = installation.visitor();
    }

    private JsonNode imported(String query, String type, String file) {
        HttpShop.Answer started = shop.send("POST", IMPORTS + query, file, Map.of("Content-Type", type));
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String path = started.headers().firstValue("Location").orElseThrow();
        Eventually.holds(
                "the file is imported",
                Duration.ofMinutes(5),
                () -> !shop.get(path).expect(200).path("finishedAt").isNull());
        return shop.get(path).expect(200);
    }

    @Test
    void aFileLargerThanOtherBodiesIsImportedFoundAndExported() {
        String words = "A lantern that hangs from the ceiling and gives a warm light. ".repeat(40);
        String file = IntStream.range(0, 2_500)
                .mapToObj(i -> "J%d,Jlantern %d,1%d.00,%s%n"
                        .formatted(i, i, i % 10, words)
                        .replace("\r", ""))
                .collect(Collectors.joining("", "sku,name,price,description\n", "JBAD,,1.00,\n"));
        assertThat(file.length()).isGreaterThan(5_000_000);
        JsonNode tried = imported("?dryRun=true", "text/csv", file);
        assertThat(tried.path("created").asInt()).isEqualTo(2_500);
        assertThat(visitor.get("/api/v1/store/products?query=Jlantern")
                        .expect(200)
                        .path("items"))
                .isEmpty();

        JsonNode done = imported("", "text/csv", file);

        assertThat(done.path("state").asString()).isEqualTo("completed");
        assertThat(done.path("created").asInt()).isEqualTo(2_500);
        assertThat(done.path("failed").asInt()).isEqualTo(1);
        JsonNode errors = shop.get(IMPORTS + "/" + done.path("id").asString() + "/errors")
                .expect(200)
                .path("items");
        assertThat(errors).hasSize(1);
        assertThat(errors.path(0).path("line").asInt()).isEqualTo(2_502);
        assertThat(errors.path(0).path("field").asString()).isEqualTo("name");
        // What was kept of the lists before is no answer any more.
        assertThat(visitor.get("/api/v1/store/products?query=Jlantern")
                        .expect(200)
                        .path("items"))
                .isNotEmpty();
        String exported =
                new String(shop.download("/api/v1/admin/product-export?format=jsonl"), StandardCharsets.UTF_8);
        assertThat(exported.lines().filter(line -> line.contains("Jlantern"))).hasSize(2_500);
        assertThat(imported("", "application/jsonl", exported).path("changed").asInt())
                .isZero();
    }

    @Test
    void whatIsNoFileIsRefused() {
        shop.send("POST", IMPORTS, "{}", Map.of()).expectProblem(415, "unsupported-media-type");
        visitor.send("POST", IMPORTS, "sku,name,price\n", Map.of("Content-Type", "text/csv"))
                .expectProblem(401, "unauthorized");
        shop.get("/api/v1/admin/product-export?format=xls").expectProblem(422, "unknown-format");
    }

    @Test
    void eachSchemaOfTheDescriptionIsOfOneType() {
        JsonNode schemas = visitor.get("/openapi.json").expect(200).at("/components/schemas");

        assertThat(schemas.propertyNames()).contains("CartViewLine", "CheckoutViewLine", "PurchaseOrderViewLine");
        assertThat(schemas.has("Line")).isFalse();
        assertThat(schemas.at("/CartViewLine/properties").has("productId")).isTrue();
    }
}
