package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What pages of the storefront answer to programs that are no browsers, friendly ones and others. */
@ExtendWith(SharedInstallation.class)
final class StorefrontJourneyTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern ASSET = Pattern.compile("/assets/[0-9a-f]{12}/tokens\\.css");

    private final Installation installation;

    StorefrontJourneyTest(Installation installation) {
        this.installation = installation;
    }

    private HttpResponse<String> ask(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(installation.visitor().url(path) + path))
                .header("Host", installation.visitor().header("Host"))
                .header("Accept", "text/html")
                .timeout(Duration.ofMinutes(2))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String path) {
        return ask("GET", path, "", Map.of());
    }

    private HttpResponse<String> submit(String path, String form, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", FORM);
        return ask("POST", path, form, all);
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + answer.headers()));
    }

    private static String value(String cookie) {
        return cookie.substring(0, cookie.indexOf(';'));
    }

    @Test
    void pagesAllowNothingThatIsNotTheirOwn() {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertThat(policy)
                .contains("script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("<style", "onclick=", "style=\"").doesNotContainPattern("<script>");
    }

    @Test
    void assetsAreKeptForEverUnderTheHashOfTheirContent() {
        Matcher asset = ASSET.matcher(get("/").body());
        assertThat(asset.find()).isTrue();

        HttpResponse<String> styles = get(asset.group());

        assertThat(styles.statusCode()).isEqualTo(200);
        assertThat(styles.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("max-age=31536000", "immutable"));
        assertThat(styles.body()).contains("url(/assets/").doesNotContain("asset(");
        assertThat(get("/assets/000000000000/tokens.css").statusCode()).isEqualTo(404);
        assertThat(get("/assets/000000000000/..%2f..%2fapplication.properties").statusCode())
                .isIn(400, 404);
    }

    @Test
    void aFormOfAnotherSiteIsRefused() {
        String item = "productId=" + installation.merchant().product("10.00", 5);

        assertThat(submit("/cart/items", item, Map.of("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(submit("/cart/items", item, Map.of("Sec-Fetch-Site", "same-site"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(submit("/cart/items", item, Map.of("Origin", "https://elsewhere.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(submit("/cart/items", item, Map.of("Origin", "null")).statusCode())
                .isEqualTo(403);
        assertThat(submit("/cart/items", item, Map.of("Sec-Fetch-Site", "same-origin"))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void formsAreReadByPagesOnly() {
        assertThat(submit("/api/v1/store/carts", "items=", Map.of()).statusCode())
                .isEqualTo(415);
    }

    @Test
    void cookiesAreNotForScripts() {
        HttpResponse<String> added =
                submit("/cart/items", "productId=" + installation.merchant().product("10.00", 5), Map.of());

        assertThat(added.statusCode()).isEqualTo(303);
        assertThat(cookie(added, "cart")).contains("HttpOnly", "SameSite=Lax", "Path=/");
    }

    @Test
    @Tag("AUT-06")
    void whoeverSignsInHoldsATokenOfNoUseAtTheApi() {
        String email = "page." + System.nanoTime() + "@example.com";
        Buyer.openAccount(installation.visitor(), email, PASSWORD);

        HttpResponse<String> signedIn = submit(
                "/sign-in",
                "email=" + email.replace("@", "%40") + "&password=" + PASSWORD.replace(" ", "+") + "&next=%2Faccount",
                Map.of());

        assertThat(location(signedIn)).isEqualTo("/account");
        String session = cookie(signedIn, "shop_session");
        assertThat(session).contains("HttpOnly", "SameSite=Lax");
        HttpResponse<String> account = ask("GET", "/account", "", Map.of("Cookie", value(session)));
        assertThat(account.statusCode()).isEqualTo(200);
        assertThat(account.headers().firstValue("Cache-Control")).hasValue("no-store");
        String token = value(session).substring("shop_session=".length());
        assertThat(installation
                        .visitor()
                        .bearing(token)
                        .get("/api/v1/store/customers/me")
                        .status())
                .isEqualTo(401);

        submit("/sign-out", "", Map.of("Cookie", value(session)));
        HttpResponse<String> after = ask("GET", "/account", "", Map.of("Cookie", value(session)));
        assertThat(after.statusCode()).isEqualTo(303);
        assertThat(location(after)).isEqualTo("/sign-in?told=session-over&next=%2Faccount");
    }

    @Test
    void signingInLeadsNowhereElse() {
        String email = "page." + System.nanoTime() + "@example.com";
        Buyer.openAccount(installation.visitor(), email, PASSWORD);

        HttpResponse<String> signedIn = submit(
                "/sign-in",
                "email=" + email.replace("@", "%40") + "&password=" + PASSWORD.replace(" ", "+")
                        + "&next=%2F%2Felsewhere.example%2F",
                Map.of());

        assertThat(location(signedIn)).isEqualTo("/");
    }

    @Test
    void whatSomebodyTypesIsShownAsText() {
        HttpResponse<String> page = get("/search?query=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%3E");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("<script>alert").contains("&lt;script&gt;");
    }

    @Test
    void whatIsNotThereIsSaidOnAPage() {
        for (String path : List.of("/nothing", "/products/nothing", "/categories/nothing", "/orders/nothing")) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isIn(400, 404);
            assertThat(page.headers().firstValue("Content-Type").orElse(""))
                    .as(path)
                    .startsWith("text/html");
        }
        assertThat(get("/api/v1/nothing").headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
    }

    @Test
    void whatIsRefusedBeforeAnyPageIsAskedIsSaidOnAPageInTheBrowsersLanguage() {
        Map<String, String> packed = Map.of("Accept-Language", "de", "Content-Encoding", "gzip");

        HttpResponse<String> page = submit("/cart/items", "quantity=1", packed);

        assertThat(page.statusCode()).isEqualTo(415);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("lang=\"de\"", "Das ging nicht", "/assets/");
        assertThat(submit("/admin/sign-in", "email=a", packed).body()).contains("/admin/assets/");
        assertThat(submit("/api/v1/store/carts", "{}", packed)
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("application/problem+json");
    }

    @Test
    void aBrowserThatSaysNonsenseOfItselfIsAnsweredAsOneThatSaysNothing() {
        HttpResponse<String> page = ask("GET", "/cart", "", Map.of("Accept-Language", "!;q=x,,"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("lang=\"en\"");
        assertThat(submit("/language", "language=%00&next=%00", Map.of()).statusCode())
                .isEqualTo(303);
    }

    @Test
    void aGuestReadsItsOrderAndNobodyElseDoes() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        Buyer guest = Buyer.guest(installation.visitor());
        String order = guest.buy(merchant.product("20.00", 5), 1, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        String token = guest.shop().guestToken();

        assertThat(ask("GET", "/orders/" + order, "", Map.of("Cookie", "cart=.0." + token))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/orders/" + order).statusCode()).isEqualTo(404);
    }

    @Test
    void aChosenLanguageIsKept() {
        HttpResponse<String> chosen = submit("/language", "language=de&next=%2Fcart", Map.of());

        assertThat(location(chosen)).isEqualTo("/cart");
        assertThat(ask("GET", "/cart", "", Map.of("Cookie", value(cookie(chosen, "language"))))
                        .body())
                .contains("lang=\"de\"", "Warenkorb");
    }
}
