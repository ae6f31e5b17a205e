package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How the query of an address is written: octets of UTF-8 behind percent signs. */
final class QueryEncoding {

    private QueryEncoding() {}

    /** Refuses, with 400 {@code invalid-parameter}, a query that the server could not read when its parameters are asked for. */
    static void refuseUnreadable(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && query.indexOf('%') >= 0 && !isReadable(query)) {
            throw ProblemException.badRequest("invalid-parameter", "a parameter cannot be read")
                    .with("?", "invalid-value", "a percent sign is written %25, other characters as octets of UTF-8");
        }
    }

    static boolean isReadable(String query) {
        var octets = new ByteArrayOutputStream(query.length());
        for (int i = 0; i < query.length(); i++) {
            if (query.charAt(i) != '%') {
                octets.write('.');
            } else if (i + 2 < query.length()
                    && HexFormat.isHexDigit(query.charAt(i + 1))
                    && HexFormat.isHexDigit(query.charAt(i + 2))) {
                octets.write(HexFormat.fromHexDigits(query, i + 1, i + 3));
                i += 2;
            } else {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toByteArray()));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
