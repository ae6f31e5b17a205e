package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.cartulary.app.DataDirectory;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The staff works with the pages, in a browser without scripts. */
@ExtendWith(SharedInstallation.class)
final class AdminPagesJourneyTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Installation installation;
    private final DataDirectory.Connection connection;
    private final Pages pages;

    /** In the shop that the host name of the platform itself leads to, whose administrator has a password. */
    AdminPagesJourneyTest(Installation shared) {
        this.installation = Installation.running(shared.dataDirectory());
        this.connection = DataDirectory.connection(installation.dataDirectory()).orElseThrow();
        this.pages = new Pages(connection.url());
    }

    private void signIn(Pages browser, String email, String password) {
        browser.post("/admin/sign-in", Map.of("email", email, "password", password))
                .expectRedirect("/admin");
    }

    @BeforeEach
    void administratorSignsIn() {
        signIn(
                pages,
                connection.administrator().email(),
                connection.administrator().password());
    }

    /** The page, with these words in it and every text in its language. */
    private Pages.Answer page(String path, String words) {
        Pages.Answer page = pages.get(path).expect(200);
        assertThat(page.body()).startsWith("<!DOCTYPE html>").contains(words).doesNotContain("??");
        return page;
    }

    private String bought(Merchant merchant, String product, int quantity) {
        merchant.sendEverywhere();
        String id = Buyer.guest(installation.visitor())
                .buy(product, quantity, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        Eventually.holds(
                "the payment is captured",
                LIMIT,
                () -> merchant.payments(id).at("/0/status").asString("").equals("CAPTURED"));
        return id;
    }

    @Test
    void whoeverHasNotSignedInIsLedThereAndACustomerIsTurnedAway() {
        Pages stranger = new Pages(connection.url());
        stranger.get("/admin/orders").expectRedirect("/admin/sign-in?next=%2Fadmin%2Forders");
        assertThat(stranger.post("/admin/sign-in", Map.of("email", "nobody@shop.example", "password", "wrong password"))
                        .expect(401)
                        .body())
                .contains("E-mail address and password do not match.");

        String email = "admin-pages-" + UUID.randomUUID() + "@buyer.example";
        Buyer.openAccount(installation.visitor(), email, "correct horse battery");
        signIn(stranger, email, "correct horse battery");
        for (String path : List.of("/admin", "/admin/orders", "/admin/platform", "/admin/settings")) {
            assertThat(stranger.get(path).expect(403).body()).contains("This is for the shop’s staff");
        }
        stranger.post("/admin/sign-out", Map.of()).expectRedirect("/admin/sign-in");
        pages.post("/admin/sign-out", Map.of()).expectRedirect("/admin/sign-in");
        pages.get("/admin").expectRedirect("/admin/sign-in");
    }

    @Test
    void staffThatSignsInAtTheShopIsToldSoAndSignsOutAgain() {
        Pages shop = new Pages(connection.url());
        Map<String, String> logIn = Map.of(
                "email", connection.administrator().email(),
                "password", connection.administrator().password(),
                "next", "/account");
        shop.post("/sign-in", logIn).expectRedirect("/account");

        assertThat(shop.get("/account").expect(403).body()).contains("This is for customers", "action=\"/sign-out\"");
        shop.get("/account/sessions").expect(200);
        shop.post("/sign-out", Map.of()).expectRedirect("/?said=signed-out");
        shop.get("/account").expectRedirect("/sign-in");
    }

    @Test
    void everyPageIsThereInBothLanguages() {
        Map<String, List<String>> words = new HashMap<>();
        words.put("/admin", List.of("Best sellers of 30 days", "Meistverkauft in 30 Tagen"));
        words.put("/admin/orders", List.of("To be shipped", "Zu versenden"));
        words.put(
                "/admin/orders?toBeSent=true&status=CONFIRMED&from=2026-01-01&until=2099-01-01",
                List.of("Reset", "Zurücksetzen"));
        words.put("/admin/orders?email=nobody%40buyer.example", List.of("There are no such orders", "keine solchen"));
        words.put("/admin/products", List.of("New product", "Neuer Artikel"));
        words.put("/admin/products?query=no-such-thing-at-all", List.of("There are no such products", "keine solchen"));
        words.put("/admin/products/new", List.of("Add the product", "Artikel anlegen"));
        words.put(
                "/admin/products/" + installation.merchant().product("19.90", 10) + "/variants",
                List.of("Options", "Optionen"));
        words.put("/admin/categories", List.of("New category", "Neue Kategorie"));
        words.put("/admin/new-category", List.of("Shown in the shop", "Im Laden gezeigt"));
        words.put("/admin/stock?low=true", List.of("Only low stock", "Nur was knapp wird"));
        words.put("/admin/stock", List.of("Warehouses", "Lagerorte"));
        words.put("/admin/stock-alerts", List.of("Alerts", "Warnungen"));
        words.put("/admin/stock-alerts?closed=true", List.of("See those that are open", "Offene ansehen"));
        words.put("/admin/warehouses", List.of("New warehouse", "Neuer Lagerort"));
        words.put("/admin/promotions", List.of("New promotion", "Neue Aktion"));
        words.put("/admin/promotions/new", List.of("Add the promotion", "Aktion anlegen"));
        words.put("/admin/customers", List.of("Customer number", "Kundennummer"));
        words.put("/admin/reviews", List.of("Waiting", "Wartend"));
        words.put("/admin/reviews?status=REJECTED", List.of("Rejected", "Abgelehnt"));
        words.put("/admin/settings", List.of("Prices include tax", "Preise enthalten die Steuer"));
        words.put("/admin/staff", List.of("Invite somebody", "Jemanden einladen"));
        words.put("/admin/platform", List.of("Use this key", "Diesen Schlüssel verwenden"));
        words.forEach((path, texts) -> page(path, texts.getFirst()));

        pages.post("/admin/language", Map.of("language", "de", "next", "/admin"))
                .expectRedirect("/admin");
        words.forEach((path, texts) -> page(path, texts.getLast()));
        pages.get("/admin/orders/" + UUID.randomUUID()).expect(404);
        pages.get("/admin/no-such-page").expect(404);
    }

    @Test
    @Tag("SHP-02")
    @Tag("ORD-06")
    void anOrderIsNotedSentDeliveredAndGivenBack() {
        Merchant merchant = installation.merchant();
        String product = merchant.product("19.90", 10);
        String path = "/admin/orders/" + bought(merchant, product, 3);

        Pages.Answer order = page(path, "Pack and ship");
        String number = order.body().replaceAll("(?s).*<h1><span>Order ([^<]+)<.*", "$1");
        page("/admin/orders?orderNumber=" + number, path);
        Map<String, String> note = Map.of("key", order.field("key"), "text", "Rings twice <b>");
        pages.post(path + "/notes", note).expectRedirect(path);
        pages.post(path + "/notes", note).expectRedirect(path);
        assertThat(page(path, "by you").body().split("Rings twice &lt;b&gt;", -1))
                .hasSize(2);

        String item = order.body().replaceAll("(?s).*id=\"units-([0-9a-f-]{36})\".*", "$1");
        Map<String, String> parcel =
                Map.of("key", page(path, "Pack").field("key"), "units-" + item, "1", "carrier", "Post", "sent", "true");
        pages.post(path + "/shipments", parcel).expectRedirect(path + "?said=parcel-sent");
        Pages.Answer sent = page(path, "Partly shipped");
        String shipment = sent.body().replaceAll("(?s).*/shipments/([0-9a-f-]{36})\".*", "$1");
        pages.post(path + "/shipments/" + shipment, Map.of("status", "DELIVERED"))
                .expectRedirect(path);
        page(path, "Parcel delivered");

        Pages.Answer refused = pages.post(
                        path + "/refunds", Map.of("key", sent.field("key"), "amount", "9999", "reason", "a mistake"))
                .expect(409);
        assertThat(refused.body())
                .contains("value=\"a mistake\"", "That is more than can still be refunded.")
                .containsPattern("<details [^>]*id=\"refund\" open");
        Pages.Answer unreadable = pages.post(
                        path + "/shipments",
                        Map.of("key", UUID.randomUUID().toString(), "units-" + item, "1", "trackingUrl", "not a link"))
                .expect(422);
        assertThat(unreadable.field("units-" + item)).isEqualTo("1");
        assertThat(unreadable.body()).doesNotContainPattern("name=\"sent\"[^>]*checked");
        Map<String, String> refund = Map.of(
                "key",
                page(path, "Refund …").field("key"),
                "amount",
                "19,90",
                "reason",
                "came broken",
                "units-" + product,
                "1");
        pages.post(path + "/refunds", refund).expectRedirect(path + "?said=refunded");
        page(path, "came broken");
        page("/admin", "Sales of the last 30 days");
    }

    @Test
    void anOrderIsCancelledForAReason() {
        Merchant merchant = installation.merchant();
        String path = "/admin/orders/" + bought(merchant, merchant.product("19.90", 10), 1);
        String key = page(path, "Cancel the order").field("key");

        assertThat(pages.post(path + "/cancellation", Map.of("key", key, "reason", ""))
                        .status())
                .isEqualTo(422);
        pages.post(path + "/cancellation", Map.of("key", key + "-2", "reason", "sold out"))
                .expectRedirect(path);
        page(path, "sold out");
    }

    @Test
    void aProductIsAddedChangedShownAndDeleted() throws IOException {
        String sku = "PAGES-" + UUID.randomUUID();
        Map<String, String> fields = new HashMap<>();
        fields.put("key", page("/admin/products/new", "SKU").field("key"));
        fields.put("sku", sku);
        fields.put("name", "Blue <teapot>");
        fields.put("price", "12,50");
        fields.put("tags", "blue, tea");
        fields.put("status", "draft");
        fields.put("compareAtPrice", "15,00");
        fields.put("description", "Holds a pint.");
        Pages.Answer added = pages.post("/admin/products/new", fields);
        added.expectRedirect("/admin/products/");
        String path = "/admin/products/" + added.idInLocation();
        page("/admin/products?query=" + sku, path);
        page("/admin/products?query=teapot&status=draft", path);
        assertThat(page("/admin/products?query=" + sku + "&status=active", "There are no such products")
                        .body())
                .doesNotContain(path);

        String version = page(path, "Blue &lt;teapot&gt;").field("version");
        fields.put("version", version);
        fields.put("name", "Green teapot");
        fields.put("status", "active");
        pages.post(path, fields).expectRedirect(path);
        assertThat(page(path, "Holds a pint.").field("compareAtPrice")).isEqualTo("15.00");
        fields.put("name", "Red teapot");
        Pages.Answer stale = pages.post(path, fields).expect(412);
        assertThat(stale.body()).contains("This has been changed meanwhile").doesNotContain("Red teapot");
        fields.put("version", stale.field("version"));
        fields.put("price", "much");
        Pages.Answer refused = pages.post(path, fields).expect(422);
        assertThat(refused.field("price")).isEqualTo("much");
        assertThat(refused.field("name")).isEqualTo("Red teapot");
        assertThat(refused.field("altText")).isEmpty();
        fields.put("price", "12.50");
        fields.put("compareAtPrice", "");
        fields.put("description", "");
        pages.post(path, fields).expectRedirect(path);
        Pages.Answer emptied = page(path, "Red teapot");
        assertThat(emptied.field("compareAtPrice")).isEmpty();
        assertThat(emptied.body()).doesNotContain("Holds a pint.");

        pages.post(path + "/pictures?altText=A+teapot", "image/png", picture()).expectRedirect(path);
        Pages.Answer shown = page(path, "alt=\"A teapot\"");
        pages.post(path + "/pictures/removal", Map.of("version", shown.field("version"), "url", shown.field("url")))
                .expectRedirect(path);
        pages.post(path + "/pictures", "image/png", new byte[] {1, 2, 3}).expect(422);
        Map<String, String> archived =
                Map.of("version", page(path, "There is no picture yet").field("version"), "status", "archived");
        pages.post(path + "/state", archived).expectRedirect(path);
        page(path, "is-archived");
        pages.post(path + "/deletion", Map.of()).expectRedirect("/admin/products");
        pages.get(path).expect(404);
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    @Tag("CAT-01")
    void aProductIsSoldInVariantsWithPricesOfTheirOwn() {
        Merchant merchant = installation.merchant();
        String product = merchant.product("20.00", 0);
        String path = "/admin/products/" + product + "/variants";
        Map<String, String> options = new HashMap<>();
        options.put("version", page(path, "Options").field("version"));
        options.put("option-0", "size");
        options.put("choices-0", "small, large");
        options.put("option-1", "colour");
        options.put("choices-1", "red,blue , red");
        pages.post("/admin/products/" + product + "/options", options).expectRedirect(path);
        List<JsonNode> made = variants(merchant, product);
        assertThat(made)
                .hasSize(4)
                .allSatisfy(variant -> assertThat(
                                variant.path("price").path("amount").asString())
                        .isEqualTo("20.00"));

        Map<String, String> changed = new HashMap<>();
        changed.put("version", page(path, "small").field("version"));
        for (JsonNode variant : made) {
            String id = variant.path("id").asString();
            changed.put("sku-" + id, variant.path("sku").asString());
            changed.put("price-" + id, "");
            changed.put("compareAtPrice-" + id, "");
            changed.put("status-" + id, "active");
        }
        String dear = made.getFirst().path("id").asString();
        changed.put("price-" + dear, "25,50");
        changed.put("status-" + made.getLast().path("id").asString(), "archived");
        pages.post(path, changed).expectRedirect(path);
        assertThat(variants(merchant, product))
                .extracting(variant -> variant.path("price").path("amount").asString())
                .containsOnlyOnce("25.50");

        options.put("version", page(path, "25.50").field("version"));
        options.put("choices-1", "red, blue, green");
        pages.post("/admin/products/" + product + "/options", options).expectRedirect(path);
        assertThat(variants(merchant, product)).hasSize(6).anySatisfy(variant -> {
            assertThat(variant.path("id").asString()).isEqualTo(dear);
            assertThat(variant.path("price").path("amount").asString()).isEqualTo("25.50");
        });

        Pages.Answer stale =
                pages.post("/admin/products/" + product + "/options", options).expect(412);

        options.put("version", stale.field("version"));
        options.put("choices-1", "A+, A-");
        pages.post("/admin/products/" + product + "/options", options).expectRedirect(path);
        assertThat(variants(merchant, product))
                .extracting(variant -> variant.path("sku").asString())
                .hasSize(4)
                .doesNotHaveDuplicates();
        changed.put("version", page(path, "A+").field("version"));
        for (JsonNode variant : variants(merchant, product)) {
            changed.put("sku-" + variant.path("id").asString(), "all-the-same");
            changed.put("status-" + variant.path("id").asString(), "active");
        }
        assertThat(pages.post(path, changed).expect(422).body())
                .contains("Two variants have the same SKU.", "value=\"all-the-same\"");
    }

    private static List<JsonNode> variants(Merchant merchant, String product) {
        return merchant.shop()
                .get("/api/v1/admin/products/" + product)
                .expect(200)
                .path("variants")
                .valueStream()
                .toList();
    }

    @Test
    void categoriesStockAndWarehousesAreLookedAfter() {
        String slug = "pages-" + UUID.randomUUID();
        pages.post("/admin/new-category", Map.of("slug", slug, "name", "From a page", "active", "true"))
                .expectRedirect("/admin/categories");
        page("/admin/categories", "/admin/categories/" + slug);
        Pages.Answer exists = pages.post("/admin/new-category", Map.of("slug", slug, "name", "Another"))
                .expect(412);
        assertThat(exists.field("name")).isEqualTo("Another");
        assertThat(exists.body()).contains("There is a category of this name in addresses already.");
        for (String odd : List.of("", "a/b", "..", "50%", "Ä b")) {
            Pages.Answer refused = pages.post("/admin/new-category", Map.of("slug", odd, "name", "Odd"))
                    .expect(422);
            assertThat(refused.body()).contains("small letters, digits and hyphens");
            assertThat(refused.field("name")).isEqualTo("Odd");
        }
        String category = "/admin/categories/" + slug;
        String version = page(category, "From a page").field("version");
        pages.post(category, Map.of("version", version, "name", "Renamed", "description", "With words"))
                .expectRedirect("/admin/categories");
        Pages.Answer stale = pages.post(category, Map.of("version", version, "name", "Renamed again"))
                .expect(412);
        assertThat(stale.body()).contains("This has been changed meanwhile", "With words");
        assertThat(stale.field("name")).isEqualTo("Renamed");
        pages.post(category, Map.of("version", stale.field("version"), "name", "Renamed once more"))
                .expectRedirect("/admin/categories");
        Pages.Answer kept = page(category, "With words");
        pages.post(category, Map.of("version", kept.field("version"), "name", "Renamed", "description", ""))
                .expectRedirect("/admin/categories");
        assertThat(page(category, "Renamed").body()).doesNotContain("With words");
        page("/admin/categories", "not shown");

        String product = installation.merchant().product("5.00", 7);
        String path = "/admin/stock/" + product;
        Map<String, String> change = new HashMap<>();
        change.put("key", page(path, "Adjust the stock").field("key"));
        change.put("change", "-2");
        change.put("reasonCode", "DAMAGED");
        change.put("reason", "fell down");
        pages.post(path + "/adjustments", change).expectRedirect(path);
        page(path, "fell down");
        page(path, "5 left");
        change.put("key", UUID.randomUUID().toString());
        change.put("change", "-99");
        Pages.Answer refused = pages.post(path + "/adjustments", change).expect(409);
        assertThat(refused.field("change")).isEqualTo("-99");
        assertThat(refused.field("key")).isNotEqualTo(change.get("key"));

        String warehouse = "W" + UUID.randomUUID();
        pages.post("/admin/warehouses", Map.of("name", warehouse, "priority", "9", "country", "DE", "active", "true"))
                .expectRedirect("/admin/warehouses");
        String id = page("/admin/warehouses", warehouse)
                .body()
                .replaceAll("(?s).*/admin/warehouses/([0-9a-f-]{36})\"[^<]*<h2><span>" + warehouse + ".*", "$1");
        Map<String, String> spoilt = Map.of("version", "1", "name", warehouse, "priority", "first", "country", "DE");
        assertThat(pages.post("/admin/warehouses/" + id, spoilt).expect(422).body())
                .containsOnlyOnce("value=\"first\"")
                .contains("id=\"priority-" + id + "\" name=\"priority\" inputmode=\"numeric\" value=\"first\"");
    }

    @Test
    void aCouponIsMadeActivatedAndEnded() {
        Map<String, String> fields = new HashMap<>();
        fields.put("key", page("/admin/promotions/new", "Add the promotion").field("key"));
        fields.put("name", "Spring on a page");
        fields.put("code", "P" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT));
        fields.put("kind", "PERCENTAGE");
        fields.put("basisPoints", "12,5");
        fields.put("minimumSubtotal", "20");
        fields.put("totalLimit", "3");
        fields.put("endsAt", "2099-01-01");
        Pages.Answer added = pages.post("/admin/promotions/new", fields);
        added.expectRedirect("/admin/promotions/");
        String path = "/admin/promotions/" + added.idInLocation();
        page(path, "12.5 %");
        pages.post(path + "/activation", Map.of()).expectRedirect(path);
        page(path, "Active");
        pages.post(path + "/ending", Map.of()).expectRedirect(path);
        page(path, "Ended");
        fields.put("key", UUID.randomUUID().toString());
        fields.put("basisPoints", "");
        fields.put("firstOrderOnly", "true");
        assertThat(pages.post("/admin/promotions/new", fields).expect(422).body())
                .contains("Spring on a page", "value=\"2099-01-01\"")
                .containsPattern("name=\"firstOrderOnly\"[^>]*checked");
    }

    @Test
    void customersAreFoundAndForgottenAndSettingsKept() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        Buyer buyer = Buyer.customer(installation.visitor());
        buyer.buy(merchant.product("19.90", 10), 1, Buyer.CARD).expect(201);
        String email = buyer.email();
        Eventually.holds(
                "the customer is known",
                LIMIT,
                () -> pages.get("/admin/customers?email=" + email).body().contains("/admin/customers/"));
        String path = page("/admin/customers?email=" + email, email)
                .body()
                .replaceAll("(?s).*(/admin/customers/[0-9a-f-]{36}).*", "$1");
        page(path, "Erase this customer");
        pages.post(path + "/erasure", Map.of("reason", "customer-asked", "evenUndelivered", "true"))
                .expectRedirect("/admin/customers");

        Pages.Answer settings = page("/admin/settings", "Cart");
        Map<String, String> fields = new HashMap<>();
        List.of("version", "language", "timeZone", "minimumTotal", "maximumTotal", "maximumLines")
                .forEach(name -> fields.put(name, settings.field(name)));
        List.of("maximumPendingOrders", "unpaidMinutes", "cartDays", "checkoutMinutes", "minutes")
                .forEach(name -> fields.put(name, settings.field(name)));
        fields.put("maximumOpenPerProduct", settings.field("maximumOpenPerProduct"));
        if (settings.body().matches("(?s).*name=\"pricesIncludeTax\"[^>]*checked.*")) {
            fields.put("pricesIncludeTax", "true");
        }
        pages.post("/admin/settings", fields).expectRedirect("/admin/settings");
        pages.post("/admin/settings", fields).expect(412);
        fields.put("version", page("/admin/settings", "Cart").field("version"));
        fields.put("timeZone", "Nowhere/Land");
        Pages.Answer refused = pages.post("/admin/settings", fields).expect(422);
        assertThat(refused.field("timeZone")).isEqualTo("Nowhere/Land");
        fields.put("version", "1");
        assertThat(pages.post("/admin/settings", fields).expect(422).field("version"))
                .as("what was typed is about this version, and must not overwrite a newer one")
                .isEqualTo("1");
    }

    @Test
    void whoeverIsInvitedSeesWhatTheirRoleAllowsUntilTheyAreRemoved() {
        String email = "support-" + UUID.randomUUID() + "@shop.example";
        pages.post(
                        "/admin/staff",
                        Map.of("email", email, "firstName", "Grace", "lastName", "Helper", "role", "SUPPORT"))
                .expectRedirect("/admin/staff?said=staff-invited");
        String token = installation.visitor().mailbox().tokenMailedTo(email, "INVITATION");
        Map<String, String> password = Map.of("token", token, "password", "correct horse battery");
        installation
                .visitor()
                .post("/api/v1/store/password-resets/completions", password)
                .expect(204);
        Pages support = new Pages(connection.url());
        signIn(support, email, "correct horse battery");
        assertThat(support.get("/admin").expect(200).body())
                .contains("To be shipped", "/admin/customers")
                .doesNotContain("/admin/settings", "/admin/products", "/admin/promotions");
        for (String path : List.of("/admin/settings", "/admin/products", "/admin/promotions")) {
            assertThat(support.get(path).expect(403).body()).contains("Your role does not allow this");
        }
        support.get("/admin/stock").expect(200);
        support.get("/admin/reviews").expect(200);

        String member = member(email);
        String row = page("/admin/staff", email).body().split(member, 2)[1];
        String version = row.replaceAll("(?s).*?name=\"version\" value=\"(\\d+)\".*", "$1");
        pages.post("/admin/staff/" + member + "/role", Map.of("version", version, "role", "ADMIN"))
                .expectRedirect("/admin/staff");
        pages.post("/admin/staff/" + member + "/ending", Map.of()).expectRedirect("/admin/staff?said=staff-ended");
        support.get("/admin").expectRedirect("/admin/sign-in");
    }

    private String member(String email) {
        return installation
                .merchant()
                .shop()
                .get("/api/v1/admin/staff?limit=100")
                .expect(200)
                .path("items")
                .valueStream()
                .filter(member -> member.path("email").asString("").equals(email))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    @Test
    void theOperatorLooksAfterAllShopsWithAKeyAndNobodyWithout() {
        pages.get("/admin/platform/tenants").expectRedirect("/admin/platform");
        pages.get("/admin/platform/stuck-work").expectRedirect("/admin/platform");
        assertThat(pages.post("/admin/platform", Map.of("operatorKey", "no-such-key-at-all"))
                        .expect(422)
                        .body())
                .contains("not the key of an operator");
        pages.post("/admin/platform", Map.of("operatorKey", connection.apiKey()))
                .expectRedirect("/admin/platform/tenants");

        String name = "p" + UUID.randomUUID().toString().substring(0, 8);
        pages.post(
                        "/admin/platform/tenants",
                        Map.of("tenantName", name, "displayName", "Of a page", "hosts", name + ".example"))
                .expectRedirect("/admin/platform/tenants");
        String tenant = installation
                .operator()
                .get("/api/v1/admin/tenants?name=" + name)
                .expect(200)
                .at("/items/0/id")
                .asString();
        String path = "/admin/platform/tenants/" + tenant;
        pages.post(path + "/suspension", Map.of("reason", "has not paid")).expectRedirect("/admin/platform/tenants");
        page("/admin/platform/tenants?name=" + name, "Suspended");
        pages.post(path + "/activation", Map.of("reason", "has paid")).expectRedirect("/admin/platform/tenants");
        page("/admin/platform/tenants?name=" + name, "Of a page");
        page("/admin/platform/stuck-work", "Stuck work");
        page("/admin/platform/databases", "inventory");
        pages.post("/admin/platform/key-removal", Map.of()).expectRedirect("/admin");
        pages.get("/admin/platform/tenants").expectRedirect("/admin/platform");
    }
}
