package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cartulary.app.api.ApiCall;
import org.cartulary.app.api.ApiStory;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.SharedInstallation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** The examples of the API's description are calls that work: they are made here, one after the other, in a new shop. */
@ExtendWith(SharedInstallation.class)
final class ApiStoryJourneyTest {

    /** What comes late, such as a mail, comes within this. */
    private static final Duration LATEST = Duration.ofMinutes(3);

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What needs codes of an app, a signature of a provider, a long file, a picture or a fault is shown by tests of its own. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            "POST /api/v1/admin/product-imports/{id}/cancellations",
            "POST /api/v1/admin/second-factor/confirmations",
            "POST /api/v1/admin/second-factor/removals",
            "POST /api/v1/admin/tenants/{tenantId}/second-factor-removals",
            "POST /api/v1/admin/stuck-work/{service}/{kind}/{id}/retries",
            "POST /api/v1/admin/stuck-work/{service}/{kind}/{id}/compensations",
            "POST /api/v1/admin/stuck-work/{service}/{kind}/{id}/skips",
            "POST /api/v1/webhooks/payments/{provider}",
            "POST /api/v1/admin/products/{id}/images",
            "POST /api/v1/vendor/products/{id}/images",
            "GET /api/v1/store/images/{id}/{size}");

    private final Installation installation;
    private final Map<String, String> values = new HashMap<>();

    ApiStoryJourneyTest(Installation installation) {
        this.installation = installation;
        values.put("guest", UUID.randomUUID().toString());
    }

    @Test
    void eachOperationIsShownByACallThatWorks() {
        List<ApiCall> calls = ApiStory.read().calls();
        Set<String> documented = DescribedEndpoint.of(
                        installation.visitor().get("/openapi.json").expect(200))
                .stream()
                .map(endpoint -> endpoint.method() + " " + endpoint.path())
                .collect(Collectors.toSet());
        assertThat(calls.stream().map(ApiCall::operation).collect(Collectors.toSet()))
                .isEqualTo(documented);
        assertThat(calls.stream().filter(call -> call.notRun() != null).map(ApiCall::operation))
                .containsExactlyInAnyOrderElementsOf(SHOWN_ELSEWHERE);

        calls.stream().filter(call -> call.notRun() == null).forEach(this::make);
    }

    private void make(ApiCall written) {
        ApiCall call = written.with(name -> {
            assertThat(values)
                    .as("%s needs what no call has kept", written.operation())
                    .containsKey(name);
            return values.get(name);
        });
        if (call.method().equals("GET")) {
            Eventually.holds(call + " answers what later calls need", LATEST, () -> isComplete(call, answer(call)));
        } else {
            HttpShop.Answer answer = answer(call);
            assertThat(isComplete(call, answer))
                    .as("%s: %s", call, answer.text())
                    .isTrue();
        }
    }

    /** Keeps what later calls need; whether the answer has all of it. */
    private boolean isComplete(ApiCall call, HttpShop.Answer answer) {
        assertThat(answer.status()).as("%s: %s", call, answer.text()).isEqualTo(call.answers());
        call.kept().forEach((name, where) -> {
            String found = where.startsWith("/")
                    ? inBody(answer, where)
                    : answer.headers().firstValue(where).orElse("");
            values.put(name, found);
        });
        return call.kept().keySet().stream().noneMatch(name -> values.get(name).isEmpty());
    }

    private HttpShop.Answer answer(ApiCall call) {
        Map<String, String> headers = new HashMap<>(call.headers());
        if (call.method().equals("POST")) {
            headers.put("Idempotency-Key", UUID.randomUUID().toString());
        }
        String path = call.path();
        for (Map.Entry<String, String> variable : call.variables().entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", encoded(variable.getValue()));
        }
        String query = call.query().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return caller(call).send(call.method(), query.isEmpty() ? path : path + "?" + query, body(call), headers);
    }

    /** A text is a file, as it is. */
    private static @Nullable String body(ApiCall call) {
        return switch (call.body()) {
            case null -> null;
            case String file -> file;
            case Object json -> JSON.writeValueAsString(json);
        };
    }

    private HttpShop caller(ApiCall call) {
        HttpShop visitor = installation.visitor();
        return switch (call.caller()) {
            case null -> visitor;
            case "clerk" -> installation.merchant().shop();
            case "operator" -> installation.operator();
            case "guest" -> visitor.guest(values.get("guest"));
            case String name -> visitor.bearing(values.get(name));
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String inBody(HttpShop.Answer answer, String where) {
        String[] pointerAndPattern = where.split(" ", 2);
        String text = answer.body().at(pointerAndPattern[0]).asString("");
        if (pointerAndPattern.length == 1) {
            return text;
        }
        Matcher wanted = Pattern.compile(pointerAndPattern[1]).matcher(text);
        return wanted.find() ? wanted.group() : "";
    }
}
