package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each operation of which the API says that it is audited is called once, and its entry is looked for under the trace of its
 * answer. An operation that is declared and not called here makes the test fail.
 */
@Tag("PLT-29")
@ExtendWith(SharedInstallation.class)
final class AuditedOperationsJourneyTest {

    private static final String PRICES = """
            {"prices": [{"price": {"amount": "9.00", "currency": "EUR"}, "endsAt": "2999-01-01T00:00:00Z"}]}
            """;
    /** A red pixel. */
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

    private static final String VARIANTS = """
            {"options": [{"name": "size", "choices": ["S", "M"]}],
             "variants": [{"sku": "%s", "options": {"size": "S"}}]}
            """;
    private static final String PASSWORD = "correct horse battery";
    private static final String ADMIN = "/api/v1/admin/";
    private static final String PLATFORM = new UUID(0, 0).toString();

    /** What needs codes of an app is shown by SecondFactorsDbTest, work that is stuck by StuckWorkJourneyTest. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            "POST /api/v1/admin/second-factor/confirmations",
            "POST /api/v1/admin/second-factor/removals",
            "POST /api/v1/admin/tenants/{tenantId}/second-factor-removals",
            "POST /api/v1/admin/stuck-work/{service}/{kind}/{id}/retries",
            "POST /api/v1/admin/stuck-work/{service}/{kind}/{id}/compensations",
            "POST /api/v1/admin/stuck-work/{service}/{kind}/{id}/skips");

    private static final Map<String, Object> KEY =
            Map.of("name", "audited", "permissions", List.of("stock:read"), "expiresInHours", 1);

    private final Installation installation;
    private final Merchant merchant;
    private final HttpShop shop;
    private final HttpShop operator;
    private final String unique = UUID.randomUUID().toString();
    private final Map<String, Supplier<HttpShop.Answer>> calls = new TreeMap<>();

    AuditedOperationsJourneyTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
        this.shop = merchant.shop();
        this.operator = installation.operator();
    }

    @Test
    void whateverIsDeclaredAuditedLeavesAnEntry() {
        String other = id(newTenant());
        ofKeys(other);
        ofTenants(other);
        ofTheCatalogue();
        ofReviews();
        ofVendors();
        ofStaff();
        ofProductsOfVendors();
        ofGroups();
        ofCustomers();
        ofOrders();
        ofTheShop();
        ofPromotions();
        Map<String, Set<String>> declared = declared();
        Set<String> shown = new HashSet<>(calls.keySet());
        shown.addAll(SHOWN_ELSEWHERE);
        assertThat(shown).isEqualTo(declared.keySet());

        newKey().expect(201);
        List<String> chains = List.of(shopId(), other, PLATFORM);
        calls.forEach((operation, call) -> {
            HttpShop.Answer answer = call.get();
            assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
            Set<String> written = new HashSet<>();
            chains.forEach(chain -> written.addAll(actions(chain, answer)));
            if (operation.equals("POST /api/v1/admin/tenants")) {
                written.addAll(actions(id(answer), answer));
            }
            assertThat(written).as(operation).containsAnyElementsOf(declared.get(operation));
        });
    }

    private Map<String, Set<String>> declared() {
        Map<String, Set<String>> declared = new TreeMap<>();
        installation
                .visitor()
                .get("/openapi.json")
                .expect(200)
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<String> actions = new HashSet<>();
                    operation.getValue().path("x-audited").forEach(action -> actions.add(action.asString()));
                    if (!actions.isEmpty()) {
                        declared.put(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), actions);
                    }
                }));
        return declared;
    }

    /** What was written into the chain of the tenant under the trace of the answer. */
    private List<String> actions(String tenant, HttpShop.Answer answer) {
        String trace = answer.headers().firstValue("traceparent").orElseThrow().substring(3, 35);
        return operator.get(ADMIN + "audit-logs/" + tenant + "?limit=100")
                .expect(200)
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("traceId").asString().equals(trace))
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    private String shopId() {
        return shop.get(ADMIN + "audit-log?limit=1")
                .expect(200)
                .path("items")
                .path(0)
                .path("tenantId")
                .asString();
    }

