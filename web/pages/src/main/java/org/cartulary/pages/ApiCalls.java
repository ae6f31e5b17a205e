package org.cartulary.pages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.cartulary.platform.http.ApiJson;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of the public API over HTTP, made for visitors: under the host name that they asked for, by which the shop is found.
 * Connections are kept. Thread-safe.
 */
public final class ApiCalls implements AutoCloseable {

    private static final int SECONDS_TO_READ = 10;
    /** A payment waits for its provider, an export gathers what is kept of somebody everywhere. */
    private static final int SECONDS_FOR_MORE = 60;

    private static final int MOST_CONNECTIONS = 512;
    private static final int MOST_BYTES = 32 * 1024 * 1024;
    private static final int SERVER_ERROR = 500;
    private static final int CLIENT_ERROR = 400;

    private final Supplier<String> baseUrl;
    private final JsonMapper json = ApiJson.tolerant();
    private final Object starting = new Object();
    private volatile @Nullable HttpClient client;

    /**
     * Calls of the API that is found there.
     *
     * @param baseUrl asked at each call, since a process knows its own port only once it has started
     */
    public ApiCalls(Supplier<String> baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** An answer in full; {@code body} is empty for a status without one. Compared by nobody. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** What is there, for which nobody waits longer than 10 s. */
    Answer fetch(ApiPath path, Map<String, String> headers) {
        return sendBytes("GET", path, headers, null, new byte[0], SECONDS_TO_READ);
    }

    /** Sends the request and waits for its answer, at most a minute. */
    Answer send(String method, ApiPath path, Map<String, String> headers, @Nullable Object body) {
        byte[] content = body == null ? new byte[0] : json.writeValueAsBytes(body);
        return sendBytes(method, path, headers, body == null ? null : "application/json", content);
    }

    Answer sendBytes(
            String method, ApiPath path, Map<String, String> headers, @Nullable String contentType, byte[] content) {
        return sendBytes(method, path, headers, contentType, content, SECONDS_FOR_MORE);
    }

    private Answer sendBytes(
            String method,
            ApiPath path,
            Map<String, String> headers,
            @Nullable String contentType,
            byte[] content,
            int seconds) {
        Request request = client().newRequest(baseUrl.get() + path)
                .method(method)
                .timeout(seconds, TimeUnit.SECONDS)
                .headers(fields -> {
                    headers.forEach(fields::put);
                    fields.put(HttpHeader.ACCEPT, "application/json, application/problem+json, */*");
                });
        if (contentType != null) {
            request.body(new BytesRequestContent(contentType, content));
        }
        try {
            return answerOf(
                    new CompletableResponseListener(request, MOST_BYTES).send().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Answer answerOf(ContentResponse response) {
        Map<String, String> headers = new HashMap<>();
        response.getHeaders().forEach(field -> headers.put(field.getLowerCaseName(), field.getValue()));
        byte[] content = response.getContent();
        return new Answer(response.getStatus(), headers, content == null ? new byte[0] : content);
    }

    private static ApiException unreachable(Throwable cause) {
        boolean late = cause instanceof TimeoutException;
        return new ApiException(
                new Problem(
                        503,
                        "service-unavailable",
                        late ? "the API has not answered in time" : "the API cannot be reached",
                        List.of(),
                        1,
                        ""),
                cause);
    }

    /** The value that the answer holds, {@code null} where it has no body. */
    <T> @Nullable T read(Answer answer, Class<T> type) {
        requireDone(answer);
        return answer.body().length == 0 ? null : json.readValue(answer.body(), type);
    }

    void requireDone(Answer answer) {
        if (answer.status() >= CLIENT_ERROR) {
            throw new ApiException(problemOf(answer));
        }
    }

    /** Whether the visitor can do something about it. */
    static boolean isRefusal(Answer answer) {
        return answer.status() >= CLIENT_ERROR && answer.status() < SERVER_ERROR && answer.status() != 429;
    }

    Problem problemOf(Answer answer) {
        try {
            JsonNode document = json.readTree(answer.body());
            return new Problem(
                    answer.status(),
                    document.path("code").asString("unknown"),
                    document.path("detail").asString(""),
                    faultsOf(document.path("errors")),
                    secondsOf(answer.headers().get("retry-after")),
                    document.path("traceId").asString(""));
        } catch (JacksonException e) {
            // Whoever stands in front of the API may answer with something else.
            return new Problem(answer.status(), "unknown", "", List.of(), null, "");
        }
    }

    private static List<Problem.Fault> faultsOf(JsonNode errors) {
        List<Problem.Fault> faults = new ArrayList<>();
        errors.forEach(error -> faults.add(new Problem.Fault(
                error.path("pointer").asString(""),
                error.path("code").asString(""),
                error.path("detail").asString(""))));
        return faults;
    }

    private static @Nullable Integer secondsOf(@Nullable String header) {
        return header != null && header.matches("\\d{1,9}") ? Integer.valueOf(header) : null;
    }

    private HttpClient client() {
        HttpClient started = client;
        if (started != null) {
            return started;
        }
        synchronized (starting) {
            started = client;
            if (started == null) {
                started = start();
                client = started;
            }
            return started;
        }
    }

    private static HttpClient start() {
        HttpClient fresh = new HttpClient();
        fresh.setFollowRedirects(false);
        fresh.setUserAgentField(null);
        fresh.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        fresh.setExecutor(new VirtualThreadPool());
        // Each call is somebody else's: nothing is kept from one to the next.
        fresh.setHttpCookieStore(new HttpCookieStore.Empty());
        try {
            fresh.start();
            // Jetty would answer redirects and 401 itself, with handlers that it adds when it starts.
            fresh.getProtocolHandlers().clear();
        } catch (Exception e) {
            throw new IllegalStateException("the client of the API does not start", e);
        }
        return fresh;
    }

    @Override
    public void close() throws IOException {
        HttpClient started = client;
        if (started != null) {
            try {
                started.stop();
            } catch (Exception e) {
                throw new IOException("the client of the API does not stop", e);
            }
        }
    }
}
