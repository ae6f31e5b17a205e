package org.cartulary.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.tests.support.Installation;

/** Opens browsers for people, each with cookies of its own. For one thread. */
final class Browsers {

    /** How a browser is set. */
    record Settings(int width, int height, String language, ColorScheme colours, boolean scripts) {

        static final Settings USUAL = new Settings(1280, 900, "en-GB", ColorScheme.LIGHT, true);

        Settings width(int pixels) {
            return new Settings(pixels, 780, language, colours, scripts);
        }

        Settings speaking(String other) {
            return new Settings(width, height, other, colours, scripts);
        }

        Settings dark() {
            return new Settings(width, height, language, ColorScheme.DARK, scripts);
        }

        Settings withoutScripts() {
            return new Settings(width, height, language, colours, false);
        }
    }

    /** A page that takes longer than that is broken, also on a slow machine. */
    private static final double PATIENCE_IN_MILLIS = 30_000;

    private final Chromium chromium;
    private final List<Visitor> open = new ArrayList<>();

    Browsers(Chromium chromium) {
        this.chromium = chromium;
    }

    /** Somebody who visits the shop of the test. */
    Visitor visitor(Installation installation, Settings settings) {
        BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(settings.width(), settings.height())
                        .setLocale(settings.language())
                        .setColorScheme(settings.colours())
                        .setJavaScriptEnabled(settings.scripts()));
        context.setDefaultTimeout(PATIENCE_IN_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_IN_MILLIS);
        Visitor visitor = new Visitor(address(installation), context);
        open.add(visitor);
        return visitor;
    }

    Visitor visitor(Installation installation) {
        return visitor(installation, Settings.USUAL);
    }

    /** The address of the shop under its own host name. */
    private static String address(Installation installation) {
        URI platform = URI.create(installation.visitor().url("/"));
        return "http://" + installation.visitor().header("Host") + ":" + platform.getPort();
    }

    /** Closes all, and fails if anything went wrong in one of their pages. */
    void endAll() {
        List<String> faults =
                open.stream().flatMap(visitor -> visitor.faults().stream()).toList();
        open.forEach(Visitor::close);
        open.clear();
        assertThat(faults).as("what went wrong in the pages").isEmpty();
    }
}