    private static HttpShop.Answer change(HttpShop caller, String path, String change) {
        return change(caller, path, path, change);
    }

    private static HttpShop.Answer change(HttpShop caller, String read, String path, String change) {
        String tag = caller.get(read).headers().firstValue("ETag").orElseThrow();
        return caller.send("PUT", path, change, Map.of("If-Match", tag));
    }

    private static HttpShop.Answer delete(HttpShop caller, String path) {
        return caller.send("DELETE", path, null, Map.of());
    }

    private static String id(HttpShop.Answer created) {
        return created.expect(201).path("id").asString();
    }

    private HttpShop.Answer newKey() {
        return shop.post(ADMIN + "api-keys", KEY);
    }

    private HttpShop.Answer newTenant() {
        String name = "audited-" + UUID.randomUUID().toString().substring(0, 13);
        return operator.post(
                ADMIN + "tenants", Map.of("name", name, "displayName", "Audited", "hosts", List.of(name + ".example")));
    }

    private void ofKeys(String tenant) {
        String path = ADMIN + "tenants/" + tenant;
        calls.put("POST /api/v1/admin/api-keys", this::newKey);
        calls.put("DELETE /api/v1/admin/api-keys/{id}", () -> delete(shop, ADMIN + "api-keys/" + id(newKey())));
        calls.put("POST /api/v1/admin/tenants/{tenantId}/api-keys", () -> operator.post(path + "/api-keys", KEY));
        calls.put(
                "PUT /api/v1/admin/tenants/{tenantId}/integrations/{name}/key",
                () -> operator.put(
                        path + "/integrations/audited/key",
                        Map.of("permissions", List.of("stock:read"), "expiresInHours", 1)));
        calls.put("POST /api/v1/admin/key-rotations", () -> shop.post(ADMIN + "key-rotations", Map.of()));
    }

    private void ofTenants(String tenant) {
        String path = ADMIN + "tenants/" + tenant;
        Map<String, String> reason = Map.of("reason", "a try");
        calls.put("POST /api/v1/admin/tenants", this::newTenant);
        calls.put(
                "PUT /api/v1/admin/tenants/{id}",
                () -> change(operator, path, "{\"displayName\":\"Another\",\"hosts\":[]}"));
        calls.put(
                "PUT /api/v1/admin/tenants/{id}/settings",
                () -> change(operator, path, path + "/settings", "{\"cartDays\":21}"));
        calls.put("POST /api/v1/admin/tenants/{id}/suspensions", () -> {
            operator.post(path + "/activations", reason).expect(200);
            return operator.post(path + "/suspensions", reason);
        });
        calls.put("POST /api/v1/admin/tenants/{id}/activations", () -> {
            operator.post(path + "/suspensions", reason).expect(200);
            return operator.post(path + "/activations", reason);
        });
    }

