package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.cartulary.platform.http.SampleServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProblemHttpTest {

    private static final String ORDERS = "/api/v1/store/orders";
    private static final String TOTAL = "\"total\": {\"amount\": \"1.00\", \"currency\": \"EUR\"}";
    private static final String ITEMS = "\"items\": [{\"sku\": \"A\", \"quantity\": 1}]";

    private static SampleServer server;

    @BeforeAll
    static void start() {
        server = new SampleServer(SampleApplication.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aProblemSaysAllThatACallerNeeds() {
        Answer answer = server.get(
                "/api/v1/store/faults/conflict",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertProblem(answer, 409, "out-of-stock");
        assertThat(answer.json().path("title").asString()).isEqualTo("Conflict");
        assertThat(answer.json().path("detail").asString()).isEqualTo("only 2 are left");
        assertThat(answer.json().path("instance").asString()).isEqualTo("/api/v1/store/faults/conflict");
        assertThat(answer.json().path("traceId").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(answer.json().path("available").asInt()).isEqualTo(2);
        assertError(answer, "/items/0/quantity", "too-many");
    }

    @Test
    void aValidRequestIsAnsweredAndCarriesNoProblem() {
        Answer answer = server.post(ORDERS, "{" + ITEMS + "," + TOTAL + "}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().path("total").path("amount").asString()).isEqualTo("1.00");
    }

    @Test
    void jsonIsWrittenTheSameWayEverywhere() {
        JsonNode written = server.get("/api/v1/store/written").json();

        assertThat(written.path("at").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(written.path("weight").toString()).isEqualTo("1000");
        assertThat(written.path("lead").asString()).isEqualTo("PT1H30M");
        assertThat(written.path("price").toString()).contains("\"12.99\"");
        assertThat(written.has("note")).isTrue();
    }

    @Test
    void brokenConstraintsOfABodyAreNamedByPointer() {
        Answer answer = server.post(
                ORDERS, "{\"items\": [{\"sku\": \"A\", \"quantity\": 1}, {\"sku\": \" \", \"quantity\": 100}]}");

        assertProblem(answer, 422, "invalid-request");
        assertError(answer, "/items/1/sku", "not-blank");
        assertError(answer, "/items/1/quantity", "max");
        assertError(answer, "/total", "not-null");
        assertThat(answer.json().path("errors").size()).isEqualTo(3);
    }

    @Test
    void brokenConstraintsOfParametersAndOfListsAreNamedToo() {
        Answer answer = server.post(
                "/api/v1/store/lines?copies=6",
                "[{\"sku\": \"A\", \"quantity\": 1}, {\"sku\": \"A\", \"quantity\": 0}]");

        assertProblem(answer, 422, "invalid-request");
        assertError(answer, "?copies", "max");
        assertError(answer, "/1/quantity", "min");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"items\": [}", "nonsense", "{\"items\": []} and more", "{\"items\": []} {}"})
    void whatIsNoJsonDocumentIsMalformed(String body) {
        assertProblem(server.post(ORDERS, body), 400, "malformed-json");
    }

    @Test
    void aMissingBodyIsNamed() {
        assertProblem(server.post(ORDERS, ""), 400, "missing-body");
    }

    @Test
    void anUnknownPropertyIsRefusedByPointer() {
        Answer answer =
                server.post(ORDERS, "{" + TOTAL + ", \"items\": [{\"sku\": \"A\", \"quantity\": 1, \"a/b\": 1}]}");

        assertProblem(answer, 422, "unknown-property");
        assertError(answer, "/items/0/a~1b", "unknown-property");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"items\": [{\"sku\": \"A\", \"quantity\": \"1\"}]; /items/0/quantity; a whole number",
                "\"items\": [{\"sku\": \"A\", \"quantity\": 1.5}]; /items/0/quantity; a whole number",
                "\"items\": [{\"sku\": \"A\", \"quantity\": 99999999999}]; /items/0/quantity; a whole number",
                "\"items\": [{\"sku\": \"A\", \"quantity\": null}]; /items/0/quantity; a whole number",
                "\"items\": [{\"sku\": \"A\"}]; /items/0/quantity; a whole number",
                "\"items\": [{\"sku\": {}, \"quantity\": 1}]; /items/0/sku; a text",
                "\"items\": {}; /items; an array",
                "\"items\": [7]; /items/0; an object",
                "\"size\": \"HUGE\"; /size; one of SMALL, LARGE",
                "\"size\": 0; /size; one of SMALL, LARGE",
                "\"wantedAt\": \"tomorrow\"; /wantedAt; ISO 8601",
                "\"couponId\": \"7\"; /couponId; a UUID"
            })
    void aValueOfTheWrongTypeIsNamedByPointer(String property, String pointer, String expected) {
        Answer answer = server.post(ORDERS, "{" + property + "}");

        assertProblem(answer, 422, "invalid-request");
        assertError(answer, pointer, "invalid-value");
        assertThat(answer.json().path("errors").get(0).path("detail").asString())
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"size\": \"SMALL\", \"size\": \"LARGE\"}",
                "{\"items\": [{\"sku\": \"A\", \"quantity\": 1, \"quant\\u0069ty\": 2}]}",
                "{\"unknown\": 1, \"unknown\": 1}"
            })
    void anObjectWithTwoPropertiesOfOneNameIsMalformed(String body) {
        assertProblem(server.post(ORDERS, body), 400, "malformed-json");
        assertProblem(server.post("/api/v1/store/attributes", "{\"a\": [" + body + "]}"), 400, "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"0000-12-31T23:59:59Z\"",
                "\"-999999999-01-01T00:00:00Z\"",
                "\"+10000-01-01T00:00:00Z\"",
                "\"9999-12-31T23:59:59-01:00\"",
                "\"+1000000000-12-31T23:59:59Z\"",
                "1e12",
                "99999999999999999999",
                "1e30"
            })
    void aTimeInABodyIsOfAYearOfFourDigits(String time) {
        Answer answer = server.post(ORDERS, "{\"wantedAt\": " + time + "}");

        assertProblem(answer, 422, "invalid-request");
        assertError(answer, "/wantedAt", "invalid-value");
    }

    @ParameterizedTest
    @CsvSource({
        "0000-12-31T23:59:59Z, {time}",
        "-999999999-01-01T00:00:00Z, {time}",
        "+10000-01-01T00:00:00Z, {time}",
        "+999999999-01-01T00:00:00Z, {time}",
        "+1000000000-01-01T00:00:00Z, {time}",
        "2026-01-01T00:00:00Z?until=0000-12-31, ?until",
        "2026-01-01T00:00:00Z?until=%2B300000-12-31, ?until",
        "2026-01-01T00:00:00Z?until=2026-02-30, ?until"
    })
    void soIsATimeInAnAddress(String path, String place) {
        Answer answer = server.get("/api/v1/store/times/" + path);

        assertProblem(answer, 400, "invalid-parameter");
        assertError(answer, place, "invalid-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z 0001-01-01", "9999-12-31T23:59:59Z 9999-12-31"})
    void theFirstAndTheLastTimeAreRead(String times) {
        String[] both = times.split(" ", 2);

        assertThat(server.get("/api/v1/store/times/" + both[0] + "?until=" + both[1])
                        .response()
                        .body())
                .isEqualTo(times);
        assertThat(server.post(ORDERS, "{\"wantedAt\": \"" + both[0] + "\"," + ITEMS + "," + TOTAL + "}")
                        .json()
                        .path("wantedAt")
                        .asString())
                .isEqualTo(both[0]);
    }

    @Test
    void anEmptyParameterIsNoTime() {
        assertThat(server.get("/api/v1/store/times/2026-01-01T01:00:00+01:00?until=")
                        .response()
                        .body())
                .isEqualTo("2026-01-01T00:00:00Z null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"items\": [{\"sku\": \"\\ud800\", \"quantity\": 1}]}; /items/0/sku",
                "{\"items\": [{\"sku\": \"A\\udc00\\ud800B\", \"quantity\": 1}]}; /items/0/sku",
                "{\"size\": \"\\udfff\"}; /size"
            })
    void halfOfASurrogatePairIsRefusedByPointer(String body, String pointer) {
        Answer answer = server.post(ORDERS, body);

        assertProblem(answer, 422, "invalid-request");
        assertError(answer, pointer, "invalid-value");
    }

    @Test
    void aNameWithHalfOfASurrogatePairIsMalformed() {
        assertProblem(server.post("/api/v1/store/attributes", "{\"a\\ud800\": 1}"), 400, "malformed-json");
    }

    @Test
    void wholeSurrogatePairsAreKept() {
        Answer answer =
                server.post("/api/v1/store/attributes", "{\"\\ud83d\\ude00\": \"\\ud83d\\ude00 \uD83D\uDE00\"}");

        assertThat(answer.json().path("\uD83D\uDE00").asString()).isEqualTo("\uD83D\uDE00 \uD83D\uDE00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"items\": [{\"sku\": \"A\\u0000\", \"quantity\": 1}]}; /items/0/sku",
                "{\"items\": [{\"sku\": \"A\", \"quantity\": 1}], \"total\": {\"amount\": \"1\\u0000\"}}; /total/amount",
                "{\"size\": \"\\u0000SMALL\"}; /size",
                "{\"couponId\": \"\\u0000\"}; /couponId",
                "\"\\u0000\"; ''"
            })
    void aTextWithTheNulCharacterIsRefusedByPointer(String body, String pointer) {
        Answer answer = server.post(ORDERS, body);

        assertProblem(answer, 422, "invalid-request");
        assertError(answer, pointer, "invalid-value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"colour\": \"re\\u0000d\"}; /colour",
                "{\"sizes\": [{\"name\": [\"S\", \"\\u0000\"]}]}; /sizes/0/name/1"
            })
    void attributesOfAnyShapeAreFreeOfNulCharactersToo(String body, String pointer) {
        Answer answer = server.post("/api/v1/store/attributes", body);

        assertProblem(answer, 422, "invalid-request");
        assertError(answer, pointer, "invalid-value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\\u0000\": 1}", "{\"a\": {\"\\u0000b\": 1}}", "{\"a\": [{\"b\": 1, \"c\\u0000\": 1}]}"})
    void soAreTheNamesOfAttributes(String body) {
        assertProblem(server.post("/api/v1/store/attributes", body), 422, "invalid-request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n\": 1e300} | /n",
                "{\"n\": 1e1000} | /n",
                "{\"n\": -1E100} | /n",
                "{\"n\": 1e-100} | /n",
                "{\"a\": [1, {\"b\": 1e99999999999}]} | /a/1/b"
            })
    void aNumberOfMoreThanAHundredDigitsIsRefusedByPointer(String body, String pointer) {
        Answer answer = server.post("/api/v1/store/attributes", body);

        assertProblem(answer, 422, "invalid-request");
        assertError(answer, pointer, "invalid-value");
    }

    @Test
    void aNumberOfAHundredDigitsIsReadWhicheverWayItIsWritten() {
        String written = "1" + "0".repeat(99);

        assertThat(server.post("/api/v1/store/attributes", "{\"n\": 1e99, \"m\": 1e-99}")
                        .status())
                .isEqualTo(200);
        assertThat(server.post("/api/v1/store/attributes", "{\"n\": " + written + "}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTextThatOnlyLooksLikeTheNulCharacterIsKept() {
        Answer answer = server.post("/api/v1/store/attributes", "{\"a\": \"\\\\u0000\", \"b\": \"\\u0001%00\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("a").asString()).isEqualTo("\\u0000");
        assertThat(answer.json().path("b").asString()).isEqualTo("\u0001%00");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/store/required?term=%00, ?term",
        "/api/v1/store/required?x=1&te%72m=a%00b, ?term",
        "/api/v1/store/required?%00=1, ?"
    })
    void theNulCharacterInAParameterIsRefused(String path, String place) {
        Answer answer = server.get(path, "Idempotency-Key", "k");

        assertProblem(answer, 400, "invalid-parameter");
        assertError(answer, place, "invalid-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"term=%c3%28", "term=%ED%A0%80", "term=1&%ff=1"})
    void aQueryThatIsNotWrittenInUtf8IsRefused(String query) {
        Answer answer = server.get("/api/v1/store/required?" + query, "Idempotency-Key", "k");

        assertProblem(answer, 400, "invalid-parameter");
    }

    @ParameterizedTest
    @CsvSource({"term=100%, false", "term=%e, false", "term=%zz, false", "term=%c3%a9, true", "a=%25&b=é, true"})
    void aPercentSignIsFollowedByTwoDigits(String query, boolean readable) {
        assertThat(QueryEncoding.isReadable(query)).isEqualTo(readable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/store/products/7%00", "/api/v1/store/%00", "/%00"})
    void theServerRefusesAPathWithTheNulCharacter(String path) {
        assertThat(server.get(path).status()).isEqualTo(400);
    }

    @Test
    void aParameterThatOnlyLooksLikeTheNulCharacterIsRead() {
        assertThat(server.get("/api/v1/store/required?term=%2500", "Idempotency-Key", "k")
                        .response()
                        .body())
                .isEqualTo("%00k");
    }

    @ParameterizedTest
    @CsvSource({
        "1.000,KWD,unsupported-currency",
        "1.00,EURO,unsupported-currency",
        "1.999,EUR,invalid-money",
        "x,EUR,invalid-money",
        "1e10000000,EUR,invalid-money"
    })
    void moneyThatCannotBeKeptIsRefused(String amount, String currency, String code) {
        Answer answer = server.post(
                ORDERS,
                "{\"total\": {\"amount\": \"" + amount + "\", \"currency\": \"" + currency + "\"}," + ITEMS + "}");

        assertProblem(answer, 422, code);
        assertError(answer, "/total", code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"12.99 EUR\"", "12.99", "{}", "{\"amount\": \"1.00\"}"})
    void moneyInAnotherShapeIsRefused(String money) {
        assertProblem(server.post(ORDERS, "{\"total\": " + money + "," + ITEMS + "}"), 422, "invalid-money");
    }

    @Test
    void aCurrencyThatAControllerRefusesIsUnsupported() {
        assertProblem(server.get("/api/v1/store/faults/currency?code=KWD"), 422, "unsupported-currency");
    }

    @Test
    void partsOfThePathAndParametersThatCannotBeReadAreNamed() {
        Answer path = server.get("/api/v1/store/products/7");
        assertProblem(path, 400, "invalid-parameter");
        assertError(path, "{productId}", "invalid-value");

        Answer query = server.get("/api/v1/store/products/019a0000-0000-7000-8000-000000000001?limit=many");
        assertProblem(query, 400, "invalid-parameter");
        assertError(query, "?limit", "invalid-value");
    }

    @Test
    void missingParametersAndHeadersAreNamed() {
        Answer parameter = server.get("/api/v1/store/required", "Idempotency-Key", "k");
        assertProblem(parameter, 400, "missing-parameter");
        assertError(parameter, "?term", "missing-parameter");

        Answer header = server.get("/api/v1/store/required?term=x");
        assertProblem(header, 400, "missing-header");
        assertError(header, "Idempotency-Key:", "missing-header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/v1/store/nothing", "/favicon.ico", "/api/v1/store/%7Bx%7D"})
    void aPathWithoutEndpointIsUnknown(String path) {
        assertProblem(server.get(path), 404, "unknown-route");
        assertProblem(server.get(path, "Accept", "text/html"), 404, "unknown-route");
    }

    @Test
    void anotherMethodIsNotAllowedAndTheRightOnesAreNamed() {
        Answer answer = server.get(ORDERS);

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void theServerDoesNotSendARequestBack() {
        Answer answer = server.send(server.request(ORDERS)
                .header("X-Secret", "hunter2")
                .method("TRACE", HttpRequest.BodyPublishers.noBody()));

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(answer.response().body()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/store/nothing", "/"})
    void whereNothingIsItIsAnsweredAsAnyUnknownMethod(String path) {
        Answer trace = server.send(server.request(path).method("TRACE", HttpRequest.BodyPublishers.noBody()));
        Answer unknown = server.send(server.request(path).method("FETCH", HttpRequest.BodyPublishers.noBody()));

        assertThat(trace.status()).isEqualTo(unknown.status()).isGreaterThanOrEqualTo(400);
        assertThat(trace.json().path("code")).isEqualTo(unknown.json().path("code"));
    }

    @Test
    void anAnswerInAnotherTypeIsNotAcceptable() {
        assertProblem(server.get("/api/v1/store/who", "Accept", "image/png"), 406, "not-acceptable");
    }

    @Test
    void aBodyOfAnotherTypeIsNotRead() {
        Answer answer = server.send(server.request(ORDERS)
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString("a,b")));

        assertProblem(answer, 415, "unsupported-media-type");
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsRead() {
        assertProblem(server.post(ORDERS, " ".repeat(2001)), 413, "request-too-large");
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedOnceItIsTooLong() {
        byte[] body = ("{\"items\": [" + " ".repeat(2001) + "]}").getBytes(StandardCharsets.UTF_8);

        Answer answer = server.send(server.request(ORDERS)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertProblem(answer, 413, "request-too-large");
    }

    @Test
    void aBodyAsLongAsItMayBeIsRead() {
        String body = "{" + ITEMS + "," + TOTAL + "}";

        assertThat(server.post(ORDERS, body + " ".repeat(2000 - body.length())).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unexpected", "error"})
    void whatNobodyExpectedIsAnsweredWithoutDetails(String fault) {
        Answer answer = server.get("/api/v1/store/faults/" + fault);

        assertProblem(answer, 500, "internal-error");
        assertThat(answer.response().body()).doesNotContain("hunter2", "deep", "Exception", "org.cartulary");
    }

    @Test
    void aProblemInsideOfAnotherThreadsFaultComesThrough() {
        assertProblem(server.get("/api/v1/store/faults/wrapped"), 404, "unknown-order");
    }

    @Test
    void aProblemThatPassesSaysWhenToTryAgain() {
        Answer busy = server.get("/api/v1/store/faults/busy");
        assertProblem(busy, 503, "busy");
        assertThat(busy.header("Retry-After")).isEqualTo("2");

        Answer locked = server.get("/api/v1/store/faults/locked");
        assertProblem(locked, 503, "service-unavailable");
        assertThat(locked.header("Retry-After")).isEqualTo("1");
        assertThat(locked.response().body()).doesNotContain("deadlock");

        Answer closed = server.get("/api/v1/store/faults/closed");
        assertProblem(closed, 503, "service-unavailable");
        assertThat(closed.header("Retry-After")).isEqualTo("1");

        Answer file = server.get("/api/v1/store/faults/file");
        assertProblem(file, 503, "service-unavailable");
        assertThat(file.response().body()).doesNotContain("secret.example");
        assertThat(file.header("ETag")).isEmpty();
    }

    @Test
    void anErrorThatAHandlerSendsByItselfIsAProblemToo() {
        Answer answer = server.get("/api/v1/store/faults/sent");

        assertProblem(answer, 410, "gone");
        assertThat(answer.response().body()).doesNotContain("secret");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).describedAs(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Cache-Control")).isIn("no-store", "");
        JsonNode problem = answer.json();
        assertThat(problem.path("code").asString())
                .describedAs(problem.toString())
                .isEqualTo(code);
        assertThat(problem.path("type").asString()).isEqualTo("urn:cartulary:problem:" + code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("traceId").asString()).matches("[0-9a-f]{32}");
        assertThat(answer.header("traceparent"))
                .startsWith("00-" + problem.path("traceId").asString() + "-");
    }

    private static void assertError(Answer answer, String pointer, String code) {
        assertThat(answer.json().path("errors").valueStream().toList()).anySatisfy(error -> {
            assertThat(error.path("pointer").asString()).isEqualTo(pointer);
            assertThat(error.path("code").asString()).isEqualTo(code);
            assertThat(error.path("detail").asString()).isNotBlank();
        });
    }
}
