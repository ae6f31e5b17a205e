package org.cartulary.pages;

import org.cartulary.contracts.auth.EndPageSession;
import org.cartulary.contracts.auth.OpenPageSession;
import org.cartulary.contracts.auth.OpenPageSessionResult;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.contracts.auth.PageSessionsApi;
import org.cartulary.contracts.auth.UsePageSession;
import org.jspecify.annotations.Nullable;

/** Who visits, as the cookie of its page session says. Asked once a visit, and only if it is wanted. For one thread. */
final class SignedIn {

    private final PageSessionsApi sessions;
    private final CookieJar cookies;
    private final String cookieName;
    private boolean asked;
    private boolean lost;
    private @Nullable PageSession session;

    SignedIn(PageSessionsApi sessions, CookieJar cookies, String cookieName) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.cookieName = cookieName;
    }

    /** {@code null} if nobody has signed in, or the session has ended. */
    @Nullable PageSession session() {
        if (!asked) {
            asked = true;
            String token = cookies.find(cookieName);
            session = token == null ? null : sessions.use(new UsePageSession(token));
            lost = token != null && session == null;
        }
        return session;
    }

    /** Whether the refresh token was good for a page session, which the browser keeps from now on. */
    boolean open(String refreshToken) {
        return switch (sessions.open(new OpenPageSession(refreshToken))) {
            case OpenPageSessionResult.Opened(String token, PageSession opened) -> {
                cookies.keep(cookieName, token, null);
                session = opened;
                asked = true;
                yield true;
            }
            case OpenPageSessionResult.Refused() -> false;
        };
    }

    /** Whether somebody had signed in, whose session has ended meanwhile. */
    boolean hasLostSession() {
        return session() == null && lost;
    }

    void forget() {
        cookies.forget(cookieName);
    }

    void end() {
        String token = cookies.find(cookieName);
        if (token != null) {
            sessions.end(new EndPageSession(token));
            cookies.forget(cookieName);
        }
        session = null;
        asked = true;
    }
}
