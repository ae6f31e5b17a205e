package org.cartulary.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.util.Map;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What customers do at the pages of their account. */
@ExtendWith({SharedInstallation.class, BrowserExtension.class})
final class AccountBrowserTest {

    private final Installation installation;
    private final Browsers browsers;
    private final Merchant merchant;

    AccountBrowserTest(Installation installation, Browsers browsers) {
        this.installation = installation;
        this.browsers = browsers;
        this.merchant = installation.merchant();
    }

    @Test
    @Tag("AUT-02")
    void somebodyRegistersConfirmsTheAddressAndIsSignedIn() {
        String email = "new." + System.nanoTime() + "@example.com";
        Visitor visitor = browsers.visitor(installation);
        visitor.goTo("/register");
        visitor.page().fill("#firstName", "Ada");
        visitor.page().fill("#lastName", "Lovelace");
        visitor.page().fill("#email", email);
        visitor.page().fill("#password", Shopping.PASSWORD);
        visitor.page().click("main button[type=submit]");
        visitor.page().waitForURL("**/verify**");

        visitor.page().fill("#email", email);
        visitor.page().fill("#token", installation.visitor().mailbox().tokenMailedTo(email, "EMAIL_VERIFICATION"));
        visitor.page().fill("#password", Shopping.PASSWORD);
        visitor.page().click("main button[type=submit]");
        visitor.page().waitForURL("**/account?said=verified");

        assertThat(visitor.page().locator("main")).containsText("Welcome, Ada.");
    }

    @Test
    void whoeverTypesAWrongPasswordIsToldAndNotSignedIn() {
        Visitor visitor = browsers.visitor(installation);
        String email = new Shopping(installation, visitor).account();
        visitor.goTo("/sign-in?next=/account");
        visitor.page().fill("#email", email);
        visitor.page().fill("#password", "not the password at all");
        visitor.page().click("main button[type=submit]");

        assertThat(visitor.page().locator(".problem")).containsText("do not belong together");
        assertThat(visitor.page().locator("#email")).hasValue(email);
        visitor.goTo("/account");
        assertThat(visitor.page().url()).contains("/sign-in");
    }

    @Test
    @Tag("CUS-01")
    void whoMovesOnIsGreetedByTheNewName() {
        Visitor customer = browsers.visitor(installation);
        new Shopping(installation, customer).signIn(new Shopping(installation, customer).account());
        Page page = customer.page();
        customer.goTo("/account/profile");
        page.fill("#firstName", "Augusta");
        page.fill("#phone", "not a number");
        customer.button("Save").click();
        assertThat(page.locator("#phone-wrong")).isVisible();
        assertThat(page.locator("#firstName")).hasValue("Augusta");

        page.fill("#phone", "+442079300000");
        page.fill("#dateOfBirth", "1815-12-10");
        customer.button("Save").click();
        assertThat(page.locator("#dateOfBirth-wrong")).isVisible();
        page.fill("#dateOfBirth", "1985-12-10");
        customer.button("Save").click();
        page.waitForURL("**/account/profile?said=profile-saved");
        assertThat(page.locator("#dateOfBirth")).hasValue("1985-12-10");
        customer.goTo("/account");
        assertThat(page.locator("main")).containsText("Welcome, Augusta.");
        customer.goTo("/account/addresses");
        assertThat(page.locator("#phone")).hasValue("+442079300000");
    }

    @Test
    @Tag("CUS-01")
    void anAddressIsKeptUsedAndTakenAway() {
        Visitor customer = browsers.visitor(installation);
        new Shopping(installation, customer).signIn(new Shopping(installation, customer).account());
        customer.goTo("/account/addresses");
        Page page = customer.page();
        page.fill("#firstName", "Ada");
        page.fill("#lastName", "Lovelace");
        page.fill("#addressLine1", "12 St James's Square");
        page.fill("#city", "London");
        page.fill("#postalCode", "SW1Y 4JH");
        page.selectOption("#country", "GB");
        page.check("input[name=isDefault]");
        page.locator("main details button[type=submit]").click();
        page.waitForURL("**/account/addresses?said=address-kept");
        assertThat(page.locator(".address-cards")).containsText("12 St James's Square");

        merchant.sendEverywhere();
        new Shopping(installation, customer)
                .putIntoCart(Shopping.product(merchant, "A parcel", "20.00", 5))
                .goToCheckout();
        page.locator(".address-choice").click();
        assertThat(page.locator("#addressLine1")).hasValue("12 St James's Square");

        customer.goTo("/account/addresses");
        page.locator(".address-cards button[type=submit]").click();
        page.waitForURL("**/account/addresses?said=address-removed");
        assertThat(page.locator(".address-cards li")).hasCount(0);
    }

    @Test
    @Tag("CAT-03")
    void aReviewIsWrittenAndWaitsToBeRead() {
        String product = Shopping.product(merchant, "Opinions", "20.00", 5);
        Visitor customer = browsers.visitor(installation);
        new Shopping(installation, customer).signIn(new Shopping(installation, customer).account());
        customer.goTo("/products/" + product);
        Page page = customer.page();
        page.locator(".write summary").click();
        page.check("input[name=rating][value='4']");
        page.fill("#author", "A. L.");
        page.fill("#title", "Quite good");
        page.fill("#text", "It does what it says.");
        page.locator(".write button[type=submit]").click();

        assertThat(page.locator(".said")).containsText("once we have read it");
        assertThat(merchant.shop()
                        .get("/api/v1/admin/reviews?status=PENDING")
                        .expect(200)
                        .path("items")
                        .valueStream()
                        .filter(review -> review.path("productId").asString().equals(product)))
                .hasSize(1);
    }

    @Test
    @Tag("PLT-30")
    void whatIsKeptIsHandedOutAndForgotten() throws Exception {
        Visitor customer = browsers.visitor(installation);
        Shopping shopping = new Shopping(installation, customer);
        String email = shopping.account();
        shopping.signIn(email);
        customer.goTo("/account/privacy");
        Download download = customer.page()
                .waitForDownload(() -> customer.link("Get my data").click());
        assertThat(Files.size(download.path())).isPositive();

        customer.page().check("input[name=understood]");
        customer.button("Erase my account").click();
        customer.page().waitForURL("**/?said=erased");

        assertThat(installation
                        .visitor()
                        .post("/api/v1/store/sessions", Map.of("email", email, "password", Shopping.PASSWORD))
                        .status())
                .isEqualTo(401);
    }

    @Test
    @Tag("AUT-06")
    void aDeviceIsSignedOutFromAnotherOne() {
        Visitor lost = browsers.visitor(installation);
        String email = new Shopping(installation, lost).account();
        new Shopping(installation, lost).signIn(email);
        Visitor here = browsers.visitor(installation);
        new Shopping(installation, here).signIn(email);

        here.goTo("/account/sessions");
        here.page().locator(".rows form button").first().click();
        here.page().waitForURL("**/account/sessions?said=session-ended");

        lost.goTo("/account");
        assertThat(lost.page().url()).contains("/sign-in");
        here.goTo("/account");
        assertThat(here.page().url()).endsWith("/account");
    }
}
