package org.cartulary.pages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.GuestTokens;
import org.jspecify.annotations.Nullable;

/**
 * The public API as one visitor may use it. Immutable; the {@code with…} methods answer another one.
 *
 * <p>All methods throw {@link ApiException} where the API fails or cannot be reached, where it turns the visitor away as too
 * busy, and those that read also where they are refused.
 */
public final class Api {

    private static final int NOT_FOUND = 404;
    private static final int A_PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final ApiCalls calls;
    private final Map<String, String> headers;

    private Api(ApiCalls calls, Map<String, String> headers) {
        this.calls = calls;
        this.headers = Map.copyOf(headers);
    }

    /**
     * The API as a visitor without an account uses it.
     *
     * @param host the host name, and port if any, that the visitor asked
     * @param traceParent under which trace, as W3C Trace Context writes it; {@code null} for a new one
     */
    static Api of(ApiCalls calls, String host, @Nullable String traceParent) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Host", host);
        if (traceParent != null) {
            headers.put("traceparent", traceParent);
        }
        return new Api(calls, headers);
    }

    private Api with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Api(calls, more);
    }

    /** As somebody who has signed in. */
    public Api withAccessToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** As a visitor who has a cart. */
    public Api withGuestToken(String token) {
        return with(GuestTokens.HEADER, token);
    }

    /** With a key under which what is done next is done once. */
    public Api withIdempotencyKey(String key) {
        return with("Idempotency-Key", key);
    }

    /** Changing what has this version, and nothing newer. */
    public Api withVersion(long version) {
        return with("If-Match", ETags.of(version));
    }

    /** Creating what is not there yet, and changing nothing that is. */
    public Api ifAbsent() {
        return with("If-None-Match", "*");
    }

    /** As the program that the visitor uses, which is what it is told by when it looks where it is signed in. */
    public Api withUserAgent(@Nullable String userAgent) {
        return userAgent == null ? this : with("User-Agent", userAgent);
    }

    /** What is there. */
    public <T> T get(ApiPath path, Class<T> type) {
        return present(calls.read(calls.fetch(path, headers), type), path);
    }

    /**
     * Something and the version that a change of it names.
     *
     * @param <T> what it is
     */
    public record Versioned<T>(T value, long version) {}

    /** What is there, with the version that its answer tells in {@code ETag}. */
    public <T> Versioned<T> getVersioned(ApiPath path, Class<T> type) {
        ApiCalls.Answer answer = calls.fetch(path, headers);
        T value = present(calls.read(answer, type), path);
        return new Versioned<>(value, ETags.requireMatch(answer.headers().get("etag")));
    }

    /**
     * Reads a list to its end, a hundred entries at a time, up to two thousand.
     *
     * @param entries those of a page
     * @param pageInfo what is said of a page
     */
    public <P, T> List<T> all(
            ApiPath list, Class<P> type, Function<P, List<T>> entries, Function<P, PageInfo> pageInfo) {
        List<T> all = new ArrayList<>();
        String cursor = null;
        for (int number = 0; number == 0 || (cursor != null && number < MOST_PAGES); number++) {
            P page = get(list.with("limit", A_PAGE).with("cursor", cursor), type);
            all.addAll(entries.apply(page));
            cursor = pageInfo.apply(page).next();
        }
        return all;
    }

    /** What is there, {@code null} if nothing is. */
    public <T> @Nullable T find(ApiPath path, Class<T> type) {
        ApiCalls.Answer answer = calls.fetch(path, headers);
        return answer.status() == NOT_FOUND ? null : calls.read(answer, type);
    }

    /** A file. */
    public ApiFile file(ApiPath path) {
        ApiCalls.Answer answer = calls.send("GET", path, headers, null);
        calls.requireDone(answer);
        return new ApiFile(answer.headers().getOrDefault("content-type", "application/octet-stream"), answer.body());
    }

    /** Makes something. */
    public <T> Outcome<T> post(ApiPath path, @Nullable Object body, Class<T> type) {
        return outcome(calls.send("POST", path, headers, body), path, type);
    }

    /** Sends a file. */
    public <T> Outcome<T> post(ApiPath path, String contentType, byte[] content, Class<T> type) {
        return outcome(calls.sendBytes("POST", path, headers, contentType, content), path, type);
    }

    /** Makes something of which nothing is answered. */
    public Outcome<Nothing> post(ApiPath path, @Nullable Object body) {
        return nothing(calls.send("POST", path, headers, body));
    }

    /** Changes something. */
    public <T> Outcome<T> put(ApiPath path, @Nullable Object body, Class<T> type) {
        return outcome(calls.send("PUT", path, headers, body), path, type);
    }

    /** Changes something of which nothing is answered. */
    public Outcome<Nothing> put(ApiPath path, @Nullable Object body) {
        return nothing(calls.send("PUT", path, headers, body));
    }

    /** Takes something away. */
    public <T> Outcome<T> delete(ApiPath path, Class<T> type) {
        return outcome(calls.send("DELETE", path, headers, null), path, type);
    }

    /** Takes something away, of which nothing is answered. */
    public Outcome<Nothing> delete(ApiPath path) {
        return nothing(calls.send("DELETE", path, headers, null));
    }

    /** What is answered where nothing is. */
    public enum Nothing {
        NOTHING
    }

    private <T> Outcome<T> outcome(ApiCalls.Answer answer, ApiPath path, Class<T> type) {
        return ApiCalls.isRefusal(answer)
                ? new Outcome.Refused<>(calls.problemOf(answer))
                : new Outcome.Done<>(present(calls.read(answer, type), path));
    }

    private Outcome<Nothing> nothing(ApiCalls.Answer answer) {
        if (ApiCalls.isRefusal(answer)) {
            return new Outcome.Refused<>(calls.problemOf(answer));
        }
        calls.requireDone(answer);
        return new Outcome.Done<>(Nothing.NOTHING);
    }

    private static <T> T present(@Nullable T value, ApiPath path) {
        if (value == null) {
            throw new IllegalStateException("the API answered nothing for " + path);
        }
        return value;
    }
}
