package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;

/** The character U+0000, which no text in PostgreSQL can hold, so that no request may carry it. */
final class NulCharacters {

    private static final String DETAIL = "this has to be without the character U+0000";
    private static final String ENCODED = "%00";

    private NulCharacters() {}

    /** A JSON text, or a name of a property, has one. */
    static final class InJson extends StreamReadException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final String pointer;

        InJson(JsonParser parser) {
            super(parser, DETAIL);
            this.pointer = parser.streamReadContext().pathAsPointer().toString();
        }

        ProblemException problem() {
            return ProblemException.unprocessable("invalid-request", "the request is not valid")
                    .with(pointer, "invalid-value", DETAIL);
        }
    }

    /**
     * Refuses, with 400 {@code invalid-parameter}, a parameter in the query that has one. A path that has one is no valid
     * address for the server, which answers 400 before anything else sees it.
     */
    static void refuseInQuery(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && query.contains(ENCODED)) {
            throw ProblemException.badRequest("invalid-parameter", "a parameter cannot be read")
                    .with("?" + nameOfFirstWithNul(query), "invalid-value", DETAIL);
        }
    }

    private static String nameOfFirstWithNul(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.contains(ENCODED)) {
                String name = parameter.split("=", 2)[0].replace(ENCODED, "");
                return decoded(name);
            }
        }
        return "";
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }
}
