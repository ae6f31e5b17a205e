package org.cartulary.tests.browser;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.regex.Pattern;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;

/** What buyers do at the pages of the shop again and again. */
final class Shopping {

    static final String PASSWORD = "correct horse battery";
    private static final Pattern ORDER = Pattern.compile(".*/orders/([0-9a-f-]{36}).*");

    private final Installation installation;
    private final Visitor visitor;

    Shopping(Installation installation, Visitor visitor) {
        this.installation = installation;
        this.visitor = visitor;
    }

    /** A product with a name that people can read; its id. */
    static String product(Merchant merchant, String name, String price, int units) {
        String id = merchant.product(price, units);
        Map<String, Object> product =
                Map.of("name", name, "price", Merchant.Money.euros(price), "description", "A thing to buy.");
        merchant.shop()
                .send("PUT", "/api/v1/admin/products/" + id, Json.of(product), Map.of("If-Match", "\"1\""))
                .expect(200);
        return id;
    }

    Shopping putIntoCart(String productId) {
        visitor.goTo("/products/" + productId);
        visitor.button("Add to cart").click();
        visitor.page().waitForURL("**/cart?said=added");
        return this;
    }

    Shopping goToCheckout() {
        visitor.goTo("/cart");
        visitor.link("Checkout").click();
        visitor.page().waitForURL("**/checkout");
        return this;
    }

    Shopping writeAddress(String email) {
        if (!email.isEmpty()) {
            visitor.page().fill("#email", email);
        }
        Map<String, String> address = Buyer.ADDRESS;
        for (String field : new String[] {"firstName", "lastName", "addressLine1", "city", "postalCode"}) {
            visitor.page().fill("#" + field, address.getOrDefault(field, "Somewhere"));
        }
        visitor.page().selectOption("#country", address.getOrDefault("country", "DE"));
        visitor.button("Continue").click();
        visitor.page().waitForURL(Pattern.compile(".*/checkout/[0-9a-f-]{36}"));
        return this;
    }

    /** Buys what the checkout shows; the id of the order. */
    String buy() {
        visitor.page().click("#buy");
        visitor.page().waitForURL(ORDER);
        return orderId(visitor.page());
    }

    static String orderId(Page page) {
        var matcher = ORDER.matcher(page.url());
        if (!matcher.matches()) {
            throw new AssertionError(page.url() + " is not the page of an order");
        }
        return matcher.group(1);
    }

    /** Signs in at the page, which the visitor is led to or goes to. */
    Shopping signIn(String email) {
        visitor.goTo("/sign-in");
        visitor.page().fill("#email", email);
        visitor.page().fill("#password", PASSWORD);
        visitor.page().click("main button[type=submit]");
        visitor.page().waitForURL(url -> !url.contains("/sign-in"));
        return this;
    }

    /** Opens an account over the API, confirmed; its address. */
    String account() {
        String email = "ada." + System.nanoTime() + "@example.com";
        Buyer.openAccount(installation.visitor(), email, PASSWORD);
        return email;
    }
}
