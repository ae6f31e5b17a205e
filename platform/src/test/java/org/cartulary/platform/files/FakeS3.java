package org.cartulary.platform.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A store that speaks as much of S3 as files need, with one bucket. It reckons each signature anew, by the published description of
 * version 4, and refuses what was signed otherwise, or for another content.
 */
final class FakeS3 implements AutoCloseable {

    static final String BUCKET = "pictures";
    static final String REGION = "eu-test-1";
    static final String ACCESS_KEY = "AKTEST";
    static final String SECRET_KEY = "a secret / with+signs";

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    /** What is answered instead, in turn: a status, or 0 to hang up. */
    final Deque<Integer> faults = new ArrayDeque<>();

    private final HttpServer server;

    FakeS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    S3Settings settings() {
        return settings(BUCKET, SECRET_KEY);
    }

    S3Settings settings(String bucket, String secretKey) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new S3Settings(endpoint, REGION, bucket, ACCESS_KEY, secretKey);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Integer fault = faults.poll();
        if (fault != null && fault == 0) {
            exchange.close();
        } else if (fault != null) {
            answer(exchange, fault, error("SlowDown"));
        } else if (!isSigned(exchange, body)) {
            answer(exchange, 403, error("SignatureDoesNotMatch"));
        } else {
            serve(exchange, body);
        }
    }

    private void serve(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!(path + "/").startsWith("/" + BUCKET + "/")) {
            answer(exchange, 404, error("NoSuchBucket"));
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> exchange.sendResponseHeaders(200, -1);
            case "PUT" -> {
                objects.put(path, body);
                answer(exchange, 200, new byte[0]);
            }
            case "DELETE" -> {
                objects.remove(path);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> {
                byte[] found = objects.get(path);
                answer(exchange, found == null ? 404 : 200, found == null ? error("NoSuchKey") : found);
            }
        }
        exchange.close();
    }

    private static byte[] error(String code) {
        return ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
        if (!isHead && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
        exchange.close();
    }

    private static boolean isSigned(HttpExchange exchange, byte[] body) {
        Matcher given = AUTHORIZATION.matcher(header(exchange, "Authorization"));
        String contentHash = header(exchange, "x-amz-content-sha256");
        if (!given.matches() || !contentHash.equals(ContentHash.of(body).hex())) {
            return false;
        }
        List<String> names = Arrays.asList(given.group(4).split(";", -1));
        String canonical = String.join(
                "\n",
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                names.stream()
                        .map(name -> name + ":" + header(exchange, name).strip() + "\n")
                        .collect(Collectors.joining()),
                given.group(4),
                contentHash);
        String time = header(exchange, "x-amz-date");
        String scope = given.group(2) + "/" + REGION + "/s3/aws4_request";
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                time,
                scope,
                ContentHash.of(canonical.getBytes(StandardCharsets.UTF_8)).hex());
        byte[] key = ("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(given.group(2), REGION, "s3", "aws4_request")) {
            key = hmac(key, part);
        }
        return names.containsAll(List.of("host", "x-amz-content-sha256", "x-amz-date"))
                && time.startsWith(given.group(2))
                && given.group(1).equals(ACCESS_KEY)
                && given.group(3).equals(REGION)
                && MessageDigest.isEqual(HexFormat.of().parseHex(given.group(5)), hmac(key, toSign));
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
