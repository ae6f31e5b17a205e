package org.cartulary.contracts.auth;

import org.cartulary.platform.remote.SafeToRepeat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * How pages keep people logged in: the browser holds the token of a page session and nothing else, and the page asks with it for
 * an access token at each request. Asked without a principal, in the shop of the context; a token of another shop finds nothing.
 * Thread-safe.
 */
@HttpExchange("/internal/auth/page-sessions")
public interface PageSessionsApi {

    /**
     * Makes the session to which a refresh token belongs a page session. The refresh token is used up; if it has been used before, its
     * session ends. Whoever loses the answer logs in again.
     */
    @PostExchange("/openings")
    OpenPageSessionResult open(@RequestBody OpenPageSession command);

    /**
     * Who has this page session, with an access token for this request; its idle time begins anew. {@code null} if there is no such
     * page session, it was idle for too long, or the session behind it or the account has ended.
     */
    @SafeToRepeat
    @PostExchange("/uses")
    @Nullable PageSession use(@RequestBody UsePageSession command);

    /** Ends the page session and the session behind it, as logging out does; one that is not there has ended already. */
    @SafeToRepeat
    @PostExchange("/ends")
    void end(@RequestBody EndPageSession command);
}
