package org.cartulary.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the product to the order, as buyers do it. */
@ExtendWith({SharedInstallation.class, BrowserExtension.class})
final class PurchaseBrowserTest {

    private final Installation installation;
    private final Browsers browsers;
    private final Merchant merchant;

    PurchaseBrowserTest(Installation installation, Browsers browsers) {
        this.installation = installation;
        this.browsers = browsers;
        this.merchant = installation.merchant();
    }

    @BeforeEach
    void sendEverywhere() {
        merchant.sendEverywhere();
    }

    private Shopping shopping(Visitor visitor) {
        return new Shopping(installation, visitor);
    }

    private List<String> ordersOf(String productId) {
        return merchant.shop()
                .get("/api/v1/admin/orders?limit=100")
                .expect(200)
                .path("items")
                .valueStream()
                .map(order -> order.path("id").asString())
                .filter(id -> merchant.shop()
                        .get("/api/v1/admin/orders/" + id)
                        .expect(200)
                        .path("items")
                        .valueStream()
                        .anyMatch(line -> line.path("productId").asString().equals(productId)))
                .toList();
    }

    @Test
    @Tag("CHK-02")
    void aGuestBuysWithoutAnAccount() {
        String product = Shopping.product(merchant, "Blue teapot", "34.90", 10);
        Visitor guest = browsers.visitor(installation);

        String order = shopping(guest)
                .putIntoCart(product)
                .goToCheckout()
                .writeAddress("guest@example.com")
                .buy();

        assertThat(guest.page().locator("main")).containsText("Thank you");
        assertThat(guest.page().locator("main")).containsText("Blue teapot");
        assertThat(guest.page().locator(".totals .sum")).containsText("39.80");
        assertThat(ordersOf(product)).containsExactly(order);
        assertThat(merchant.available(product)).isEqualTo(9);
        guest.photograph("order");
    }

    @Test
    @Tag("CRT-01")
    void whatWasInTheCartBeforeSomebodySignedInIsThereAfterwards() {
        String first = Shopping.product(merchant, "Tin lantern", "14.00", 10);
        String second = Shopping.product(merchant, "Red bunting", "12.75", 10);
        Visitor customer = browsers.visitor(installation);
        Shopping shopping = shopping(customer);
        String email = shopping.account();

        shopping.putIntoCart(first).signIn(email).putIntoCart(second);

        assertThat(customer.page().locator(".lines li")).hasCount(2);
        assertThat(customer.page().locator("#cart-tool .count")).hasText("2");
        String order = shopping.goToCheckout().writeAddress("").buy();
        customer.goTo("/account");
        assertThat(customer.page().locator(".rows li")).hasCount(1);
        assertThat(ordersOf(first)).containsExactly(order);
    }

    @Test
    @Tag("CRT-01")
    void theCartOfACustomerIsThereOnAnotherDevice() {
        String product = Shopping.product(merchant, "Cake stand", "42.00", 10);
        Visitor atHome = browsers.visitor(installation);
        String email = shopping(atHome).account();
        shopping(atHome).signIn(email).putIntoCart(product);

        Visitor onTheWay = browsers.visitor(installation);
        shopping(onTheWay).signIn(email);
        onTheWay.goTo("/cart");

        assertThat(onTheWay.page().locator(".lines")).containsText("Cake stand");
    }

    @Test
    @Tag("PRO-01")
    void aCouponTakesItsPartOff() {
        String product = Shopping.product(merchant, "Garden bench", "100.00", 10);
        merchant.promotion(Map.of("kind", "PERCENTAGE", "basisPoints", 1000, "code", "WELCOME10"));
        Visitor guest = browsers.visitor(installation);
        Shopping shopping = shopping(guest).putIntoCart(product);

        guest.page().fill("#code", "nothing");
        guest.button("Apply").click();
        assertThat(guest.page().locator(".summary .wrong")).hasText("There is no such coupon.");
        guest.page().fill("#code", "welcome10");
        guest.button("Apply").click();

        assertThat(guest.page().locator(".summary")).containsText("WELCOME10");
        assertThat(guest.page().locator(".summary .totals")).containsText("−€10.00");
        shopping.goToCheckout().writeAddress("guest@example.com");
        assertThat(guest.page().locator(".totals .sum")).containsText("94.90");
        shopping.buy();
        assertThat(guest.page().locator(".totals .sum")).containsText("94.90");
    }

    @Test
    @Tag("INV-02")
    void whatIsSoldOutAtTheLastMomentIsSaidAndNotCharged() {
        String product = Shopping.product(merchant, "The last one", "20.00", 1);
        Visitor slow = browsers.visitor(installation);
        Visitor quick = browsers.visitor(installation);
        shopping(slow).putIntoCart(product).goToCheckout().writeAddress("slow@example.com");
        String order = shopping(quick)
                .putIntoCart(product)
                .goToCheckout()
                .writeAddress("quick@example.com")
                .buy();

        slow.page().click("#buy");

        assertThat(slow.page().locator(".problem")).containsText("sold out");
        assertThat(ordersOf(product)).containsExactly(order);
        slow.goTo("/products/" + product);
        assertThat(slow.page().locator(".stock")).hasText("Sold out");
        assertThat(slow.button("Add to cart")).isDisabled();
    }

