package org.cartulary.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.JsonDocument;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** What everybody may know of a shop. */
@Tag("PLT-17")
class ShopDbTest {

    private static TestDatabase test;

    private final TenantDirectory directory =
            new TenantDirectory(test.database(), ApiJson.tolerant(), Clock.systemUTC());
    private final ShopController controller = new ShopController(directory, ApiJson.tolerant());

    @BeforeAll
    static void open() {
        test = TestDatabase.create("tenant");
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private Tenant open(String name, String currency) {
        return new TenantEndpoint(directory)
                .ensure(new CreateTenant(
                        name, "Shop " + name, List.of(name + ".example"), TenantSettings.defaults(currency)));
    }

    private ResponseEntity<JsonDocument<ShopView>> asked(UUID tenantId) {
        return Contexts.system(tenantId).supply(controller::find);
    }

    private static JsonNode json(ResponseEntity<JsonDocument<ShopView>> answer) {
        return ApiJson.tolerant()
                .readTree(Objects.requireNonNull(answer.getBody()).text());
    }

    @Test
    void aShopTellsHowItSells() {
        Tenant yen = open("yen", "JPY");
        JsonNode shop = json(asked(yen.id()));
        assertThat(shop.path("name").asString()).isEqualTo("Shop yen");
        assertThat(shop.path("currency").asString()).isEqualTo("JPY");
        assertThat(shop.path("decimals").asInt(-1)).isZero();
        assertThat(shop.path("language").asString()).isEqualTo("en");
        assertThat(shop.path("pricesIncludeTax").asBoolean(true)).isFalse();
        assertThat(shop.at("/minimumTotal/amount").asString()).isEqualTo("1000");
        assertThat(shop.path("maximumLines").asInt()).isEqualTo(50);
        assertThat(json(asked(open("euro", "EUR").id())).path("decimals").asInt())
                .isEqualTo(2);
    }

    @Test
    void aShopTellsNothingOfHowItIsRun() {
        JsonNode shop = json(asked(open("closed-books", "EUR").id()));
        assertThat(shop.propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "currency",
                        "decimals",
                        "language",
                        "timeZone",
                        "pricesIncludeTax",
                        "minimumTotal",
                        "maximumTotal",
                        "maximumLines",
                        "cartDays",
                        "checkoutMinutes");
    }

    @Test
    void theTagOfAShopChangesWithWhatItTellsAndNotOtherwise() {
        Tenant tenant = open("tagged", "EUR");
        String before = asked(tenant.id()).getHeaders().getETag();
        assertThat(before).isNotNull().isEqualTo(asked(tenant.id()).getHeaders().getETag());
        Contexts.staff(tenant.id())
                .run(() -> directory.changeSettings(
                        tenant.version(), new SettingsChange(null, "de", null, null, null, null, null, null)));
        ResponseEntity<JsonDocument<ShopView>> after = asked(tenant.id());
        assertThat(after.getHeaders().getETag()).isNotEqualTo(before);
        assertThat(json(after).path("language").asString()).isEqualTo("de");
    }

    @Test
    void aShopThatDoesNotExistIsNotFound() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> asked(UUID.randomUUID()))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("tenant-not-found"));
    }
}