    private void ofTheCatalogue() {
        calls.put(
                "PUT /api/v1/admin/products/{id}",
                () -> change(
                        shop,
                        ADMIN + "products/" + merchant.product("10.00", 1),
                        "{\"price\":{\"amount\":\"11.00\",\"currency\":\"EUR\"}}"));
        calls.put(
                "DELETE /api/v1/admin/products/{id}",
                () -> delete(shop, ADMIN + "products/" + merchant.product("10.00", 1)));
        calls.put("PUT /api/v1/admin/products/{id}/variants", () -> {
            String path = ADMIN + "products/" + merchant.product("10.00", 1);
            return change(shop, path, path + "/variants", VARIANTS.formatted(UUID.randomUUID()));
        });
        calls.put("POST /api/v1/admin/products/{id}/variant-matrix", () -> {
            String path = ADMIN + "products/" + merchant.product("10.00", 1);
            change(shop, path, path + "/variants", VARIANTS.formatted(UUID.randomUUID()))
                    .expect(200);
            String tag = shop.get(path).headers().firstValue("ETag").orElseThrow();
            return shop.send("POST", path + "/variant-matrix", null, Map.of("If-Match", tag));
        });
        calls.put("PUT /api/v1/admin/products/{id}/prices", () -> {
            String path = ADMIN + "products/" + merchant.product("10.00", 1);
            return change(shop, path, path + "/prices", PRICES);
        });
        calls.put("POST /api/v1/admin/products/batches", () -> {
            batch("10.00").expect(200);
            return batch("12.00");
        });
        calls.put("POST /api/v1/admin/product-imports", () -> importing(ADMIN + "product-imports"));
        calls.put("POST /api/v1/admin/product-imports/{id}/cancellations", this::cancelledImport);
        calls.put(
                "POST /api/v1/admin/stock-adjustments",
                () -> shop.postOnce(
                        ADMIN + "stock-adjustments",
                        Map.of("productId", merchant.product("10.00", 5), "change", -1, "reason", "one was broken")));
    }

    private HttpShop.Answer importing(String path) {
        return shop.send("POST", path, "sku,name,price\n", Map.of("Content-Type", "text/csv"));
    }

    /** A short import may have ended before it is cancelled, so that several are tried. */
    private HttpShop.Answer cancelledImport() {
        String path = ADMIN + "product-imports";
        String file = "sku,name,price\n" + "B,Broom,1.00\n".repeat(5_000);
        while (true) {
            String id = shop.send("POST", path, file, Map.of("Content-Type", "text/csv"))
                    .expect(202)
                    .path("id")
                    .asString();
            HttpShop.Answer cancelled = shop.post(path + "/" + id + "/cancellations", Map.of());
            if (cancelled.status() == 200) {
                return cancelled;
            }
        }
    }

    private void ofReviews() {
        calls.put("POST /api/v1/admin/reviews/{id}/approvals", () -> decideReview("approvals", Map.of()));
        calls.put(
                "POST /api/v1/admin/reviews/{id}/rejections",
                () -> decideReview("rejections", Map.of("reason", "spam")));
        calls.put(
                "POST /api/v1/admin/products/{id}/images",
                () -> shop.upload(
                        ADMIN + "products/" + merchant.product("10.00", 1) + "/images",
                        "image/png",
                        Base64.getDecoder().decode(PICTURE)));
    }

    private HttpShop.Answer decideReview(String decision, Map<String, String> body) {
        String review = id(Buyer.customer(installation.visitor())
                .shop()
                .post(
                        "/api/v1/store/products/" + merchant.product("10.00", 1) + "/reviews",
                        Map.of("rating", 5, "author", "Ann")));
        return shop.send(
                "POST",
                ADMIN + "reviews/" + review + "/" + decision,
                JsonMapper.shared().writeValueAsString(body),
                Map.of("If-Match", "\"1\""));
    }

    private HttpShop.Answer batch(String price) {
        Map<String, Object> product =
                Map.of("sku", "AUDITED-" + unique, "name", "Kettle", "price", Merchant.Money.euros(price));
        return shop.post(ADMIN + "products/batches", Map.of("products", List.of(product)));
    }

    private HttpShop.Answer newVendor() {
        return shop.post(ADMIN + "vendors", Map.of("name", "V " + UUID.randomUUID(), "commissionBasisPoints", 500));
    }

    private HttpShop.Answer newMember(String vendor) {
        return newMember(vendor, UUID.randomUUID() + "@vendor.example");
    }

    private HttpShop.Answer newMember(String vendor, String email) {
        return shop.post(
                ADMIN + "vendors/" + vendor + "/members",
                Map.of("email", email, "password", PASSWORD, "firstName", "Vera", "lastName", "Vendor"));
    }

