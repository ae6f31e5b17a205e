package org.cartulary.tests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The browser of the tests: the Chromium or Chrome of the machine, or the one that {@code CARTULARY_CHROMIUM} names, or else the one
 * that Playwright downloads. Nothing that it is asked to look up leaves the machine. For one thread.
 */
final class Chromium implements AutoCloseable {

    private static final List<String> USUAL_PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/snap/bin/chromium",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private static final List<String> FLAGS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Shops have host names of their own, and all of them are here.
            "--host-resolver-rules=MAP * 127.0.0.1");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException if there is none and none can be downloaded; its message says what to install
     */
    static Chromium start() {
        Optional<Path> installed = installed();
        @Nullable Playwright playwright = null;
        try {
            playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                    .setHeadless(true)
                    .setChromiumSandbox(!isRoot())
                    .setArgs(FLAGS);
            installed.ifPresent(options::setExecutablePath);
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (PlaywrightException e) {
            if (playwright != null) {
                playwright.close();
            }
            throw new IllegalStateException(
                    "The tests of the pages need Chromium or Chrome. "
                            + (installed.isPresent()
                                    ? installed.get() + " does not start."
                                    : "None was found, and Playwright could not download one.")
                            + " Install it (Debian, Ubuntu: apt-get install chromium), or name it in CARTULARY_CHROMIUM,"
                            + " or leave these tests out: ./cartulary test --without-browser",
                    e);
        }
    }

    private static Optional<Path> installed() {
        return Stream.concat(Stream.ofNullable(System.getenv("CARTULARY_CHROMIUM")), USUAL_PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Chromium's sandbox does not let root in. */
    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
