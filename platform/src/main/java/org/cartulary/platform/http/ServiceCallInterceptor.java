package org.cartulary.platform.http;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the context of the thread along with a call to another service, and refuses the call while a transaction is open:
 * it would hold locks and a connection for as long as somebody else takes. Thread-safe.
 */
public final class ServiceCallInterceptor implements ClientHttpRequestInterceptor {

    private final ServiceContextCodec codec;
    private final Consumer<String> requireNoTransaction;

    /**
     * An interceptor for clients of other services.
     *
     * @param requireNoTransaction throws if a transaction is open on this thread; gets what is about to be done
     */
    public ServiceCallInterceptor(ServiceContextCodec codec, Consumer<String> requireNoTransaction) {
        this.codec = codec;
        this.requireNoTransaction = requireNoTransaction;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        requireNoTransaction.accept("calling " + request.getURI());
        RequestContext context = RequestContext.current();
        request.getHeaders()
                .set(
                        ServiceContextCodec.HEADER,
                        codec.encode(context, request.getMethod().name(), target(request.getURI()), body));
        request.getHeaders().set(ContextFilter.TRACE_PARENT, TraceIds.toTraceParent(context.traceId()));
        return execution.execute(request, body);
    }

    private static String target(URI url) {
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }
}
