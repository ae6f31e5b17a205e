package org.cartulary.contracts.auth;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a request to open a page session. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface OpenPageSessionResult {

    /**
     * The page session is open.
     *
     * @param token what the browser keeps; it is told once
     */
    record Opened(String token, PageSession session) implements OpenPageSessionResult {

        /** Leaves out the token. */
        @Override
        public String toString() {
            return "Opened[session=" + session + "]";
        }
    }

    /** The refresh token is unknown, expired or was used before; in the last case its session has ended. */
    record Refused() implements OpenPageSessionResult {}
}
