package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A customer types, chooses among facets and finds what is left. */
@Tag("CAT-05")
@ExtendWith(SharedInstallation.class)
final class SearchJourneyTest {

    private final HttpShop visitor;
    private final Merchant merchant;
    private final String word = "w" + UUID.randomUUID().toString().replace("-", "");

    SearchJourneyTest(Installation installation) {
        this.visitor = installation.visitor();
        this.merchant = installation.merchant();
    }

    @BeforeEach
    void fillCatalog() {
        merchant.shop()
                .post(
                        "/api/v1/admin/products/batches",
                        Map.of("products", List.of(rope("10,5 m", "12.00"), rope("20 m", "19.00"))))
                .expect(200);
    }

    private Map<String, Object> rope(String length, String price) {
        return Map.of(
                "sku",
                word + length,
                "name",
                "Rope " + word + " " + length,
                "price",
                Merchant.Money.euros(price),
                "attributes",
                Map.of("length", length));
    }

    private JsonNode get(String path, String... parameters) {
        StringBuilder address = new StringBuilder(path).append('?');
        for (int i = 0; i < parameters.length; i += 2) {
            address.append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8))
                    .append('&');
        }
        return visitor.get(address.toString()).expect(200);
    }

    @Test
    void facetsLeadToWhatIsLookedFor() {
        JsonNode typed = get("/api/v1/store/search-suggestions", "query", "rope " + word.substring(0, 20));
        assertThat(typed.path("items")).hasSize(2);

        JsonNode facets = get("/api/v1/store/product-facets", "query", word);
        assertThat(facets.path("total").asInt()).isEqualTo(2);
        JsonNode lengths = facets.at("/attributes/0");
        assertThat(lengths.path("name").asString()).isEqualTo("length");
        assertThat(lengths.path("values")).hasSize(2);

        // A comma belongs to the value: it does not make two of it.
        JsonNode found = get("/api/v1/store/products", "query", word, "attribute", "length:10,5 m");
        assertThat(found.path("items")).hasSize(1);
        JsonNode both =
                get("/api/v1/store/products", "query", word, "attribute", "length:10,5 m", "attribute", "length:20 m");
        assertThat(both.path("items")).hasSize(2);
    }

    @Test
    @Tag("CAT-04")
    void whatHasComeIntoStockIsShownAndWhatWasSoldToTheLastPieceIsNot() {
        JsonNode ropes = get("/api/v1/store/products", "query", word, "order", "price-asc");
        String shorter = ropes.at("/items/0/id").asString();
        assertThat(ropes.at("/items/0/inStock").asBoolean()).isFalse();
        receive(shorter, 2);
        Eventually.holds(
                "the list shows what has come",
                Duration.ofMinutes(3),
                () -> get("/api/v1/store/products", "query", word, "inStock", "true")
                        .at("/items/0/id")
                        .asString()
                        .equals(shorter));
        JsonNode facets = get("/api/v1/store/product-facets", "query", word, "inStock", "true");
        assertThat(facets.path("total").asInt()).isEqualTo(1);
        assertThat(facets.at("/stock/inStock").asInt()).isEqualTo(1);
        assertThat(facets.at("/stock/outOfStock").asInt()).isEqualTo(1);

        merchant.shop()
                .postOnce(
                        "/api/v1/admin/stock-adjustments",
                        Map.of("productId", shorter, "change", -2, "reasonCode", "LOST"))
                .expect(201);
        Eventually.holds(
                "the list shows what is gone",
                Duration.ofMinutes(3),
                () -> get("/api/v1/store/products", "query", word, "inStock", "true")
                        .path("items")
                        .isEmpty());
    }

    private void receive(String product, int quantity) {
        Map<String, Object> receipt = Map.of("productId", product, "quantity", quantity, "reference", word);
        merchant.shop()
                .post("/api/v1/admin/stock-receipts/batches", Map.of("receipts", List.of(receipt)))
                .expect(200);
    }

    @Test
    void whatIsNewIsFoundAtOnce() {
        JsonNode before = get("/api/v1/store/product-facets", "query", word);
        merchant.shop()
                .post("/api/v1/admin/products/batches", Map.of("products", List.of(rope("30 m", "29.00"))))
                .expect(200);
        JsonNode after = get("/api/v1/store/product-facets", "query", word);
        assertThat(after.path("total").asInt()).isEqualTo(before.path("total").asInt() + 1);
        assertThat(after.at("/prices/to/amount").asString()).isEqualTo("29.00");
    }
}
