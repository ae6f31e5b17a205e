package org.cartulary.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The staff's work at the pages of the admin. */
@ExtendWith({SharedInstallation.class, BrowserExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdminBrowserTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String EMAIL = "grace@shop.example";
    private static final int NARROW = 360;

    private final Installation installation;
    private final Merchant merchant;

    AdminBrowserTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
    }

    /** Somebody is invited to work here, and sets a password. */
    @BeforeAll
    void employ() {
        merchant.sendEverywhere();
        merchant.shop()
                .post(
                        "/api/v1/admin/staff",
                        Map.of("email", EMAIL, "firstName", "Grace", "lastName", "Hopper", "role", "ADMIN"))
                .expect(201);
        String token = installation.visitor().mailbox().tokenMailedTo(EMAIL, "INVITATION");
        installation
                .visitor()
                .post(
                        "/api/v1/store/password-resets/completions",
                        Map.of("token", token, "password", Shopping.PASSWORD))
                .expect(204);
    }

    private Visitor staff(Browsers browsers, Browsers.Settings settings) {
        Visitor staff = browsers.visitor(installation, settings);
        staff.goTo("/admin/sign-in");
        staff.page().fill("#email", EMAIL);
        staff.page().fill("#password", Shopping.PASSWORD);
        staff.page().click("main button[type=submit]");
        staff.page().waitForURL(url -> !url.contains("/sign-in"));
        return staff;
    }

    private String bought(String product, int quantity) {
        String order = Buyer.guest(installation.visitor())
                .buy(product, quantity, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        Eventually.holds(
                "the payment is captured",
                LIMIT,
                () -> merchant.payments(order).at("/0/status").asString("").equals("CAPTURED"));
        return order;
    }

    @Test
    @Tag("SHP-02")
    void anOrderIsPackedSentAndDelivered(Browsers browsers) {
        String order = bought(Shopping.product(merchant, "Blue teapot", "34.90", 10), 2);
        Visitor staff = staff(browsers, Browsers.Settings.USUAL);

        staff.goTo("/admin/orders/" + order);
        staff.page().fill("#carrier", "Post");
        staff.page().fill("#trackingNumber", "RR 123 456");
        staff.page().locator("#send button[type=submit]").click();
        assertThat(staff.page().locator("h1")).containsText("Shipped");
        staff.page().selectOption(".parcel select[name=status]", "DELIVERED");
        staff.page().locator(".parcel button[type=submit]").click();

        assertThat(staff.page().locator("h1")).containsText("Delivered");
        assertThat(status(order)).isEqualTo("DELIVERED");
        staff.photograph("admin-order");
    }

    @Test
    @Tag("PAY-02")
    void moneyIsGivenBackOnlyAfterAskingAndOnlyOnce(Browsers browsers) {
        String product = Shopping.product(merchant, "Cracked cup", "20.00", 10);
        String order = bought(product, 2);
        Visitor staff = staff(browsers, Browsers.Settings.USUAL);
        staff.goTo("/admin/orders/" + order);

        staff.page().locator("#refund summary").click();
        staff.page().fill("#refund input[name=amount]", "20.00");
        staff.page().fill("#refund-reason", "one of them came broken");
        staff.page().locator("#refund button[type=submit]").dblclick();

        assertThat(staff.page().locator("main")).containsText("€20.00");
        assertThat(staff.page().locator(".timeline")).containsText("one of them came broken");
        Eventually.holds(
                "the money is given back",
                LIMIT,
                () -> merchant.payments(order)
                        .at("/0/refunded/amount")
                        .asString("")
                        .equals("20.00"));
        assertThat(merchant.shop()
                        .get("/api/v1/admin/orders/" + order)
                        .expect(200)
                        .path("refunds"))
                .hasSize(1);
    }

    @Test
    void everyPageKeepsToTheRulesWideAndNarrow(Browsers browsers) {
        String product = Shopping.product(merchant, "Blue teapot", "34.90", 3);
        String order = bought(product, 1);
        List<String> broken = new ArrayList<>();
        for (Browsers.Settings settings : List.of(
                Browsers.Settings.USUAL,
                Browsers.Settings.USUAL.width(NARROW).dark().speaking("de-DE"))) {
            Visitor staff = staff(browsers, settings);
            for (String path : List.of(
                    "/admin",
                    "/admin/orders",
                    "/admin/orders/" + order,
                    "/admin/products",
                    "/admin/products/new",
                    "/admin/products/" + product,
                    "/admin/categories",
                    "/admin/stock",
                    "/admin/stock/" + product,
                    "/admin/stock-alerts",
                    "/admin/warehouses",
                    "/admin/promotions",
                    "/admin/promotions/new",
                    "/admin/customers",
                    "/admin/reviews",
                    "/admin/staff",
                    "/admin/settings",
                    "/admin/platform",
                    "/admin/nothing-here")) {
                staff.goTo(path);
                broken.addAll(staff.violations());
                if (staff.overflows()) {
                    broken.add(path + " is wider than " + settings.width() + " pixels");
                }
                if (staff.page().content().contains("??")) {
                    broken.add(path + " lacks a text");
                }
                staff.photograph(path.replaceAll("[^a-z]+", "-").substring(1) + "-" + settings.width());
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void ordersAreFoundWithTheKeyboardAlone(Browsers browsers) {
        String order = bought(Shopping.product(merchant, "Keyboard", "34.90", 10), 1);
        String number = merchant.shop()
                .get("/api/v1/admin/orders/" + order)
                .expect(200)
                .path("orderNumber")
                .asString();
        Visitor staff = staff(browsers, Browsers.Settings.USUAL);
        Page page = staff.page();

        page.keyboard().press("g");
        page.keyboard().press("o");
        page.waitForURL("**/admin/orders");
        assertThat(page.locator("main")).containsText(number);
    }

    private String status(String order) {
        return merchant.shop()
                .get("/api/v1/admin/orders/" + order)
                .expect(200)
                .path("status")
                .asString();
    }
}
