package org.cartulary.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page of the storefront, wide and narrow, light and dark, against the rules of WCAG 2.2 AA. */
@ExtendWith({SharedInstallation.class, BrowserExtension.class})
final class AccessibleBrowserTest {

    private static final int NARROW = 360;

    private final Installation installation;
    private final Browsers browsers;

    AccessibleBrowserTest(Installation installation, Browsers browsers) {
        this.installation = installation;
        this.browsers = browsers;
    }

    @Test
    void pagesOfVisitorsBreakNoRule() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        merchant.shop().put("/api/v1/admin/categories/kitchen", Map.of("name", "Kitchen"));
        String product = Shopping.product(merchant, "Blue teapot", "34.90", 3);
        Shopping.product(merchant, "Something that is sold out and has a rather long name", "4.90", 0);
        List<String> broken = new ArrayList<>();
        for (Browsers.Settings settings : List.of(
                Browsers.Settings.USUAL,
                Browsers.Settings.USUAL.width(NARROW),
                Browsers.Settings.USUAL.dark(),
                Browsers.Settings.USUAL.width(NARROW).dark().speaking("de-DE"))) {
            Visitor visitor = browsers.visitor(installation, settings);
            for (String path : List.of(
                    "/",
                    "/search",
                    "/search?query=teapot",
                    "/search?query=zzzzzz",
                    "/categories/kitchen",
                    "/products/" + product,
                    "/cart",
                    "/sign-in",
                    "/register",
                    "/verify",
                    "/forgotten-password",
                    "/new-password",
                    "/nothing-here",
                    "/products/nothing-here")) {
                look(visitor.goTo(path), path, settings, broken);
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void pagesOfBuyersBreakNoRule() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = Shopping.product(merchant, "Blue teapot", "34.90", 50);
        List<String> broken = new ArrayList<>();
        for (Browsers.Settings settings : List.of(
                Browsers.Settings.USUAL, Browsers.Settings.USUAL.width(NARROW).dark())) {
            Visitor visitor = browsers.visitor(installation, settings);
            Shopping shopping = new Shopping(installation, visitor);
            shopping.signIn(shopping.account()).putIntoCart(product);
            look(visitor, "cart", settings, broken);
            shopping.goToCheckout();
            look(visitor, "checkout-address", settings, broken);
            shopping.writeAddress("");
            look(visitor, "checkout", settings, broken);
            shopping.buy();
            look(visitor, "order", settings, broken);
            for (String path : List.of(
                    "/account", "/account/profile", "/account/addresses", "/account/privacy", "/account/sessions")) {
                look(visitor.goTo(path), path, settings, broken);
            }
        }
        assertThat(broken).isEmpty();
    }

    private static void look(Visitor visitor, String name, Browsers.Settings settings, List<String> broken) {
        broken.addAll(visitor.violations());
        if (visitor.overflows()) {
            broken.add(visitor.page().url() + " is wider than " + settings.width() + " pixels");
        }
        if (visitor.page().content().contains("??")) {
            broken.add(visitor.page().url() + " lacks a text");
        }
        visitor.photograph("storefront" + name.replaceAll("[^a-z]+", "-") + "-" + settings.width() + "-"
                + settings.colours().toString().toLowerCase(Locale.ROOT));
    }
}
