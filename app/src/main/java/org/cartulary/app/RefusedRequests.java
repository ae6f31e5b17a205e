package org.cartulary.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.cartulary.platform.context.TraceIds;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests that Jetty refuses before any filter sees them, such as those with an ambiguous path, with a problem
 * document (RFC 9457) like all others.
 */
final class RefusedRequests implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    private static final String CODE = "malformed-request";

    private final JsonMapper json;

    RefusedRequests(JsonMapper json) {
        this.json = json;
    }

    private record Problem(String type, String title, int status, String detail, String code, String traceId) {}

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.setErrorHandler(new ErrorHandler() {
            // Otherwise Jetty would answer methods other than GET, POST and HEAD without a body.
            @Override
            public boolean errorPageForMethod(String method) {
                return true;
            }

            @Override
            protected void generateResponse(
                    Request request,
                    Response response,
                    int status,
                    @Nullable String message,
                    @Nullable Throwable cause,
                    Callback callback) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
                response.getHeaders().put("X-Content-Type-Options", "nosniff");
                // Jetty closes the connection after some of them; the next request on it would go unanswered.
                response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
                response.write(true, ByteBuffer.wrap(problem(status, message)), callback);
            }
        }));
    }

    private byte[] problem(int status, @Nullable String message) {
        String title = HttpStatus.getMessage(status);
        return json.writeValueAsString(new Problem(
                        "urn:cartulary:problem:" + CODE,
                        title,
                        status,
                        message == null ? title : message,
                        CODE,
                        TraceIds.next()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
