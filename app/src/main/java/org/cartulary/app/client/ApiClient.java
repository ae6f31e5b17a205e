package org.cartulary.app.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Speaks the platform's public HTTP API with one key, or none. Thread-safe; a call waits at most two minutes for an
 * answer to begin, and an hour where a file is sent. */
public final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofHours(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;
    private final String url;
    private final @Nullable String key;

    private ApiClient(HttpClient http, String url, @Nullable String key) {
        this.http = http;
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.key = key;
    }

    /** A client of the platform at the base URL that shows the key. */
    public static ApiClient of(String url, String key) {
        return visitor(url).withKey(key);
    }

    /** A client of the platform at the base URL that shows nothing. */
    public static ApiClient visitor(String url) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return new ApiClient(http, url, null);
    }

    /** A client of the same platform that shows another key. */
    public ApiClient withKey(String otherKey) {
        return new ApiClient(http, url, otherKey);
    }

    /** An answer: its status, its body ({@code null} node where there is none) and its entity tag. */
    public record Answer(
            int status, JsonNode body, @Nullable String etag) {}

    /** Reads. */
    public JsonNode get(String path) {
        return send("GET", path, null, Map.of()).body();
    }

    /** Sends a body that may be sent again. */
    public JsonNode put(String path, Object body) {
        return send("PUT", path, body, Map.of()).body();
    }

    /** Sends a body. */
    public JsonNode post(String path, Object body) {
        return send("POST", path, body, Map.of()).body();
    }

    /** Sends a body under an idempotency key, so that it may be sent again. */
    public Answer post(String path, Object body, String idempotencyKey) {
        return send("POST", path, body, Map.of("Idempotency-Key", idempotencyKey));
    }

    /**
     * Sends a request.
     *
     * @throws ApiException if the platform does not answer, or answers with a problem
     */
    public Answer send(String method, String path, @Nullable Object body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path, TIMEOUT).header("Accept", "application/json");
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        }
        return checked(method, path, exchange(request.build(), BodyHandlers.ofByteArray()));
    }

    /**
     * Posts a file, as it is; waits at most an hour.
     *
     * @param path with the query, if any
     * @throws IOException if the file cannot be opened
     * @throws ApiException if the platform does not answer, or answers with a problem
     */
    public JsonNode upload(String path, String contentType, Path file) throws IOException {
        HttpRequest request = request(path, UPLOAD_TIMEOUT)
                .header("Accept", "application/json")
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofFile(file))
                .build();
        return checked("POST", path, exchange(request, BodyHandlers.ofByteArray()))
                .body();
    }

    /**
     * Reads an answer of any length into a file, which is there already or is made. What is in it is whole if this returns.
     *
     * @throws ApiException if the platform does not answer to the end, or answers with a problem
     */
    public void download(String path, Path file) {
        HttpRequest request =
                request(path, TIMEOUT).header("Accept", "*/*").GET().build();
        checked(
                "GET",
                path,
                exchange(
                        request,
                        answer -> answer.statusCode() >= 400
                                ? BodySubscribers.ofByteArray()
                                : BodySubscribers.mapping(BodySubscribers.ofFile(file), kept -> new byte[0])));
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(timeout);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request;
    }

    private static Answer checked(String method, String path, HttpResponse<byte[]> response) {
        JsonNode answer = read(response.body());
        if (response.statusCode() >= 400) {
            throw problem(method, path, response.statusCode(), answer);
        }
        return new Answer(
                response.statusCode(),
                answer,
                response.headers().firstValue("ETag").orElse(null));
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, BodyHandler<byte[]> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new ApiException(
                    0,
                    "no-answer",
                    "the platform at " + url + " does not answer"
                            + (e.getMessage() == null ? "" : ": " + e.getMessage())
                            + "; is it running? ./cartulary up starts it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(0, "interrupted", "interrupted while the platform worked");
        }
    }

    private static JsonNode read(byte[] body) {
        if (body.length == 0) {
            return JSON.nullNode();
        }
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode().put("detail", new String(body, StandardCharsets.UTF_8));
        }
    }

    private static ApiException problem(String method, String path, int status, JsonNode problem) {
        String code = problem.path("code").asString("http-" + status);
        StringBuilder message = new StringBuilder(method + " " + path + " was answered " + status + " " + code);
        if (problem.hasNonNull("detail")) {
            message.append(": ").append(problem.path("detail").asString());
        }
        problem.path("errors")
                .forEach(error -> message.append("; ")
                        .append(error.path("pointer").asString(""))
                        .append(' ')
                        .append(error.path("detail").asString("")));
        return new ApiException(status, code, message.toString());
    }

    /** A new JSON object. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