    @Test
    @Tag("PLT-13")
    void aDoubleClickOnBuyIsOneOrder() {
        String product = Shopping.product(merchant, "Impatience", "20.00", 10);
        Visitor guest = browsers.visitor(installation, Browsers.Settings.USUAL.withoutScripts());
        shopping(guest).putIntoCart(product).goToCheckout().writeAddress("guest@example.com");

        guest.page().locator("#buy").dblclick();
        guest.page().waitForURL(Pattern.compile(".*/orders/.*"));

        assertThat(ordersOf(product)).hasSize(1);
        assertThat(merchant.available(product)).isEqualTo(9);
    }

    @Test
    @Tag("PLT-13")
    void whatIsSentAgainFromAnOldPageIsTheSameOrder() {
        String product = Shopping.product(merchant, "Second thoughts", "20.00", 10);
        Visitor guest = browsers.visitor(installation);
        Shopping shopping = shopping(guest).putIntoCart(product).goToCheckout().writeAddress("guest@example.com");
        String payment = guest.page().url() + "/payment";
        String key = guest.page().inputValue("form[action$=payment] input[name=key]");
        String order = shopping.buy();

        Object shown = guest.page().evaluate("""
                        ([payment, key]) => fetch(payment, {
                            method: "POST",
                            body: new URLSearchParams({key, token: "tok_ok"}),
                        }).then((answer) => answer.url)
                        """, List.of(payment, key));

        assertThat(shown.toString()).contains("/orders/" + order);
        assertThat(ordersOf(product)).containsExactly(order);
        guest.page().goBack();
        guest.page().waitForURL(Pattern.compile(".*/orders/" + order + ".*"));
    }

    @Test
    @Tag("PLT-13")
    void aDoubleClickPutsAThingIntoTheCartOnce() {
        String product = Shopping.product(merchant, "Twice", "20.00", 10);
        Visitor guest = browsers.visitor(installation, Browsers.Settings.USUAL.withoutScripts());
        guest.goTo("/products/" + product);

        guest.button("Add to cart").dblclick();
        guest.page().waitForURL("**/cart?said=added");
        guest.goTo("/cart");

        assertThat(guest.page().locator(".lines input[name=quantity]")).hasValue("1");
    }

    @Test
    @Tag("PAY-06")
    void nobodyIsThankedForAnOrderBeforeItIsThere() {
        String product = Shopping.product(merchant, "Slow bank", "20.00", 10);
        Visitor guest = browsers.visitor(installation);
        shopping(guest).putIntoCart(product).goToCheckout().writeAddress("guest@example.com");
        guest.page().evaluate("document.querySelector('input[value=tok_ok]').value = 'tok_timeout'");

        String order = shopping(guest).buy();

        assertThat(guest.page().locator("main")).containsText("Thank you");
        assertThat(ordersOf(product)).containsExactly(order);
    }

    @Test
    @Tag("PAY-06")
    void aDeclinedPaymentIsSaidAndAnotherCardBuys() {
        String product = Shopping.product(merchant, "Patience", "20.00", 10);
        Visitor guest = browsers.visitor(installation);
        Shopping shopping = shopping(guest).putIntoCart(product).goToCheckout().writeAddress("guest@example.com");

        guest.page().check("input[value=tok_declined]");
        guest.page().click("#buy");
        assertThat(guest.page().locator(".problem")).containsText("declined");
        guest.page().check("input[value=tok_ok]");
        shopping.buy();

        assertThat(guest.page().locator("main")).containsText("Thank you");
    }

    @Test
    void everythingWorksWithoutScripts() {
        String product = Shopping.product(merchant, "Plain thing", "20.00", 10);
        Visitor guest = browsers.visitor(installation, Browsers.Settings.USUAL.withoutScripts());
        guest.goTo("/");
        guest.page().fill("#search", "plain thing");
        guest.page().press("#search", "Enter");
        guest.page().locator(".card a").first().click();
        assertThat(guest.heading("Plain thing")).isVisible();
        shopping(guest).putIntoCart(product);

        guest.page().fill("input[name=quantity]", "3");
        guest.button("Change").click();
        assertThat(guest.page().locator(".summary .totals")).containsText("60.00");
        shopping(guest).goToCheckout().writeAddress("guest@example.com").buy();

        assertThat(merchant.available(product)).isEqualTo(7);
    }

    @Test
    void theShopSpeaksGerman() {
        String product = Shopping.product(merchant, "Blaue Teekanne", "34.90", 10);
        Visitor guest = browsers.visitor(installation, Browsers.Settings.USUAL.speaking("de-DE"));
        guest.goTo("/products/" + product);

        assertThat(guest.button("In den Warenkorb")).isVisible();
        assertThat(guest.page().locator("#price")).containsText("34,90");
        guest.button("English").click();
        assertThat(guest.button("Add to cart")).isVisible();
    }

    @Test
    void anOrderCanBeCancelledByItsBuyer() {
        String product = Shopping.product(merchant, "Regret", "20.00", 10);
        Visitor guest = browsers.visitor(installation);
        shopping(guest)
                .putIntoCart(product)
                .goToCheckout()
                .writeAddress("guest@example.com")
                .buy();

        guest.page()
                .locator("summary", new Page.LocatorOptions().setHasText("Cancel the order"))
                .click();
        guest.button("Cancel it now").click();

        assertThat(guest.page().locator(".state").first()).hasText("Cancelled");
        assertThat(merchant.available(product)).isEqualTo(10);
    }
}
