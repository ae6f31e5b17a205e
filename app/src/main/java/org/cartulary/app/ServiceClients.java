package org.cartulary.app;

import java.net.http.HttpClient;
import java.time.Duration;
import org.cartulary.platform.http.RemoteProblems;
import org.cartulary.platform.http.ServiceCallInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** HTTP clients for calls between processes: 2 seconds to connect, 30 seconds to answer. */
final class ServiceClients {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private ServiceClients() {}

    static RestClient to(String baseUrl, ServiceCallInterceptor interceptor, RemoteProblems problems) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HTTP);
        requests.setReadTimeout(ANSWER_TIMEOUT);
        return RestClient.builder()
                .baseUrl(baseUrl)
                .requestFactory(requests)
                .requestInterceptor(interceptor)
                .defaultStatusHandler(problems)
                .build();
    }
}
