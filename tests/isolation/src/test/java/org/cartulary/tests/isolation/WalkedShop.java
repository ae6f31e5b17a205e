package org.cartulary.tests.isolation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.tests.isolation.PublicEndpoint.Access;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A shop with something in it that others would like to reach, and the callers who ask for it. */
final class WalkedShop {

    private static final String COUPON = "WALKED";
    /** A red pixel. */
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

    private static final Map<String, Object> REVIEW = Map.of("rating", 4, "author", "Ann");
    private static final String PASSWORD = "correct horse battery";

    private final Installation installation;
    private final HttpShop visitor;
    private final WalkTokens tokens;
    private final Map<String, Object> bodies = new HashMap<>();
    private final Map<String, String> objects = new LinkedHashMap<>();
    private final Buyer victim;
    private final String victimToken;

    /** Opens a shop in which a customer has a session, a cart, a checkout and an order. */
    WalkedShop(Installation platform, WalkTokens tokens) {
        this.tokens = tokens;
        this.installation = platform.withShopOfItsOwn();
        this.visitor = installation.visitor();
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("30.00", 20);
        this.victim = Buyer.customer(visitor);
        this.victimToken = token(victim);
        String later = merchant.product("12.00", 5);
        victim.shop()
                .put("/api/v1/store/carts/" + victim.cart(later, 1) + "/saved-items/" + later, Map.of())
                .expect(200);
        String promotion = merchant.promotion(Map.of("kind", "FREE_SHIPPING", "code", COUPON));
        String order = victim.complete(victim.checkout(victim.cart(product, 1), COUPON), Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        String cart = victim.cart(product, 1);
        String checkout = victim.checkout(cart);
        keepObjects(product, order, cart, checkout, promotion);
        keepReview(product);
        keepPicture(product);
        keepBodies(product, checkout);
    }

    /** Leaves traces of everything else that happens in a shop, and returns when its events have been heard. */
    void live() {
        HttpShop clerk = installation.merchant().shop();
        String product = product();
        Map<String, Object> address = ownAddress();
        objects.put(
                "/api/v1/store/customers/me/addresses/",
                Patience.answer(
                                () -> victim.shop().post("/api/v1/store/customers/me/addresses", address, "address"),
                                answer -> answer.status() != 404)
                        .expect(201)
                        .path("id")
                        .asString());
        visitor.post("/api/v1/store/sessions", Map.of("email", victim.email(), "password", "is not it"))
                .expect(401);
        visitor.post("/api/v1/store/password-resets", Map.of("email", victim.email()))
                .expect(202);
        Buyer.register(visitor, UUID.randomUUID() + "@customer.example", PASSWORD);
        String refunded =
                victim.buy(product, 1, Buyer.CARD).expect(201).path("orderId").asString();
        Eventually.holds("the payment is captured", Duration.ofMinutes(3), () -> isPayment(refunded, "CAPTURED"));
        clerk.postOnce(
                        "/api/v1/admin/orders/" + refunded + "/refunds",
                        Map.of("reason", "broken", "restock", List.of(Map.of("productId", product, "quantity", 1))))
                .expect(201);
        Eventually.holds("the order is given back", Duration.ofMinutes(3), () -> isPayment(refunded, "REFUNDED"));
        clerk.postOnce(
                        "/api/v1/admin/orders/" + refunded + "/notes",
                        Map.of("text", "rang twice", "visibleToCustomer", true))
                .expect(201);
        clerk.postOnce("/api/v1/admin/orders/" + refunded + "/notes", Map.of("text", "a difficult customer"))
                .expect(201);
        send(
                clerk,
                victim.buy(product, 1, Buyer.CARD).expect(201).path("orderId").asString());
        Buyer guest = Buyer.guest(visitor);
        String cancelled =
                guest.buy(product, 1, Buyer.CARD).expect(201).path("orderId").asString();
        guest.shop()
                .postOnce("/api/v1/store/orders/" + cancelled + "/cancellations", Map.of("reason", "changed my mind"))
                .expect(201);
        victim.shop()
                .put("/api/v1/store/customers/me/consents/marketing", Map.of("given", true, "textVersion", "1"))
                .expect(200);
        String vendor = clerk.post(
                        "/api/v1/admin/vendors",
                        Map.of("name", "Potter of " + tenantId(), "commissionBasisPoints", 500))
                .expect(201)
                .path("id")
                .asString();
        clerk.post(
                        "/api/v1/admin/vendors/" + vendor + "/members",
                        Map.of(
                                "email",
                                UUID.randomUUID() + "@vendor.example",
                                "password",
                                PASSWORD,
                                "firstName",
                                "Vera",
                                "lastName",
                                "Example"))
                .expect(201);
        receiveWhatWasOrdered(clerk, product);
        for (String kind : List.of("categories", "brands", "manufacturers")) {
            clerk.put("/api/v1/admin/" + kind + "/pots", Map.of("name", "Pots of " + tenantId()))
                    .expect(201);
        }
        sellInSizes(clerk);
        importProducts(clerk);
        clerk.put(
                        "/api/v1/admin/customer-groups/" + objects.get("/api/v1/admin/customer-groups/") + "/members/"
                                + objects.get("/api/v1/admin/customers/{id}"),
                        Map.of())
                .expect(200);
    }

    private static Map<String, Object> ownAddress() {
        Map<String, Object> address = new HashMap<>(Buyer.ADDRESS);
        address.put("type", "shipping");
        return address;
    }

    /** With a line that is refused. */
    private void importProducts(HttpShop clerk) {
        String started = "/api/v1/admin/product-imports/" + startImport(clerk);
        Eventually.holds(
                "the file is imported",
                Duration.ofMinutes(3),
                () -> clerk.get(started).expect(200).path("state").asString().equals("completed"));
    }

    private static String startImport(HttpShop clerk) {
        String file = "sku,name,price\nI-1,Jug,3.00\nI-2,,\n";
        return clerk.send("POST", "/api/v1/admin/product-imports", file, Map.of("Content-Type", "text/csv"))
                .expect(202)
                .path("id")
                .asString();
    }

    private void sellInSizes(HttpShop clerk) {
        String path = "/api/v1/admin/products/" + installation.merchant().product("20.00", 0);
        change(clerk, path, "/variants", """
                {"options": [{"name": "size", "choices": ["M"]}],
                 "variants": [{"sku": "M of %s", "options": {"size": "M"}}]}""".formatted(tenantId()));
        change(clerk, path, "/prices", """
                {"prices": [{"price": {"amount": "9.00", "currency": "EUR"}, "endsAt": "2999-01-01T00:00:00Z"}]}""");
        change(clerk, path, "", "{\"slug\": \"shirt-in-sizes\"}");
    }

    private static void change(HttpShop clerk, String product, String part, String change) {
        String tag = clerk.get(product).headers().firstValue("ETag").orElseThrow();
        clerk.send("PUT", product + part, change, Map.of("If-Match", tag)).expect(200);
    }

    /** Of a supplier, into a warehouse of which less is kept than there should be. */
    private void receiveWhatWasOrdered(HttpShop clerk, String product) {
        clerk.send("PUT", "/api/v1/admin/stock-allocation", "{\"rule\":\"BY_PRIORITY\"}", Map.of("If-Match", "\"0\""))
                .expect(200);
        clerk.put(
                        "/api/v1/admin/suppliers/" + objects.get("/api/v1/admin/suppliers/") + "/products/" + product,
                        Map.of("sku", "S-1", "price", Merchant.Money.euros("9.00"), "minimumQuantity", 1))
                .expect(200);
        clerk.put(
                        "/api/v1/admin/stock-categories/" + objects.get("/api/v1/admin/stock-categories/")
                                + "/products/" + product,
                        Map.of())
                .expect(200);
        clerk.post(
                        "/api/v1/admin/purchase-orders/" + objects.get("/api/v1/admin/purchase-orders/") + "/receipts",
                        Map.of(
                                "receipts",
                                List.of(Map.of("productId", product, "quantity", 1, "reference", "delivery"))))
                .expect(200);
        clerk.send(
                        "PUT",
                        "/api/v1/admin/stock/" + product + "/warehouses/" + objects.get("/api/v1/admin/warehouses/")
                                + "/reorder-point",
                        "{\"reorderPoint\":5,\"reorderQuantity\":10}",
                        Map.of("If-Match", "\"1\""))
                .expect(200);
    }

    private boolean isPayment(String order, String status) {
        return installation
                .merchant()
                .payments(order)
                .at("/0/status")
                .asString("")
                .equals(status);
    }

    private void keepObjects(String product, String order, String cart, String checkout, String promotion) {
        Map<String, Object> claims = WalkTokens.claims(victimToken).getClaims();
        objects.put("/api/v1/store/products/", product);
        objects.put("/api/v1/admin/products/", product);
        objects.put("/api/v1/admin/stock/", product);
        objects.put("/api/v1/store/carts/", cart);
        objects.put("/api/v1/store/checkouts/", checkout);
        objects.put("/api/v1/store/orders/", order);
        objects.put("/api/v1/admin/orders/", order);
        objects.put("/api/v1/store/sessions/", String.valueOf(claims.get("sid")));
        objects.put("/api/v1/admin/customers/{id}", String.valueOf(claims.get("sub")));
        objects.put("/api/v1/admin/tenants/", String.valueOf(claims.get("tid")));
        keepPurchases(installation.merchant().shop(), product);
        objects.put("/api/v1/admin/promotions/", promotion);
        objects.put(
                "/api/v1/admin/customer-groups/",
                installation
                        .merchant()
                        .shop()
                        .post("/api/v1/admin/customer-groups", Map.of("name", "Potters"))
                        .expect(201)
                        .path("id")
                        .asString());
        objects.put(
                "/api/v1/admin/product-imports/",
                startImport(installation.merchant().shop()));
        objects.put(
                "/api/v1/admin/staff/",
                installation
                        .merchant()
                        .shop()
                        .post(
                                "/api/v1/admin/staff",
                                Map.of(
                                        "email",
                                        UUID.randomUUID() + "@shop.example",
                                        "firstName",
                                        "Sam",
                                        "lastName",
                                        "Smith",
                                        "role",
                                        "SUPPORT"))
                        .expect(201)
                        .path("id")
                        .asString());
        objects.put(
                "/api/v1/admin/api-keys/",
                newKey(installation.merchant(), List.of(Permissions.STOCK_READ))
                        .path("id")
                        .asString());
    }

    private void keepReview(String product) {
        String review = victim.shop()
                .post("/api/v1/store/products/" + product + "/reviews", REVIEW)
                .expect(201)
                .path("id")
                .asString();
        objects.put("/api/v1/store/reviews/", review);
        objects.put("/api/v1/admin/reviews/", review);
        bodies.put("PUT /api/v1/store/reviews/{id}", REVIEW);
        bodies.put("POST /api/v1/admin/reviews/{id}/rejections", Map.of("reason", "spam"));
    }

    private void keepPicture(String product) {
        String url = installation
                .merchant()
                .shop()
                .upload(
                        "/api/v1/admin/products/" + product + "/images",
                        "image/png",
                        Base64.getDecoder().decode(PICTURE))
                .expect(201)
                .path("url")
                .asString();
        objects.put("/api/v1/store/images/", url.split("/", -1)[5]);
    }

    private void keepPurchases(HttpShop clerk, String product) {
        objects.put(
                "/api/v1/admin/warehouses/",
                clerk.post("/api/v1/admin/warehouses", Map.of("name", "Annex"))
                        .expect(201)
                        .path("id")
                        .asString());
        String supplier = clerk.post("/api/v1/admin/suppliers", Map.of("name", "Pots Ltd", "leadTimeDays", 7))
                .expect(201)
                .path("id")
                .asString();
        objects.put("/api/v1/admin/suppliers/", supplier);
        objects.put(
                "/api/v1/admin/stock-categories/",
                clerk.post("/api/v1/admin/stock-categories", Map.of("code", "pots", "name", "Pots"))
                        .expect(201)
                        .path("id")
                        .asString());
        objects.put(
                "/api/v1/admin/purchase-orders/",
                clerk.post(
                                "/api/v1/admin/purchase-orders",
                                Map.of(
                                        "number",
                                        "P-1",
                                        "supplierId",
                                        supplier,
                                        "warehouse",
                                        "Annex",
                                        "lines",
                                        List.of(Map.of("productId", product, "quantity", 10))))
                        .expect(201)
                        .path("id")
                        .asString());
    }

    private static void send(HttpShop clerk, String order) {
        String shipment = clerk.postOnce(
                        "/api/v1/admin/orders/" + order + "/shipments",
                        Map.of(
                                "carrier",
                                "Post",
                                "trackingNumber",
                                "1Z999",
                                "trackingUrl",
                                "https://track.example/1Z999",
                                "sent",
                                true))
                .expect(201)
                .path("shipmentId")
                .asString();
        clerk.post(
                        "/api/v1/admin/orders/" + order + "/shipments/" + shipment + "/status",
                        Map.of("status", "IN_TRANSIT", "place", "Leeds", "note", "at the depot"))
                .expect(200);
    }

    private void keepBodies(String product, String checkout) {
        String method = victim.shop()
                .get("/api/v1/store/checkouts/" + checkout)
                .expect(200)
                .at("/shippingOptions/0/id")
                .asString();
        Map<String, Object> reason = Map.of("reason", "somebody else's");
        bodies.put("POST /api/v1/store/carts/{id}/items", Buyer.item(product, 1));
        bodies.put("PUT /api/v1/store/carts/{id}/items/{productId}", Map.of("quantity", 2));
        bodies.put("PUT /api/v1/store/carts/{id}/coupon", Map.of("code", COUPON));
        bodies.put("PUT /api/v1/store/checkouts/{id}/shipping-method", Map.of("shippingMethodId", method));
        bodies.put("POST /api/v1/store/checkouts/{id}/completions", Buyer.CARD);
        bodies.put("PUT /api/v1/store/customers/me/addresses/{id}", ownAddress());
        bodies.put("POST /api/v1/store/orders/{id}/cancellations", reason);
        bodies.put("POST /api/v1/admin/orders/{id}/cancellations", reason);
        bodies.put("POST /api/v1/admin/orders/{id}/refunds", reason);
        bodies.put("POST /api/v1/admin/orders/{id}/notes", Map.of("text", "somebody else's"));
        bodies.put("POST /api/v1/admin/orders/{id}/shipments/{shipmentId}/status", Map.of("status", "DELIVERED"));
    }

    /** The customer's access token: of a session of its own, as the one that the customer uses cannot be read. */
    private String token(Buyer buyer) {
        return visitor.post("/api/v1/store/sessions", Map.of("email", buyer.email(), "password", PASSWORD))
                .expect(201)
                .path("accessToken")
                .asString();
    }

    private String newToken() {
        return token(Buyer.customer(visitor));
    }

    private static JsonNode newKey(Merchant merchant, List<String> permissions) {
        return merchant.shop()
                .post("/api/v1/admin/api-keys", Map.of("name", "walk", "permissions", permissions, "expiresInHours", 1))
                .expect(201);
    }

    private HttpShop keyHolder(WalkedShop owner, List<String> permissions) {
        return visitor.bearing(
                newKey(owner.installation.merchant(), permissions).path("key").asString());
    }

    /** The shop. */
    UUID tenantId() {
        return UUID.fromString(objects.get("/api/v1/admin/tenants/"));
    }

    /** The customer. */
    UUID customerId() {
        return UUID.fromString(objects.get("/api/v1/admin/customers/{id}"));
    }

    /** The customer who has bought. */
    HttpShop customer() {
        return victim.shop();
    }

    /** Who runs the shop. */
    HttpShop clerk() {
        return installation.merchant().shop();
    }

    /** What a new session of the customer is refreshed with. */
    String refreshToken() {
        return visitor.post("/api/v1/store/sessions", Map.of("email", victim.email(), "password", PASSWORD))
                .expect(201)
                .path("refreshToken")
                .asString();
    }

    /** What gives the customer away. */
    List<String> belongingsOfTheCustomer() {
        return List.of(
                victim.email(),
                customerId().toString(),
                String.valueOf(objects.get("/api/v1/store/carts/")),
                String.valueOf(objects.get("/api/v1/store/checkouts/")),
                String.valueOf(objects.get("/api/v1/store/orders/")),
                String.valueOf(objects.get("/api/v1/store/sessions/")));
    }

    /** Callers of this shop, who ask under its own host name, and under that of the other one. */
    List<WalkCaller> insiders(WalkedShop other) {
        List<WalkCaller> insiders = new ArrayList<>(other.strangers(this));
        insiders.add(WalkCaller.of("visitor", visitor, WalkCaller::visitor));
        insiders.add(WalkCaller.of("customer", customer(), access -> WalkCaller.signedIn(access, false)));
        insiders.add(WalkCaller.of("clerk", clerk(), access -> WalkCaller.signedIn(access, true)));
        return insiders;
    }

    /** A customer's object that a variable of the path can name. */
    String objectOf(String path) {
        return objects.entrySet().stream()
                .filter(object -> path.startsWith(object.getKey()) && path.indexOf('{') >= 0)
                .filter(object -> path.indexOf('{') <= object.getKey().length())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** What an endpoint takes for a request, or {@code null} where nothing better than an empty object is known. */
    @Nullable Object bodyFor(PublicEndpoint endpoint) {
        return bodies.get(endpoint.name());
    }

    /** The product, for further variables of a path. */
    String product() {
        return String.valueOf(objects.get("/api/v1/store/products/"));
    }

    HttpShop visitor() {
        return visitor;
    }

    /** What the customer sees of the cart, the checkout and the order. */
    List<String> belongings() {
        return List.of("carts", "checkouts", "orders", "reviews").stream()
                .map(kind -> "/api/v1/store/" + kind + "/")
                .map(path ->
                        victim.shop().get(path + objects.get(path)).expect(200).toString())
                .toList();
    }

    /** Everybody who asks. */
    List<WalkCaller> callers(WalkedShop other) {
        List<WalkCaller> callers = new ArrayList<>();
        callers.add(WalkCaller.of("nobody", visitor, WalkCaller::visitor));
        callers.add(WalkCaller.of("guest", visitor.guest(UUID.randomUUID().toString()), WalkCaller::visitor));
        callers.add(
                WalkCaller.of("customer", visitor.bearing(newToken()), access -> WalkCaller.signedIn(access, false)));
        callers.add(WalkCaller.of(
                "another customer", visitor.bearing(newToken()), access -> WalkCaller.signedIn(access, false)));
        for (String role : List.of(Roles.CUSTOMER, Roles.VENDOR, Roles.SUPPORT, Roles.ADMIN)) {
            callers.add(inRole(role, this));
        }
        callers.addAll(keys());
        callers.add(WalkCaller.of("operator", installation.operator(), WalkCaller::operator));
        callers.addAll(withoutCredentials());
        callers.addAll(strangers(other));
        return callers;
    }

    private WalkCaller inRole(String role, WalkedShop owner) {
        String where = owner == this ? "" : " of another shop";
        return WalkCaller.of(
                role + where,
                visitor.bearing(tokens.inRole(owner.newToken(), role)),
                access -> WalkCaller.signedIn(
                        access,
                        access instanceof Access.Permitted(String permission)
                                && Roles.permissionsOf(role).contains(permission)));
    }

    private List<WalkCaller> keys() {
        Map<String, HttpShop> with = new HashMap<>();
        Map<String, HttpShop> without = new HashMap<>();
        for (String permission : Permissions.OF_A_SHOP) {
            TreeSet<String> others = new TreeSet<>(Permissions.OF_A_SHOP);
            others.remove(permission);
            with.put(permission, keyHolder(this, List.of(permission)));
            without.put(permission, keyHolder(this, List.copyOf(others)));
        }
        HttpShop any = keyHolder(this, List.copyOf(Permissions.OF_A_SHOP));
        return List.of(
                new WalkCaller(
                        "key with this permission only",
                        access -> access instanceof Access.Permitted(String permission)
                                ? with.getOrDefault(permission, any)
                                : any,
                        WalkCaller::keyHolder),
                new WalkCaller(
                        "key with every permission but this",
                        access -> access instanceof Access.Permitted(String permission)
                                ? without.getOrDefault(permission, any)
                                : any,
                        access -> WalkCaller.signedIn(access, false)));
    }

    private List<WalkCaller> withoutCredentials() {
        return List.of(
                WalkCaller.refused("expired token", visitor.bearing(tokens.expired(victimToken)), WalkCaller.EXPIRED),
                WalkCaller.refused(
                        "token without a shop", visitor.bearing(tokens.withoutTenant(victimToken)), WalkCaller.INVALID),
                WalkCaller.refused(
                        "token of another key", visitor.bearing(tokens.byAnotherKey(victimToken)), WalkCaller.INVALID),
                WalkCaller.refused(
                        "unsigned token", visitor.bearing(WalkTokens.unsigned(victimToken)), WalkCaller.INVALID),
                WalkCaller.refused(
                        "altered token", visitor.bearing(WalkTokens.altered(victimToken)), WalkCaller.INVALID),
                WalkCaller.refused("unknown key", visitor.bearing("ck_" + UUID.randomUUID()), WalkCaller.INVALID),
                WalkCaller.refused("unknown operator", visitor.bearing("co_" + UUID.randomUUID()), WalkCaller.INVALID));
    }

    /** Callers of another shop who ask under this one's host name: they are served, and meet their own shop only. */
    List<WalkCaller> strangers(WalkedShop other) {
        return List.of(
                inRole(Roles.CUSTOMER, other),
                inRole(Roles.ADMIN, other),
                WalkCaller.of(
                        "key of another shop",
                        keyHolder(other, List.copyOf(Permissions.OF_A_SHOP)),
                        WalkCaller::keyHolder));
    }

    /** Callers of this shop who have nothing to do with the customer. */
    List<WalkCaller> neighbours() {
        return List.of(
                WalkCaller.of("nobody", visitor, WalkCaller::visitor),
                WalkCaller.of("guest", visitor.guest(UUID.randomUUID().toString()), WalkCaller::visitor),
                WalkCaller.of(
                        "another customer", visitor.bearing(newToken()), access -> WalkCaller.signedIn(access, false)));
    }
}
