package org.cartulary.platform.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResponseErrorHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns the problem document of another service back into the {@link ProblemException} that was thrown there, so that a
 * contract fails alike whether it is served in this process or in another one. A 5xx without such a document was not said by a
 * service, which always has one, but by what stands between or by a server that is just starting or stopping: it becomes 503
 * {@code service-unavailable}. Anything else is a fault of ours. Thread-safe.
 */
public final class RemoteProblems implements ResponseErrorHandler {

    private static final Set<String> STANDARD =
            Set.of("type", "title", "status", "detail", "instance", "code", "errors", "traceId");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final JsonMapper json;

    /** Reads problem documents with the mapper. */
    public RemoteProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean hasError(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().isError();
    }

    @Override
    public void handleError(URI url, HttpMethod method, ClientHttpResponse response) throws IOException {
        HttpStatus status = HttpStatus.resolve(response.getStatusCode().value());
        JsonNode document = document(response.getBody().readAllBytes());
        String code = document == null ? null : document.path("code").asString(null);
        if (status == null || document == null || code == null || status == HttpStatus.UNAUTHORIZED) {
            throw fault(url, method, response);
        }
        throw problem(status, code, document, response.getHeaders());
    }

    private @Nullable JsonNode document(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static ProblemException problem(HttpStatus status, String code, JsonNode document, HttpHeaders headers) {
        String detail = document.path("detail").asString(status.getReasonPhrase());
        ProblemException problem = switch (status) {
            case TOO_MANY_REQUESTS -> ProblemException.tooManyRequests(code, detail, retryAfter(headers));
            case SERVICE_UNAVAILABLE -> ProblemException.unavailable(code, detail, retryAfter(headers));
            default -> ProblemException.of(status, code, detail);
        };
        for (JsonNode error : document.path("errors")) {
            problem.with(
                    error.path("pointer").asString(""),
                    error.path("code").asString(""),
                    error.path("detail").asString(""));
        }
        document.properties().forEach(property -> {
            if (!STANDARD.contains(property.getKey())) {
                problem.withProperty(property.getKey(), property.getValue());
            }
        });
        return problem;
    }

    private static Duration retryAfter(HttpHeaders headers) {
        String seconds = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : RETRY_AFTER;
    }

    private static RuntimeException fault(URI url, HttpMethod method, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        if (status >= 500) {
            return ProblemException.unavailable(
                    "service-unavailable", "a service that this needs cannot be reached", RETRY_AFTER);
        }
        return new IllegalStateException(method + " " + url + " was answered " + status
                + (status == HttpStatus.UNAUTHORIZED.value()
                        ? ": the process there does not know the secret of this one, or their clocks differ"
                        : ""));
    }
}