    /** What a vendor changes of its own. */
    private void ofProductsOfVendors() {
        String email = UUID.randomUUID() + "@vendor.example";
        newMember(id(newVendor()), email).expect(201);
        HttpShop vendor =
                Merchant.signedIn(installation.visitor(), email, PASSWORD).shop();
        Supplier<String> product = () -> "/api/v1/vendor/products/"
                + id(vendor.postOnce(
                        "/api/v1/vendor/products",
                        Map.of("sku", UUID.randomUUID(), "name", "Rug", "price", Merchant.Money.euros("9.00"))));
        calls.put("PUT /api/v1/vendor/products/{id}", () -> change(vendor, product.get(), "{\"name\":\"A rug\"}"));
        calls.put("DELETE /api/v1/vendor/products/{id}", () -> delete(vendor, product.get()));
        calls.put(
                "POST /api/v1/vendor/products/{id}/images",
                () -> vendor.upload(
                        product.get() + "/images",
                        "image/png",
                        Base64.getDecoder().decode(PICTURE)));
    }

    private void ofVendors() {
        calls.put("POST /api/v1/admin/vendors", this::newVendor);
        calls.put(
                "PUT /api/v1/admin/vendors/{id}",
                () -> change(
                        shop,
                        ADMIN + "vendors/" + id(newVendor()),
                        "{\"name\":\"Lamps " + unique + "\",\"commissionBasisPoints\":700}"));
        calls.put("POST /api/v1/admin/vendors/{id}/members", () -> newMember(id(newVendor())));
        calls.put("DELETE /api/v1/admin/vendors/{id}/members/{userId}", () -> {
            String vendor = id(newVendor());
            return delete(shop, ADMIN + "vendors/" + vendor + "/members/" + id(newMember(vendor)));
        });
    }

    private void ofStaff() {
        Supplier<String> member = () -> ADMIN + "staff/" + id(invite());
        calls.put("POST /api/v1/admin/staff", this::invite);
        calls.put("PUT /api/v1/admin/staff/{id}", () -> change(shop, member.get(), "{\"role\":\"ADMIN\"}"));
        calls.put("DELETE /api/v1/admin/staff/{id}", () -> delete(shop, member.get()));
    }

    private HttpShop.Answer invite() {
        return shop.post(
                ADMIN + "staff",
                Map.of(
                        "email",
                        UUID.randomUUID() + "@shop.example",
                        "firstName",
                        "Sam",
                        "lastName",
                        "Smith",
                        "role",
                        "SUPPORT"));
    }

    private HttpShop.Answer enter(String number) {
        return shop.put(
                ADMIN + "customers/by-number/" + number, Map.of("email", UUID.randomUUID() + "@customer.example"));
    }

    private void ofGroups() {
        Supplier<String> group = () -> ADMIN + "customer-groups/"
                + id(shop.post(ADMIN + "customer-groups", Map.of("name", "G " + UUID.randomUUID())));
        Supplier<String> member = () -> group.get() + "/members/" + id(enter("G-" + UUID.randomUUID()));
        calls.put("DELETE /api/v1/admin/customer-groups/{id}", () -> delete(shop, group.get()));
        calls.put(
                "PUT /api/v1/admin/customer-groups/{id}/members/{customerId}", () -> shop.put(member.get(), Map.of()));
        calls.put("DELETE /api/v1/admin/customer-groups/{id}/members/{customerId}", () -> {
            String path = member.get();
            shop.put(path, Map.of()).expect(200);
            return delete(shop, path);
        });
    }

    private void ofCustomers() {
        Map<String, String> customer = Map.of("customerNumber", "A-2", "email", unique + "@customer.example");
        calls.put("PUT /api/v1/admin/customers/by-number/{customerNumber}", () -> enter("A-1"));
        calls.put(
                "POST /api/v1/admin/customers/batches",
                () -> shop.post(ADMIN + "customers/batches", Map.of("customers", List.of(customer))));
        calls.put(
                "POST /api/v1/admin/customers/{id}/erasures",
                () -> shop.post(
                        ADMIN + "customers/" + id(enter("A-3")) + "/erasures", Map.of("reason", "asked-by-letter")));
        calls.put("POST /api/v1/admin/guests/erasures", this::forgetGuest);
        calls.put(
                "POST /api/v1/admin/projections/customer-statistics/rebuilds",
                () -> operator.post(ADMIN + "projections/customer-statistics/rebuilds", Map.of()));
    }

