package org.cartulary.platform.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample application on a free port, and a client for it. */
final class SampleServer implements AutoCloseable {

    private final ConfigurableApplicationContext application;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger calls = new AtomicInteger();

    SampleServer(Class<?>... sources) {
        SpringApplication starting = new SpringApplication(sources);
        starting.setWebApplicationType(WebApplicationType.SERVLET);
        starting.setDefaultProperties(Map.of("server.port", "0", "spring.main.banner-mode", "off"));
        application = starting.run();
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    int port() {
        return ((WebServerApplicationContext) application).getWebServer().getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    Answer get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** What is answered, once the server is through with the request: it may go on for a while after its answer. */
    Answer send(HttpRequest.Builder request) {
        String call = Integer.toString(calls.incrementAndGet());
        request.setHeader(RunningCalls.CALL, call);
        try {
            Answer answer = new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
            bean(RunningCalls.class).awaitEnd(call);
            return answer;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        application.close();
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }
    }
}
