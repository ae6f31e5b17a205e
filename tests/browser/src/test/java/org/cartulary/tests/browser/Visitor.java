package org.cartulary.tests.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody at a browser of their own. Whatever goes wrong in a page is kept, and told at the end. For one thread. */
final class Visitor implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of(System.getProperty("cartulary.screenshots", "target/screenshots"));

    /** The rules of WCAG 2.2 at the levels A and AA. */
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private final String url;
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();

    Visitor(String url, BrowserContext context) {
        this.url = url;
        this.context = context;
        this.page = context.newPage();
        page.onPageError(fault -> faults.add("script: " + fault));
        page.onConsoleMessage(message -> {
            // A refused form is answered with 4xx, which browsers write down too.
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of 4")) {
                faults.add("console: " + message.text());
            }
        });
    }

    Page page() {
        return page;
    }

    Visitor goTo(String path) {
        page.navigate(url + path);
        return this;
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(false));
    }

    /** Keeps a picture of the whole page among what the build leaves behind. */
    Visitor photograph(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
        return this;
    }

    /** What breaks the rules of WCAG 2.2 AA on this page, one line each. */
    List<String> violations() {
        return new AxeBuilder(page)
                .withTags(WCAG).analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> page.url() + " " + rule.getId() + ": " + node.getTarget() + " "
                                        + node.getFailureSummary()))
                        .toList();
    }

    /** Whether something is wider than the window, so that the page moves sideways. */
    boolean overflows() {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        context.close();
    }
}
