package org.cartulary.app.commands;

import java.net.URI;
import java.net.URISyntaxException;
import org.cartulary.app.InstallationException;

/** Base URLs as people type them. */
final class BaseUrl {

    private static final int LAST_PORT = 65_535;

    private BaseUrl() {}

    /**
     * The URL that an option was given.
     *
     * @throws InstallationException if it is none; the message says how it is written, with the scheme that is missing most
     */
    static String require(String option, String text) {
        if (isOne(text)) {
            return text;
        }
        boolean lacksScheme = !text.contains("://") && isOne("http://" + text);
        String better = lacksScheme ? "http://" + text : "for example http://localhost:8080";
        throw new InstallationException(option + " needs a URL: write " + better + ", not " + text);
    }

    private static boolean isOne(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= LAST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
