package org.cartulary.app;

import java.net.http.HttpClient;
import java.time.Duration;
import org.cartulary.platform.http.RemoteProblems;
import org.cartulary.platform.http.ServiceCallInterceptor;
import org.cartulary.platform.remote.RemoteExchanges;
import org.cartulary.platform.remote.RemoteService;
import org.cartulary.platform.remote.RemoteSettings;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapter;

/** HTTP clients for calls between processes. */
final class ServiceClients {

    /** Events wait for their effect at the receiver. */
    private static final Duration EVENTS_TIMEOUT = Duration.ofSeconds(30);

    private ServiceClients() {}

    /** A client for events, whose sender repeats them by itself. */
    static RestClient to(String baseUrl, ServiceCallInterceptor interceptor, RemoteProblems problems) {
        return client(baseUrl, http(RemoteSettings.defaults().connectTimeout()), EVENTS_TIMEOUT, interceptor, problems);
    }

    /** What makes the calls of a contract. */
    static HttpExchangeAdapter exchanges(
            String baseUrl,
            RemoteService service,
            RemoteSettings settings,
            ServiceCallInterceptor interceptor,
            RemoteProblems problems) {
        HttpClient http = http(settings.connectTimeout());
        return new RemoteExchanges(
                service,
                length -> RestClientAdapter.create(
                        client(baseUrl, http, settings.timeout(length), interceptor, problems)));
    }

    /** The settings {@code cartulary.calls.…}; whatever is not said is as in {@link RemoteSettings#defaults()}. */
    static RemoteSettings settings(Environment environment) {
        RemoteSettings defaults = RemoteSettings.defaults();
        return new RemoteSettings(
                duration(environment, "connect-timeout", defaults.connectTimeout()),
                duration(environment, "read-timeout", defaults.readTimeout()),
                duration(environment, "provider-timeout", defaults.providerTimeout()),
                duration(environment, "long-timeout", defaults.longTimeout()),
                number(environment, "retries", defaults.retries()),
                number(environment, "concurrent", defaults.concurrentCalls()),
                number(environment, "breaker-calls", defaults.breakerCalls()),
                duration(environment, "breaker-pause", defaults.breakerPause()));
    }

    private static Duration duration(Environment environment, String name, Duration otherwise) {
        return environment.getProperty("cartulary.calls." + name, Duration.class, otherwise);
    }

    private static int number(Environment environment, String name, int otherwise) {
        return environment.getProperty("cartulary.calls." + name, Integer.class, otherwise);
    }

    private static HttpClient http(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
    }

    private static RestClient client(
            String baseUrl,
            HttpClient http,
            Duration readTimeout,
            ServiceCallInterceptor interceptor,
            RemoteProblems problems) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(readTimeout);
        return RestClient.builder()
                .baseUrl(baseUrl)
                .requestFactory(requests)
                .requestInterceptor(interceptor)
                .defaultStatusHandler(problems)
                .build();
    }
}
