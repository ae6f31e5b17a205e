package org.cartulary.tests.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public HTTP API as one caller sees it. Immutable, thread-safe. */
public final class HttpShop {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String HOST = "Host";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private final UnaryOperator<String> gateway;
    private final Map<String, String> headers;
    private final @Nullable Mailbox mailbox;

    private HttpShop(UnaryOperator<String> gateway, Map<String, String> headers, @Nullable Mailbox mailbox) {
        this.gateway = gateway;
        this.headers = Map.copyOf(headers);
        this.mailbox = mailbox;
    }

    /**
     * A caller who shows nothing.
     *
     * @param gateway from a path to the base URL of the process that answers it
     */
    public static HttpShop visitor(UnaryOperator<String> gateway) {
        return new HttpShop(gateway, Map.of(), null);
    }

    /** A caller who shows nothing to a single process. */
    public static HttpShop visitor(String url) {
        return visitor(_ -> url);
    }

    /**
     * The same caller, whose mails are read with the key of the platform's operator.
     *
     * @see #mailbox()
     */
    public HttpShop withMailsReadBy(String operatorKey) {
        return new HttpShop(gateway, headers, new Mailbox(visitor(gateway).bearing(operatorKey)));
    }

    /**
     * Where mails to the caller arrive, as long as the platform has no mail server.
     *
     * @throws IllegalStateException if nobody has said who can read them
     */
    public Mailbox mailbox() {
        if (mailbox == null) {
            throw new IllegalStateException("nobody reads the mails here");
        }
        return mailbox;
    }

    /**
     * A caller who shows nothing to the shop with this host name, which nobody has to resolve. The Java machine has to be
     * started with {@code -Djdk.httpclient.allowRestrictedHeaders=host}.
     */
    public HttpShop at(String host) {
        return new HttpShop(gateway, Map.of(HOST, host), mailbox);
    }

    /** A caller who shows an access token, or a key. */
    public HttpShop bearing(String token) {
        return showing("Authorization", "Bearer " + token);
    }

    /** A guest who shows the token of their cart. */
    public HttpShop guest(String token) {
        return showing("Guest-Token", token);
    }

    /** In the same shop, and nothing else than this. */
    private HttpShop showing(String header, String value) {
        String host = headers.get(HOST);
        Map<String, String> shown = host == null ? Map.of(header, value) : Map.of(header, value, HOST, host);
        return new HttpShop(gateway, shown, mailbox);
    }

    /**
     * The token of a guest.
     *
     * @throws IllegalStateException if the caller is none
     */
    public String guestToken() {
        String token = headers.get("Guest-Token");
        if (token == null) {
            throw new IllegalStateException("only guests have a token");
        }
        return token;
    }

    /**
     * An answer.
     *
     * @param status its HTTP status
     * @param headers its headers
     * @param body its body where that is JSON, else the JSON {@code null}
     * @param text what was asked and the whole body, for messages
     */
    public record Answer(int status, HttpHeaders headers, JsonNode body, String text) {

        private String contentType() {
            return headers.firstValue("Content-Type").orElse("");
        }

        /** Its body, where it is the expected success. */
        public JsonNode expect(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return body;
        }

        /** Its body, where it is a complete problem document with this status and code. */
        public JsonNode expectProblem(int expected, String code) {
            assertThat(status).as(text).isEqualTo(expected);
            assertThat(contentType()).as(text).startsWith("application/problem+json");
            assertThat(body.path("code").asString("")).as(text).isEqualTo(code);
            assertThat(body.path("status").asInt()).as(text).isEqualTo(expected);
            assertThat(body.path("type").asString("")).as(text).endsWith(code);
            assertThat(body.path("traceId").asString("")).as(text).matches("[0-9a-f]{32}");
            assertThat(body.path("detail").asString("")).as(text).isNotBlank();
            return body;
        }

        /** As {@link #expectProblem(int, String)}, and it points at this part of the request. */
        public JsonNode expectProblem(int expected, String code, String pointer) {
            expectProblem(expected, code);
            assertThat(body.path("errors")
                            .valueStream()
                            .map(error -> error.path("pointer").asString("")))
                    .as(text)
                    .contains(pointer);
            return body;
        }
    }

    /** Nobody knows whether the request had an effect: the connection broke, or was refused, before the answer came. */
    public static final class UnansweredException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnansweredException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /**
     * What the caller sends with each request: {@code Host}, {@code Authorization} or {@code Guest-Token}.
     *
     * @return its value, empty if the caller sends none
     */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The base URL of the process that answers a path. */
    public String url(String path) {
        return gateway.apply(path);
    }

    /** Reads. */
    public Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    /** Reads what is no text. */
    public byte[] download(String path) {
        return download(path, HttpRequest.newBuilder(), Map.of());
    }

    /** Reads what is no text and is asked for by a body. */
    public byte[] download(String path, Object body, Map<String, String> more) {
        return download(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))),
                more);
    }

    private byte[] download(String path, HttpRequest.Builder request, Map<String, String> more) {
        request.uri(URI.create(gateway.apply(path) + path)).timeout(TIMEOUT);
        headers.forEach(request::header);
        more.forEach(request::header);
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new UnansweredException(path + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Posts without a key: of what must not happen twice the platform refuses this. */
    public Answer post(String path, Object body) {
        return send("POST", path, JSON.writeValueAsString(body), Map.of());
    }

    /** Posts under a key, under which it may be repeated. */
    public Answer post(String path, Object body, String idempotencyKey) {
        return send("POST", path, JSON.writeValueAsString(body), Map.of("Idempotency-Key", idempotencyKey));
    }

    /** Posts under a key of its own. */
    public Answer postOnce(String path, Object body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    /** Puts. */
    public Answer put(String path, Object body) {
        return send("PUT", path, JSON.writeValueAsString(body), Map.of());
    }

    /**
     * Sends anything.
     *
     * @param body the body, {@code null} for none
     * @param more headers besides those that say who asks
     * @throws UnansweredException if no answer came
     */
    public Answer send(String method, String path, @Nullable String body, Map<String, String> more) {
        return send(
                method,
                path,
                "application/json",
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                false,
                more);
    }

    /**
     * Posts something that is no JSON. It waits to be asked for the body, as clients do with long ones: who sends one that is refused
     * may see the connection end instead of the answer.
     *
     * @throws UnansweredException if no answer came
     */
    public Answer upload(String path, String contentType, byte[] body) {
        return send("POST", path, contentType, BodyPublishers.ofByteArray(body), true, Map.of());
    }

    private Answer send(
            String method, String path, String type, BodyPublisher body, boolean waits, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.apply(path) + path))
                .timeout(TIMEOUT)
                .header("Content-Type", type)
                .expectContinue(waits)
                .method(method, body);
        all.forEach(request::setHeader);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            JsonNode json = contentType.contains("json") && !contentType.contains("jsonl")
                    ? JSON.readTree(response.body())
                    : JSON.nullNode();
            return new Answer(
                    response.statusCode(), response.headers(), json, method + " " + path + ": " + response.body());
        } catch (IOException e) {
            throw new UnansweredException(method + " " + path + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
