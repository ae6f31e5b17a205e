package org.cartulary.pages;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * The cookies of one visit: what the browser sent, and what it is told to keep. No script reads them, and other sites' forms do
 * not send them. For one thread.
 */
public final class CookieJar {

    private final ServerRequest request;
    private final String path;
    private final boolean secure;
    private final List<ResponseCookie> changes = new ArrayList<>();

    CookieJar(ServerRequest request, String path, boolean secure) {
        this.request = request;
        this.path = path;
        this.secure = secure;
    }

    /** What the browser keeps under the name, as it has been told last; {@code null} if nothing. */
    public @Nullable String find(String name) {
        for (ResponseCookie change : changes.reversed()) {
            if (change.getName().equals(kept(name))) {
                return change.getValue().isEmpty() ? null : change.getValue();
            }
        }
        return Optional.ofNullable(request.cookies().getFirst(kept(name)))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty())
                .orElse(null);
    }

    /** Whether the browser keeps, or is told to keep, anything but this. */
    boolean hasOthersThan(String name) {
        return !changes.isEmpty() || request.cookies().keySet().stream().anyMatch(kept -> !kept.equals(kept(name)));
    }

    /** Has it kept for that long; {@code null} for as long as the browser runs. */
    public void keep(String name, String value, @Nullable Duration age) {
        ResponseCookie.ResponseCookieBuilder cookie = cookie(name, value);
        if (age != null) {
            cookie.maxAge(age);
        }
        changes.add(cookie.build());
    }

    /** Has it forgotten. */
    public void forget(String name) {
        changes.add(cookie(name, "").maxAge(Duration.ZERO).build());
    }

    /** With the prefix, no other host of the same domain can set it (RFC 6265bis, 4.1.3.2). */
    private String kept(String name) {
        return secure && path.equals("/") ? "__Host-" + name : name;
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String name, String value) {
        return ResponseCookie.from(kept(name), value)
                .path(path)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax");
    }

    /** What is new, in the order in which it was said. */
    List<ResponseCookie> changes() {
        return List.copyOf(changes);
    }
}
