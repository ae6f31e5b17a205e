package org.cartulary.platform.remote;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Makes the calls of a contract's proxy under their {@link CallRules}: by the client whose patience fits, and through the
 * {@link RemoteService}. An exchange ends when its answer is read, so an answer that breaks off is a failed call, too.
 * Thread-safe.
 */
public final class RemoteExchanges implements HttpExchangeAdapter {

    private final RemoteService service;
    private final Map<CallLength, HttpExchangeAdapter> clients = new EnumMap<>(CallLength.class);

    /** Calls to the service, made by one client for each length of a call. */
    public RemoteExchanges(RemoteService service, Function<CallLength, HttpExchangeAdapter> clients) {
        this.service = service;
        for (CallLength length : CallLength.values()) {
            this.clients.put(length, clients.apply(length));
        }
    }

    @Override
    public boolean supportsRequestAttributes() {
        return true;
    }

    @Override
    public void exchange(HttpRequestValues call) {
        make(call, client -> {
            client.exchange(call);
            return null;
        });
    }

    @Override
    public HttpHeaders exchangeForHeaders(HttpRequestValues call) {
        return make(call, client -> client.exchangeForHeaders(call));
    }

    @Override
    public <T> @Nullable T exchangeForBody(HttpRequestValues call, ParameterizedTypeReference<T> type) {
        return this.<@Nullable T>make(call, client -> client.exchangeForBody(call, type));
    }

    @Override
    public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues call) {
        return make(call, client -> client.exchangeForBodilessEntity(call));
    }

    @Override
    public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues call, ParameterizedTypeReference<T> type) {
        return make(call, client -> client.exchangeForEntity(call, type));
    }

    private <R extends @Nullable Object> R make(HttpRequestValues call, Function<HttpExchangeAdapter, R> exchange) {
        CallRules rules = CallRules.of(call);
        HttpExchangeAdapter client = clients.get(rules.length());
        if (client == null) {
            throw new IllegalStateException("there is no client for calls of the length " + rules.length());
        }
        return service.call(rules.repeatable(), () -> exchange.apply(client));
    }
}
