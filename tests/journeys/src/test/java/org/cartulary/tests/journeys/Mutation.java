package org.cartulary.tests.journeys;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that is spoilt in one to three places: method, path, query, headers, body. The same seed spoils it in the same way.
 * Not thread-safe.
 */
final class Mutation {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "PROPFIND",
            "get",
            "G\u00c4T",
            "X".repeat(300));

    private static final List<String> SEGMENTS = List.of(
            "0",
            "-1",
            "%00",
            "%ff",
            "%ED%A0%80",
            "..",
            "%2e%2e",
            "%2f",
            ";a=b",
            "a;b",
            "%",
            "%zz",
            "%u0041",
            "{id}",
            "*",
            "'",
            "a%0d%0aSet-Cookie:b",
            "%F0%9F%98%80",
            "null",
            "me",
            "9".repeat(40),
            "x".repeat(3000),
            "\u00e9",
            "a b",
            "",
            "%25%30%30",
            "00000000-0000-0000-0000-000000000000",
            "00000000-0000-0000-0000-00000000000",
            "1-1-1-1-1",
            "+999999999-01-01T00:00:00Z");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "-1",
            "1e400",
            "NaN",
            "9".repeat(30),
            "1E+1000000000",
            "-0",
            "0x10",
            "\u0000",
            "\ud800",
            "\uffff",
            "\u202e",
            "' OR 1=1--",
            "%s%n%x",
            "../../etc/passwd",
            "${jndi:ldap://x}",
            "#{7*7}",
            "<script>",
            "2026-13-45T99:99:99Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01",
            "\u0663",
            "\ud83d\ude00",
            "a".repeat(20_000),
            "EUR ",
            "ZZZ",
            "true",
            "null",
            "somebody@",
            "@",
            "a@b@c",
            "I\u0307@x.example",
            "00000000-0000-0000-0000-000000000000");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "-1e-400",
            "9223372036854775808",
            "9".repeat(99),
            "9".repeat(5000),
            "{}",
            "[]",
            "[[]]",
            "[null]",
            "{\"a\":null}",
            "\"\"",
            "[".repeat(100) + "]".repeat(100),
            "{\"a\":".repeat(70) + "1" + "}".repeat(70),
            "NaN",
            "Infinity",
            "01",
            "1.",
            ".5",
            "+1",
            "'a'",
            "undefined",
            "1E1000000000",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\x\"");

    private static final List<String> TYPES = List.of(
            "",
            "text/plain",
            "application/xml",
            "application/json;charset=utf-16",
            "application/json; charset=nonsense",
            "application/json; charset=\"",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/",
            "application/x-www-form-urlencoded",
            "application/problem+json",
            "*/*",
            "json",
            "application/json;;;",
            "\u00e9/\u00e9");

    private static final List<String> HEADERS = List.of(
            "Authorization: Bearer",
            "Authorization: Bearer ",
            "Authorization:",
            "Authorization: Basic YTpi",
            "Authorization: Bearer a.b.c",
            "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
            "Authorization: Bearer ck_" + "a".repeat(43),
            "Authorization: Bearer co_x",
            "Authorization: Bearer ..",
            "Authorization: Bearer \u0001",
            "Authorization: Bearer " + "a".repeat(4000),
            "Authorization: Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6Ii4uLy4uIn0.e30.AAAA",
            "Authorization: Digest x",
            "Accept: text/html",
            "Accept: image/png;q=2",
            "Accept: nonsense",
            "Accept: */*;q=0",
            "Accept-Encoding: \u0000",
            "Accept-Language: *;q=x",
            "Idempotency-Key:",
            "Idempotency-Key: " + "k".repeat(300),
            "Idempotency-Key: \u00e9\u00e9",
            "Idempotency-Key: a\tb",
            "If-Match: *",
            "If-Match: \"",
            "If-Match: W/\"1\"",
            "If-Match: \"99999999999999999999\"",
            "If-Match: 1, 2",
            "If-None-Match: x",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: \u0000",
            "Guest-Token:",
            "Guest-Token: short",
            "Guest-Token: " + "g".repeat(201),
            "Guest-Token: \u00e9" + "g".repeat(30),
            "traceparent: 00-0-0-01",
            "traceparent: " + "z".repeat(55),
            "tracestate: =,=,",
            "Cartulary-Context: x",
            "Cartulary-Context: e30.AAAA",
            "Cookie: a=b; c",
            "Cookie: \u0000",
            "Origin: null",
            "Origin: \u00e9",
            "X-Forwarded-For: 1.2.3.4, x",
            "X-Forwarded-Host: evil.example",
            "X-HTTP-Method-Override: DELETE",
            "Expect: 200-maybe",
            "Range: bytes=9-1",
            "Range: bytes=" + "0-,".repeat(500) + "0",
            "Content-Encoding: gzip",
            "Content-Encoding: nonsense",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked, chunked",
            "Content-Length: -1",
            "Content-Length: x",
            "Content-Length: 5, 6",
            "Upgrade: h2c",
            "Upgrade: websocket",
            "Connection: upgrade",
            "TE: trailers",
            "Host: second.example",
            "No Colon",
            " : folded",
            "X-Long: " + "x".repeat(9000),
            "\u0000: a",
            "X-A: a\u0000b",
            "User-Agent: " + "u".repeat(3000),
            "User-Agent: \u0000\ud83d");

    private final SplittableRandom random;
    private final DescribedEndpoint endpoint;
    private final List<String> headers = new ArrayList<>();
    private String method;
    private String path;
    private String query = "";
    private byte @Nullable [] body;

    Mutation(long seed, DescribedEndpoint endpoint, String host, List<String> credentials) {
        this.random = new SplittableRandom(seed);
        this.endpoint = endpoint;
        this.method = endpoint.method();
        this.path = endpoint.path();
        while (path.contains("{")) {
            path = path.replaceFirst("\\{[^}]*}", new UUID(random.nextLong(), random.nextLong()).toString());
        }
        headers.add("Host: " + host);
        headers.add("Content-Type: application/json");
        String credential = any(credentials);
        if (!credential.isEmpty()) {
            headers.add(credential);
        }
        if (random.nextBoolean()) {
            headers.add("Idempotency-Key: " + new UUID(random.nextLong(), random.nextLong()));
            headers.add("If-Match: \"0\"");
        }
        JsonNode sample = endpoint.body();
        body = sample == null ? null : JSON.writeValueAsBytes(sample);
        for (int places = 1 + random.nextInt(3); places > 0; places--) {
            spoil();
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void spoil() {
        switch (random.nextInt(endpoint.body() == null ? 8 : 16)) {
            case 0 -> method = any(METHODS);
            case 1, 2 -> spoilPath();
            case 3, 4 -> spoilQuery();
            case 5, 6 -> spoilHeaders();
            case 7 -> spoilToken();
            case 8, 9 -> spoilBytes();
            default -> spoilJson();
        }
    }

    private void spoilPath() {
        List<String> segments = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        int place = 1 + random.nextInt(Math.max(1, segments.size() - 1));
        switch (random.nextInt(4)) {
            case 0 -> segments.add(any(SEGMENTS));
            case 1 -> segments.add(Math.min(place, segments.size()), any(SEGMENTS));
            default -> segments.set(Math.min(Math.max(place, segments.size() - 2), segments.size() - 1), any(SEGMENTS));
        }
        path = String.join("/", segments);
    }

    private void spoilQuery() {
        List<String> parts = new ArrayList<>();
        for (int count = random.nextInt(12) == 0 ? 300 : 1 + random.nextInt(3); count > 0; count--) {
            List<String> names = endpoint.query();
            String name = names.isEmpty() || random.nextInt(4) == 0
                    ? any(List.of("limit", "cursor", "query", "", "%00", "a[]"))
                    : any(names);
            parts.add(
                    switch (random.nextInt(4)) {
                        case 0 -> name + "=" + any(SEGMENTS);
                        case 1 -> name;
                        default -> name + "=" + encodedText();
                    });
        }
        query = "?" + String.join(any(List.of("&", "&&", ";")), parts);
    }

    private String encodedText() {
        String text = any(TEXTS);
        return URLEncoder.encode(text.substring(0, Math.min(40, text.length())), StandardCharsets.UTF_8);
    }

    private void spoilHeaders() {
        String header = any(HEADERS);
        if (random.nextInt(4) == 0) {
            headers.removeIf(line -> line.startsWith("Content-Type:"));
            header = "Content-Type: " + any(TYPES);
        } else if (random.nextBoolean()) {
            String name = header.substring(0, Math.max(0, header.indexOf(':')));
            headers.removeIf(line -> !name.isEmpty() && line.startsWith(name + ":") && !name.equals("Host"));
        }
        headers.add(header);
    }

    /** One that is nearly good. */
    private void spoilToken() {
        for (int line = 0; line < headers.size(); line++) {
            String header = headers.get(line);
            if (header.startsWith("Authorization: Bearer ") && header.length() > 30) {
                int place = 22 + random.nextInt(header.length() - 22);
                headers.set(
                        line,
                        switch (random.nextInt(3)) {
                            case 0 -> header.substring(0, place);
                            case 1 ->
                                header.substring(0, place)
                                        + (char) ('A' + random.nextInt(26))
                                        + header.substring(place + 1);
                            default -> header + any(List.of("=", ".", "AA", " x", ",", "."));
                        });
                return;
            }
        }
        headers.add(any(HEADERS.subList(0, 13)));
    }

    private void spoilBytes() {
        byte[] whole = body == null ? new byte[] {'{', '}'} : body;
        int place = random.nextInt(whole.length + 1);
        body = switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(whole, place);
            case 1 ->
                joined(
                        Arrays.copyOf(whole, place),
                        new byte[] {(byte) random.nextInt(256)},
                        Arrays.copyOfRange(whole, place, whole.length));
            case 2 -> joined(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, whole);
            case 3 -> new String(whole, StandardCharsets.UTF_8).getBytes(Charset.forName("UTF-16"));
            case 4 -> joined(whole, any(List.of(" {}", ",", "\u0000", "x", "]")).getBytes(StandardCharsets.UTF_8));
            case 5 ->
                joined(
                        Arrays.copyOf(whole, place),
                        new byte[] {(byte) 0xc0, (byte) 0x80, (byte) 0xff},
                        Arrays.copyOfRange(whole, place, whole.length));
            case 6 -> new byte[0];
            default -> any(VALUES).getBytes(StandardCharsets.UTF_8);
        };
    }

    private void spoilJson() {
        JsonNode sample = endpoint.body();
        if (sample == null) {
            return;
        }
        JsonNode tree = sample.deepCopy();
        List<Runnable> places = new ArrayList<>();
        String marker = "@@here@@";
        collect(tree, marker, places);
        if (places.isEmpty()) {
            body = any(VALUES).getBytes(StandardCharsets.UTF_8);
            return;
        }
        places.get(random.nextInt(places.size())).run();
        String value = random.nextBoolean() ? any(VALUES) : JSON.writeValueAsString(any(TEXTS));
        if (random.nextInt(20) == 0) {
            value = "[" + (value + ",").repeat(value.length() > 100 ? 3 : 3000) + value + "]";
        }
        body = JSON.writeValueAsString(tree)
                .replace("\"" + marker + "\"", value)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void collect(JsonNode node, String marker, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            places.add(() -> object.put("unknown", marker));
            for (String name : List.copyOf(object.propertyNames())) {
                places.add(() -> object.put(name, marker));
                places.add(() -> object.put(name, marker));
                places.add(() -> object.remove(name));
                collect(object.get(name), marker, places);
            }
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                int place = index;
                places.add(() -> array.set(place, JSON.valueToTree(marker)));
                collect(array.get(index), marker, places);
            }
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** As it goes over the wire; always with the true length of its body, so that nobody waits for more. */
    byte[] bytes() {
        StringBuilder head =
                new StringBuilder(method).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.UTF_8);
        return body == null ? first : joined(first, body);
    }

    @Override
    public String toString() {
        String text = new String(bytes(), StandardCharsets.UTF_8).replaceAll("Bearer (.{12})[^\r]*", "Bearer $1…");
        return text.length() > 1500 ? text.substring(0, 1500) + "…" : text;
    }
}
