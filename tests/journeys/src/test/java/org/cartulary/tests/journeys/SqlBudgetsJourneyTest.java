package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Calls that other journeys have no need of, about several rows and with nothing in the caches: what they cost is compared with
 * their budgets by {@link SharedInstallation}.
 */
@Tag("PLT-16")
@ExtendWith(SharedInstallation.class)
final class SqlBudgetsJourneyTest {

    private static final int MANY = 12;

    private final Installation installation;
    private final HttpShop admin;

    SqlBudgetsJourneyTest(Installation installation) {
        this.installation = installation;
        this.admin = installation.merchant().shop();
    }

    /** Nothing that is kept of the catalogue, of promotions, of shipping, of taxes and of the shop is good any more. */
    private void forgetEverythingKept() {
        admin.put("/api/v1/admin/categories/c-" + UUID.randomUUID(), Map.of("name", "Another"));
        installation.merchant().promotion(Map.of("kind", "FREE_SHIPPING", "code", "C-" + UUID.randomUUID()));
        installation.merchant().sendEverywhere();
        admin.put(
                "/api/v1/admin/tax-rates/kept",
                Map.of(
                        "country",
                        "FR",
                        "category",
                        "kept-" + UUID.randomUUID().toString().substring(0, 8),
                        "name",
                        "VAT",
                        "percent",
                        20));
        HttpShop.Answer settings = admin.get("/api/v1/admin/settings");
        settings.expect(200);
        change("/api/v1/admin/settings", settings, "{\"cartDays\":" + 20 + "}");
    }

    private void change(String path, HttpShop.Answer read, String change) {
        String tag = read.headers().firstValue("ETag").orElseThrow();
        admin.send("PUT", path, change, Map.of("If-Match", tag)).expect(200);
    }

    private List<String> products() {
        Merchant merchant = installation.merchant();
        return Stream.generate(() -> merchant.product("7.50", 50)).limit(MANY).toList();
    }

    @Test
    void theCatalogueIsWrittenAndListed() {
        for (String makers : List.of("brands", "manufacturers")) {
            for (int i = 0; i < MANY; i++) {
                admin.put("/api/v1/admin/" + makers + "/maker-" + i, Map.of("name", "Maker " + i))
                        .expect(201);
            }
            forgetEverythingKept();
            assertThat(installation
                            .visitor()
                            .get("/api/v1/store/" + makers)
                            .expect(200)
                            .path("items"))
                    .hasSize(MANY);
        }
        products();
        assertThat(admin.get("/api/v1/admin/products").expect(200).path("items"))
                .hasSizeGreaterThanOrEqualTo(MANY);
        assertThat(admin.get("/api/v1/admin/products?query=journey&status=active")
                        .expect(200)
                        .path("items"))
                .hasSizeGreaterThanOrEqualTo(MANY);
        forgetEverythingKept();
        String sku = "BUDGET-" + UUID.randomUUID();
        Map<String, Object> draft =
                Map.of("sku", sku, "name", "Kettle", "price", Merchant.Money.euros("12.00"), "brandSlug", "maker-1");
        String id = admin.postOnce("/api/v1/admin/products", draft)
                .expect(201)
                .path("id")
                .asString();
        forgetEverythingKept();
        String path = "/api/v1/admin/products/" + id;
        change(path, admin.get(path), "{\"price\":{\"amount\":\"13.00\",\"currency\":\"EUR\"}}");
        String variants = """
                {"options": [{"name": "size", "choices": ["S", "M"]}],
                 "variants": [{"sku": "%s", "options": {"size": "S"}}]}
                """.formatted(UUID.randomUUID());
        forgetEverythingKept();
        admin.send("PUT", path + "/variants", variants, Map.of("If-Match", tag(path)))
                .expect(200);
        forgetEverythingKept();
        admin.send("POST", path + "/variant-matrix", null, Map.of("If-Match", tag(path)))
                .expect(200);
        String prices = """
                {"prices": [{"price": {"amount": "9.00", "currency": "EUR"}, "endsAt": "2999-01-01T00:00:00Z"}]}
                """;
        forgetEverythingKept();
        admin.send("PUT", path + "/prices", prices, Map.of("If-Match", tag(path)))
                .expect(200);
        admin.get(path + "/prices").expect(200);
        assertThat(admin.get(path + "/price-history").expect(200).path("items")).isNotEmpty();
        String slug = "kettle-" + UUID.randomUUID();
        change(path, admin.get(path), "{\"slug\":\"" + slug + "\"}");
        change(path, admin.get(path), "{\"slug\":\"" + slug + "-new\"}");
        forgetEverythingKept();
        installation.visitor().get("/api/v1/store/products/" + slug).expect(301);
        admin.send("DELETE", path, null, Map.of()).expect(204);
    }

