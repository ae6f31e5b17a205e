package org.cartulary.pages;

import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;

/** What browsers say of themselves; what cannot be read counts as not said. Thread-safe. */
final class Browsers {

    private Browsers() {}

    /** Whether a browser asks: programs that look for the API at a wrong path are answered as the API does. */
    static boolean asks(ServerRequest request) {
        try {
            return request.headers().accept().stream().anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The languages that whoever sits before it understands, the best first. */
    static List<Locale.LanguageRange> languages(ServerRequest request) {
        try {
            return request.headers().acceptLanguage();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