    private HttpShop.Answer forgetGuest() {
        Buyer guest = Buyer.guest(installation.visitor());
        guest.buy(merchant.product("20.00", 2), 1, Buyer.CARD).expect(201);
        return shop.post(
                ADMIN + "guests/erasures",
                Map.of("email", guest.email(), "reason", "asked-by-letter", "evenUndelivered", true));
    }

    private String paidOrder() {
        String order = Buyer.guest(installation.visitor())
                .buy(merchant.product("20.00", 2), 1, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        Eventually.holds(
                "the money is taken",
                Duration.ofMinutes(3),
                () -> merchant.payments(order).at("/0/status").asString("").equals("CAPTURED"));
        return order;
    }

    private void ofOrders() {
        merchant.sendEverywhere();
        calls.put(
                "POST /api/v1/admin/orders/{id}/refunds",
                () -> shop.postOnce(
                        ADMIN + "orders/" + paidOrder() + "/refunds",
                        Map.of("reason", "it was scratched", "amount", Merchant.Money.euros("1.00"))));
        calls.put(
                "POST /api/v1/admin/orders/{id}/cancellations",
                () -> shop.postOnce(
                        ADMIN + "orders/" + paidOrder() + "/cancellations", Map.of("reason", "asked for it")));
    }

    private void ofTheShop() {
        Map<String, Object> parcel =
                Map.of("name", "Parcel", "carrier", "Post", "price", Merchant.Money.euros("3.90"), "estimatedDays", 2);
        calls.put(
                "PUT /api/v1/admin/shipping-zones/{name}",
                () -> shop.put(
                        ADMIN + "shipping-zones/Audited",
                        Map.of("countries", List.of("FR"), "methods", List.of(parcel))));
        calls.put("PUT /api/v1/admin/tax-rates/{code}", () -> rateOfTax("audited"));
        calls.put("DELETE /api/v1/admin/tax-rates/{code}", () -> {
            rateOfTax("removed").expect(201);
            return shop.send("DELETE", ADMIN + "tax-rates/removed", null, Map.of());
        });
        calls.put("GET /api/v1/admin/payment-webhooks/{provider}", () -> shop.get(ADMIN + "payment-webhooks/TEST"));
        calls.put("PUT /api/v1/admin/settings", () -> change(shop, ADMIN + "settings", "{\"cartDays\":22}"));
    }

    private HttpShop.Answer rateOfTax(String category) {
        return shop.put(
                ADMIN + "tax-rates/" + category,
                Map.of("country", "FR", "category", category, "name", "TVA", "percent", 20));
    }

    private void ofPromotions() {
        Map<String, Object> draft = Map.of("name", "Audited", "kind", "PERCENTAGE", "basisPoints", 1_000);
        calls.put("POST /api/v1/admin/promotions", () -> shop.post(ADMIN + "promotions", draft));
        calls.put(
                "PUT /api/v1/admin/promotions/{id}",
                () -> change(
                        shop,
                        ADMIN + "promotions/" + promotion(draft),
                        "{\"name\":\"Changed\",\"kind\":\"FREE_SHIPPING\"}"));
        for (String act : List.of("activations", "endings")) {
            calls.put(
                    "POST /api/v1/admin/promotions/{id}/" + act,
                    () -> shop.post(ADMIN + "promotions/" + promotion(draft) + "/" + act, Map.of()));
        }
    }

    private String promotion(Map<String, Object> draft) {
        return shop.post(ADMIN + "promotions", draft).expect(201).path("id").asString();
    }
}