    private String tag(String path) {
        return admin.get(path).headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void aCustomerComesAndGoes() {
        HttpShop visitor = installation.visitor();
        String email = "budget-" + UUID.randomUUID() + "@customer.example";
        String password = "correct horse battery";
        Map<String, Object> credentials = Map.of("email", email, "password", password);
        Buyer.register(visitor, email, password);
        forgetEverythingKept();
        Buyer.register(visitor, email, password);
        forgetEverythingKept();
        Buyer.verifyEmail(visitor, email, password);
        forgetEverythingKept();
        Buyer.register(visitor, email, password);
        visitor.post("/api/v1/store/password-resets", Map.of("email", email)).expect(202);
        String token = visitor.mailbox().tokenMailedTo(email, "PASSWORD_RESET");
        forgetEverythingKept();
        visitor.post("/api/v1/store/password-resets/completions", Map.of("token", token, "password", password))
                .expect(204);
        JsonNode session = visitor.post("/api/v1/store/sessions", credentials).expect(201);
        HttpShop customer = visitor.bearing(session.path("accessToken").asString());
        String refresh = session.path("refreshToken").asString();
        visitor.post("/api/v1/store/sessions/refreshes", Map.of("refreshToken", refresh))
                .expect(200);
        List<String> products = products();
        HttpShop guest = visitor.guest(UUID.randomUUID().toString());
        List<Map<String, Object>> items =
                products.stream().map(product -> Buyer.item(product, 2)).toList();
        forgetEverythingKept();
        String cart = guest.postOnce("/api/v1/store/carts", Map.of("items", items))
                .expect(201)
                .path("id")
                .asString();
        forgetEverythingKept();
        guest.get("/api/v1/store/carts/" + cart).expect(200);
        customer.post("/api/v1/store/carts", Map.of("items", items.subList(0, 3)))
                .expect(201);
        forgetEverythingKept();
        cart = customer.post("/api/v1/store/carts/merges", Map.of("guestToken", guest.guestToken()))
                .expect(200)
                .path("id")
                .asString();
        forgetEverythingKept();
        String line = "/api/v1/store/carts/" + cart + "/items/" + products.getFirst();
        customer.put(line, Map.of("quantity", 1)).expect(200);
        forgetEverythingKept();
        customer.postOnce("/api/v1/store/carts/" + cart + "/items", Buyer.item(products.getLast(), 1))
                .expect(200);
        forgetEverythingKept();
        saveForLater(customer, cart, products.getFirst(), guest.guestToken());
        customer.send("DELETE", line, null, Map.of()).expect(200);
        customer.get("/api/v1/store/customers/me/addresses");
        customer.send("DELETE", "/api/v1/store/sessions/current", null, Map.of())
                .expect(204);
        // A token that comes again ends its session.
        assertThat(visitor.post("/api/v1/store/sessions/refreshes", Map.of("refreshToken", refresh))
                        .status())
                .isEqualTo(401);
    }

    private void saveForLater(HttpShop customer, String cart, String product, String guestToken) {
        String path = "/api/v1/store/carts/" + cart;
        forgetEverythingKept();
        customer.put(path + "/saved-items/" + product, Map.of()).expect(200);
        forgetEverythingKept();
        assertThat(customer.get("/api/v1/store/saved-items").expect(200).path("items"))
                .hasSize(1);
        forgetEverythingKept();
        customer.put(path + "/restored-items/" + product, Map.of()).expect(200);
        forgetEverythingKept();
        customer.post("/api/v1/store/saved-items/merges", Map.of("guestToken", guestToken))
                .expect(200);
        customer.put(path + "/saved-items/" + product, Map.of()).expect(200);
        forgetEverythingKept();
        customer.send("DELETE", "/api/v1/store/saved-items/" + product, null, Map.of())
                .expect(200);
    }

    @Test
    void whatIsForAGroupAsksInWhichGroupsTheBuyerIs() {
        String group = id(admin.post("/api/v1/admin/customer-groups", Map.of("name", "Budgeted")));
        Map<String, Object> draft = Map.of(
                "name",
                "For a group",
                "kind",
                "FREE_SHIPPING",
                "code",
                "GROUPED",
                "firstOrderOnly",
                true,
                "groupIds",
                List.of(group));
        String promotion = id(admin.postOnce("/api/v1/admin/promotions", draft));
        admin.post("/api/v1/admin/promotions/" + promotion + "/activations", Map.of())
                .expect(200);
        Buyer buyer = Buyer.customer(installation.visitor());
        String customer = Patience.answer(
                        () -> buyer.shop().get("/api/v1/store/customers/me"), answer -> answer.status() != 404)
                .expect(200)
                .path("id")
                .asString();
        admin.put("/api/v1/admin/customer-groups/" + group + "/members/" + customer, Map.of())
                .expect(200);
        forgetEverythingKept();
        String cart = buyer.cart(products().getFirst(), 2);
        forgetEverythingKept();
        buyer.shop()
                .put("/api/v1/store/carts/" + cart + "/coupon", Map.of("code", "GROUPED"))
                .expect(200);
        forgetEverythingKept();
        // An e-mail address that is not given is looked for besides.
        Map<String, Object> request =
                Map.of("cartId", cart, "shippingAddress", Buyer.ADDRESS, "couponCodes", List.of("GROUPED"));
        String checkout = id(buyer.shop().postOnce("/api/v1/store/checkouts", request));
        forgetEverythingKept();
        buyer.complete(checkout, Buyer.CARD).expect(201);
    }

    @Test
    void aPurchaseFindsNothingInTheCaches() {
        List<Map<String, Object>> items =
                products().stream().map(product -> Buyer.item(product, 2)).toList();
        Buyer buyer = Buyer.customer(installation.visitor());
        for (Map<String, Object> payment : List.of(Buyer.card("tok_declined"), Buyer.CARD)) {
            forgetEverythingKept();
            String cart = buyer.shop()
                    .postOnce("/api/v1/store/carts", Map.of("items", items))
                    .expect(201)
                    .path("id")
                    .asString();
            forgetEverythingKept();
            String checkout = buyer.checkout(cart);
            forgetEverythingKept();
            buyer.complete(checkout, payment);
        }
        assertThat(buyer.shop().get("/api/v1/store/orders").expect(200).path("items"))
                .isNotEmpty();
        admin.get("/api/v1/admin/orders").expect(200);
        admin.get("/api/v1/admin/reports/orders-by-month").expect(200);
    }

    @Test
    void theFirstBuyerOfAShopIsAGuestWithACoupon() {
        var newShop = new SqlBudgetsJourneyTest(installation.withShopOfItsOwn());
        newShop.installation
                .merchant()
                .promotion(Map.of("kind", "FIXED_AMOUNT", "code", "FIRST", "amount", Merchant.Money.euros("1.00")));
        String product = newShop.products().getFirst();
        Buyer buyer = Buyer.guest(newShop.installation.visitor());
        newShop.forgetEverythingKept();
        String cart = buyer.cart(product, 1);
        newShop.forgetEverythingKept();
        String checkout = buyer.checkout(cart, "FIRST");
        newShop.forgetEverythingKept();
        buyer.complete(checkout, Buyer.CARD).expect(201);
    }

    @Test
    void stockAndCustomersAreKept() {
        String product = products().getFirst();
        admin.postOnce(
                        "/api/v1/admin/stock-adjustments",
                        Map.of("productId", product, "change", -3, "reason", "three were broken"))
                .expect(201);
        assertThat(admin.get("/api/v1/admin/stock/" + product + "/movements")
                        .expect(200)
                        .path("items"))
                .hasSizeGreaterThanOrEqualTo(2);
        admin.get("/api/v1/admin/stock").expect(200);
        goodsAreBought(product);
        stockIsSorted(product);
        for (int i = 0; i < 3; i++) {
            String email = "entered-" + UUID.randomUUID() + "@customer.example";
            admin.put("/api/v1/admin/customers/by-number/B-" + i, Map.of("email", email))
                    .expect(201);
        }
        assertThat(admin.get("/api/v1/admin/customers").expect(200).path("items"))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    private void goodsAreBought(String product) {
        String name = "Budget " + UUID.randomUUID();
        String warehouses = "/api/v1/admin/warehouses";
        String warehouse = id(admin.post(warehouses, Map.of("name", name)));
        change(
                warehouses + "/" + warehouse,
                admin.get(warehouses + "/" + warehouse),
                "{\"name\":\"" + name + "\",\"priority\":1}");
        admin.get(warehouses).expect(200);
        String allocation = "/api/v1/admin/stock-allocation";
        change(allocation, admin.get(allocation), "{\"rule\":\"BY_PRIORITY\"}");
        change(allocation, admin.get(allocation), "{\"rule\":\"SINGLE_WAREHOUSE_FIRST\"}");
        change(allocation, admin.get(allocation), "{\"rule\":\"OLDEST_FIRST\"}");
        String suppliers = "/api/v1/admin/suppliers";
        String supplier = suppliers + "/" + id(admin.post(suppliers, Map.of("name", name, "leadTimeDays", 7)));
        change(supplier, admin.get(supplier), "{\"name\":\"" + name + "\",\"leadTimeDays\":5}");
        admin.get(suppliers).expect(200);
        admin.put(
                        supplier + "/products/" + product,
                        Map.of("sku", "B-1", "price", Merchant.Money.euros("1.00"), "minimumQuantity", 1))
                .expect(200);
        admin.get(supplier + "/products").expect(200);
        String purchases = "/api/v1/admin/purchase-orders";
        Map<String, Object> purchase = Map.of(
                "number",
                name.substring(0, 30),
                "supplierId",
                supplier.substring(suppliers.length() + 1),
                "warehouse",
                name,
                "lines",
                List.of(Map.of("productId", product, "quantity", 10)));
        String order = purchases + "/" + id(admin.post(purchases, purchase));
        Map<String, Object> receipt = Map.of("productId", product, "quantity", 4, "reference", name);
        admin.post(order + "/receipts", Map.of("receipts", List.of(receipt))).expect(200);
        admin.get(order).expect(200);
        admin.get(purchases).expect(200);
        admin.get(supplier + "/performance?since=2026-01-01&until=2026-12-31").expect(200);
        String point = "/api/v1/admin/stock/" + product + "/warehouses/" + warehouse + "/reorder-point";
        change(point, admin.get(point), "{\"reorderPoint\":5,\"reorderQuantity\":20}");
        assertThat(admin.get("/api/v1/admin/stock?low=true").expect(200).path("items"))
                .isNotEmpty();
        admin.get("/api/v1/admin/stock-alerts?closed=true").expect(200);
        admin.post("/api/v1/admin/stock-alerts/" + UUID.randomUUID() + "/acknowledgements", Map.of())
                .expectProblem(404, "stock-alert-not-found");
    }

    private void stockIsSorted(String product) {
        String categories = "/api/v1/admin/stock-categories";
        String code = UUID.randomUUID().toString();
        String category = categories + "/" + id(admin.post(categories, Map.of("code", code, "name", "Budgeted")));
        change(category, admin.get(category), "{\"code\":\"" + code + "\",\"name\":\"Sorted\",\"reorderPoint\":3}");
        admin.get(categories).expect(200);
        admin.put(category + "/products/" + product, Map.of()).expect(200);
        admin.get(category + "/products").expect(200);
        assertThat(admin.get("/api/v1/admin/stock?category=" + code).expect(200).path("items"))
                .isNotEmpty();
        admin.send("DELETE", category + "/products/" + product, null, Map.of()).expect(204);
    }

    private static String id(HttpShop.Answer created) {
        return created.expect(201).path("id").asString();
    }

    @Test
    void promotionsAreRun() {
        Map<String, Object> draft = Map.of(
                "name",
                "Budgeted",
                "kind",
                "FIXED_AMOUNT",
                "amount",
                Merchant.Money.euros("5.00"),
                "totalLimit",
                5,
                "code",
                "BUDGETED");
        forgetEverythingKept();
        String promotion = "/api/v1/admin/promotions/"
                + admin.postOnce("/api/v1/admin/promotions", draft)
                        .expect(201)
                        .path("id")
                        .asString();
        forgetEverythingKept();
        admin.send(
                        "PUT",
                        promotion,
                        "{\"name\":\"Budgeted\",\"kind\":\"FIXED_AMOUNT\",\"amount\":{\"amount\":\"4.00\",\"currency\":\"EUR\"}}",
                        Map.of("If-Match", "\"1\""))
                .expect(200);
        admin.post(promotion + "/activations", Map.of()).expect(200);
        admin.get(promotion).expect(200);
        admin.get(promotion + "/usage").expect(200);
        admin.post(promotion + "/endings", Map.of()).expect(200);
        assertThat(admin.get("/api/v1/admin/promotions").expect(200).path("items"))
                .isNotEmpty();
    }

    @Test
    void theShopIsGoverned() {
        forgetEverythingKept();
        assertThat(admin.get("/api/v1/admin/shipping-zones").expect(200).path("items"))
                .isNotEmpty();
        String rate = "/api/v1/admin/tax-rates/budget";
        for (int percent : new int[] {19, 20}) {
            admin.put(rate, Map.of("country", "DE", "category", "budget", "name", "VAT", "percent", percent));
        }
        assertThat(admin.get("/api/v1/admin/tax-rates").expect(200).path("items"))
                .isNotEmpty();
        admin.send("DELETE", rate, null, Map.of()).expect(204);
        String key = admin.post(
                        "/api/v1/admin/api-keys",
                        Map.of("name", "budget", "permissions", List.of("stock:read"), "expiresInHours", 1))
                .expect(201)
                .path("id")
                .asString();
        admin.send("DELETE", "/api/v1/admin/api-keys/" + key, null, Map.of()).expect(204);
        HttpShop operator = installation.operator();
        String tenant = operator.get("/api/v1/admin/tenants")
                .expect(200)
                .path("items")
                .path(0)
                .path("id")
                .asString();
        HttpShop.Answer read = operator.get("/api/v1/admin/tenants/" + tenant);
        operator.send(
                        "PUT",
                        "/api/v1/admin/tenants/" + tenant + "/settings",
                        "{\"cartDays\":30}",
                        Map.of("If-Match", read.headers().firstValue("ETag").orElseThrow()))
                .expect(200);
        operator.get("/api/v1/admin/stuck-work").expect(200);
        operator.get("/api/v1/admin/operator-actions").expect(200);
        for (String act : List.of("retries", "compensations", "skips")) {
            operator.post(
                            "/api/v1/admin/stuck-work/order/saga/" + UUID.randomUUID() + "/" + act,
                            Map.of("reason", "a try"))
                    .expectProblem(404, "stuck-work-not-found");
        }
        operator.post("/api/v1/admin/stuck-work/order/event/" + UUID.randomUUID() + "/skips", Map.of("reason", "a try"))
                .expectProblem(404, "stuck-work-not-found");
    }
}
